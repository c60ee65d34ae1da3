/* What people and tools save of CloudTrail, told apart by its shape: to the records of the service in it. */

import { isCallOf, isOfService, type Calls } from '../base/event-source';
import { isObject, textOf } from '../base/members';
import { WATCHED_CALLS } from '../base/watched-calls';
import { inflate, inflateAside, readRecords, release, type LogFileContent } from '../log-file';
import { shapeOfBinary } from './binary';
import { rowsOf } from './csv';
import { inPlainUtf8 } from './plain-utf8';
import { valuesAmidText, valuesOf, type Part } from './values';
import { recordsWithin, type Found, type SavedRecord } from './within';

export { inPlainUtf8 } from './plain-utf8';
export type { SavedRecord } from './within';

/** What a file holds, as far as we are concerned. */
export interface Input {
  /** `records`, or what lies beside log files and has none to judge. */
  readonly kind: LogFileContent['kind'] | 'settings';
  /** Its records of the service, in its order, and those of other services that are watched. */
  readonly records: readonly SavedRecord[];
  /** What of it could not be read although it was to be a record; each a clause. Empty where all of it was read. */
  readonly unread: readonly string[];
}

/** What knows the shapes of what holds no record knows the settings, and so the rules: where there are log files alone, nobody asks. */
const shapes = () => import('./shape.js');

const MIB = 1024 * 1024;

/** JSON above this many bytes is read in pieces where it is a log file. */
const LARGE = 64 * MIB;

/** JSON above this many bytes is refused. */
const MOST = 2048 * MIB;

/** How `readInput` treats the bytes that it reads. */
export interface HowToRead {
  /**
   * Inflates in a thread of Node.js's own, so that more than one file may be read at once.
   * @default false
   */
  readonly isAside?: boolean;
  /**
   * Nobody needs the bytes any more: their memory is given back.
   * @default false
   */
  readonly isGivenUp?: boolean;
}

/**
 * The records in a file, whichever way it was saved: a log file, or several in one; what lookup-events, CloudTrail Lake
 * and CloudWatch Logs answer, whole or queried; events of EventBridge, hits of a search; lists, lines and single records.
 * Plain or gzip.
 * @throws Error when it cannot be read, and when it holds no record though it may have been meant to: says what it looks
 *   like. An answer without entries is read.
 * @param others calls of other services whose records are wanted as well
 */
export async function readInput(
  bytes: Uint8Array,
  others: Calls = WATCHED_CALLS,
  { isAside = false, isGivenUp = false }: HowToRead = {},
): Promise<Input> {
  if (bytes.length === 0) throw new Error('empty: 0 bytes');
  const json = isAside ? await inflateAside(bytes, LARGE) : inflate(bytes, LARGE);
  if (json === undefined) return readLarge(bytes, others);
  try {
    return await readText(json, others);
  } finally {
    if (isGivenUp) release(bytes);
    if (json.buffer !== bytes.buffer) release(json);
  }
}

async function readLarge(bytes: Uint8Array, others: Calls): Promise<Input> {
  try {
    return inputOf(await readRecords(bytes, { others }));
  } catch (error) {
    const json = inflate(bytes, MOST);
    if (json === undefined) throw error;
    return readText(json, others);
  }
}

/** @throws Error as `readInput` does */
async function readText(bytes: Buffer, others: Calls): Promise<Input> {
  const binary = shapeOfBinary(bytes);
  if (binary !== undefined) throw new Error(`no CloudTrail record in it: it is ${binary}`);
  const text = inPlainUtf8(bytes);
  const alone = await attempt(() => (beginsAsLogFile(text) ? readRecords(text, { others }) : undefined));
  if (alone.value) return inputOf(alone.value);
  const values = valuesOf(text);
  // What begins as a log file and goes on as a text was damaged.
  if (values === undefined && alone.error !== undefined) throw alone.error;
  const parts = values ?? rowsIn(text) ?? [...valuesAmidText(text)];
  const read: readonly PartRead[] = await eachInTurn(parts, (part) => readPart(part, others));
  const [only] = read;
  if (read.length === 1 && only && 'input' in only) return only.input;
  const inputs = read.flatMap((part) => ('input' in part ? [part.input] : []));
  const failed = read.flatMap((part) => ('why' in part ? [part.why] : []));
  if (inputs.length === 0) {
    if (alone.error !== undefined && read.length <= 1) throw alone.error;
    const { shapeOfText } = await shapes();
    throw new Error(
      `no CloudTrail record in it: it is ${shapeOfText(text) ?? (failed[0] === undefined ? 'a text without JSON' : `${failed[0]}${countOf(read.length)}`)}`,
    );
  }
  return {
    kind: 'records',
    records: inputs.flatMap(({ records }) => records),
    unread: [
      ...(failed[0] === undefined
        ? []
        : [`${failed.length} of ${read.length} values in it hold no record; the first is ${failed[0]}`]),
      ...inputs.flatMap(({ unread }) => unread),
    ],
  };
}

