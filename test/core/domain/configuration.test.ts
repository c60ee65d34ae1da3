import { restoreCommand } from '../../../core/alert/restore';
import { changeOf, configurationAfter, setsConfiguration, valueIn, tellsConfiguration } from '../../../core/domain';
import { toCall, type Call } from '../../../core/call';

function call(eventName: string, requestParameters: unknown, responseElements: unknown, more: object = {}): Call {
  const found = toCall({
    eventSource: 'es.amazonaws.com',
    eventName,
    eventTime: '2026-11-24T12:00:00Z',
    awsRegion: 'us-east-1',
    recipientAccountId: '123456789012',
    requestParameters,
    responseElements,
    ...more,
  });
  if (!found) throw new Error('the record is no configuration call');
  return found;
}

const created = call(
  'CreateElasticsearchDomain',
  { domainName: 'logs', elasticsearchClusterConfig: { instanceCount: '3' } },
  {
    domainStatus: {
      aRN: 'arn:aws:es:us-east-1:123456789012:domain/logs',
      created: true,
      elasticsearchClusterConfig: { instanceCount: 3, zoneAwarenessEnabled: true },
      domainEndpointOptions: { enforceHTTPS: false },
      advancedSecurityOptions: { enabled: true, sAMLOptions: { idp: { metadataContent: '<xml/>' } } },
    },
  },
);
const before = configurationAfter(created);

const update = (request: object, more: object = {}): Call =>
  call('UpdateDomainConfig', { domainName: 'logs', ...request }, { domainConfig: {} }, more);

test('the configuration is read from the flat response of a creation and the nested one of an update alike', () => {
  const updated = call(
    'UpdateDomainConfig',
    {},
    { domainConfig: { domainEndpointOptions: { options: { enforceHTTPS: true } } } },
  );
  expect(valueIn(before, 'domainEndpointOptions', 'enforceHTTPS')).toBe(false);
  expect(valueIn(configurationAfter(updated), 'domainEndpointOptions', 'enforceHTTPS')).toBe(true);
});

test('what was asked counts before what the response still shows', () => {
  const changing = call(
    'UpdateDomainConfig',
    { domainEndpointOptions: { enforceHTTPS: true } },
    { domainConfig: { domainEndpointOptions: { options: { enforceHTTPS: false }, status: { state: 'Processing' } } } },
  );
  expect(valueIn(configurationAfter(changing), 'domainEndpointOptions', 'enforceHTTPS')).toBe(true);
});

test('the 2015 names of blocks are folded', () => {
  expect(valueIn(before, 'clusterConfig', 'zoneAwarenessEnabled')).toBe(true);
  expect(changeOf(update({ clusterConfig: { zoneAwarenessEnabled: 'true' } }), before).isUnchanged).toBe(true);
});

test('secrets are not kept, and setting one is a change', () => {
  expect(JSON.stringify(before)).not.toContain('<xml/>');
  const secret = update({ advancedSecurityOptions: { masterUserOptions: { masterUserPassword: 'hunter2-hunter2' } } });
  const change = changeOf(secret, before);
  expect(change.isUnchanged).toBe(false);
  expect(JSON.stringify(change)).not.toContain('hunter2');
});

test('asking for what already holds changes nothing', () => {
  expect(changeOf(update({ domainEndpointOptions: { enforceHTTPS: 'false' } }), before)).toMatchObject({
    isUnchanged: true,
    differences: [],
  });
});

test.each([
  ['a pause of snapshots', { automatedSnapshotPauseOptions: { enabled: true } }],
  ['anonymous access', { advancedSecurityOptions: { anonymousAuthEnabled: 'true' } }],
])('%s runs out by itself, so asking for it again is a change, and ending it again is none', (_, asked) => {
  const ended = JSON.parse(JSON.stringify(asked).replace(/true|"true"/, 'false')) as object;
  expect(changeOf(update(asked), configurationAfter(update(asked))).isUnchanged).toBe(false);
  expect(changeOf(update(ended), configurationAfter(update(ended))).isUnchanged).toBe(true);
});

test('of a policy that leaves open what it says, it is not said that it says the same', () => {
  const own = '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"es:*","Resource":"*"}]}';
  const twice = own.replace('"Principal":', '"Principal":"*","Principal":');
  const holding = configurationAfter(update({ accessPolicies: own }));
  expect(changeOf(update({ accessPolicies: own }), holding).isUnchanged).toBe(true);
  expect(changeOf(update({ accessPolicies: twice }), holding).isUnchanged).toBe(false);
  expect(
    changeOf(update({ accessPolicies: twice }), configurationAfter(update({ accessPolicies: twice }))).isUnchanged,
  ).toBe(false);
  const alien = own.replace('123456789012', 'alien');
  expect(
    changeOf(update({ accessPolicies: alien }), configurationAfter(update({ accessPolicies: alien }))).isUnchanged,
  ).toBe(false);
});

