import * as fc from 'fast-check';

/** A statement as it may be written in an access policy. */
export type WrittenStatement = Readonly<Record<string, unknown>>;

const ACCOUNTS = ['111122223333', '444455556666', '999988887777'];
const DOMAIN = 'arn:aws:es:us-east-1:111122223333:domain/logs';

const PRINCIPALS = ['*', 'arn:aws:iam::*:root', 'AROAEXAMPLEID1234567', ...ACCOUNTS].concat(
  ACCOUNTS.map((account) => `arn:aws:iam::${account}:role/reader`),
);
const ACTIONS = [
  '*',
  'es:*',
  'es:ESHttp*',
  'es:ESHttpGet',
  'es:ESHttpP*',
  'es:ESHttpDelete',
  'es:Describe*',
  'opensearch:*',
];
const RESOURCES = ['*', DOMAIN, `${DOMAIN}/*`, `${DOMAIN}/orders/*`, `${DOMAIN.slice(0, -1)}*`, `${DOMAIN}2/*`];

/** Operators with the values that suit them; every key goes with every operator of its line. */
const CONDITIONS: readonly (readonly [
  operators: readonly string[],
  keys: readonly string[],
  values: readonly string[],
])[] = [
  [
    ['IpAddress', 'NotIpAddress', 'IpAddressIfExists', 'NotIpAddressIfExists'],
    ['aws:SourceIp', 'aws:VpcSourceIp'],
    [
      '0.0.0.0/0',
      '0.0.0.0/1',
      '128.0.0.0/1',
      '52.0.0.0/8',
      '54.0.0.0/8',
      '203.0.113.0/24',
      '203.0.113.7',
      '198.51.100.0/25',
      '10.0.0.0/8',
      '::/0',
      '2001:db8::/32',
      'office',
    ],
  ],
  [
    [
      'StringEquals',
      'StringNotEquals',
      'StringEqualsIfExists',
      'ForAnyValue:StringLike',
      'ForAllValues:StringLike',
      'ForAnyValue:StringNotLike',
      'ForAllValues:StringNotLike',
    ],
    ['aws:PrincipalOrgID', 'aws:PrincipalOrgPaths'],
    ['o-trusted1', 'o-foreign1', 'o-trusted1/*', 'o-*'],
  ],
  [
    ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLikeIfExists'],
    ['aws:PrincipalAccount', 'aws:SourceAccount'],
    [...ACCOUNTS, '*'],
  ],
  [
    ['ArnLike', 'ArnNotLike', 'StringLike', 'StringNotEquals'],
    ['aws:PrincipalArn'],
    [...PRINCIPALS.filter((name) => name.startsWith('arn:')), 'arn:aws:iam::*:role/reader'],
  ],
  [['StringEquals', 'StringNotEquals'], ['aws:SourceVpc'], ['vpc-0trusted', 'vpc-0abc123', 'vpc-*']],
  [
    ['Bool', 'BoolIfExists'],
    ['aws:PrincipalIsAWSService', 'aws:ViaAWSService', 'aws:SecureTransport'],
    ['true', 'false'],
  ],
  [['Null'], ['aws:PrincipalOrgID', 'aws:SourceIp'], ['true', 'false']],
];

/** One value, or a list of up to three different ones. */
const oneOrMore = (values: readonly string[]): fc.Arbitrary<string | string[]> =>
  fc.oneof(fc.constantFrom(...values), fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }));

const test = fc
  .constantFrom(...CONDITIONS)
  .chain(([operators, keys, values]) =>
    fc.record({ operator: fc.constantFrom(...operators), key: fc.constantFrom(...keys), values: oneOrMore(values) }),
  );

const condition = fc.array(test, { maxLength: 3 }).map((tests) => {
  const written: Record<string, Record<string, unknown>> = {};
  for (const { operator, key, values } of tests) (written[operator] ??= {})[key] = values;
  return written;
});

const principal = fc.oneof(
  { arbitrary: fc.constant('*'), weight: 2 },
  oneOrMore(PRINCIPALS).map((names) => ({ AWS: names })),
);

/** A statement of the kind people write: most are read as a whole, and values repeat so that statements meet. */
export function arbitraryStatement(effect?: 'Allow' | 'Deny'): fc.Arbitrary<WrittenStatement> {
  return fc
    .record({
      effect: effect ? fc.constant(effect) : fc.constantFrom('Allow', 'Deny'),
      principal: effect === 'Deny' ? fc.oneof({ arbitrary: fc.constant('*'), weight: 3 }, principal) : principal,
      action: fc.record({ name: fc.constantFrom('Action', 'Action', 'Action', 'NotAction'), of: oneOrMore(ACTIONS) }),
      resource: fc.record({
        name: fc.constantFrom('Resource', 'Resource', 'Resource', 'NotResource'),
        of: oneOrMore(RESOURCES),
      }),
      condition: fc.option(condition, { nil: undefined }),
    })
    .map(({ action, resource, ...written }) => ({
      Effect: written.effect,
      Principal: written.principal,
      [action.name]: action.of,
      [resource.name]: resource.of,
      ...(written.condition && { Condition: written.condition }),
    }));
}
