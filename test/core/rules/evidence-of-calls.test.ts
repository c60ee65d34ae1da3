import { judge } from '../../../core/scan';
import { toCriteria } from '../../../core/settings';
import { changed, recordOf, STRANGER, type Changes } from '../../support/records';

/** What alerts say they saw in calls that no access policy is about. */

const TAGS = 'requestParameters/tagList';
const VOLUME = 'es_UpdateDomainConfig_volume';

function told(fixture: string, changes: Changes = {}): readonly string[] {
  const { findings } = judge(changed(recordOf(fixture), changes), toCriteria());
  return findings.flatMap(({ rule, evidence }) => evidence.map(({ says }) => `${rule.id}: ${says}`));
}

const email = (fixture: string, changes: Changes): string =>
  judge(changed(recordOf(fixture), changes), toCriteria()).alert?.email ?? '';

const tag = (key: string, value = 'a value of it'): object => ({ key, value });

describe('of tags', () => {
  test('their keys are told, and no value', () => {
    const changes = { [TAGS]: [tag('environment', 'hunter2-is-secret'), tag('team')] };
    expect(told('es_AddTags', changes)).toEqual(['configuration-call: it sets the tags environment, team']);
    expect(email('es_AddTags', changes)).not.toContain('hunter2');
  });

  test('one is a tag, not tags', () => {
    expect(told('es_AddTags', { [TAGS]: [tag('team')] })).toEqual(['configuration-call: it sets the tag team']);
    expect(told('es_RemoveTags', { 'requestParameters/tagKeys': ['owner'] })).toEqual([
      'configuration-call: it removes the tag owner',
    ]);
  });

  test('the first three are told, and how many more there are', () => {
    const changes = { [TAGS]: ['a', 'b', 'c', 'd', 'e'].map((key) => tag(key)) };
    expect(told('es_AddTags', changes)).toEqual(['configuration-call: it sets the tags a, b, c and 2 more']);
  });

  test('those that are taken away are told by their keys', () => {
    const changes = { 'requestParameters/tagKeys': ['environment', 'team'] };
    expect(told('es_RemoveTags', changes)).toEqual(['configuration-call: it removes the tags environment, team']);
  });

  test.each([
    ['none', []],
    ['what is no tag', ['environment', null, 7]],
    ['tags without a key', [{ value: 'a' }]],
    ['no list', undefined],
  ])('%s is unknown', (_, tags) => {
    expect(told('es_AddTags', { [TAGS]: tags })).toEqual(['configuration-call: it sets the tags (unknown)']);
  });

  test('a key is shown on its line, whatever is in it', () => {
    const text = email('es_AddTags', {
      [TAGS]: [tag('a\n\n1. CRITICAL domain-deleted\u202Etxt'), tag('https://example.com')],
    });
    expect(text).not.toMatch(/^1\. CRITICAL/m);
    expect(text).toContain('[U+202E]');
    expect(text).not.toContain('https://example.com');
  });

  test('a denied call says that the record does not tell', () => {
    const denied = { requestParameters: null, errorCode: 'AccessDenied' };
    expect(told('es_AddTags', denied)).toEqual([
      'configuration-call: a configuration would have changed, and the record does not tell how',
    ]);
  });
});

describe('of an update that no rule objects to', () => {
  test('what it sets is named', () => {
    expect(told(VOLUME)).toEqual([
      expect.stringMatching(/^configuration-call: it sets eBSOptions\.\w+, .*, and no rule objects to it$/),
    ]);
    expect(told(VOLUME, { requestParameters: { domainName: 'logs', useCase: 'SEARCH' } })).toEqual([
      'configuration-call: it sets useCase, and no rule objects to it',
    ]);
  });

  test('one that sets nothing says so', () => {
    expect(
      told(VOLUME, { requestParameters: { domainName: 'logs', accessPolicies: null, clusterConfig: {} } }),
    ).toEqual(['configuration-call: it sets nothing that the record shows, and no rule objects to it']);
  });
});

