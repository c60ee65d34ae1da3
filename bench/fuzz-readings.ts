import { isDeepStrictEqual } from 'node:util';
import { selectRecords } from '../core/log-file/select';
import { selectFromPieces } from '../core/log-file/stream';
import { type FuzzCase, fuzzCase } from './fuzz-cases';

const ES = 'es.amazonaws.com';
const MIB = 1024 * 1024;

/**
 * `records`: what a log file holds. `no list`: JSON, but no log file. `invalid`: not JSON.
 */
type Truth = { readonly records: readonly unknown[] } | 'no list' | 'invalid';

/** What the whole matter is about: the reading everyone understands, and everything else must agree with. */
export function plainReading(json: Buffer): Truth {
  let document: unknown;
  try {
    document = JSON.parse(json.toString('utf8').replace(/^\uFEFF/, ''));
  } catch {
    return 'invalid';
  }
  const records = (document as { Records?: unknown } | null)?.Records;
  if (!Array.isArray(records)) return 'no list';
  return { records: records.filter((record: unknown) => eventSourceOf(record) === ES) };
}

/**
 * Shortcuts that look right and are not. The fuzzer is worth something as long as it catches each of them.
 */
export const NAIVE_READINGS: Readonly<Record<string, (json: Buffer) => readonly unknown[]>> = {
  'without a look at escaped spellings': (json) => (json.includes(ES) ? wholeParse(json) : []),
  'search for one literal spelling of the pair': (json) =>
    json.includes(`"eventSource":"${ES}"`) ? wholeParse(json) : [],
  'split by a regular expression': (json) =>
    json
      .toString('utf8')
      .replace(/^\{"Records":\[|\]\}$/g, '')
      .split(/(?<=\}),(?=\{"eventVersion")/)
      .filter((record) => record.includes(ES) || record.includes('\\u00'))
      .map((record): unknown => JSON.parse(record))
      .filter((record) => eventSourceOf(record) === ES),
};

/** How the shipped readings differ from the plain one in case `index` of `seed`; undefined when they do not. */
export async function mismatchIn(seed: number, index: number): Promise<string | undefined> {
  const fuzz = fuzzCase(seed, index);
  const truth = plainReading(fuzz.json);
  const found = [wrongWhole(fuzz, truth), await wrongInPieces(fuzz, truth)].filter((wrong) => wrong !== undefined);
  if (found.length === 0) return undefined;
  return `seed ${seed} case ${index}: ${found.join(' and ')} in ${JSON.stringify(fuzz.json.toString('latin1'))}`;
}

/** Whether `reading` gives anything but the plain reading's answer in case `index` of `seed`. */
export function catches(reading: (json: Buffer) => readonly unknown[], seed: number, index: number): boolean {
  const { json } = fuzzCase(seed, index);
  const truth = plainReading(json);
  if (typeof truth === 'string') return false;
  try {
    return !isDeepStrictEqual(reading(json), truth.records);
  } catch {
    return true;
  }
}

function wrongWhole({ json }: FuzzCase, truth: Truth): string | undefined {
  let records: readonly unknown[];
  try {
    records = selectRecords(json).records;
  } catch (error) {
    return typeof truth === 'string' ? undefined : `an error (${String(error)})`;
  }
  // An envelope around nothing of ours is not parsed, so what is wrong inside it may go unnoticed.
  return isDeepStrictEqual(records, typeof truth === 'string' ? [] : truth.records) ? undefined : 'wrong records';
}

async function wrongInPieces({ json, layout, pieceBytes }: FuzzCase, truth: Truth): Promise<string | undefined> {
  try {
    const { records } = await selectFromPieces(piecesOf(json, pieceBytes), MIB);
    // Elements that cannot be ours are not parsed, so an invalid file may still give records.
    if (truth === 'invalid') return undefined;
    if (truth === 'no list') return 'records in pieces where there is no list';
    return isDeepStrictEqual(records, truth.records) ? undefined : 'wrong records in pieces';
  } catch (error) {
    return typeof truth === 'string' || layout === 'unusual' ? undefined : `an error in pieces (${String(error)})`;
  }
}

function* piecesOf(json: Buffer, pieceBytes: () => number): Generator<Buffer> {
  for (let from = 0; from < json.length;) {
    const to = from + pieceBytes();
    yield json.subarray(from, to);
    from = to;
  }
}

function wholeParse(json: Buffer): readonly unknown[] {
  const truth = plainReading(json);
  return typeof truth === 'string' ? [] : truth.records;
}

function eventSourceOf(record: unknown): unknown {
  return (record as { eventSource?: unknown } | null)?.eventSource;
}
