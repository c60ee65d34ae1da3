/* Log files: from bytes to the records that are wanted. */

import type { Hash } from 'node:crypto';
import type { LogFileContent, OtherCalls } from './content';
import { inflate, inflateInPieces } from './inflate';
import { narrowed, withoutNarrowed, type Narrowing } from './narrowed';
import { plainSearch } from './plain-search';
import { release } from './release';
import type { Search } from './search';
import { selectRecords } from './select';
import { simdSearch } from './simd-search';
import { selectFromPieces } from './stream';

export type { LogFileContent, LogRecord, OtherCalls } from './content';
export type { Narrowing } from './narrowed';
export { inflate, inflateAside, inflateInPieces } from './inflate';
export { release } from './release';

const MIB = 1024 * 1024;

export interface ReadOptions {
  /**
   * Calls of other services whose records are wanted as well. They are looked for in the same pass, at next to no cost.
   * The same object should be passed each time.
   * @default - none
   */
  readonly others?: OtherCalls;
  /**
   * Of `others`, calls whose records are wanted only where they hold a text. The same object should be passed each time.
   * @default - all are wanted
   */
  readonly narrowing?: Narrowing;
  /**
   * JSON above this many bytes is read in pieces: slower, in constant memory.
   * @default 64 MiB
   */
  readonly streamAbove?: number;
  /**
   * JSON above this many bytes is refused. CloudTrail's largest files, 50 MB compressed, are about 750 MB.
   * @default 2 GiB
   */
  readonly maxBytes?: number;
  /**
   * What is read in pieces is given up once it is aborted.
   * @default - it is read to its end
   */
  readonly signal?: AbortSignal;
  /**
   * Whether the hash of the content is wanted.
   * @default false
   */
  readonly isHashed?: boolean;
}

const NO_OTHERS: OtherCalls = {};

/** By what is asked for. */
const searches = new WeakMap<object, Search>();

function searchFor(others: OtherCalls, narrowing?: Narrowing): Search {
  const known = searches.get(narrowing ?? others);
  if (known) return known;
  const all = narrowing ? searchFor(others) : (simdSearch(others) ?? plainSearch(others));
  const search = narrowing ? narrowed(all, searchFor(withoutNarrowed(others, narrowing)), narrowing.holding) : all;
  searches.set(narrowing ?? others, search);
  return search;
}

/**
 * The records of the service in a log file: `JSON.parse(gunzip(bytes)).Records` and a filter, at the cost of the
 * gunzip. Gzip is told by its content; plain JSON and twice compressed JSON are read as well.
 * @throws Error when the file cannot be read whole: damaged, cut short, too large, not JSON, nested too deep, or without
 *   `Records`; or given up
 */
export async function readRecords(bytes: Uint8Array, options: ReadOptions = {}): Promise<LogFileContent> {
  const {
    others = NO_OTHERS,
    narrowing,
    streamAbove = 64 * MIB,
    maxBytes = 2048 * MIB,
    signal,
    isHashed = false,
  } = options;
  if (bytes.length === 0) throw new Error('log file is empty: 0 bytes');
  const search = searchFor(others, narrowing);
  const json = inflate(bytes, Math.min(streamAbove, maxBytes));
  const hash = isHashed ? (await import('node:crypto')).createHash('sha256') : undefined;
  const withHash = (content: LogFileContent): LogFileContent =>
    hash ? { ...content, hash: hash.digest('hex') } : content;
  if (json === undefined) {
    const pieces = whileWanted(inflateInPieces(bytes, maxBytes), signal);
    return withHash(await selectFromPieces(hash ? hashing(pieces, hash) : pieces, search));
  }
  try {
    hash?.update(json);
    return withHash(selectRecords(json, search));
  } finally {
    if (json.buffer !== bytes.buffer) release(json);
  }
}

async function* hashing(pieces: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    hash.update(piece);
    yield piece;
  }
}

async function* whileWanted<Piece>(
  pieces: AsyncIterable<Piece>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Piece> {
  for await (const piece of pieces) {
    signal?.throwIfAborted();
    yield piece;
  }
}
