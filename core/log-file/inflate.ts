import { pipeline } from 'node:stream';
import { constants, createGunzip, gunzip as gunzipAside, gunzipSync } from 'node:zlib';
import { memberOf, textOf } from '../base/members';

/** Deflate cannot expand its input further than this. */
const LARGEST_EXPANSION = 1032;

/** Copies of log files are sometimes compressed once more. */
const MOST_LAYERS = 2;

const MIB = 1024 * 1024;

const PIECE_BYTES = MIB / 4;

/** How every member of gzip data begins. */
const MEMBER = Buffer.from([0x1f, 0x8b, 8]);

/**
 * The log file's JSON in one buffer. Bytes that are not gzip are taken to be JSON.
 * @returns undefined when it is larger than `maxBytes`
 * @throws Error when the gzip data is damaged, cut short or followed by anything but zeros
 */
export function inflate(bytes: Uint8Array, maxBytes: number): Buffer | undefined {
  return inflateLayers(asBuffer(bytes), maxBytes, MOST_LAYERS);
}

function inflateLayers(bytes: Buffer, maxBytes: number, most: number): Buffer | undefined {
  let json = bytes;
  for (let layer = 0; isGzip(json); layer++) {
    if (layer === most) throw new Error(`log file is compressed more than ${MOST_LAYERS} times`);
    const inner = gunzip(json, maxBytes);
    if (inner === undefined) return undefined;
    json = inner;
  }
  return json.length > maxBytes ? undefined : json;
}

/** Less is inflated at once: to hand it over would take longer. */
const WORTH_HANDING_OVER = MIB / 16;

/** The same in a thread of Node.js's own, where the processor may have a core that is idle. */
export async function inflateAside(bytes: Uint8Array, maxBytes: number): Promise<Buffer | undefined> {
  const gzip = asBuffer(bytes);
  if (!isGzip(gzip) || gzip.length < WORTH_HANDING_OVER) return inflate(bytes, maxBytes);
  const options = optionsFor(gzip, maxBytes);
  if (options === undefined) return undefined;
  const { error, result } = await new Promise<{ readonly error: Error | null; readonly result: unknown }>((resolve) => {
    gunzipAside(gzip, options, (error, result) => resolve({ error, result }));
  });
  const inner = error ? refusal(error) : intact(gzip, result as Inflated);
  return inner && inflateLayers(inner, maxBytes, MOST_LAYERS - 1);
}

/**
 * The log file's JSON piece by piece, in memory that does not grow with its size.
 * @throws Error as `inflate` does, and when it is larger than `maxBytes`: as soon as that is certain
 */
export async function* inflateInPieces(bytes: Uint8Array, maxBytes: number): AsyncGenerator<Buffer> {
  const source = asBuffer(bytes);
  let rawBytes = 0;
  for await (const piece of isGzip(source) ? gunzipInPieces(source, maxBytes) : [source]) {
    rawBytes += piece.length;
    if (rawBytes > maxBytes) throw tooLarge(maxBytes);
    yield piece;
  }
}

async function* gunzipInPieces(gzip: Buffer, maxBytes: number): AsyncGenerator<Buffer> {
  try {
    // Far too little to be a bomb, and enough to see what is inside.
    const beginning = gunzipSync(gzip.subarray(0, 1024), { finishFlush: constants.Z_SYNC_FLUSH });
    const outer = createGunzip({ chunkSize: PIECE_BYTES });
    const pieces = isGzip(beginning) ? pipeline(outer, createGunzip({ chunkSize: PIECE_BYTES }), () => {}) : outer;
    const claim = isGzip(beginning) ? undefined : claimOf(gzip);
    if (claim !== undefined && claim.bytes > maxBytes) throw tooLarge(maxBytes, `: it claims ${inMib(claim.bytes)}`);
    const isBound = claim !== undefined && claim.isOfAll && claim.bytes + 2 ** 32 > maxBytes;
    let inflated = 0;
    outer.end(gzip);
    for await (const piece of pieces as AsyncIterable<Buffer>) {
      inflated += piece.length;
      if (isBound && inflated > claim.bytes) throw tooLarge(maxBytes, `: it claims ${inMib(claim.bytes)} and goes on`);
      yield piece;
    }
    checkPadding(gzip, outer.bytesWritten);
  } catch (cause) {
    throw gzipError(cause);
  }
}