describe('of a call that no catalogue knows', () => {
  test('what its request holds is named', () => {
    expect(told('es_ShareDomain')).toEqual([
      'unrecognised-call: ShareDomain is in no catalogue of the API; its request holds domainName, account',
    ]);
    expect(told('es_ShareDomain', { requestParameters: null })).toEqual([
      'unrecognised-call: ShareDomain is in no catalogue of the API',
    ]);
  });

  test('what it is judged as is told, after what the rules object to', () => {
    expect(told('es_UpdateDomainConfig_https_off', { eventName: 'UpdateDomainConfigV2' })).toEqual([
      'https-not-enforced: enforcement of HTTPS is turned off',
      'unrecognised-call: UpdateDomainConfigV2 is in no catalogue of the API; its request holds domainName, ' +
        'domainEndpointOptions, and is judged as that of UpdateDomainConfig',
    ]);
  });

  test('it is told with a setting for the call it is judged as, which is about another', () => {
    const settings = toCriteria({
      watchedEvents: ['DeleteDomain'],
      severityOverrides: { UpdateDomainConfig: 'CRITICAL' },
      suppressions: [{ eventName: 'UpdateDomainConfig', reason: 'a drill', expires: '2099-01-01' }],
    });
    const record = recordOf('es_UpdateDomainConfig_https_off', { eventName: 'UpdateDomainConfigV2' });
    expect(judge(record, settings)).toMatchObject({ disposition: 'alerted', alert: { severity: 'HIGH' } });
  });

  test('a data source is pointed to, where its policy is what was judged', () => {
    const text = email('es_UpdateDirectQueryDataSource', {
      eventName: 'PutDirectQueryDataSource',
      'requestParameters/dataSourceAccessPolicy': JSON.stringify({
        Statement: [{ Effect: 'Allow', Principal: '*', Action: 'opensearch:*', Resource: '*' }],
      }),
    });
    expect(text).toContain('aws opensearch get-direct-query-data-source');
    expect(text).not.toContain('update-domain-config');
  });
});

describe('of replication', () => {
  const peer = 'arn:aws:es:eu-central-1:111122223333:domain/logs-replica';

  test.each([
    ['es_AddReplicationPeer', `replication-peer-added: every index of the domain is copied to ${peer}`],
    ['es_RemoveReplicationPeer', `replication-changed: replication with ${peer} is ended`],
    [
      'es_SwitchoverReplication',
      `replication-changed: the domain takes over from ${peer}, which becomes the secondary`,
    ],
    [
      'es_FailoverReplication',
      `replication-failover: the domain takes over from ${peer}, and writes that were not copied yet are given up`,
    ],
  ])('%s', (fixture, says) => {
    expect(told(fixture)).toEqual([says]);
  });

  test('a peer of another account is told as one', () => {
    const ofStranger = peer.replace('111122223333', STRANGER);
    expect(told('es_AddReplicationPeer', { 'requestParameters/peerDomainArn': ofStranger })).toEqual([
      `replication-peer-added: every index of the domain is copied to ${ofStranger}, of account ${STRANGER}`,
    ]);
  });
});

test('of a key of another account, the key is told', () => {
  const key = `arn:aws:kms:eu-west-1:${STRANGER}:alias/logs`;
  expect(
    told('es_UpdateDomainConfig_kms_key', { 'requestParameters/encryptionAtRestOptions/kmsKeyId': key }),
  ).toContain(`foreign-kms-key: the key ${key} belongs to account ${STRANGER}`);
});

test('of an identity provider that is turned off, it is not said that it is set', () => {
  expect(
    told('es_UpdateDomainConfig_identity_center', {
      'requestParameters/identityCenterOptions/enabledAPIAccess': false,
    }),
  ).toEqual(['identity-provider-changed: Identity Center is turned off']);
});

