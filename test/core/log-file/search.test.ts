import { readFileSync } from 'node:fs';
import { SEARCH_MODULE_PATH, searchModuleCode } from '../../../bench/search-module';
import { plainSearch } from '../../../core/log-file/plain-search';
import type { Search } from '../../../core/log-file/search';
import { simdSearch } from '../../../core/log-file/simd-search';
import type { OtherCalls } from '../../../core/log-file';

test('the module in the code is the one that search.wat describes', async () => {
  expect(readFileSync(SEARCH_MODULE_PATH, 'utf8')).toBe(await searchModuleCode());
});

const OTHERS: OtherCalls = { 's3.amazonaws.com': ['PutBucketPolicy'] };
const NONE: OtherCalls = {};

function simd(others: OtherCalls, window?: { bytes: number; ahead: number }): Search {
  const search = simdSearch(others, window);
  if (!search) throw new Error('there is no WebAssembly here');
  return search;
}

const SEARCHES = [
  ['simd', simd],
  ['plain', plainSearch],
] as const;

const OURS = '"eventSource":"es.amazonaws.com"';
const PAIR = '"eventSource":"s3.amazonaws.com","eventName":"PutBucketPolicy"';

describe.each(SEARCHES)('the search (%s)', (_, searchFor) => {
  const holds = (text: string, others = OTHERS): boolean => searchFor(others).mayHold(Buffer.from(text));

  test.each([...new Set('eventSource')])(
    'takes the letter %s of the key of a source, escaped, for a sign',
    (letter) => {
      const code = letter.charCodeAt(0).toString(16).padStart(4, '0');
      for (const digits of [code, code.toUpperCase()]) {
        expect(holds(`{"${'eventSource'.replace(letter, `\\u${digits}`)}":"es.amazonaws.com"}`, NONE)).toBe(true);
      }
    },
  );

  test.each([...new Set('eventName')])('takes the letter %s of the key of a name, escaped, for a sign', (letter) => {
    const code = letter.charCodeAt(0).toString(16).padStart(4, '0');
    expect(holds(`{"${'eventName'.replace(letter, `\\u${code}`)}":"PutBucketPolicy"}`)).toBe(true);
  });

  test.each(['\\u003d', '\\u0026', '\\u00e9', '\\u0000', '\\u0020', '\\u0066', '\\u2028', '\\u6500', '\\n', '\\\\'])(
    'takes %s for no sign',
    (escape) => {
      expect(holds(`{"a":"${escape}${escape}","eventSource":"s3.amazonaws.com","eventName":"GetObject"}`)).toBe(false);
    },
  );

  test.each([
    ['in a text', '{"a":"\\u0065ventSource"}', false],
    ['in a text before a key', '{"a":"\\u0065","b":1}', false],
    ['in a key too long', '{"\\u0065ventSourceOfIt":1}', false],
    ['in a key that is long enough', '{"\\u0065ventSourc":1}', true],
    [
      'among others',
      `{"${[...'eventSource'].map((letter) => `\\u00${letter.charCodeAt(0).toString(16)}`).join('')}":1}`,
      true,
    ],
    ['with white space before the colon', `{"\\u0065ventSource"${' '.repeat(300)}:1}`, true],
    ['where nothing can be seen behind it', '{"\\u0065vent', true],
    ['that is half seen', '{"\\u00', true],
  ])('takes an escaped letter %s for a sign or not', (_where, json, isSign) => {
    expect(holds(json)).toBe(isSign);
  });

  test.each([
    ['the name of the service elsewhere', '{"sourceIPAddress":"es.amazonaws.com"}'],
    ['its end', '{"eventSource":"ses.amazonaws.com"}'],
    ['its beginning', '{"eventSource":"es.amazonaws.com.cn"}'],
    ['a text in a text', JSON.stringify({ text: `{${OURS},${PAIR}}` })],
    ['a key that begins with a quote', '{"x\\"eventSource":"es.amazonaws.com"}'],
    ['a list', '["eventSource","es.amazonaws.com"]'],
    ['no text', '{"eventSource":{"a":"es.amazonaws.com"},"eventName":1}'],
    ['the name of a call of another service', '{"eventSource":"iam.amazonaws.com","eventName":"PutBucketPolicy"}'],
    ['another call of the service', '{"eventSource":"s3.amazonaws.com","eventName":"GetBucketPolicy"}'],
    ['a source longer than any', `{"eventSource":"${'es.amazonaws.com'.repeat(20)}"}`],
  ])('takes %s for no sign', (_what, json) => {
    expect(holds(json)).toBe(false);
  });

  test('asks for what it was last asked for', () => {
    const [wide, narrow] = [searchFor(OTHERS), searchFor(NONE)];
    const json = Buffer.from(`{${PAIR}}`);
    expect([wide.mayHold(json), narrow.mayHold(json), wide.mayHold(json)]).toEqual([true, false, true]);
  });

  test('tells where the elements of a list are, and where it ends', () => {
    const json = Buffer.from('[1,"]",{"a":"\\"}]"},[[]],{}]}');
    const found: string[] = [];
    const step = searchFor(NONE).walk('all')(json.subarray(1), (start, end) => {
      found.push(json.toString('utf8', start + 1, end + 1));
    });
    expect(found).toEqual(['{"a":"\\"}]"}', '[[]]', '{}']);
    expect(step).toEqual({ openAt: undefined, isDeep: false, closedAt: json.length - 3 });
  });

  test('tells of an element that goes on where it began, in this piece or before', () => {
    const walk = searchFor(NONE).walk('all');
    const found: (readonly [number, number])[] = [];
    const step = (piece: string): unknown => walk(Buffer.from(piece), (start, end) => found.push([start, end]));
    expect(step('{},{"a":')).toMatchObject({ openAt: 3 });
    expect(step('[1,2')).toMatchObject({ openAt: -5 });
    expect(step('')).toMatchObject({ openAt: -9 });
    expect(step(']},')).toMatchObject({ openAt: undefined, closedAt: undefined });
    expect(found).toEqual([
      [0, 2],
      [-9, 2],
    ]);
  });

  test('lets two walks take turns', () => {
    const found: number[] = [];
    const walks = [1, 2].map(() => searchFor(NONE).walk('all'));
    for (const piece of ['{"a":"', '}"', '}']) {
      for (const walk of walks) walk(Buffer.from(piece), (start) => found.push(start));
    }
    expect(found).toEqual([-8, -8]);
  });
});

