import type { OtherCalls } from '../core/log-file';
import { type Random, randomFrom } from './random';

export const ES = 'es.amazonaws.com';
export const SECOND = 'opensearchservice.amazonaws.com';
const CUT = '},{"eventVersion"';

/** The calls of other services that are asked for, in every second case. */
const OTHERS: OtherCalls = {
  's3.amazonaws.com': ['PutBucketPolicy', 'DeleteBucket'],
  'lambda.amazonaws.com': ['UpdateFunctionCode'],
};
const NO_OTHERS: OtherCalls = {};

const WHOLE = { bytes: 65_536, ahead: 512 };

export interface FuzzCase {
  readonly json: Buffer;
  readonly others: OtherCalls;
  /** `plain` when nothing but `{"Records":[...]}` was written, however it is spelled inside. */
  readonly layout: 'plain' | 'unusual';
  /** Where the pieces of a streamed reading end. */
  readonly pieceBytes: () => number;
  /** How much is searched at once, and how far ahead. */
  readonly window: { readonly bytes: number; readonly ahead: number };
}

/** How freely a case spells its JSON: most files are compact, as CloudTrail writes them. */
interface Spelling {
  readonly random: Random;
  /** Share of characters written as `\uXXXX`. */
  readonly escapes: number;
  /** Share of places between tokens with whitespace in them. */
  readonly spaces: number;
  /** Share of records that start with another key than `eventVersion`. */
  readonly disorder: number;
}

/** Case `index` of `seed`: JSON that resembles a log file, and sometimes is none. */
export function fuzzCase(seed: number, index: number): FuzzCase {
  const random = randomFrom(seed, index);
  const spelling: Spelling = {
    random,
    escapes: random.pick([0, 0, 0, 0.003, 0.02, 0.3]),
    spaces: random.pick([0, 0, 0, 0.05, 0.4]),
    disorder: random.pick([0, 0, 0.1, 1]),
  };
  const records = Array.from({ length: random.below(5) }, () => element(spelling));
  const plain = random.chance(0.85);
  const written = plain ? plainFile(spelling, records) : unusualFile(spelling, records);
  // In a file that names the service nowhere, the calls of others are all there is to find.
  const text = random.chance(0.25) ? written.replaceAll(ES, 's3.amazonaws.com') : written;
  const damaged = random.chance(0.15);
  const longestPiece = random.pick([2, 10, 50, 300, 5000]);
  return {
    json: damaged ? damage(random, Buffer.from(text)) : Buffer.from(text),
    others: random.pick([OTHERS, NO_OTHERS]),
    layout: plain && !damaged ? 'plain' : 'unusual',
    pieceBytes: () => 1 + random.below(longestPiece),
    window: random.chance(0.5) ? WHOLE : { bytes: random.pick([1, 7, 64, 100, 1000]), ahead: random.below(200) },
  };
}

function plainFile(spelling: Spelling, records: readonly string[]): string {
  return `{${space(spelling)}"Records"${space(spelling)}:${space(spelling)}[${records.join(',')}]${space(spelling)}}`;
}

function unusualFile(spelling: Spelling, records: readonly string[]): string {
  const { random } = spelling;
  const list = `[${records.join(',')}]`;
  return random.pick<() => string>([
    () => `\uFEFF{"Records":${list}}`,
    () => `{"Records":${list},"digestStartTime":${value(spelling, 0)}}`,
    () => `{"version":${value(spelling, 0)},"Records":${list}}`,
    () => `{"Records":${list},"Records":[${element(spelling)}]}`,
    () => `{"Records":[${element(spelling)}],"Records":${list}}`,
    () => `{"Records":${list},"Records":${value(spelling, 2)}}`,
    () => `{"Records":[],"other":${list}}`,
    () => `{"\\u0052ecords":${list}}`,
    () => `{"Records":${value(spelling, 0)}}`,
    () => `{"Records":{"Records":${list}}}`,
    () => `{"logFiles":${list},"digestS3Bucket":"trail"}`,
    () => `${' '.repeat(random.below(100))}{"Records":${list}${' '.repeat(random.below(100))}}`,
    () => list,
    () => value(spelling, 0),
    () => '',
  ])();
}

function element(spelling: Spelling): string {
  const { random } = spelling;
  const written = random.chance(0.97) ? record(spelling, 0) : value(spelling, 0);
  return `${space(spelling)}${written}${space(spelling)}`;
}

function record(spelling: Spelling, depth: number): string {
  const { random } = spelling;
  if (depth === 0 && random.chance(0.3)) return callAlone(spelling);
  const fields = [
    ...(random.chance(0.95) ? [eventSource(spelling, depth)] : []),
    ...(random.chance(0.5) ? [eventName(spelling)] : []),
    ...(random.chance(0.05) ? [eventSource(spelling, depth)] : []),
    ...Array.from({ length: random.below(4) }, () => pair(spelling, fieldName(random), value(spelling, depth + 1))),
    ...(random.chance(0.3) ? [eventName(spelling)] : []),
  ];
  const version = pair(spelling, 'eventVersion', '"1.08"');
  const at = random.chance(spelling.disorder) ? random.below(fields.length + 1) : 0;
  return `{${[...fields.slice(0, at), version, ...fields.slice(at)].join(',')}}`;
}

