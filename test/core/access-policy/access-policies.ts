import * as fc from 'fast-check';
import { COUSIN, DOMAIN, FOREIGN, OWN, TRUSTED } from '../../support/iam-universe';

/** A statement as it may be written in an access policy. */
export type WrittenStatement = Readonly<Record<string, unknown>>;

const ACCOUNTS = [OWN, TRUSTED, FOREIGN, COUSIN];

const PRINCIPALS = ['*', 'arn:aws:iam::*:root', `AROAEXAMPLE${FOREIGN}`, `AROAEXAMPLE${OWN}`, ...ACCOUNTS].concat(
  ACCOUNTS.map((account) => `arn:aws:iam::${account}:role/reader`),
);
const ACTIONS = [
  '*',
  'es:*',
  'es:ESHttp*',
  'es:ESHttpGet',
  'es:ESHttpP*',
  'es:ESHttpDelete',
  'es:ESCrossClusterGet',
  'es:Describe*',
  'opensearch:*',
];
const RESOURCES = ['*', DOMAIN, `${DOMAIN}/*`, `${DOMAIN}/orders/*`, `${DOMAIN.slice(0, -1)}*`, `${DOMAIN}2/*`];

const TEXT = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIfExists',
  'StringEqualsIgnoreCase',
  'StringLike',
  'StringNotLikeIfExists',
];
const LISTS = [
  'ForAnyValue:StringLike',
  'ForAllValues:StringLike',
  'ForAnyValue:StringNotLike',
  'ForAllValues:StringNotLike',
];
const ARNS = ['ArnLike', 'ArnEquals', 'ArnNotLike', 'StringLike', 'StringNotEquals'];
const TRUTHS = ['Bool', 'BoolIfExists', 'StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase'];

/**
 * Operators with the values that suit them; every key goes with every operator of its line. Of unique ids only the own
 * account's are among the values of `aws:userid`: that an id there is one's own is taken for granted.
 */
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
      '127.0.0.1',
      '::/0',
      'fc00::/7',
      '2001:db8::/32',
      'office',
    ],
  ],
  [TEXT, ['aws:PrincipalOrgID', 'aws:SourceOrgID'], ['o-trusted1', 'o-foreign1', 'O-FOREIGN1', 'o-own12345', 'o-*']],
  [LISTS, ['aws:PrincipalOrgPaths', 'aws:SourceOrgPaths'], ['o-trusted1/*', 'o-foreign1/*', 'o-own12345/*', 'o-*']],
  [TEXT, ['aws:PrincipalAccount', 'aws:SourceAccount'], [...ACCOUNTS, '*', '1*', 'anonymous', 'Anonymous']],
  [TEXT, ['aws:PrincipalType'], ['AssumedRole', 'User', 'Anonymous', 'anonymous', '*']],
  [
    TEXT,
    ['aws:userid'],
    [`AROAEXAMPLE${OWN}:session`, `AROAEXAMPLE${OWN}:*`, OWN, FOREIGN, '*:session', 'anonymous', '*'],
  ],
  [
    ARNS,
    ['aws:PrincipalArn'],
    [...PRINCIPALS.filter((name) => name.startsWith('arn:')), 'arn:aws:iam::*:role/reader', '*'],
  ],
  [ARNS, ['aws:SourceArn'], [OWN, FOREIGN, '*'].map((account) => `arn:aws:lambda:us-east-1:${account}:function:x`)],
  [TEXT, ['aws:SourceVpc'], ['vpc-0trusted', 'vpc-0abc123', 'VPC-0ABC123', 'vpc-*']],
  [TRUTHS, ['aws:PrincipalIsAWSService', 'aws:ViaAWSService', 'aws:SecureTransport'], ['true', 'false', 'True']],
  [['Bool', 'BoolIfExists'], ['aws:MultiFactorAuthPresent'], ['true', 'false']],
  [['NumericLessThan', 'NumericGreaterThan'], ['aws:MultiFactorAuthAge'], ['3600']],
  [['DateLessThan', 'DateGreaterThan'], ['aws:CurrentTime', 'aws:TokenIssueTime'], ['2030-01-01T00:00:00Z']],
  [TEXT, ['aws:PrincipalTag/team', 'aws:username'], ['search', 'Search', 'reader', '*']],
  [LISTS, ['aws:CalledVia', 'aws:PrincipalServiceNamesList'], ['athena.amazonaws.com', 'lambda.amazonaws.com', '*']],
  [
    TEXT,
    ['kms:CallerAccount', 's3:prefix', 'aws:VpceAccount', 'aws:Unheard', 'aws:UserAgent'],
    [OWN, FOREIGN, 'curl/8'],
  ],
  [
    ['Null'],
    ['aws:PrincipalOrgID', 'aws:SourceIp', 'aws:SourceVpc', 'aws:PrincipalArn', 'aws:userid', 'kms:CallerAccount'],
    ['true', 'false'],
  ],
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
  { arbitrary: fc.constant('*'), weight: 6 },
  { arbitrary: oneOrMore(PRINCIPALS).map((names) => ({ AWS: names })), weight: 3 },
  { arbitrary: fc.constant({ Service: 'lambda.amazonaws.com' }), weight: 1 },
);

/** A statement of the kind people write: most are read as a whole, and values repeat so that statements meet. */
export function arbitraryStatement(effect?: 'Allow' | 'Deny'): fc.Arbitrary<WrittenStatement> {
  return fc
    .record({
      effect: effect ? fc.constant(effect) : fc.constantFrom('Allow', 'Deny'),
      principal: effect === 'Deny' ? fc.oneof({ arbitrary: fc.constant('*'), weight: 3 }, principal) : principal,
      action: fc.record({ name: fc.constantFrom('Action', 'Action', 'Action', 'NotAction'), of: oneOrMore(ACTIONS) }),
      resource: fc.record({
        name: fc.constantFrom('Resource', 'Resource', 'Resource', 'Resource', 'NotResource', undefined),
        of: oneOrMore(RESOURCES),
      }),
      condition: fc.option(condition, { nil: undefined }),
    })
    .map(({ action, resource, ...written }) => ({
      Effect: written.effect,
      Principal: written.principal,
      [action.name]: action.of,
      ...(resource.name && { [resource.name]: resource.of }),
      ...(written.condition && { Condition: written.condition }),
    }));
}
