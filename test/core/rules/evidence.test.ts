import { toCriteria, type Settings } from '../../../core/settings';
import { judge } from '../../../core/scan';
import { OWN, PARTNER, policyOf, recordOf, STRANGER, type Changes } from '../../support/records';

/** What alerts say they saw, of access policies above all: each sentence true of the record it is about. */

const OPEN = 'es_UpdateDomainConfig_open_policy';
const POLICY = 'requestParameters/accessPolicies';
const SECURITY = 'responseElements/domainConfig/advancedSecurityOptions/options';
const VPC = 'responseElements/domainConfig/vPCOptions/options';
const RESULTING = 'responseElements/domainConfig/accessPolicies/options';
const ARN = `arn:aws:es:eu-west-1:${OWN}:domain/logs`;
const ROOT_OF_STRANGER = `arn:aws:iam::${STRANGER}:root`;

const allow = (element: object): object => ({
  Effect: 'Allow',
  Principal: '*',
  Action: 'es:*',
  Resource: `${ARN}/*`,
  ...element,
});
const deny = (element: object): object => allow({ Effect: 'Deny', ...element });
const policy = (...statements: readonly object[]): string => JSON.stringify({ Statement: statements });

function told(changes: Changes, config: Settings = {}, fixture = OPEN): readonly string[] {
  const { findings } = judge(recordOf(fixture, changes), toCriteria(config));
  return findings.map(({ rule, severity, evidence }) => `${severity} ${rule.id}: ${evidence[0].says}`);
}

describe('of everyone', () => {
  const open = policy(allow({}));

  test('the domain of the issue', () => {
    expect(told({ [POLICY]: open })).toEqual([
      'CRITICAL access-policy-public: anyone on the internet can read and write every index of logs: statement 1 allows ' +
        'es:* to everyone and no condition limits it; the domain has a public endpoint and no fine-grained access control',
    ]);
  });

  test('behind fine-grained access control, it does not say that they get in', () => {
    expect(told({ [POLICY]: open, [`${SECURITY}/enabled`]: true })).toEqual([
      'LOW access-policy-public: the access policy stops nobody on the internet who wants to read and write every index ' +
        'of logs: statement 1 allows es:* to everyone and no condition limits it; the domain has a public endpoint and ' +
        'fine-grained access control, which still asks everyone to sign in',
    ]);
  });

  test('behind fine-grained access control that lets anonymous callers in, it does', () => {
    const on = { [`${SECURITY}/enabled`]: true, [`${SECURITY}/anonymousAuthEnabled`]: true };
    expect(told({ [POLICY]: open, ...on })[0]).toMatch(
      /and fine-grained access control that lets anonymous callers in$/,
    );
    expect(told({ [POLICY]: open, ...on })[0]).toMatch(
      /^CRITICAL access-policy-public: anyone on the internet can read/,
    );
  });

  test.each([
    ['every index', '*'],
    ['every index', 'arn:*'],
    ['every index', `${ARN}*`],
    ['every index', `arn:aws:es:*:${OWN}:domain/*`],
    ['parts', `${ARN}/orders/*`],
    ['parts', `${ARN}/logs-*/*`],
    ['parts', `${ARN}/\${aws:username}/*`],
  ])('%s is what %s gives', (extent, Resource) => {
    expect(told({ [POLICY]: policy(allow({ Resource })) })[0]).toContain(`can read and write ${extent} of logs: `);
  });

  test('what is in another domain is not said to be of this one', () => {
    const other = allow({ Resource: ARN.replace('logs', 'other') + '/*' });
    expect(told({ [POLICY]: policy(other) })[0]).toContain('can read and write what the statement names: statement 1');
  });

  test('what a statement leaves out is not given', () => {
    const left = allow({ Resource: undefined, NotResource: `${ARN}/secret/*` });
    expect(told({ [POLICY]: policy(left) })[0]).toContain('can read and write parts of logs: ');
  });

  test('the statement that gives most is told first, however many stand before it', () => {
    const little = Array.from({ length: 300 }, (_, at) =>
      allow({ Action: 'es:ESHttpHead', Resource: `${ARN}/index-${at}/*` }),
    );
    expect(told({ [POLICY]: policy(...little, allow({})) })[0]).toContain(
      'anyone on the internet can read and write every index of logs: statement 301 ',
    );
  });

  test('from too many addresses, it says so', () => {
    const ranges = allow({ Condition: { IpAddress: { 'aws:SourceIp': ['52.0.0.0/8', '203.0.113.5'] } } });
    expect(told({ [POLICY]: policy(ranges) })[0]).toContain(
      'to everyone where aws:SourceIp is 52.0.0.0/8, 203.0.113.5 (IpAddress), which is too many addresses to be a limit;',
    );
  });

  test('from networks that a Deny spares, it names them', () => {
    const guard = deny({ Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } });
    expect(told({ [POLICY]: policy(allow({}), guard) })[0]).toContain(
      'HIGH access-policy-anonymous-network: unauthenticated callers from 203.0.113.0/24 can read and write every index',
    );
  });

  test('the condition that limits is told before those that do not', () => {
    const Condition = {
      Bool: { 'aws:SecureTransport': 'true' },
      StringLike: { 'aws:UserAgent': '*' },
      DateGreaterThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' },
      StringEquals: { 'aws:PrincipalAccount': STRANGER },
    };
    expect(told({ [POLICY]: policy(allow({ Condition })) })[0]).toContain(
      `where aws:PrincipalAccount is ${STRANGER} and`,
    );
  });
});

