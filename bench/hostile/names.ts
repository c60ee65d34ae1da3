import { asked, filled, listOf, membersOf, numbered, policyOf, policyWith, type Members, type Tricks } from './record';

/** Policies whose names, keys and patterns are slow to read, one by one or one against the other. */
export const NAMES: Tricks = {
  'a condition key of dots': (bytes) => asked({ accessPolicies: policyWith(onKey('.'.repeat(bytes))) }),
  'a condition key of colons': (bytes) => asked({ accessPolicies: policyWith(onKey(filled('aws:', bytes))) }),
  'a principal of stars that ends in a line': (bytes) =>
    asked({ accessPolicies: policyWith({ Principal: { AWS: `arn:${'*'.repeat(bytes)}\n` } }) }),
  'a text in a policy that never closes': (bytes) => asked({ accessPolicies: filled('\u0001\\"\\', bytes / 2) }),
  'a variable that never closes': (bytes) =>
    asked({ accessPolicies: policyWith({ Resource: `arn:aws:es:*:*:domain/${filled('${', bytes)}/*` }) }),
  'one pattern of stars against a long name': (bytes) =>
    asked({
      accessPolicies: policyOf(2, (at) => ({
        Effect: at === 0 ? 'Allow' : 'Deny',
        Resource: at === 0 ? `${LOGS}${'a'.repeat(bytes / 2)}` : `${LOGS}${filled('*a', bytes / 3)}b`,
      })),
    }),
  'patterns of stars and question marks': (bytes) =>
    asked({
      accessPolicies: policyOf(bytes / 1000, (at) => ({
        Effect: at % 2 === 0 ? 'Allow' : 'Deny',
        Resource: `${LOGS}${at % 2 === 0 ? 'a'.repeat(600) + at : `${filled('?*', 500)}b`}`,
      })),
    }),
  'kinds of everything in one principal': (bytes) =>
    asked({
      accessPolicies: policyWith({
        Principal: {
          AWS: numbered('arn:aws:iam::1*:role/', bytes / 150),
          Service: numbered('s', bytes / 150),
          Federated: numbered('arn:aws:iam::111122223333:saml-provider/', bytes / 150),
          CanonicalUser: numbered('', bytes / 150),
        },
      }),
    }),
  'no principals by the thousand': (bytes) =>
    asked({
      accessPolicies: policyWith({ Principal: undefined, NotPrincipal: { AWS: numbered('2', bytes / 20) } }),
    }),
  'many conditions by many operators': (bytes) =>
    asked({
      accessPolicies: policyWith({
        Condition: Object.fromEntries(
          OPERATORS.map((operator) => [
            operator,
            membersOf(bytes / OPERATORS.length / 70, (at) => [`${KEYS[at % KEYS.length]}${at}`, ['a', 'b*', 'c?']]),
          ]),
        ),
      }),
    }),
  'addresses that only nearly are': (bytes) =>
    asked({
      accessPolicies: policyWith({
        Condition: { IpAddress: { 'aws:SourceIp': listOf(bytes / 40, (at) => `1:2:3:4:5:6:7:8:9/${at}%1.1.1.1`) } },
      }),
    }),
  'a denial of ranges of IPv6': (bytes) =>
    asked({
      accessPolicies: policyOf(2, (at) => (at === 0 ? {} : { Effect: 'Deny', ...ipv6Condition(bytes / 35) })),
    }),
  'statements that each deny a range of IPv6': (bytes) =>
    asked({
      accessPolicies: policyOf(bytes / 300, (at) => ({
        Effect: at === 0 ? 'Allow' : 'Deny',
        Condition: { NotIpAddress: { 'aws:SourceIp': `2001:db8:${at.toString(16)}::/48` } },
      })),
    }),
  'organizations, accounts and networks in turn': (bytes) =>
    asked({
      accessPolicies: policyOf(bytes / 420, (at) => ({
        Condition: {
          StringEquals: { [['aws:PrincipalOrgID', 'aws:PrincipalAccount', 'aws:SourceVpce'][at % 3] ?? '']: `o-${at}` },
          IpAddress: { 'aws:SourceIp': `203.0.${at % 256}.0/24` },
        },
      })),
    }),
  'letters of another width in every name': (bytes) =>
    asked({
      accessPolicies: policyOf(bytes / 500, (at) => ({
        Sid: filled('\u0130\uff21', 40),
        Resource: `${LOGS}${filled('\u0130', 40)}${at}*`,
        Action: [`es:ESHttp\u0130${at}*`, 'es:*'],
      })),
    }),
};

const LOGS = 'arn:aws:es:eu-west-1:111122223333:domain/logs/';

const onKey = (key: string): Members => ({ Condition: { StringEquals: { [key]: 'v' } } });

const OPERATORS = ['StringLike', 'ForAnyValue:StringNotLike', 'ArnLikeIfExists', 'NumericLessThan', 'Null', 'Odd'];
const KEYS = ['aws:PrincipalTag/', 'aws:PrincipalOrgID', 'saml:', 'graph.facebook.com:', 'kms:', 'es:'];

const ipv6Condition = (count: number): Members => ({
  Condition: {
    NotIpAddress: { 'aws:SourceIp': listOf(count, (at) => `2001:db8:${(at * 2).toString(16)}::/48`) },
  },
});
