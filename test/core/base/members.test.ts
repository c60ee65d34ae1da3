import { hasNameLongerThan, isDeeperThan, memberOf, optional } from '../../../core/base/members';

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
  [{ a: { b: [{ abcd: 1 }] } }, false],
  [{ a: { b: [{ abcde: 1 }] } }, true],
  ['abcde', false],
])('of %j it is told whether a member anywhere has a name of more than four letters', (value, isLonger) => {
  expect(hasNameLongerThan(4, value)).toBe(isLonger);
});

test.each([
  [[[[]]], 3, false],
  [[[[1]]], 2, true],
])('%j nests deeper than %d: %s', (value, depth, isDeeper) => {
  expect(isDeeperThan(depth, value)).toBe(isDeeper);
});