describe('of accounts', () => {
  test('everyone and a stranger in one list are two findings, as in two statements', () => {
    const together = told({ [POLICY]: policyOf({ AWS: ['*', ROOT_OF_STRANGER] }), [`${SECURITY}/enabled`]: true });
    expect(together.map((text) => text.split(':')[0])).toEqual([
      'MEDIUM access-policy-cross-account',
      'LOW access-policy-public',
    ]);
    expect(together[0]).toContain(`statement 1 allows es:ESHttp* to ${ROOT_OF_STRANGER} and no condition limits it`);
  });

  test('the stranger among many own principals is the one that is told', () => {
    const own = Array.from({ length: 25 }, (_, at) => `arn:aws:iam::${OWN}:role/app-${at}`);
    expect(told({ [POLICY]: policyOf({ AWS: [...own, ROOT_OF_STRANGER] }) })).toEqual([
      `HIGH access-policy-cross-account: principals of another account can read and write every index of logs: statement 1 ` +
        `allows es:ESHttp* to ${ROOT_OF_STRANGER} and no condition limits it; the domain has a public endpoint and no ` +
        'fine-grained access control',
    ]);
  });

  test('a Deny that spares a network and a foreign organization leaves both, and both are told', () => {
    const guard = deny({
      Condition: {
        NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' },
        StringNotEquals: { 'aws:PrincipalOrgID': 'o-stranger01' },
      },
    });
    const texts = told({ [POLICY]: policy(allow({}), guard), [`${SECURITY}/enabled`]: true });
    expect(texts.map((text) => text.split(':')[0])).toEqual([
      'MEDIUM access-policy-cross-account',
      'LOW access-policy-anonymous-network',
    ]);
  });

  test('so does one that spares a VPC endpoint and a foreign account, in a VPC', () => {
    const inVpc = { [VPC]: { vPCId: 'vpc-0a1b2c3d' }, [`${SECURITY}/enabled`]: true };
    const Condition = { StringNotEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d', 'aws:PrincipalAccount': STRANGER } };
    const texts = told({ [POLICY]: policy(allow({}), deny({ Condition })), ...inVpc });
    expect(texts.map((text) => text.split(':')[0])).toEqual([
      'MEDIUM access-policy-cross-account',
      'LOW access-policy-anonymous-network',
    ]);
    const within = { StringEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d' } };
    const endpointOnly = told({ [POLICY]: policy(allow({ Condition: within })), ...inVpc });
    expect(endpointOnly.map((text) => text.split(':')[0])).toEqual(['LOW access-policy-anonymous-network']);
  });

  test('to a public endpoint nobody comes through a VPC endpoint, and a Deny that rests on one is not counted on', () => {
    const Condition = { StringNotEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d', 'aws:PrincipalAccount': STRANGER } };
    expect(told({ [POLICY]: policy(allow({}), deny({ Condition })) })).toEqual([
      'CRITICAL access-policy-public: anyone on the internet can read and write every index of logs: statement 1 allows ' +
        'es:* to everyone and no condition limits it; the Deny of statement 2 is not counted on, as it rests on ' +
        'aws:SourceVpce, which no request to a public endpoint has; the domain has a public endpoint and no fine-grained ' +
        'access control',
    ]);
    const within = { StringEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d' } };
    expect(told({ [POLICY]: policy(allow({ Condition: within })) })).toEqual([
      'MEDIUM access-policy-changed: the access policy is set anew; no statement of it lets anybody reach the data of ' +
        'this domain; statement 1 lets nobody in, as aws:SourceVpce is vpce-0a1b2c3d (StringEquals), which no request ' +
        'to a public endpoint has',
    ]);
  });

  test('a key that is not known is said not to be, whomever the policy lets in', () => {
    const unheard = { StringEquals: { 'aws:Unheard': OWN } };
    expect(told({ [POLICY]: policyOf({ AWS: OWN }, { Condition: unheard }) })).toEqual([
      'MEDIUM access-policy-changed: the access policy is set anew; it lets in nobody but the own account and whom the ' +
        `settings trust; in statement 1 no limit is read into aws:Unheard is ${OWN} (StringEquals), which is not a key known here`,
    ]);
    expect(told({ [POLICY]: policyOf('*', { Condition: unheard }) })[0]).toContain(
      `and no condition limits who: aws:Unheard is ${OWN} (StringEquals), which is not a key known here; `,
    );
  });

  test('a signature is asked for where only whoever signs can meet a condition', () => {
    const Condition = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
    expect(told({ [POLICY]: policy(allow({ Condition })) })).toEqual([
      'HIGH access-policy-any-account: every AWS account can read and write every index of logs: statement 1 allows es:* ' +
        'to everyone where aws:MultiFactorAuthPresent is true, and rests on requests being signed, by whatever AWS account; ' +
        'the domain has a public endpoint and no fine-grained access control',
    ]);
  });

  test('a domain that others may search is said to be searched, not reached', () => {
    const search = allow({ Principal: { AWS: STRANGER }, Action: 'es:ESCrossClusterGet', Resource: ARN });
    expect(told({ [POLICY]: policy(search) })).toEqual([
      'HIGH access-policy-cross-account: principals of another account can search every index of logs from a domain of ' +
        `theirs, once its owner accepts the connection: statement 1 allows es:ESCrossClusterGet to ${STRANGER} and no ` +
        'condition limits it; the domain has a public endpoint and no fine-grained access control',
    ]);
  });

  test('a service is named, and for whom it acts', () => {
    const service = (Condition?: object): object =>
      allow({ Principal: { Service: 'osis.amazonaws.com' }, ...(Condition && { Condition }) });
    const of = (account: string): object => ({ StringEquals: { 'aws:SourceAccount': account } });
    expect(told({ [POLICY]: policy(service()) })[0]).toContain(
      'HIGH access-policy-any-account: a service that every AWS account can make call can read and write every index of ' +
        'logs: statement 1 allows es:* to the service osis.amazonaws.com and no condition limits it; ',
    );
    expect(told({ [POLICY]: policy(service(of(STRANGER))) })[0]).toContain(
      'HIGH access-policy-cross-account: a service that acts for another account can read and write every index of logs: ',
    );
    expect(told({ [POLICY]: policy(service(of(OWN))) })).toEqual([
      'MEDIUM access-policy-changed: the access policy is set anew; it lets in nobody but the own account and whom the ' +
        'settings trust, and the service osis.amazonaws.com acting for them',
    ]);
  });

  test('an id that the response turns into an ARN is that principal', () => {
    const id = 'AROAEXAMPLEID1234567';
    const asked = { [POLICY]: policyOf({ AWS: id }) };
    const role = (account: string): string => policyOf({ AWS: `arn:aws:iam::${account}:role/reader` });
    expect(told({ ...asked, [RESULTING]: role(OWN) })[0]).toMatch(/whom the settings trust$/);
    expect(told({ ...asked, [RESULTING]: role(STRANGER) })[0]).toContain(
      `allows es:ESHttp* to ${id} (arn:aws:iam::${STRANGER}:role/reader) and no condition limits it; `,
    );
    expect(told({ ...asked, [RESULTING]: policyOf({ AWS: id }) })[0]).toContain(
      'a unique id does not tell its account',
    );
  });

  test('ids that do not tell their account are said not to', () => {
    const Condition = { StringLike: { 'aws:userid': 'AROAEXAMPLEID1234567:*' } };
    expect(told({ [POLICY]: policy(allow({ Condition })) })).toEqual([
      'MEDIUM access-policy-changed: the access policy is set anew; it lets in nobody but the own account and whom the ' +
        'settings trust, if the unique ids it names are of the own account, which they do not tell',
    ]);
    expect(told({ [POLICY]: policyOf({ AWS: ROOT_OF_STRANGER }, { Condition }) })[0]).toMatch(
      /^HIGH access-policy-cross-account/,
    );
  });

  test('ids that a Deny spares are said not to tell, too; ids of a trusted organization and account numbers do', () => {
    const unlessId = deny({ Condition: { StringNotLike: { 'aws:userid': 'AROAEXAMPLEID1234567:*' } } });
    const id = { StringLike: { 'aws:userid': 'AROAEXAMPLEID1234567:*' } };
    const ofOrganization = allow({ Condition: { ...id, StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } });
    const ofAccount = allow({ Condition: { StringEquals: { 'aws:userid': OWN } } });
    const config = { trustedOrganizations: ['o-a1b2c3d4e5'] };
    expect(told({ [POLICY]: policy(allow({}), unlessId) })[0]).toContain('which they do not tell');
    expect(told({ [POLICY]: policy(ofOrganization) }, config)[0]).toMatch(/whom the settings trust$/);
    expect(told({ [POLICY]: policy(ofAccount) })[0]).toMatch(/whom the settings trust$/);
  });

  test('a trusted network makes no stranger trusted', () => {
    const Condition = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };
    const config = { trustedNetworks: ['203.0.113.0/24'] };
    expect(told({ [POLICY]: policyOf({ AWS: ROOT_OF_STRANGER }, { Condition }) }, config)[0]).toMatch(
      /^HIGH access-policy-cross-account/,
    );
    expect(told({ [POLICY]: policyOf('*', { Condition }) }, config)[0]).toMatch(/^MEDIUM access-policy-changed/);
  });
});

describe('of what cannot be judged', () => {
  test('the first three reasons are told, and how many more there are', () => {
    const odd = Array.from({ length: 5 }, () => allow({ Principal: { Everybody: 'me' } }));
    const [text] = told({ [POLICY]: policy(...odd) });
    expect(text).toContain('statement 1 names a principal of the kind "Everybody", which is not known');
    expect(text).toContain('; statement 3 names');
    expect(text).toMatch(/ and 2 more$/);
  });

  test('that it may let anyone in is told where the call took effect', () => {
    const broken = { [POLICY]: '{"Statement":' };
    expect(told(broken)[0]).toMatch(
      /^CRITICAL access-policy-unreadable: the access policy cannot be judged, and may let anyone in: the policy is not JSON: .*; the domain has a public endpoint and no fine-grained access control$/,
    );
    expect(told({ ...broken, errorCode: 'ValidationException', responseElements: null })[0]).toMatch(
      /^MEDIUM access-policy-unreadable: the access policy cannot be judged: the policy is not JSON/,
    );
  });

  test('a request that is left out is judged by the policy that the response shows', () => {
    const requestParameters = { reason: 'requestParameters too large', omitted: true };
    const [open, omitted, ...others] = told({ requestParameters, [RESULTING]: policyOf('*') });
    expect(open).toMatch(
      /^CRITICAL access-policy-public: anyone on the internet can read and write every index of the domain: /,
    );
    expect(open).toMatch(/; this is the policy that the response shows, as the record leaves the request out$/);
    expect(omitted).toMatch(/^HIGH parameters-omitted/);
    expect(others).toEqual([]);
    expect(told({ requestParameters, [RESULTING]: policyOf('*'), [`${SECURITY}/enabled`]: true })[1]).toMatch(
      /fine-grained access control, which still asks everyone to sign in; this is the policy that the response shows/,
    );
    const own = told({ requestParameters, [RESULTING]: policyOf({ AWS: OWN }) });
    expect(own.map((text) => text.split(':')[0])).toEqual(['HIGH parameters-omitted']);
  });

  test('a request that is there is judged by itself, whatever the response shows', () => {
    const asked = { [POLICY]: policyOf({ AWS: OWN }), [RESULTING]: policyOf('*') };
    expect(told(asked).map((text) => text.split(':')[0])).toEqual(['MEDIUM access-policy-changed']);
  });
});

describe('of a creation', () => {
  const created = (changes: Changes): readonly string[] => told(changes, {}, 'es_CreateDomain_hardened');
  const open = policyOf('*', {}, 'orders');

  test('a response without a policy leaves the one that was asked for', () => {
    const blank = { [POLICY]: open, 'responseElements/domainStatus/accessPolicies': '' };
    expect(created(blank).filter((text) => text.includes('access-policy-public'))).toHaveLength(1);
  });
});

describe('of a data source', () => {
  test('it does not speak of indexes, and says that nothing else is known', () => {
    expect(told({}, {}, 'es_UpdateDirectQueryDataSource')[0]).toMatch(
      /^CRITICAL access-policy-public: anyone on the internet can use the data source: .*; what else guards the data source is not told, and is judged as nothing$/,
    );
  });

  test('the command is about the data source', () => {
    const { alert } = judge(recordOf('es_UpdateDirectQueryDataSource'), toCriteria());
    expect(alert?.email).toMatch(
      /aws opensearch get-direct-query-data-source --region eu-west-1 --data-source-name trail-logs\n/,
    );
    expect(alert?.email).not.toContain('update-domain-config');
  });

  test('what an update of a domain holds under its name is none', () => {
    const asked = { [POLICY]: policyOf('*'), 'requestParameters/dataSourceAccessPolicy': policyOf({ AWS: OWN }) };
    expect(told(asked)[0]).toMatch(/^CRITICAL access-policy-public/);
  });
});

test('of other rules: the stranger is told first, and what is not known is said not to be', () => {
  const config = { trustedAccounts: [PARTNER] };
  const users = { 'requestParameters/packageUserList': [PARTNER, STRANGER] };
  expect(told(users, config, 'es_UpdatePackageScope')[0]).toContain(`shared with ${STRANGER}, ${PARTNER}`);
  const denied = { requestParameters: null, responseElements: null, errorCode: 'AccessDenied' };
  expect(told(denied, {}, 'es_CreateOutboundConnection')[0]).toContain('a domain of an unknown account is requested');
  const unnamed = {
    'requestParameters/remoteDomainInfo/aWSDomainInformation/ownerId': undefined,
    responseElements: null,
  };
  expect(told(unnamed, {}, 'es_CreateOutboundConnection')[0]).toContain('of the own account is requested');
});

test('a count that is no number is no count', () => {
  for (const instanceCount of [{ toString: 1 }, [{ toString: 1 }], 'many', null]) {
    const asked = { 'requestParameters/clusterConfig': { instanceCount } };
    expect(told(asked, {}, 'es_UpdateDomainConfig_volume')).toHaveLength(1);
  }
});

test('the time a scheduled action is moved to is told, whether as a number or as digits', () => {
  const asked = (desiredStartTime: unknown): Changes => ({ 'requestParameters/desiredStartTime': desiredStartTime });
  for (const time of [1_790_000_000_000, '1790000000000']) {
    expect(told(asked(time), {}, 'es_UpdateScheduledAction')[0]).toContain('is moved to 2026-09-21T');
  }
  expect(told(asked(8.7e15), {}, 'es_UpdateScheduledAction')[0]).toContain('is moved to TIMESTAMP');
});
