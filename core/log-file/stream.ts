import { type EsRecord, isEsRecord, type LogFileContent, parseJson } from './content';
import { mayHoldEsRecord } from './prefilter';
import { HEAD, TAIL } from './select';

const MIB = 1024 * 1024;

/** CloudTrail's records are at most 1 MB. */
const LARGEST_RECORD_BYTES = 16 * MIB;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

/** `[` and `{` differ in this bit only, as do `]` and `}`. */
const BRACE_BIT = 0x20;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

/**
 * The content of a log file too large to hold: `selectRecords` for JSON that arrives in pieces, cut anywhere.
 *
 * Follows strings and brackets only, which cuts the list at the commas between its elements, and parses the elements
 * that may be ours. One piece and one element are in memory. A piece is searched once; only where it may hold a record
 * of ours, and across a seam, are elements looked at one by one.
 *
 * @throws Error as `selectRecords` does, and for JSON above `maxBytes` or not exactly `{"Records":[...]}`
 */
export async function selectFromPieces(
  pieces: AsyncIterable<Buffer> | Iterable<Buffer>,
  maxBytes: number,
): Promise<LogFileContent> {
  const records: EsRecord[] = [];
  let unread: Buffer[] = [];
  let unreadBytes = 0;

  function keep(bytes: Buffer): void {
    unread.push(bytes);
    unreadBytes += bytes.length;
    if (unreadBytes > LARGEST_RECORD_BYTES) throw new Error('log file has a record larger than 16 MiB');
  }

  function take(lastBytes: Buffer): Buffer {
    const bytes = unread.length === 0 ? lastBytes : Buffer.concat([...unread, lastBytes]);
    unread = [];
    unreadBytes = 0;
    return bytes;
  }

  function readElement(json: Buffer): void {
    if (!mayHoldEsRecord(json)) return;
    const element = parseJson(json.toString('utf8'));
    if (isEsRecord(element)) records.push(element);
  }

  let rawBytes = 0;
  let depth = 0;
  let inString = false;
  let escaped = false;
  for await (const piece of pieces) {
    rawBytes += piece.length;
    if (rawBytes > maxBytes) throw new Error(`log file inflates beyond ${Math.round(maxBytes / MIB)} MiB`);
    const isQuiet = !mayHoldEsRecord(piece);
    let start = 0;
    for (let at = 0; at < piece.length; at++) {
      if (inString) {
        if (escaped) at++;
        while (at < piece.length && piece[at] !== QUOTE && piece[at] !== BACKSLASH) at++;
        escaped = piece[at] === BACKSLASH;
        inString = piece[at] !== QUOTE;
        continue;
      }
      const byte = piece[at] ?? 0;
      if (byte === QUOTE) {
        inString = true;
      } else if (byte === COMMA && depth === 2) {
        if (!isQuiet || unread.length > 0) readElement(take(piece.subarray(start, at)));
        start = at + 1;
      } else if ((byte | BRACE_BIT) === OPENING_BRACE && ++depth === 2) {
        checkLayout(HEAD, 'begin with {"Records": [', take(piece.subarray(start, at + 1)));
        start = at + 1;
      } else if ((byte | BRACE_BIT) === CLOSING_BRACE && --depth === 1) {
        readElement(take(piece.subarray(start, at)));
        start = at;
      }
    }
    keep(piece.subarray(start));
  }
  checkLayout(TAIL, 'end with ]}', take(Buffer.alloc(0)));
  return { kind: 'records', records, rawBytes };
}

/** What is around the list must be no more than the brackets of CloudTrail's own layout. */
function checkLayout(layout: RegExp, claim: string, json: Buffer): void {
  const text = json.toString('latin1').replace(/^\xef\xbb\xbf/, '');
  if (layout.exec(text)?.[0] === text) return;
  // Its content may hold secrets, and the error is logged.
  throw new Error(`log file above the size that is read whole does not ${claim}: got ${text.length} other characters`);
}
