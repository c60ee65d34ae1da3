import type { Subject } from './subjects';

type PolicySubject = Pick<Subject, 'name' | 'letsIn' | 'because'> & { readonly policy: unknown };

const RESOURCE = 'arn:aws:es:eu-west-1:111122223333:domain/logs/*';

const EVERYONE = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'es:*', Resource: RESOURCE };

const policyOf = (...statements: readonly object[]) => ({ Version: '2012-10-17', Statement: statements });

const allow = (changes: object = {}) => policyOf({ ...EVERYONE, ...changes });

const from = (...ranges: readonly string[]) => allow({ Condition: { IpAddress: { 'aws:SourceIp': ranges } } });

/** The policies that public analysers were tried with, and others on which tools part. */
export const POLICIES: readonly PolicySubject[] = [
  {
    name: '`{"AWS": "*"}`',
    letsIn: 'everyone',
    policy: allow(),
    because: 'on a domain `*` includes requests that nobody signed',
  },
  {
    name: '`"*"`',
    letsIn: 'everyone',
    policy: allow({ Principal: '*' }),
    because: 'the same as `{"AWS": "*"}`',
  },
  {
    name: 'everyone to read one index',
    letsIn: 'everyone',
    policy: allow({ Action: 'es:ESHttpGet', Resource: `${RESOURCE.slice(0, -1)}orders/*` }),
    because: 'a part of the data is data',
  },
  {
    name: 'the statement is no list',
    letsIn: 'everyone',
    policy: { Version: '2012-10-17', Statement: EVERYONE },
    because: 'IAM takes one statement without a list around it',
  },
  {
    name: 'everyone from `0.0.0.0/0`',
    letsIn: 'everyone',
    policy: from('0.0.0.0/0'),
    because: 'every address is in that range',
  },
  {
    name: 'everyone from `0.0.0.0/1` and `128.0.0.0/1`',
    letsIn: 'everyone',
    policy: from('0.0.0.0/1', '128.0.0.0/1'),
    because: 'taken together the two ranges are all addresses',
  },
  {
    name: 'everyone but from one address',
    letsIn: 'everyone',
    policy: allow({ Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.7/32' } } }),
    because: '`NotIpAddress` lets in all other addresses',
  },
  {
    name: 'everyone over TLS',
    letsIn: 'everyone',
    policy: allow({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
    because: 'a stranger speaks TLS as well',
  },
  {
    name: 'everyone with a user agent',
    letsIn: 'everyone',
    policy: allow({ Condition: { StringEquals: { 'aws:UserAgent': 'search-client' } } }),
    because: 'the requester writes the header',
  },
  {
    name: 'an organization, if the key exists',
    letsIn: 'everyone',
    policy: allow({ Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }),
    because: 'a request that nobody signed lacks the key, and `IfExists` is true without it',
  },
  {
    name: '`NotPrincipal` in an Allow',
    letsIn: 'everyone',
    policy: policyOf({
      Effect: 'Allow',
      NotPrincipal: { AWS: 'arn:aws:iam::111122223333:user/intern' },
      Action: 'es:*',
      Resource: RESOURCE,
    }),
    because: 'everyone but that user is allowed',
  },
  {
    name: 'everyone, and a Deny without a second factor',
    letsIn: 'any account',
    policy: policyOf(EVERYONE, {
      ...EVERYONE,
      Effect: 'Deny',
      Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
    }),
    because:
      'the Deny is on whoever did not sign with a second factor, and lets pass whoever did, of whatever account it is',
  },
  {
    name: 'any principal that has an ARN',
    letsIn: 'any account',
    policy: allow({ Condition: { StringLike: { 'aws:PrincipalArn': '*' } } }),
    because: 'the principals of every account have one',
  },
  {
    name: 'everyone from one address',
    letsIn: 'a network',
    policy: from('203.0.113.7/32'),
    because: 'without credentials, but from there only',
  },
  {
    name: 'everyone from `52.0.0.0/8`',
    letsIn: 'a network',
    policy: from('52.0.0.0/8'),
    because: 'without credentials, from sixteen million addresses, of which most can be rented',
  },
  {
    name: 'everyone, and a Deny outside of an office',
    letsIn: 'a network',
    policy: policyOf(EVERYONE, {
      ...EVERYONE,
      Effect: 'Deny',
      Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
    }),
    because: 'the Deny leaves the office, without credentials',
  },
  {
    name: 'everyone from `10.0.0.0/8`, on a public endpoint',
    letsIn: 'nobody else',
    policy: from('10.0.0.0/8'),
    because: 'no request over the internet has such an address',
  },
  {
    name: 'everyone through a VPC endpoint, on a public endpoint',
    letsIn: 'nobody else',
    policy: allow({ Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d' } } }),
    because: 'a request to a public endpoint never has the key',
  },
  {
    name: 'everyone allowed, everyone denied',
    letsIn: 'nobody else',
    policy: policyOf(EVERYONE, { ...EVERYONE, Effect: 'Deny' }),
    because: 'a Deny goes before every Allow',
  },
  {
    name: 'everyone to describe the domain',
    letsIn: 'nobody else',
    policy: allow({ Action: 'es:Describe*' }),
    because: 'the configuration API asks for a signature and a policy of the requester; no data is reached',
  },
  {
    name: 'an organization',
    letsIn: 'another account',
    policy: allow({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }),
    because: 'the key has to be there, and only members of that organization have this value; no setting trusts it',
  },
  {
    name: 'everyone, and a Deny outside of an organization',
    letsIn: 'another account',
    policy: policyOf(EVERYONE, {
      ...EVERYONE,
      Effect: 'Deny',
      Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
    }),
    because: 'a negated test is true where the key is missing, so the Deny is on unsigned requests, too',
  },
  {
    name: 'the own account',
    letsIn: 'nobody else',
    policy: allow({ Principal: { AWS: '111122223333' } }),
    because: 'one account is named',
  },
  {
    name: 'the own account, in a text of JSON',
    letsIn: 'nobody else',
    policy: JSON.stringify(allow({ Principal: { AWS: '111122223333' } })),
    because: 'CloudFormation takes the policy as a text as well',
  },
  {
    name: 'roles of the own account under a path',
    letsIn: 'nobody else',
    policy: allow({ Principal: { AWS: 'arn:aws:iam::111122223333:role/search/*' } }),
    because: 'the account is fixed, so no stranger can be named so',
  },
  {
    name: 'a user by its unique id',
    letsIn: 'nobody else',
    policy: allow({ Condition: { StringEquals: { 'aws:userid': 'AIDAEXAMPLEID1234567' } } }),
    because: 'the id is of one user, and nobody can choose it',
  },
  {
    name: "another account's root",
    letsIn: 'another account',
    policy: allow({ Principal: { AWS: 'arn:aws:iam::444455556666:root' } }),
    because: 'it is named, and strangers are not; no setting trusts it',
  },
];
