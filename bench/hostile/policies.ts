import {
  answered,
  asked,
  called,
  filled,
  listOf,
  membersOf,
  nestedText,
  policyOf,
  policyWith,
  spelled,
  type Members,
  type Tricks,
} from './record';

/** Access policies that are slow to judge, to compare or to tell. */
export const POLICIES: Tricks = {
  'a policy of statements': (bytes) => asked({ accessPolicies: policyOf(bytes / 300, (at) => ({ Sid: `s${at}` })) }),
  'a policy of wildcards': (bytes) =>
    asked({ accessPolicies: policyOf(bytes / 800, (at) => ({ Resource: `*${'a*'.repeat(100)}${at}` })) }),
  'a policy of denials': (bytes) =>
    asked({
      accessPolicies: policyOf(bytes / 400, (at) => ({
        Effect: at % 2 === 0 ? 'Allow' : 'Deny',
        Condition: { NotIpAddress: { 'aws:SourceIp': `203.${at % 256}.0.0/16` } },
      })),
    }),
  'a policy that nests': (bytes) =>
    asked({ accessPolicies: `{"Statement":${'['.repeat(bytes / 2)}${']'.repeat(bytes / 2)}}` }),
  'a policy of quotes': (bytes) => asked({ accessPolicies: filled('"\\"', bytes) }),
  'a policy of other principals in the response': (bytes) =>
    answered(
      policyWith({ Principal: { AWS: accounts(bytes / 60) } }),
      policyWith({ Principal: { AWS: accounts(bytes / 60).map((id) => `arn:aws:iam::${id}:user/u`) } }),
    ),
  'a policy of ids of principals': (bytes) =>
    answered(
      policyWith({ Principal: { AWS: ids(bytes / 60) } }),
      policyWith({ Principal: { AWS: accounts(bytes / 120) } }),
    ),
  'statements in another order in the response': (bytes) =>
    answered(
      policyOf(bytes / 600, (at) => ({ Sid: `s${at}`, Resource: `arn:aws:es:*:*:domain/a${at}/*` })),
      policyOf(bytes / 600, (at) => ({ Resource: `arn:aws:es:*:*:domain/a${400 - at}/*` })),
    ),
  'a condition of address ranges': (bytes) => asked({ accessPolicies: policyWith(ipCondition(bytes, 'IpAddress')) }),
  'a denial of address ranges': (bytes) =>
    asked({
      accessPolicies: policyOf(2, (at) => (at ? { Effect: 'Deny', ...ipCondition(bytes, 'NotIpAddress') } : {})),
    }),
  'address ranges of IPv6': (bytes) =>
    asked({
      accessPolicies: policyWith({
        Condition: { IpAddress: { 'aws:SourceIp': listOf(bytes / 30, (at) => `2001:db8:${at.toString(16)}::/48`) } },
      }),
    }),
  'addresses in a VPC': (bytes) =>
    asked({ accessPolicies: policyWith(ipCondition(bytes, 'IpAddress', 'aws:VpcSourceIp')) }),
  'a condition of organizations': (bytes) =>
    asked({
      accessPolicies: policyWith({
        Condition: {
          StringEquals: { 'aws:PrincipalOrgID': listOf(bytes / 18, (at) => `o-${String(at).padStart(10, 'a')}`) },
        },
      }),
    }),
  'a condition of paths of wildcards': (bytes) =>
    asked({
      accessPolicies: policyWith({
        Condition: {
          'ForAnyValue:StringLike': {
            'aws:PrincipalOrgPaths': listOf(bytes / 24, (at) => `o-*/r-${String(at).padStart(8, 'a')}/*`),
          },
        },
      }),
    }),
  'a condition of callers': (bytes) =>
    asked({
      accessPolicies: policyWith({
        Condition: {
          ArnLike: { 'aws:PrincipalArn': listOf(bytes / 45, (at) => `arn:aws:iam::${100000000000 + at}:role/*a*`) },
        },
      }),
    }),
  'conditions by the thousand': (bytes) =>
    asked({
      accessPolicies: policyWith({
        Condition: { StringEquals: membersOf(bytes / 40, (at) => [`aws:PrincipalTag/t${at}`, 'v']) },
      }),
    }),
  'conditions on the network by the thousand': (bytes) =>
    asked({
      accessPolicies: policyWith({
        Condition: membersOf(bytes / 70, (at) => [
          spelled('forallvalues:ipaddressifexists', at),
          { 'aws:SourceIp': `198.51.${at % 256}.0/24` },
        ]),
      }),
    }),
  'operators in every letter case': (bytes) =>
    asked({
      accessPolicies: policyWith({
        Condition: membersOf(bytes / 500, (at) => [
          spelled('notipaddress', at),
          { 'aws:SourceIp': [`198.51.${at % 256}.0/24`, `203.0.${at % 256}.0/24`] },
        ]),
      }),
    }),
  'conditions on names nobody knows': (bytes) =>
    asked({
      accessPolicies: policyWith({ Condition: membersOf(bytes / 40, (at) => [`Odd${at}`, { [`x:y${at}`]: 'v' }]) }),
    }),
  'actions by the thousand': (bytes) =>
    asked({ accessPolicies: policyWith({ Action: listOf(bytes / 25, (at) => `es:ESHttp*${at}*a?`) }) }),
  'no actions by the thousand': (bytes) =>
    asked({
      accessPolicies: policyWith({ Action: undefined, NotAction: listOf(bytes / 25, (at) => `es:ESHttp*${at}*a?`) }),
    }),
  'resources by the thousand': (bytes) =>
    asked({
      accessPolicies: policyWith({ Resource: listOf(bytes / 50, (at) => `arn:aws:es:*:*:domain/l*g?s/i${at}*`) }),
    }),
  'no resources by the thousand': (bytes) =>
    asked({
      accessPolicies: policyWith({
        Resource: undefined,
        NotResource: listOf(bytes / 50, (at) => `arn:aws:es:*:*:domain/l*g?s/i${at}*`),
      }),
    }),
  'a policy of pairs': (bytes) =>
    asked({
      accessPolicies: policyOf(bytes / 400, (at) => ({
        Effect: at % 2 === 0 ? 'Allow' : 'Deny',
        Resource: `arn:aws:es:eu-west-1:111122223333:domain/logs/${at % 2 === 0 ? '' : '*?'}i${at >> 1}${at % 2 === 0 ? '/x' : '*'}`,
      })),
    }),
  'a policy of pairs of wildcards': (bytes) =>
    asked({
      accessPolicies: policyOf(bytes / 2000, (at) => ({
        Effect: at % 2 === 0 ? 'Allow' : 'Deny',
        Resource: `arn:aws:es:eu-west-1:111122223333:domain/logs/${at % 2 === 0 ? 'a'.repeat(1000) + at : '*a?'.repeat(300)}`,
      })),
    }),
  'a policy of pairs of conditions': (bytes) =>
    asked({
      accessPolicies: policyOf(bytes / 500, (at) => ({
        Effect: at % 2 === 0 ? 'Allow' : 'Deny',
        Resource: `arn:aws:es:eu-west-1:111122223333:domain/logs/i${at % 20}*`,
        Condition: {
          [at % 2 === 0 ? 'IpAddress' : 'NotIpAddress']: {
            'aws:SourceIp': [`203.0.${at % 256}.0/24`, `198.${at % 64}.0.0/16`],
          },
        },
      })),
    }),
  'a policy of foreign accounts': (bytes) =>
    asked({
      accessPolicies: policyOf(bytes / 400, (at) => ({
        Principal: { AWS: String(200000000000 + at) },
        Condition: { IpAddress: { 'aws:SourceIp': `203.0.${at % 256}.0/24` } },
      })),
    }),
  'a policy of services': (bytes) =>
    asked({
      accessPolicies: policyOf(bytes / 400, (at) => ({
        Principal: { Service: `s${at}.amazonaws.com` },
        Condition: { StringEquals: { 'aws:SourceAccount': String(200000000000 + at) } },
      })),
    }),
  'a policy of ids': (bytes) =>
    asked({
      accessPolicies: policyOf(bytes / 400, (at) => ({
        Condition: { StringLike: { 'aws:userId': `AROAEXAMPLE${String(at).padStart(10, 'A')}:*` } },
      })),
    }),
  'statements that nobody can read': (bytes) =>
    asked({ accessPolicies: policyOf(bytes / 300, () => ({ Principal: { Alien: 'x' }, Condition: 7 })) }),
  'principals that nobody can read': (bytes) =>
    asked({ accessPolicies: policyWith({ Principal: { AWS: listOf(bytes / 20, (at) => `*alien${at}`) } }) }),
  'kinds of principals by the thousand': (bytes) =>
    asked({ accessPolicies: policyWith({ Principal: membersOf(bytes / 30, (at) => [`Kind${at}`, '*']) }) }),
  'a member twice, by the thousand': (bytes) =>
    asked({
      accessPolicies: policyOf(bytes / 500, (at) => ({ Sid: `s${at}`, sid: 't', Resource: 'a', resource: '*' })),
    }),
  'a policy in a policy in a policy': (bytes) =>
    asked({
      accessPolicies: nestedText(
        policyOf(bytes / 4000, () => ({})),
        3,
      ),
    }),
  'a text in a text in a text': () => asked({ accessPolicies: nestedText('"', 15) }),
  'a policy in odd white space': (bytes) =>
    asked({ accessPolicies: policyOf(bytes / 800, () => ({})).replaceAll(',', `,${'\u00a0\ufeff'.repeat(15)}`) }),
  'a policy of line breaks': (bytes) =>
    asked({ accessPolicies: policyWith({ Sid: 'x' }).replace('x', filled('\n', bytes / 2)) }),
  'a policy of half a text': (bytes) => asked({ accessPolicies: `{"Statement":"${filled('\\\\', bytes / 2)}` }),
  'a policy of colons': (bytes) => asked({ accessPolicies: filled('":"', bytes / 2) }),
  'a policy of braces': (bytes) => asked({ accessPolicies: filled('{"a":', bytes / 2) }),
  'a policy that is a list': (bytes) => asked({ accessPolicies: `[${filled('{},', bytes).slice(0, -1)}]` }),
  'a policy of one long name': (bytes) =>
    asked({
      accessPolicies: policyWith({
        Sid: filled('\u202e', bytes / 3),
        Principal: { AWS: filled('arn:aws:iam::', bytes / 2) },
      }),
    }),
  'a policy that is an object': (bytes) =>
    asked({ accessPolicies: JSON.parse(policyOf(bytes / 350, (at) => ({ Sid: at }))) as unknown }),
  'an opened policy over a long one': (bytes) =>
    answered(
      policyWith({}),
      policyOf(bytes / 350, (at) => ({ Sid: `s${at}` })),
    ),
  'a policy of a data source': (bytes) =>
    called('AddDirectQueryDataSource', {
      dataSourceName: 'd',
      dataSourceAccessPolicy: policyOf(bytes / 400, (at) => ({
        Action: [`es:${at}*`, `opensearch:*${at}`],
        Condition: { StringEquals: { 'aws:SourceAccount': String(300000000000 + at) } },
      })),
    }),
  'a creation of everything': (bytes) =>
    called('CreateDomain', {
      domainName: 'logs',
      accessPolicies: policyOf(bytes / 800, (at) => ({ Sid: `s${at}` })),
      advancedOptions: membersOf(bytes / 125, (at) => [`o${at}`, 'true']),
    }),
  'an event name without end': (bytes) =>
    called(filled('UpdateDomainConfig2', bytes), { domainName: 'logs', accessPolicies: policyWith({}) }),
  'one long operator': (bytes) =>
    asked({
      accessPolicies: policyWith({
        Condition: { [`ForAllValues:${filled('IfExists', bytes)}`]: { [filled('aws:', bytes)]: 'v' } },
      }),
    }),
};

const accounts = (count: number): readonly string[] => listOf(count, (at) => String(200_000_000_000 + at));

const ids = (count: number): readonly string[] => listOf(count, (at) => `AIDA${String(at).padStart(17, 'A')}`);

/** Ranges that neither touch nor overlap. */
const ipCondition = (bytes: number, operator: string, key = 'aws:SourceIp'): Members => ({
  Condition: {
    [operator]: { [key]: listOf(bytes / 22, (at) => `${1 + (at >> 14)}.${(at >> 6) & 255}.${(at & 63) * 4}.0/24`) },
  },
});