function tooLarge(maxBytes: number, why = ''): Error {
  return new Error(`log file inflates beyond ${inMib(maxBytes)}${why}`);
}

const inMib = (bytes: number): string => `${Math.round(bytes / MIB)} MiB`;

/**
 * What gzip data says of its size, in its last four bytes: the raw size of its last member modulo 2^32. It is `undefined`
 * where zeros may have been added behind, and where it cannot be true. Where that member `isOfAll`, the size is what is
 * claimed, or larger by 4 GiB or more.
 */
function claimOf(gzip: Buffer): { readonly bytes: number; readonly isOfAll: boolean } | undefined {
  const bytes = claimedBytes(gzip);
  if (gzip.at(-1) === 0 || bytes > gzip.length * LARGEST_EXPANSION) return undefined;
  return { bytes, isOfAll: !gzip.includes(MEMBER, 1) };
}

function gunzip(gzip: Buffer, maxBytes: number): Buffer | undefined {
  const options = optionsFor(gzip, maxBytes);
  if (options === undefined) return undefined;
  let inflated: Inflated;
  try {
    inflated = gunzipSync(gzip, options) as unknown as Inflated;
  } catch (cause) {
    return refusal(cause);
  }
  return intact(gzip, inflated);
}

/**
 * The last four bytes of a gzip file are its raw size modulo 2^32: one allocation of that size saves zlib's pieces and
 * their concatenation, a quarter of the time and half of the memory. It is only a hint, and clamped as such: members,
 * padding and lies may follow or precede.
 * @returns undefined where the file is larger than `maxBytes`
 */
function optionsFor(gzip: Buffer, maxBytes: number) {
  const possible = Math.min(claimedBytes(gzip), gzip.length * LARGEST_EXPANSION);
  if (possible > maxBytes) return undefined;
  const chunkSize = roundedUp(Math.max(possible + 1, gzip.length, 1024));
  return { chunkSize, maxOutputLength: maxBytes, info: true };
}

/** Files of much the same size take each other's memory, also where several are inflated at once. */
const roundedUp = (bytes: number): number => (bytes > MIB ? Math.ceil(bytes / MIB) * MIB : bytes);

const claimedBytes = (gzip: Buffer): number => (gzip.length < 4 ? 0 : gzip.readUInt32LE(gzip.length - 4));

/** With `info`, which Node.js's types do not know, zlib also tells how much of its input it took. */
interface Inflated {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

function intact(gzip: Buffer, { buffer, engine }: Inflated): Buffer {
  checkPadding(gzip, engine.bytesWritten);
  return buffer;
}

/** What is too large is undefined. */
function refusal(cause: unknown): undefined {
  if (codeOf(cause) !== 'ERR_BUFFER_TOO_LARGE') throw gzipError(cause);
  return undefined;
}

/** zlib stops without a word at a zero after the last member: what follows must be zeros, too. */
function checkPadding(gzip: Buffer, taken: number): void {
  for (let at = taken; at < gzip.length; at++) {
    if (gzip[at] !== 0) throw new Error(`log file goes on after its gzip data, at byte ${at} of ${gzip.length}`);
  }
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function gzipError(cause: unknown): unknown {
  if (codeOf(cause) === 'Z_BUF_ERROR') return new Error('log file is cut short: its gzip data ends early', { cause });
  if (codeOf(cause) !== 'Z_DATA_ERROR') return cause;
  return new Error(`log file is not intact gzip data: ${textOf(memberOf(cause, 'message'))}`, { cause });
}

const codeOf = (error: unknown): unknown => memberOf(error, 'code');
