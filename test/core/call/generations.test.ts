import { answerUnderCurrentNames, underCurrentNames } from '../../../core/call/generations';

const CURRENT = 'the call is of 2021';
const LEGACY = 'the call is of 2015';

const folded = (value: unknown, call = CURRENT): unknown => underCurrentNames(value, call === LEGACY);

test('the two renamed members get their current names, in any letter case, where they stand', () => {
  const request = {
    domainName: 'logs',
    ElasticsearchClusterConfig: { instanceCount: 3 },
    elasticsearchVersion: '7.10',
  };
  expect(Object.entries(folded(request) as object)).toEqual([
    ['domainName', 'logs'],
    ['clusterConfig', { instanceCount: 3 }],
    ['engineVersion', '7.10'],
  ]);
});

test('of both names, that of the generation that was called counts', () => {
  const both = { elasticsearchClusterConfig: { of: 2015 }, clusterConfig: { of: 2021 }, elasticsearchVersion: '7.10' };
  expect(folded(both)).toEqual({ clusterConfig: { of: 2021 }, engineVersion: '7.10' });
  expect(folded(both, LEGACY)).toEqual({ clusterConfig: { of: 2015 }, engineVersion: '7.10' });
});

test('what has no renamed member is left as it is', () => {
  for (const value of [undefined, null, 'text', ['elasticsearchVersion'], { clusterConfig: {} }]) {
    expect(folded(value)).toBe(value);
    expect(folded(value, LEGACY)).toBe(value);
  }
});

test('an answer is folded in the domain it tells of, and nowhere else', () => {
  const domain = { elasticsearchVersion: '7.10' };
  const answer = { domainStatus: domain, domainConfig: domain, other: domain };
  expect(answerUnderCurrentNames(answer, false)).toEqual({
    domainStatus: { engineVersion: '7.10' },
    domainConfig: { engineVersion: '7.10' },
    other: domain,
  });
});
