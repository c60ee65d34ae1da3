import type { LogFileContent } from './content';
import { elementParser, parseContent } from './parse';
import type { Search } from './search';

const SPACE = '[ \\t\\r\\n]*';
/** The beginning of CloudTrail's layout, up to the first record. */
export const HEAD = new RegExp(`^${SPACE}\\{${SPACE}"Records"${SPACE}:${SPACE}\\[`);
/** The end of CloudTrail's layout, from behind the last record. */
export const TAIL = new RegExp(`\\]${SPACE}\\}${SPACE}$`);

/** Where the beginning and the end of a log file are looked for; CloudTrail's own take 12 and 2 bytes. */
export const ENVELOPE_BYTES = 64;

/**
 * The content of a log file's JSON: what `parseContent` says, at a fraction of its cost.
 *
 * Almost no log file holds a record of ours, so as little is parsed as can be told without it:
 * 1. A file that does not look like `{"Records":[...]}` is parsed whole.
 * 2. Where nothing has a sign of a wanted record, no record is one: nothing is parsed.
 * 3. Otherwise the list is followed by its strings and brackets, and the elements with a sign are parsed. If it does
 *    not end where the file does, there is more than the list, and the file is parsed whole.
 *
 * Errors in the JSON of records that are not wanted go unnoticed: gzip's checksum covers what was damaged on the way.
 *
 * @throws Error as `parseContent` does
 */
export function selectRecords(json: Buffer, search: Search): LogFileContent {
  const head = HEAD.exec(json.toString('latin1', 0, ENVELOPE_BYTES));
  const tail = TAIL.exec(json.toString('latin1', Math.max(0, json.length - ENVELOPE_BYTES)));
  if (head === null || tail === null) return parseContent(json, search);
  const content = { kind: 'records', rawBytes: json.length } as const;
  if (!search.mayHold(json)) return { ...content, records: [], otherRecords: [] };
  const list = json.subarray(head[0].length);
  const elements = elementParser(search);
  const { closedAt } = search.walk('wanted')(list, (start, end, isDeep) =>
    elements.read(list.subarray(start, end), isDeep),
  );
  return closedAt === list.length - tail[0].length ? { ...content, ...elements.wanted() } : parseContent(json, search);
}
