import { matchesWildcard, matchesWithin } from '../../../core/base/iam-wildcard';

const ARN = 'arn:aws:es:us-east-1:111122223333:domain/logs/_search';

test.each([
  ['another first letter', 's3:GetObject', 1],
  ['another service', 'arn:aws:s3:::bucket/*', 9],
  ['more than the text', `${ARN}/of-all-indices*`, ARN.length],
])(
  'a pattern with %s is told from a text in as many steps as they have letters alike, and one',
  (_, pattern, steps) => {
    expect(matchesWithin(pattern, ARN, steps)).toEqual({ matches: false, steps });
  },
);

test.each([
  ['the same text', ARN, ARN.length],
  ['a star behind all that is alike', `${ARN.slice(0, 20)}*`, 21],
])('%s matches in a step for each letter of the pattern, and not in fewer', (_, pattern, steps) => {
  expect(matchesWithin(pattern, ARN, steps)).toEqual({ matches: true, steps });
  expect(matchesWithin(pattern, ARN, steps - 1).matches).toBeUndefined();
});

test.each([
  ['*', '', true],
  ['', '', true],
  ['', 'a', false],
  ['a', '', false],
  ['a*', 'a', true],
  ['a?', 'a', false],
  ['a*c', 'abc', true],
  ['a*c', 'abcd', false],
  ['*b*', 'abc', true],
  ['a?c*', 'abcd', true],
  ['A*', 'abc', false],
])('%j of %j: %j', (pattern, text, matches) => {
  expect(matchesWildcard(pattern, text)).toBe(matches);
});