const countOf = (values: number): string => (values > 1 ? `, the first of ${values}` : '');

/** The first member of the first record as CloudTrail writes it, or none at all: other layouts are looked at whole. */
const LOG_FILE = /^\s*\{\s*"Records"\s*:\s*\[\s*(\{\s*"eventVersion"\s*:|\]\s*\}\s*$)/;
/** Messages of S3 and of queues have records that begin the same way. */
const MESSAGE = /"eventSource"\s*:\s*"aws:/;

function beginsAsLogFile(text: Buffer): boolean {
  const beginning = text.toString('latin1', 0, 400);
  return LOG_FILE.test(beginning) && !MESSAGE.test(beginning);
}

/** What became of one value of a file. */
type PartRead = { readonly input: Input } | { readonly why: string };

async function readPart({ bytes, isBroken }: Part, others: Calls): Promise<PartRead> {
  if (isBroken) return { why: 'JSON that is cut short or damaged' };
  if (beginsAsLogFile(bytes)) return { input: inputOf(await readRecords(bytes, { others })) };
  const { value, error } = await attempt(() => JSON.parse(bytes.toString('utf8')) as unknown);
  if (error !== undefined) return { why: (await shapes()).shapeOfText(bytes) ?? 'no JSON, though it begins as such' };
  const found = recordsWithin(value);
  if (found.records.length > 0) return { input: await inputOfFound(found, others) };
  const kind = await kindOf(value, bytes);
  return kind ? { input: { kind, records: [], unread: [] } } : { why: (await shapes()).shapeOf(value) };
}

/** What a value without records is, where that is no reason to worry. */
async function kindOf(value: unknown, bytes: Buffer): Promise<Input['kind'] | undefined> {
  if ((await shapes()).isSettings(value)) return 'settings';
  if (isEmptyAnswer(value)) return 'records';
  const { value: content } = await attempt(() => readRecords(bytes));
  if (content?.kind === 'aggregated') return isAggregatedFile(value) ? 'aggregated' : undefined;
  return content?.kind === 'digest' ? 'digest' : undefined;
}

const isAggregatedFile = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every(isAggregated);

/** An entry of a file of data events that CloudTrail counted together. */
function isAggregated(entry: unknown): boolean {
  if (!isObject(entry)) return false;
  return (
    entry['eventType'] === 'AwsAggregatedEvent' ||
    entry['eventCategory'] === 'Data' ||
    entry['eventCategory'] === 'Aggregated'
  );
}

const LISTS = ['Records', 'Events', 'events', 'logEvents', 'results', 'QueryResultRows'];

/** An answer that was asked for and has no entries, of a query that is finished. */
function isEmptyAnswer(value: unknown): boolean {
  if (!isObject(value)) return false;
  // What CloudWatch Logs sends to subscribers to see whether they are there.
  if (value['messageType'] === 'CONTROL_MESSAGE') return true;
  const status = (textOf(value['QueryStatus']) ?? textOf(value['status']) ?? 'FINISHED').toUpperCase();
  const lists = LISTS.map((name) => value[name]);
  return ['FINISHED', 'COMPLETE'].includes(status) && lists.some((list) => Array.isArray(list) && list.length === 0);
}

/** The rows of a table of comma-separated values below its header, where one holds a record. */
function rowsIn(text: Buffer): readonly Part[] | undefined {
  const header = text.toString('utf8', 0, 2000).split('\n')[0] ?? '';
  if (!header.includes(',') && !text.includes('"{""')) return undefined;
  if (/[{[]/.test(header)) return undefined;
  const rows = rowsOf(text.toString('utf8')).slice(1);
  if (!rows.some((row) => recordsWithin(row).records.length > 0)) return undefined;
  return rows
    .filter((row) => row.some((cell) => cell !== ''))
    .map((row) => ({ bytes: Buffer.from(JSON.stringify(row)) }));
}

function inputOf({ kind, records, otherRecords }: LogFileContent): Input {
  return { kind, records: [...records, ...otherRecords], unread: [] };
}

async function inputOfFound({ records, others: rest }: Found, others: Calls): Promise<Input> {
  return {
    kind: 'records',
    records: records.filter((record) => isOfService(record) || isCallOf(others, record)),
    unread: rest.length === 0 ? [] : [await unreadAmong(rest, records.length)],
  };
}

async function unreadAmong(rest: readonly unknown[], records: number): Promise<string> {
  const [first] = rest;
  const what = typeof first === 'string' ? 'JSON that is cut short or damaged' : (await shapes()).shapeOf(first);
  return `${rest.length} of ${records + rest.length} entries in it are no record; the first is ${what}`;
}

async function attempt<Value>(
  work: () => Value | Promise<Value>,
): Promise<{ readonly value?: Value; readonly error?: Error }> {
  try {
    return { value: await work() };
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }
}

async function eachInTurn<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}