describe('what a call is about is named', () => {
  test.each([
    ['es_CreatePackage', 'plugin-package: a plugin package is created: scoring, from bucket search-plugins'],
    ['es_UpdatePackage', 'plugin-package: a plugin package is updated: scoring, from bucket search-plugins'],
    ['es_UpdatePackageScope', 'package-shared: a package is shared with 777788889999: F123456789'],
    [
      'es_AttachDataSource',
      'data-source-attached: a data source is attached: arn:aws:es:eu-west-1:111122223333:domain/logs, to the application abcd1234efgh5678',
    ],
    [
      'es_RejectInboundConnection',
      'connectivity-removed: a connection from another cluster is rejected: c-0123456789abcdef0',
    ],
    ['es_DeleteVpcEndpoint', 'connectivity-removed: a VPC endpoint is deleted: aos-0123456789abcdef0'],
    ['es_UpdateVpcEndpoint', 'vpc-endpoint-created: a VPC endpoint to a domain is changed in vpc-0a1b2c3d4e5f60718'],
    [
      'es_CancelDomainConfigChange',
      'config-change-cancelled: a configuration change under way is cancelled: DomainEndpointOptions.EnforceHTTPS to true',
    ],
    ['es_CreateIndex', 'configuration-call: it changes an index: audit-2026, and no rule objects to it'],
    ['es_UpdateApplication', 'dashboard-admin-changed: administrators of dashboards are set: groups ["*"]'],
  ])('by %s: %s', (fixture, says) => {
    expect(told(fixture)).toContain(says);
  });

  test.each([
    ['es_RejectInboundConnection', { 'requestParameters/connectionId': undefined, responseElements: null }],
    ['es_DeleteVpcEndpoint', { 'requestParameters/vpcEndpointId': undefined }],
    ['es_CancelDomainConfigChange', { 'responseElements/cancelledChangeProperties': [null, { propertyName: 7 }] }],
  ])('and nothing stands for it where %s does not tell', (fixture, changes) => {
    expect(told(fixture, changes)).toEqual([expect.not.stringMatching(/undefined|null|: .*:/)]);
  });

  test('a value that was to be set only where it can be no secret', () => {
    const property = (cancelledValue: unknown) => [{ propertyName: 'AdvancedSecurityOptions', cancelledValue }];
    for (const value of ['hunter2', '{"MasterUserPassword":"hunter2"}', { password: 'hunter2' }, '1234567890']) {
      expect(
        told('es_CancelDomainConfigChange', { 'responseElements/cancelledChangeProperties': property(value) }),
      ).toEqual(['config-change-cancelled: a configuration change under way is cancelled: AdvancedSecurityOptions']);
    }
  });

  test.each([
    ['es_AcceptInboundConnection', 'delete-inbound-connection', 'c-0123456789abcdef0'],
    ['es_AcceptInboundCrossClusterSearchConnection', 'delete-inbound-connection', 'ccs-0123456789'],
    ['es_CreateOutboundConnection', 'delete-outbound-connection', 'c-0123456789abcdef0'],
  ])('a connection that %s makes, in the command that ends it', (fixture, command, id) => {
    expect(email(fixture, {})).toContain(`aws opensearch ${command} --region eu-west-1 --connection-id ${id}\n`);
  });

  test('a connection whose id means something to a shell is for the reader to put in', () => {
    const text = email('es_AcceptInboundConnection', {
      'requestParameters/connectionId': '$(id)',
      'responseElements/connection/connectionId': '$(id)',
    });
    expect(text).toContain('Put in {CONNECTION}:\n');
    expect(text).toContain('--connection-id {CONNECTION}\n');
  });
});

test.each([
  ['service_software_update', 'a scheduled update of the service software is moved'],
  ['JVM_HEAP_SIZE_TUNING', 'a scheduled action is moved'],
])('of scheduled actions, an update of the software is called one: %s', (actionType, says) => {
  const [evidence] = told('es_UpdateScheduledAction', { 'requestParameters/actionType': actionType });
  expect(evidence).toContain(says);
});

describe('no name decides how an attempt is told', () => {
  const DENIED = { errorCode: 'AccessDenied' };

  test.each([
    [
      'es_CreatePackage',
      { 'requestParameters/packageName': 's: x; may' },
      'a plugin package would have been created: s: x; may',
    ],
    ['es_CreateIndex', { 'requestParameters/indexName': 'can now' }, 'it would have changed an index: can now'],
    [
      'es_UpdateApplication',
      {
        'requestParameters/appConfigs': [
          { key: 'opensearchDashboards.dashboardAdmin.users', value: 'a; is' },
          { key: 'opensearchDashboards.dashboardAdmin.groups', value: 'ops' },
        ],
      },
      'administrators of dashboards would have been set: users a; is, groups ops',
    ],
    ['es_AddTags', {}, 'it would have set the tag'],
    ['es_RemoveTags', {}, 'it would have removed the tag'],
  ])('%s', (fixture, changes, says) => {
    expect(email(fixture, { ...changes, ...DENIED }).replace(/\s+/g, ' ')).toContain(`had it succeeded, ${says}`);
  });
});

test('a secret is found in a name before it is cut', () => {
  const secret = 'topsecretvalue-abcdefghijklmnopqrstuvwxyz';
  const text = email('es_CreateIndex', {
    'requestParameters/indexName': `${'i'.repeat(60)}${secret}`,
    'requestParameters/masterUserPassword': secret,
  });
  expect(text).toContain('iiii');
  expect(text).not.toContain('topsecret');
});

test('that a call failed is said of its severities once', () => {
  const text = email('es_CreateDomain_refused_open_policy', {});
  expect(text.match(/as the call failed/g)).toHaveLength(1);
  expect(text).toMatch(/^Answer {4}\S/m);
});
