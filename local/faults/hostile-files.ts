import { constants, crc32, deflateRawSync, gzipSync } from 'node:zlib';

const MIB = 1024 * 1024;

/** A file nobody can read, and what the function's log says of it. */
export interface HostileFile {
  readonly bytes: Uint8Array;
  readonly reason: RegExp;
}

/** One gzip member of `mebibytes` of zeros: a thousandth of that as it lies there. */
export function gzipBomb(mebibytes: number): Uint8Array {
  // Flushed whole, so that the same bytes stand for the same zeros wherever they are.
  const block = deflateRawSync(Buffer.alloc(MIB), { level: 9, finishFlush: constants.Z_FULL_FLUSH });
  const end = deflateRawSync(Buffer.alloc(0));
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE((mebibytes * MIB) % 2 ** 32, 4);
  const header = gzipSync(Buffer.alloc(0)).subarray(0, 10);
  return Buffer.concat([header, ...Array.from({ length: mebibytes }, () => block), end, trailer]);
}

/** A bomb that does not say how large it is: members of which the last one is small. Its checksums are right. */
export function quietBomb(mebibytes: number): Uint8Array {
  const zeros = Buffer.alloc(MIB * 32);
  const member = gzipSync(zeros, { level: 9 });
  if (crc32(zeros) !== member.readUInt32LE(member.length - 8)) throw new Error('gzip writes another checksum');
  const beginning = gzipSync('{"Records":[');
  return Buffer.concat([beginning, ...Array.from({ length: Math.ceil(mebibytes / 32) }, () => member), gzipSync(']}')]);
}

/** `count` brackets within brackets. */
export const brackets = (count: number): Uint8Array => gzipSync(`{"Records":[${'['.repeat(count)}`);

const truncated = (logFile: Uint8Array): Uint8Array => logFile.subarray(0, Math.floor(logFile.length * 0.6));

/** Files that cannot be read, by kind. @param logFile a good one */
export function hostileFiles(logFile: Uint8Array): Readonly<Record<string, HostileFile>> {
  return {
    'cut short': { bytes: truncated(logFile), reason: /cut short/ },
    'damaged gzip': { bytes: damaged(logFile), reason: /not intact gzip data|cut short/ },
    'not JSON': { bytes: gzipSync('{"Records":[{"eventSource":"es.amazonaws.com",}'), reason: /not JSON/ },
    'no records': { bytes: gzipSync('{"records":[]}'), reason: /has no Records list/ },
    brackets: { bytes: brackets(100_000), reason: /nested deeper/ },
    bomb: { bytes: gzipBomb(2100), reason: /inflates beyond/ },
    empty: { bytes: new Uint8Array(0), reason: /empty|no body/ },
  };
}

function damaged(logFile: Uint8Array): Uint8Array {
  const bytes = Buffer.from(logFile);
  const middle = Math.floor(bytes.length / 2);
  bytes.fill(0xff, middle, middle + 8);
  return bytes;
}
