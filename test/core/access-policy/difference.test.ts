import { policyDifference, saysTheSame } from '../../../core/access-policy';

const policy = (statement: object, more: object = {}): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 'es:*', Resource: 'arn:aws:es:us-east-1:123456789012:domain/logs/*', ...statement },
    ],
    ...more,
  });

test.each([
  [
    'an account id and the ARN of its root',
    { Principal: { AWS: '123456789012' } },
    { Principal: { AWS: 'arn:aws:iam::123456789012:root' } },
  ],
  [
    'one value and a list of one',
    { Principal: { AWS: '*' }, Action: 'es:*' },
    { Principal: { AWS: ['*'] }, Action: ['es:*'] },
  ],
  ['actions in another letter case', { Action: 'ES:esHttpGet' }, { Action: 'es:ESHttpGet' }],
  [
    'another order of values',
    { Action: ['es:ESHttpGet', 'es:ESHttpPut'] },
    { Action: ['es:ESHttpPut', 'es:ESHttpGet'] },
  ],
  ['a value given twice', { Action: ['es:ESHttpGet', 'ES:ESHttpGet'] }, { Action: 'es:ESHttpGet' }],
  ['another statement id', { Sid: 'one' }, { Sid: 'two' }],
  [
    'a condition key in another letter case',
    { Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.1' } } },
    { Condition: { IpAddress: { 'AWS:sourceip': ['192.0.2.1'] } } },
  ],
])('%s say the same', (_, a, b) => {
  expect(saysTheSame(policy(a), policy(b))).toBe(true);
});

test.each([
  ['another principal', { Principal: { AWS: '123456789012' } }, { Principal: '*' }],
  ['a dropped condition', { Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.1' } } }, {}],
  ['another effect', {}, { Effect: 'Deny' }],
  ['another resource', {}, { Resource: '*' }],
  [
    'one value that reads like two',
    { Condition: { StringEquals: { 'aws:SourceVpc': ['vpc-1', 'vpc-2'] } } },
    { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1 or vpc-2' } } },
  ],
])('%s does not', (_, a, b) => {
  expect(saysTheSame(policy(a), policy(b))).toBe(false);
});

test.each([
  ['a member written twice and the same without the first', '"Principal":"*","Principal":{"AWS":"123456789012"}'],
  ['a member in two letter cases and the same without the first', '"principal":"*","Principal":{"AWS":"123456789012"}'],
])('%s do not: either may be kept', (_, twice) => {
  const once = policy({ Principal: { AWS: '123456789012' } });
  const written = once.replace('"Principal":{"AWS":"123456789012"}', twice);
  expect(written).not.toBe(once);
  expect(saysTheSame(written, once)).toBe(false);
  expect(saysTheSame(written, written.replaceAll('","', '" , "'))).toBe(true);
});

test('white space that JSON does not know makes no difference', () => {
  const plain = policy({ Principal: '*' });
  expect(saysTheSame(`\uFEFF${plain.replaceAll(',"', ',\u00A0"')}\u2028`, plain)).toBe(true);
});

test('the difference names principals added and removed and conditions dropped', () => {
  const before = policy({
    Principal: { AWS: '123456789012' },
    Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } },
  });
  expect(policyDifference(before, policy({ Principal: '*' }))).toEqual([
    'principals added: *',
    'principals removed: 123456789012',
    'conditions dropped: IpAddress aws:sourceip 192.0.2.0/24',
  ]);
});

test('a policy that is not JSON is compared as the text it is', () => {
  expect(saysTheSame('{"Statement":', '{"Statement":')).toBe(true);
  expect(saysTheSame('{"Statement":', '{')).toBe(false);
});
