import { isDeeperThan, isLargerThan, memberOf, optional, unwrapped } from '../../../core/base/members';

describe('memberOf', () => {
  const wide = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`Member${at}`, at]));

  test.each([
    ['the exact spelling', 'Member499', 499],
    ['another letter case', 'mEMBER499', 499],
    ['a name that is not there', 'Member500', undefined],
    ['a name every object inherits', 'constructor', undefined],
  ])('finds in an object of hundreds of members %s', (_, name, value) => {
    expect(memberOf(wide, name)).toBe(value);
    expect(memberOf(wide, name)).toBe(value);
  });

  test.each([2, 500])('takes of two names that differ in letter case the first, in an object of %d', (count) => {
    const twins = { ...Object.fromEntries(Object.entries(wide).slice(0, count - 2)), policy: 1, POLICY: 2 };
    expect(memberOf(twins, 'Policy')).toBe(1);
    expect(memberOf(twins, 'POLICY')).toBe(2);
  });

  test('looks through an object of a hundred thousand members once, however many names are asked for', () => {
    const huge = Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`m${at}`, at]));
    const found = Array.from({ length: 20_000 }, (_, at) => memberOf(huge, `M${at}`));
    expect(found).toEqual(Array.from({ length: 20_000 }, (_, at) => at));
  });
});

test('an optional member is there with a value, false, zero and empty ones too, and not without', () => {
  expect({ ...optional('a', 0), ...optional('b', ''), ...optional('c', false), ...optional('d', undefined) }).toEqual({
    a: 0,
    b: '',
    c: false,
  });
});

test.each([
  ['nothing', undefined, false],
  ['a text', 'abcde', false],
  ['as deep, as many and as long as may be', { abcd: { b: [{ c: 1 }, 2, 3] } }, false],
  ['one level deeper', { a: { b: [{ c: [] }] } }, true],
  ['one member more', { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7 }, true],
  ['one item more', { a: [1, 2, 3, 4, 5, 6] }, true],
  ['a name one letter longer', [{ abcde: 1 }], true],
])('%s is larger than three levels, six members and names of four letters: %#', (_, value, isLarger) => {
  expect(isLargerThan({ depth: 3, members: 6, name: 4 }, value)).toBe(isLarger);
});

test.each([
  [[[[]]], 3, false],
  [[[[1]]], 2, true],
])('%j nests deeper than %d: %s', (value, depth, isDeeper) => {
  expect(isDeeperThan(depth, value)).toBe(isDeeper);
});

test.each([
  ['a text of JSON', '{"a":[1]}', { a: [1] }],
  ['a text of JSON that is a text', '"a"', 'a'],
  ['a text of nothing', '', undefined],
  ['a text of JSON that was cut', '{"a":', undefined],
  ['an object', { a: 1 }, { a: 1 }],
  ['nothing', undefined, undefined],
])('%s is unwrapped: %j', (_, written, said) => {
  expect(unwrapped(written)).toEqual(said);
});