/** Nothing but sources and names, in any order and number: what counts is which come last, and which stand together. */
function callAlone(spelling: Spelling): string {
  const { random } = spelling;
  const source = (): string =>
    pair(
      spelling,
      random.pick(['eventSource', 'eventSource', 'x"eventSource']),
      text(spelling, random.pick(['s3.amazonaws.com', 'lambda.amazonaws.com', 'sts.amazonaws.com'])),
    );
  const name = (): string =>
    pair(
      spelling,
      random.pick(['eventName', 'eventName', 'x"eventName']),
      text(spelling, random.pick(['PutBucketPolicy', 'UpdateFunctionCode20150331v2', 'GetObject'])),
    );
  return `{${Array.from({ length: 1 + random.below(6) }, () => random.pick([source, name])()).join(',')}}`;
}

function eventSource(spelling: Spelling, depth: number): string {
  const { random } = spelling;
  const name = random.pick([
    'eventSource',
    'eventSource',
    'eventSource',
    'eventsource',
    'xeventSource',
    'eventSource ',
    'x"eventSource',
  ]);
  return pair(spelling, name, random.chance(0.15) ? value(spelling, depth + 1) : text(spelling, service(random)));
}

function eventName(spelling: Spelling): string {
  const { random } = spelling;
  const name = random.pick([
    'PutBucketPolicy',
    'DeleteBucket',
    'UpdateFunctionCode',
    'UpdateFunctionCode20150331v2',
    'UpdateFunctionCode20150331',
    'DeleteBucket2014_11_06',
    'PutBucketPolicy2014v2',
    'GetObject',
    'PutBucketPolicyStatus',
    'putBucketPolicy',
    'xDeleteBucket',
  ]);
  const key = random.pick(['eventName', 'eventName', 'eventName', 'eventname', 'x"eventName']);
  return pair(spelling, key, random.chance(0.05) ? value(spelling, 3) : text(spelling, name));
}

function service(random: Random): string {
  return random.pick([
    ES,
    ES,
    SECOND,
    's3.amazonaws.com',
    'lambda.amazonaws.com',
    'sts.amazonaws.com',
    `${ES} `,
    `x${ES}`,
    `a"${ES}"`,
    'ES.amazonaws.com',
    `${SECOND}.cn`,
  ]);
}

function fieldName(random: Random): string {
  return random.pick([
    'eventName',
    'sourceIPAddress',
    'requestParameters',
    'tags',
    '__proto__',
    'a\\',
    'Zürich',
    '',
    'x":"',
  ]);
}

function value(spelling: Spelling, depth: number): string {
  const { random } = spelling;
  if (depth > 3) return random.pick(['null', '0', '-1.5e3', 'true', '{}', '[]', '""']);
  return random.pick<() => string>([
    () => text(spelling, ES),
    () => text(spelling, service(random)),
    () => text(spelling, `{"Principal":{"Service":"${ES}"},"eventSource":"${ES}"}`),
    () => text(spelling, JSON.stringify({ nested: JSON.stringify({ eventSource: ES }) })),
    () => text(spelling, `a${CUT}:1,"eventSource":"${ES}"}`),
    () => text(spelling, random.pick(['\\', '\\\\"', '"', '}', ']', '{"Records":[', ']}', '\\"}]}', ','])),
    () => text(spelling, random.pick(['é', 'Zürich', '日本', '😀', '\u0000', '\u2028', '\\u0065s.amazonaws.com'])),
    () => '"\\ud800"',
    () => `{${eventSource(spelling, depth + 1)}}`,
    () => record(spelling, depth + 1),
    () => `[${[record(spelling, depth + 1), record(spelling, depth + 1)].join(',')}]`,
    () => `[{"a":${value(spelling, depth + 1)}},${record(spelling, depth + 1)}]`,
    () => `[${text(spelling, ES)},${value(spelling, depth + 1)}]`,
    () => random.pick(['null', '0', '-1.5e3', 'true', '{}', '[]', '""', '[[[]]]', '{"a":{"b":[]}}']),
  ])();
}

function pair(spelling: Spelling, name: string, json: string): string {
  return `${space(spelling)}${text(spelling, name)}${space(spelling)}:${space(spelling)}${json}${space(spelling)}`;
}

function space({ random, spaces }: Spelling): string {
  return random.chance(spaces) ? random.text(1 + random.below(3), ' \t\n\r') : '';
}

/** `plain` as a JSON string, some of its characters in their escaped spelling. */
function text({ random, escapes }: Spelling, plain: string): string {
  if (escapes === 0) return JSON.stringify(plain);
  const units = plain.split('').map((unit) => {
    if (!random.chance(escapes)) return JSON.stringify(unit).slice(1, -1);
    const digits = unit.charCodeAt(0).toString(16).padStart(4, '0');
    return `\\u${random.chance(0.5) ? digits.toUpperCase() : digits}`;
  });
  return `"${units.join('')}"`;
}

function damage(random: Random, json: Buffer): Buffer {
  const at = random.below(json.length + 1);
  const [before, after] = [json.subarray(0, at), json.subarray(at)];
  return random.pick([
    () => before,
    () => Buffer.concat([before, Buffer.from([0x80 + random.below(0x80)]), after]),
    () =>
      Buffer.concat([
        before,
        Buffer.from(random.pick(['"', '\\', '{', '}', '[', ']', ',', ':', ' ', 'x', CUT])),
        after,
      ]),
    () => Buffer.concat([json, Buffer.from(random.pick(['x', ']', '}', ' ', '\0', '{"Records":[]}']))]),
    () => Buffer.concat([before, after.subarray(1 + random.below(3))]),
  ])();
}