test('a policy that was removed and is removed again is unchanged', () => {
  const removed = configurationAfter(update({ accessPolicies: '' }));
  expect(changeOf(update({ accessPolicies: ' ' }), removed).isUnchanged).toBe(true);
  expect(changeOf(update({ accessPolicies: '{}' }), removed).isUnchanged).toBe(false);
});

test.each(['__proto__', 'constructor', 'prototype'])('a setting called %s changes nothing but the alert', (name) => {
  const asked = (value: string): object =>
    JSON.parse(`{"advancedOptions":{${JSON.stringify(name)}:{"suppressedBy":${JSON.stringify(value)}}}}`) as object;
  const change = changeOf(update(asked('b')), configurationAfter(update(asked('a'))));
  expect(restoreCommand(update(asked('b')), change, change.differences)).toContain('suppressedBy');
  expect(({} as Record<string, unknown>)['suppressedBy']).toBeUndefined();
  expect((Object as unknown as Record<string, unknown>)['suppressedBy']).toBeUndefined();
});

test('settings of one name in two letter cases do not stop the restore command', () => {
  const asked = (value: string): object => ({ aOptions: value, AOptions: { inner: value } });
  const change = changeOf(update(asked('b')), configurationAfter(update(asked('a'))));
  expect(restoreCommand(update(asked('b')), change, change.differences)).toContain('Inner');
});

test('asking for a setting of which nothing is known is a change', () => {
  expect(changeOf(update({ cognitoOptions: { enabled: false } }), before).isUnchanged).toBe(false);
});

test('asking for nothing is not called unchanged', () => {
  expect(changeOf(update({}), before).isUnchanged).toBe(false);
});

test('booleans, numbers and instance types are kept as the current API takes them, texts of the user as they are', () => {
  const after = configurationAfter(
    call(
      'UpdateElasticsearchDomainConfig',
      {
        elasticsearchClusterConfig: { instanceCount: '3', instanceType: 'm5.large.elasticsearch' },
        advancedOptions: { 'indices.query.bool.max_clause_count': '1024' },
      },
      { domainConfig: { domainEndpointOptions: { options: { enforceHTTPS: 'true' } } } },
    ),
  );
  expect(Object.values(after).map(({ path, value }) => [path.join('.'), value])).toEqual([
    ['domainEndpointOptions.enforceHTTPS', true],
    ['clusterConfig.instanceCount', 3],
    ['clusterConfig.instanceType', 'm5.large.search'],
    ['advancedOptions.indices.query.bool.max_clause_count', '1024'],
  ]);
});

test('a setting that repeats a secret of the record is not kept', () => {
  const after = configurationAfter(
    update({
      advancedSecurityOptions: { masterUserOptions: { masterUserPassword: 'hunter2-hunter2' } },
      domainEndpointOptions: { customEndpoint: 'hunter2-hunter2.example.com', enforceHTTPS: true },
    }),
  );
  expect(JSON.stringify(after)).not.toContain('hunter2');
  expect(valueIn(after, 'domainEndpointOptions', 'enforceHTTPS')).toBe(true);
});

test.each([
  ['a denied call', update({}, { errorCode: 'AccessDenied' })],
  ['a dry run', update({ dryRun: true })],
  ['a call about something else', call('AddTags', { domainName: 'logs' }, {})],
  ['a read that no catalogue knows', call('DescribeDomainSharing', { domainName: 'logs' }, {})],
  ['a denied call that no catalogue knows', call('ShareDomain', {}, null, { errorCode: 'AccessDenied' })],
])('%s leaves the configuration as it was', (_, unchanging) => {
  expect(setsConfiguration(unchanging)).toBe(false);
  expect(tellsConfiguration(unchanging)).toBe(false);
});

test.each([
  ['a deletion', call('DeleteDomain', { domainName: 'logs' }, { domainStatus: { deleted: true } })],
  ['a change that is cancelled', call('CancelDomainConfigChange', { domainName: 'logs' }, { cancelledChangeIds: [] })],
  [
    'an update whose response is missing',
    call('UpdateDomainConfig', { domainName: 'logs', domainEndpointOptions: { enforceHTTPS: true } }, null),
  ],
  [
    'an update whose request CloudTrail left out',
    call('UpdateDomainConfig', { omitted: true }, { domainConfig: { accessPolicies: { options: '' } } }),
  ],
  ['a change that no catalogue knows', call('ShareDomain', { domainName: 'logs' }, {})],
  [
    'an update of a later API, whatever it answers',
    call('UpdateDomainConfigV2', { domainName: 'logs', clusterConfig: { instanceCount: 2 } }, { domainConfig: {} }),
  ],
])('after %s nothing is known', (_, unknown) => {
  expect(setsConfiguration(unknown)).toBe(true);
  expect(tellsConfiguration(unknown)).toBe(false);
});
