import { NOTHING_KEPT, type Memory } from './told';
import type { Expected, Found, Members } from './resources';

/**
 * `expected` with the code of each function as it was first seen with the asset of its deployment, and what is kept of that.
 * No template tells the hash that Lambda has of an asset, so the first one is taken for right.
 */
export function withKnownCode(
  expected: readonly Expected[],
  found: readonly Found[],
  memory: Memory = NOTHING_KEPT,
): { readonly expected: readonly Expected[]; readonly code: Memory['code'] } {
  const code: Record<string, string> = {};
  const known = expected.map((one, at): Expected => {
    const is = found[at] as Found<'function'> | undefined;
    if (one.kind !== 'function' || is === undefined || is === 'missing' || 'unreadable' in is) return one;
    const key = `${one.name} ${one.must.asset}`;
    const codeSha256 = memory.code[key] ?? is.codeSha256;
    if (codeSha256 !== null) code[key] = codeSha256;
    const must: Members['function'] = { ...one.must, codeSha256 };
    return { ...one, must };
  });
  return { expected: known, code };
}
