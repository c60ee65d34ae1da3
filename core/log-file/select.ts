import { type EsRecord, isEsRecord, type LogFileContent, parseContent } from './content';
import { mayHoldEsRecord } from './prefilter';

const SPACE = '[ \\t\\r\\n]*';
/** The beginning of CloudTrail's layout, up to the first record. */
export const HEAD = new RegExp(`^${SPACE}\\{${SPACE}"Records"${SPACE}:${SPACE}\\[`);
/** The end of CloudTrail's layout, from behind the last record. */
export const TAIL = new RegExp(`\\]${SPACE}\\}${SPACE}$`);

/** Where the beginning and the end of a log file are looked for; CloudTrail's own take 12 and 2 bytes. */
const ENVELOPE_BYTES = 64;

/** CloudTrail writes this key first. */
const BETWEEN_RECORDS = Buffer.from('},{"eventVersion"');

/**
 * The content of a log file's JSON: what `parseContent` says, at a fraction of its cost.
 *
 * Almost no log file holds a record of ours, so the whole is parsed only when a short cut cannot tell:
 * 1. A file that does not look like `{"Records":[...]}` is parsed whole.
 * 2. Where no byte sequence can decode to our event source, no record can be ours: nothing is parsed. Errors in
 *    the JSON of other services' records go unnoticed there; gzip's checksum covers what was damaged on the way.
 * 3. Otherwise the list is cut between its records and parsed piece by piece, so that only one record is in memory as
 *    text. Pieces that each parse, joined by commas, are the list, whatever the cut was meant to find: a list's
 *    elements are exactly the JSON values between its commas. If one does not parse, the file is parsed whole.
 *
 * @throws Error as `parseContent` does
 */
export function selectRecords(json: Buffer): LogFileContent {
  const head = HEAD.exec(json.toString('latin1', 0, ENVELOPE_BYTES));
  const tail = TAIL.exec(json.toString('latin1', Math.max(0, json.length - ENVELOPE_BYTES)));
  if (head === null || tail === null) return parseContent(json);
  const rawBytes = json.length;
  if (!mayHoldEsRecord(json)) return { kind: 'records', records: [], rawBytes };
  const records = parsePieces(json, head[0].length, rawBytes - tail[0].length);
  return records === undefined ? parseContent(json) : { kind: 'records', records, rawBytes };
}

function parsePieces(json: Buffer, start: number, end: number): EsRecord[] | undefined {
  const records: EsRecord[] = [];
  for (let from = start; from < end;) {
    const cut = json.indexOf(BETWEEN_RECORDS, from);
    const to = cut === -1 || cut >= end ? end : cut + 1;
    try {
      const record: unknown = JSON.parse(json.toString('utf8', from, to));
      if (isEsRecord(record)) records.push(record);
    } catch (error) {
      if (error instanceof SyntaxError) return undefined;
      throw error;
    }
    from = to + 1;
  }
  return records;
}
