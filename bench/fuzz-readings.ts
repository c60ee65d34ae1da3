import { isDeepStrictEqual } from 'node:util';
import type { OtherCalls } from '../core/log-file';
import { plainSearch } from '../core/log-file/plain-search';
import type { Search } from '../core/log-file/search';
import { selectRecords } from '../core/log-file/select';
import { simdSearch } from '../core/log-file/simd-search';
import { selectFromPieces } from '../core/log-file/stream';
import { ES, type FuzzCase, fuzzCase, SECOND } from './fuzz-cases';

/** What is wanted of a log file. */
interface Wanted {
  readonly records: readonly unknown[];
  readonly otherRecords: readonly unknown[];
}

/** Where there is nothing: `no list` is JSON, but no log file; `invalid` is not JSON. */
type Truth = Wanted | 'no list' | 'invalid';

/** The API version that some services append to the names of their calls. */
const VERSION = /(\d{8}|\d{4}_\d\d_\d\d)(v\d+)?$/;

const NOTHING: Wanted = { records: [], otherRecords: [] };

/** What the whole matter is about: the reading everyone understands, and everything else must agree with. */
export function plainReading(json: Buffer, others: OtherCalls): Truth {
  let document: unknown;
  try {
    document = JSON.parse(json.toString('utf8').replace(/^\uFEFF/, ''));
  } catch {
    return 'invalid';
  }
  const records = (document as { Records?: unknown } | null)?.Records;
  return Array.isArray(records) ? wantedOf(records, others) : 'no list';
}

function wantedOf(records: readonly unknown[], others: OtherCalls): Wanted {
  const isOther = (record: unknown): boolean => {
    const { eventSource, eventName } = (record ?? {}) as Readonly<Record<string, unknown>>;
    const name = typeof eventName === 'string' ? eventName.replace(VERSION, '') : '';
    return Object.entries(others).some(([source, names]) => source === eventSource && names.includes(name));
  };
  return {
    records: records.filter((record) => [ES, SECOND].includes(eventSourceOf(record) as string)),
    otherRecords: records.filter(isOther),
  };
}

/**
 * Shortcuts that look right and are not. The fuzzer is worth something as long as it catches each of them.
 */
export const NAIVE_READINGS: Readonly<Record<string, (json: Buffer, others: OtherCalls) => Wanted>> = {
  'without a look at escaped spellings': (json, others) =>
    [ES, SECOND, ...Object.keys(others)].some((source) => json.includes(source)) ? wholeParse(json, others) : NOTHING,
  'search for one literal spelling of the pair': (json, others) =>
    [ES, SECOND, ...Object.keys(others)].some((source) => json.includes(`"eventSource":"${source}"`))
      ? wholeParse(json, others)
      : NOTHING,
  'search for a name right behind its source': (json, others) =>
    [ES, SECOND].some((source) => json.includes(`"${source}"`)) || isPairIn(json, others)
      ? wholeParse(json, others)
      : NOTHING,
  'split by a regular expression': (json, others) =>
    wantedOf(
      json
        .toString('utf8')
        .replace(/^\{"Records":\[|\]\}$/g, '')
        .split(/(?<=\}),(?=\{"eventVersion")/)
        .filter((record) => record.includes('.amazonaws.com') || record.includes('\\u00'))
        .map((record): unknown => JSON.parse(record)),
      others,
    ),
};

function isPairIn(json: Buffer, others: OtherCalls): boolean {
  return Object.entries(others).some(([source, names]) =>
    names.some((name) => json.includes(`"eventSource":"${source}","eventName":"${name}`)),
  );
}

/** How the shipped readings differ from the plain one in case `index` of `seed`; undefined when they do not. */
export async function mismatchIn(seed: number, index: number): Promise<string | undefined> {
  const fuzz = fuzzCase(seed, index);
  const truth = plainReading(fuzz.json, fuzz.others);
  const found: string[] = [];
  for (const [name, search] of searchesFor(fuzz)) {
    const wrongs = [wrongWhole(fuzz, truth, search), await wrongInPieces(fuzz, truth, search)];
    found.push(...wrongs.flatMap((wrong) => (wrong === undefined ? [] : `${wrong} (${name})`)));
  }
  if (found.length === 0) return undefined;
  return `seed ${seed} case ${index}: ${found.join(' and ')} in ${JSON.stringify(fuzz.json.toString('latin1'))}`;
}

function searchesFor({ others, window }: FuzzCase): readonly (readonly [string, Search])[] {
  const simd = simdSearch(others, window);
  if (simd === undefined) throw new Error('this machine has no WebAssembly to be fuzzed');
  return [
    ['simd', simd],
    ['plain', plainSearch(others)],
  ];
}

/** Whether `reading` gives anything but the plain reading's answer in case `index` of `seed`. */
export function catches(reading: (json: Buffer, others: OtherCalls) => Wanted, seed: number, index: number): boolean {
  const { json, others } = fuzzCase(seed, index);
  const truth = plainReading(json, others);
  if (typeof truth === 'string') return false;
  try {
    return !isDeepStrictEqual(reading(json, others), truth);
  } catch {
    return true;
  }
}

function wrongWhole({ json, others }: FuzzCase, truth: Truth, search: Search): string | undefined {
  try {
    const { records, otherRecords } = selectRecords(json, search);
    return differenceOf({ records, otherRecords }, truth === 'no list' ? NOTHING : truth, others);
  } catch (error) {
    return typeof truth === 'string' ? undefined : `an error (${String(error)})`;
  }
}

async function wrongInPieces(fuzz: FuzzCase, truth: Truth, search: Search): Promise<string | undefined> {
  const { json, others, layout, pieceBytes } = fuzz;
  try {
    const { records, otherRecords } = await selectFromPieces(piecesOf(json, pieceBytes), search);
    if (truth === 'no list') return 'records in pieces where there is no list';
    const difference = differenceOf({ records, otherRecords }, truth, others);
    return difference && `${difference} in pieces`;
  } catch (error) {
    return typeof truth === 'string' || layout === 'unusual' ? undefined : `an error in pieces (${String(error)})`;
  }
}

/** Elements that cannot be wanted are not parsed, so an invalid file may still give records, but none that are not wanted. */
function differenceOf(found: Wanted, truth: Wanted | 'invalid', others: OtherCalls): string | undefined {
  const expected = truth === 'invalid' ? wantedOf([...found.records, ...found.otherRecords], others) : truth;
  return isDeepStrictEqual(found, expected) ? undefined : 'wrong records';
}

function* piecesOf(json: Buffer, pieceBytes: () => number): Generator<Buffer> {
  for (let from = 0; from < json.length;) {
    const to = from + pieceBytes();
    yield json.subarray(from, to);
    from = to;
  }
}

function wholeParse(json: Buffer, others: OtherCalls): Wanted {
  const truth = plainReading(json, others);
  return typeof truth === 'string' ? NOTHING : truth;
}

function eventSourceOf(record: unknown): unknown {
  return (record as { eventSource?: unknown } | null)?.eventSource;
}