describe('the search in windows', () => {
  const WINDOW = 65_536;

  test.each([OURS, PAIR, '"\\u0065ventSource":"x"', '"event\\u004eame":"x"'])(
    'finds %s wherever two of them meet in it',
    (sign) => {
      const search = simd(OTHERS);
      for (let before = WINDOW - sign.length - 8; before < WINDOW + 8; before++) {
        expect(search.mayHold(Buffer.from(`${' '.repeat(before)}${sign}}`))).toBe(true);
      }
    },
  );

  test('takes nothing for a sign because two of them meet in it', () => {
    const search = simd(OTHERS);
    const quiet = '"eventSource":"iam.amazonaws.com","eventName":"PutRolePolicy","eventSource":"a","eventName":"b"}';
    for (let before = WINDOW - quiet.length - 8; before < WINDOW + 8; before++) {
      expect(search.mayHold(Buffer.from(`${' '.repeat(before)}${quiet}`))).toBe(false);
    }
  });

  test('does not take a name for one that was judged in the window before', () => {
    const first = '"eventSource":"s3.amazonaws.com","eventName":"GetObject"';
    for (let between = 1; between < 200; between++) {
      const json = Buffer.from(`{${first},"a":"${' '.repeat(between)}","eventName":"PutBucketPolicy"}`);
      expect(simd(OTHERS, { bytes: 100, ahead: 512 }).mayHold(json)).toBe(true);
    }
  });
});

describe('the walk in windows', () => {
  test.each([1, 15, 16, 17, 64, 1000])('finds the same elements, %i bytes at a time', (bytes) => {
    const record = (index: number): string => `{"a":"${'\\"'.repeat(index % 40)}","b":[[{}],"]}\\\\"],${OURS}}`;
    const json = Buffer.from(Array.from({ length: 100 }, (_unused, index) => record(index)).join(' , '));
    const elementsOf = (search: Search): readonly unknown[] => {
      const found: unknown[] = [];
      search.walk('wanted')(json, (start, end, isDeep) => found.push([start, end, isDeep]));
      return found;
    };
    expect(elementsOf(simd(NONE, { bytes, ahead: 0 }))).toEqual(elementsOf(plainSearch(NONE)));
    expect(elementsOf(plainSearch(NONE))).toHaveLength(100);
  });

  test('leaves out elements without a sign', () => {
    const json = Buffer.from(`{"a":1},{${OURS}},{"b":2}`);
    const found: string[] = [];
    simd(NONE).walk('wanted')(json, (start, end) => found.push(json.toString('utf8', start, end)));
    expect(found).toEqual([`{${OURS}}`]);
  });
});
