import type { LogFileContent } from './content';
import { elementParser } from './parse';
import type { Search } from './search';
import { ENVELOPE_BYTES, HEAD, TAIL } from './select';

const MIB = 1024 * 1024;

/** CloudTrail's records are at most 1 MB. */
const LARGEST_RECORD_BYTES = 16 * MIB;

/**
 * The content of a log file too large to hold: `selectRecords` for JSON that arrives in pieces, cut anywhere. One piece
 * and one element are in memory.
 * @throws Error as `selectRecords` does, and for JSON that is not exactly `{"Records":[...]}`
 */
export async function selectFromPieces(
  pieces: AsyncIterable<Buffer> | Iterable<Buffer>,
  search: Search,
): Promise<LogFileContent> {
  const elements = elementParser(search);
  const readList = listReader(search, (element, isDeep) => elements.read(element, isDeep));
  let rawBytes = 0;
  let head: Buffer | undefined = Buffer.alloc(0);
  let tail: Buffer | undefined;
  for await (const piece of pieces) {
    rawBytes += piece.length;
    let rest = piece;
    if (head !== undefined) {
      head = Buffer.concat([head, piece]);
      const length = headLength(head);
      if (length === undefined) continue;
      rest = head.subarray(length);
      head = undefined;
    }
    if (tail === undefined) {
      const closedAt = readList(rest);
      if (closedAt === undefined) continue;
      rest = rest.subarray(closedAt);
    }
    tail = tail === undefined ? rest : Buffer.concat([tail, rest]);
    if (tail.length > ENVELOPE_BYTES) throw unusual('end with ]}', tail);
  }
  if (head !== undefined) throw unusual('begin with {"Records": [', head);
  if (tail === undefined) throw new Error('log file is not JSON: it ends inside its list of records');
  const text = tail.toString('latin1');
  if (TAIL.exec(text)?.[0] !== text) throw unusual('end with ]}', tail);
  return { kind: 'records', ...elements.wanted(), rawBytes };
}

/** How long the brackets before the list are, a byte order mark included; `undefined` while that cannot be told. */
function headLength(json: Buffer): number | undefined {
  const text = json.toString('latin1', 0, ENVELOPE_BYTES);
  const mark = text.startsWith('\xef\xbb\xbf') ? 3 : 0;
  const head = HEAD.exec(text.slice(mark));
  if (head !== null) return mark + head[0].length;
  if (json.length >= ENVELOPE_BYTES) throw unusual('begin with {"Records": [', json);
  return undefined;
}

/** Its content may hold secrets, and the error is logged. */
function unusual(claim: string, json: Buffer): Error {
  return new Error(`log file above the size that is read whole does not ${claim}: got ${json.length} other characters`);
}

/** Hands each element of the list to `read`, put together where pieces cut it. Gives the index where the list closes. */
function listReader(search: Search, read: (element: Buffer, isDeep: boolean) => void) {
  const walk = search.walk('wanted');
  /** The pieces of the element that goes on. */
  let kept: Buffer[] = [];
  return (piece: Buffer): number | undefined => {
    const { openAt, closedAt } = walk(piece, (start, end, isDeep) => {
      const element = start < 0 ? Buffer.concat([...kept, piece.subarray(0, end)]) : piece.subarray(start, end);
      read(element, isDeep);
    });
    if (openAt === undefined || openAt >= 0) kept = [];
    if (openAt !== undefined) {
      if (piece.length - openAt > LARGEST_RECORD_BYTES) throw new Error('log file has a record larger than 16 MiB');
      kept.push(piece.subarray(Math.max(0, openAt)));
    }
    return closedAt;
  };
}
