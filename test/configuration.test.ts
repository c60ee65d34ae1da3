import { changeOf, configurationAfter, settingIn, tellsConfiguration } from '../lambda/configuration';
import { toConfigCall, type ConfigCall } from '../lambda/config-call';

function call(eventName: string, requestParameters: unknown, responseElements: unknown, more: object = {}): ConfigCall {
  const found = toConfigCall({
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

const update = (request: object, more: object = {}): ConfigCall =>
  call('UpdateDomainConfig', { domainName: 'logs', ...request }, { domainConfig: {} }, more);

test('the configuration is read from the flat response of a creation and the nested one of an update alike', () => {
  const updated = call(
    'UpdateDomainConfig',
    {},
    { domainConfig: { domainEndpointOptions: { options: { enforceHTTPS: true } } } },
  );
  expect(settingIn(before, 'domainEndpointOptions', 'enforceHTTPS')).toBe(false);
  expect(settingIn(configurationAfter(updated), 'domainEndpointOptions', 'enforceHTTPS')).toBe(true);
});

test('what was asked counts before what the response still shows', () => {
  const changing = call(
    'UpdateDomainConfig',
    { domainEndpointOptions: { enforceHTTPS: true } },
    { domainConfig: { domainEndpointOptions: { options: { enforceHTTPS: false }, status: { state: 'Processing' } } } },
  );
  expect(settingIn(configurationAfter(changing), 'domainEndpointOptions', 'enforceHTTPS')).toBe(true);
});

test('the 2015 names of blocks are folded', () => {
  expect(settingIn(before, 'clusterConfig', 'zoneAwarenessEnabled')).toBe(true);
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

test('asking for a setting of which nothing is known is a change', () => {
  expect(changeOf(update({ cognitoOptions: { enabled: false } }), before).isUnchanged).toBe(false);
});

test('asking for nothing is not called unchanged', () => {
  expect(changeOf(update({}), before).isUnchanged).toBe(false);
});

test.each([
  ['a denied call', update({}, { errorCode: 'AccessDenied' })],
  ['a dry run', update({ dryRun: true })],
  ['a deletion', call('DeleteDomain', { domainName: 'logs' }, { domainStatus: { deleted: true } })],
])('%s leaves no configuration behind', (_, unchanging) => {
  expect(tellsConfiguration(unchanging)).toBe(false);
});
