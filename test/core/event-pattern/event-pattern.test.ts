import { App, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/aws-events';
import { compilePattern, matchesEventPattern, readEventPattern } from '../../../core/event-pattern';
import cases from '../../fixtures/event-patterns.json';

interface Case {
  readonly name: string;
  readonly pattern: unknown;
  readonly record?: unknown;
  readonly matches?: boolean;
  readonly rejected?: { readonly path: string; readonly reason: string };
  readonly why: string;
}

const all = cases as readonly Case[];
const shown = ({ name, why }: Case): string => `${name}: ${why}`;

describe('a record matches as EventBridge would match it', () => {
  test.each(all.filter((each) => !each.rejected).map((each) => [shown(each), each] as const))('%s', (_, each) => {
    expect(matchesEventPattern(readEventPattern(each.pattern), each.record)).toBe(each.matches);
  });
});

describe('what EventBridge refuses is refused with the path and what is allowed', () => {
  test.each(all.filter((each) => each.rejected).map((each) => [shown(each), each] as const))('%s', (_, each) => {
    expect(() => readEventPattern(each.pattern)).toThrow(new RegExp(`^event pattern ${escaped(each.rejected?.path)} `));
    expect(() => readEventPattern(each.pattern)).toThrow(each.rejected?.reason);
  });
});

const escaped = (text = ''): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

test('every case says why, and no two have one name', () => {
  expect(all.filter(({ why }) => why.length === 0)).toEqual([]);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
});

test('a message tells what was found and shortens what is long', () => {
  expect(() => readEventPattern({ eventName: 'DeleteDomain' })).toThrow(
    'event pattern $.eventName is "DeleteDomain"; allowed: a list of values, as in ["DeleteDomain"]',
  );
  expect(() => readEventPattern({ eventName: 'x'.repeat(500) })).toThrow(/is "x{79}…; allowed/);
});

test('an operator in the place of a field is told how it is written', () => {
  expect(() => readEventPattern({ eventName: { prefix: 'Delete' } })).toThrow(
    /^event pattern \$\.eventName\.prefix is "Delete"; allowed: .*; for the operator, write \[\{"prefix": …\}\]$/,
  );
});

test.each([
  ['no value', undefined, 'undefined'],
  ['a function', () => 1, 'function'],
  ['no number', NaN, 'NaN'],
  ['infinity', Infinity, 'Infinity'],
  ['a big integer', 5n, 'bigint'],
])('%s in a list of values is refused', (_, value, got) => {
  expect(() => readEventPattern({ a: [value] })).toThrow(`event pattern $.a[0] is ${got}; allowed: a text`);
});

test('the pattern of a whole rule can be read over a whole event', () => {
  const rule = compilePattern({ source: ['aws.es'], detail: { eventName: [{ prefix: 'Delete' }] } });
  expect(matchesEventPattern(rule, { source: 'aws.es', detail: { eventName: 'DeleteDomain' } })).toBe(true);
  expect(matchesEventPattern(rule, { source: 'aws.es', detail: { eventName: 'CreateDomain' } })).toBe(false);
});

test('what is no JSON in a record is no value', () => {
  const present = readEventPattern({ a: [{ exists: true }] });
  for (const value of [undefined, () => 1, 5n, Symbol('a')]) {
    expect(matchesEventPattern(present, { a: value })).toBe(false);
    expect(matchesEventPattern(present, { a: [value] })).toBe(false);
  }
});

test('a compiled pattern can be used again and again', () => {
  const pattern = readEventPattern({ a: { x: [1], y: [2] } });
  expect(
    [{ a: [{ x: 1, y: 2 }] }, { a: [{ x: 1 }, { y: 2 }] }, { a: { x: 1, y: 2 } }].map(matchesWith(pattern)),
  ).toEqual([true, false, true]);
});

const matchesWith = (pattern: ReturnType<typeof readEventPattern>) => (record: unknown) =>
  matchesEventPattern(pattern, record);

describe('a record made to be slow is matched all the same', () => {
  const many = <Item>(count: number, item: (at: number) => Item): Item[] =>
    Array.from({ length: count }, (_, at) => item(at));

  test('one list of many items, none of which fits', () => {
    const pattern = readEventPattern({ a: { x: [1], y: [3] } });
    expect(matchesEventPattern(pattern, { a: many(20_000, () => ({ x: 1, y: 2 })) })).toBe(false);
  });

  test('several lists of many items that all fit, and one that does not', () => {
    const pattern = readEventPattern({ a: { x: [1] }, b: { x: [1] }, c: { x: [1] }, d: { p: [1], q: [1] } });
    const fits = many(2_000, () => ({ x: 1 }));
    const record = { a: fits, b: fits, c: fits, d: many(2_000, (at) => (at % 2 ? { p: 1 } : { q: 1 })) };
    expect(matchesEventPattern(pattern, record)).toBe(false);
  });

  test('lists within lists deeper than the stack', () => {
    let nested: unknown = 'x';
    for (let depth = 0; depth < 100_000; depth += 1) nested = [nested];
    expect(matchesEventPattern(readEventPattern({ a: ['x'] }), { a: nested })).toBe(false);
    expect(matchesEventPattern(readEventPattern({ a: ['x'] }), { a: [nested, 'x'] })).toBe(true);
  });

  test('objects within objects deeper than the stack', () => {
    let nested: unknown = 'x';
    for (let depth = 0; depth < 100_000; depth += 1) nested = { a: nested };
    expect(matchesEventPattern(readEventPattern({ a: { a: ['x'] } }), nested)).toBe(false);
  });

  test('a long text and a wildcard of many stars', () => {
    const pattern = readEventPattern({ a: [{ wildcard: '*a*b*c*d*' }] });
    expect(matchesEventPattern(pattern, { a: 'abc'.repeat(200_000) })).toBe(false);
  });

  test('a long text of colons where an address is asked for', () => {
    expect(matchesEventPattern(readEventPattern({ a: [{ cidr: '::/0' }, '::1'] }), { a: ':'.repeat(1_000_000) })).toBe(
      false,
    );
  });

  test('lists whose names begin alike', () => {
    const names = Array.from({ length: 120 }, (_, at) => 'a'.repeat(at + 1));
    const pattern = readEventPattern(Object.fromEntries(names.map((name) => [name, { x: ['y'] }])));
    const lists = Object.fromEntries(names.map((name) => [name, [{ x: 'z' }, { x: 'y' }]]));
    expect(matchesEventPattern(pattern, lists)).toBe(true);
  });

  test('a wildcard of many letters', () => {
    expect(() => readEventPattern({ a: [{ wildcard: `*${'ab'.repeat(50_000)}` }] })).toThrow('too complex');
    expect(() => readEventPattern({ a: [{ wildcard: `*${'a'.repeat(50_000)}` }] })).toThrow('too complex');
  });
});

describe('what Match of the CDK makes is an event pattern', () => {
  const stack = new Stack(new App());
  test.each([
    ['exactString', Match.exactString('abc'), 'abc', 'x'],
    ['equalsIgnoreCase', Match.equalsIgnoreCase('ABC'), 'abc', 'x'],
    ['prefix', Match.prefix('a'), 'abc', 'x'],
    ['prefixEqualsIgnoreCase', Match.prefixEqualsIgnoreCase('A'), 'abc', 'x'],
    ['suffix', Match.suffix('c'), 'abc', 'x'],
    ['suffixEqualsIgnoreCase', Match.suffixEqualsIgnoreCase('C'), 'abc', 'x'],
    ['wildcard', Match.wildcard('a*c'), 'abc', 'x'],
    ['cidr', Match.cidr('10.0.0.0/8'), '10.1.1.1', '11.1.1.1'],
    ['exists', Match.exists(), 'abc', undefined],
    ['doesNotExist', Match.doesNotExist(), undefined, 'abc'],
    ['nullValue', Match.nullValue(), null, 'x'],
    ['anythingBut', Match.anythingBut('x', 'y'), 'abc', 'x'],
    ['anythingButPrefix', Match.anythingButPrefix('x'), 'abc', 'xyz'],
    ['anythingButSuffix', Match.anythingButSuffix('z'), 'abc', 'xyz'],
    ['anythingButWildcard', Match.anythingButWildcard('x*'), 'abc', 'xyz'],
    ['anythingButEqualsIgnoreCase', Match.anythingButEqualsIgnoreCase('X'), 'abc', 'x'],
    ['greaterThan', Match.greaterThan(5), 6, 5],
    ['greaterThanOrEqual', Match.greaterThanOrEqual(5), 5, 4],
    ['lessThan', Match.lessThan(5), 4, 5],
    ['lessThanOrEqual', Match.lessThanOrEqual(5), 5, 6],
    ['equal', Match.equal(5), 5, 6],
    ['interval', Match.interval(1, 5), 5, 6],
    ['anyOf', Match.anyOf(Match.prefix('a'), Match.suffix('z')), 'abc', 'x'],
  ])('%s', (_, match, fits, other) => {
    const pattern = readEventPattern(stack.resolve({ a: match }));
    expect([fits, other].map((value) => matchesEventPattern(pattern, { a: value }))).toEqual([true, false]);
  });
});
