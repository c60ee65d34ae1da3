import type * as LogFile from '../../core/log-file';
import type * as SimdSearch from '../../core/log-file/simd-search';

/** `readRecords` as it is where Node.js has no WebAssembly, or where it cannot use `instead`. */
export function withoutWebAssembly(instead?: unknown): typeof LogFile.readRecords {
  const property = Object.getOwnPropertyDescriptor(globalThis, 'WebAssembly');
  if (!property) throw new Error('there is no WebAssembly here to be without');
  let read: typeof LogFile.readRecords | undefined;
  let search: typeof SimdSearch.simdSearch | undefined;
  Object.defineProperty(globalThis, 'WebAssembly', { ...property, value: instead });
  try {
    // A copy of the code of its own, which looks for WebAssembly once.
    jest.isolateModules(() => {
      ({ readRecords: read } = jest.requireActual<typeof LogFile>('../../core/log-file'));
      ({ simdSearch: search } = jest.requireActual<typeof SimdSearch>('../../core/log-file/simd-search'));
    });
    if (!read || search?.({}) !== undefined) throw new Error('WebAssembly is used all the same');
    return read;
  } finally {
    Object.defineProperty(globalThis, 'WebAssembly', property);
  }
}
