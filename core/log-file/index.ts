/* The bytes of a log file, read to the records that are ours. */

import type { LogFileContent } from './content';
import { inflate, inflateInPieces } from './inflate';
import { selectRecords } from './select';
import { selectFromPieces } from './stream';

export type { LogFileContent } from './content';
export { inflate } from './inflate';

const MIB = 1024 * 1024;

export interface ReadOptions {
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
}

/**
 * The es.amazonaws.com records of a log file: `JSON.parse(gunzip(bytes)).Records` and a filter, at the cost of the
 * gunzip. Gzip is told by its content; plain JSON and twice compressed JSON are read as well.
 * @throws Error when the file cannot be read whole: damaged, cut short, too large, not JSON, or without `Records`
 */
export async function readRecords(bytes: Uint8Array, options: ReadOptions = {}): Promise<LogFileContent> {
  const { streamAbove = 64 * MIB, maxBytes = 2048 * MIB } = options;
  if (bytes.length === 0) throw new Error('log file is empty: 0 bytes');
  const json = inflate(bytes, Math.min(streamAbove, maxBytes));
  return json === undefined ? selectFromPieces(inflateInPieces(bytes), maxBytes) : selectRecords(json);
}
