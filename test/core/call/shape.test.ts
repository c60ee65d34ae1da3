import { EVENT_NAMES, operationOf, toCall, type Call } from '../../../core/call';
import { accessOf } from '../../../core/call/catalogue';
import { readsByName, shapeOf } from '../../../core/call/shape';
import { MODELLED_OPERATIONS, asRecorded } from '../../support/models';
import { operationCounter } from '../../support/operations';
import { recordOf, type Changes } from '../../support/records';

const operations = operationCounter();

afterAll(() => operations.end());

function unknownCall(eventName: string, changes: Changes = {}): Call {
  const call = toCall(recordOf('es_ShareDomain', { eventName, ...changes }));
  if (!call) throw new Error('no call');
  return call;
}

const request = (requestParameters: unknown): Changes => ({ requestParameters });

describe('a call that no catalogue knows', () => {
  test.each([
    ['an access policy', { domainName: 'logs', accessPolicies: '{}' }],
    ['an access policy taken away', { domainName: 'logs', accessPolicies: '' }],
    ['a block of the configuration', { domainName: 'logs', domainEndpointOptions: { enforceHTTPS: false } }],
    ['a block in another letter case', { DomainName: 'logs', DomainEndpointOptions: { EnforceHTTPS: false } }],
    ['a block under its name of 2015', { domainName: 'logs', elasticsearchClusterConfig: { instanceCount: 1 } }],
    ['a hidden block', { domainName: 'logs', advancedSecurityOptions: 'HIDDEN_DUE_TO_SECURITY_REASONS' }],
    ['no domain', { accessPolicies: '{}' }],
    ['a wrapper', { domainName: 'logs', configuration: { accessPolicies: '{}' } }],
  ])('is judged as an update of a domain with %s', (_, requestParameters) => {
    const { judgedAs, access, operation } = unknownCall('ApplyDomainSettings', request(requestParameters));
    expect({ judgedAs, access, operation }).toEqual({ judgedAs: 'UpdateDomainConfig', access: 'change' });
  });

  test('that wraps what it sets is read as if it did not', () => {
    const wrapped = { domainName: 'logs', configuration: { accessPolicies: '{}' } };
    expect(unknownCall('ApplyDomainSettings', request(wrapped)).request).toEqual({ ...wrapped, accessPolicies: '{}' });
  });

  test('is judged as that of a data source with the policy of one', () => {
    const call = unknownCall('PutSource', request({ dataSourceName: 'a', dataSourceAccessPolicy: '{}' }));
    expect(call.judgedAs).toBe('UpdateDirectQueryDataSource');
  });

  test.each([
    ['nothing of a configuration', { domainName: 'logs', partner: '777788889999' }],
    ['empty blocks', { domainName: 'logs', clusterConfig: {}, configuration: { vPCOptions: {} } }],
    ['a block that is null', { domainName: 'logs', clusterConfig: null }],
    ['the network of a VPC endpoint', { domainArn: 'arn', vpcOptions: { subnetIds: ['subnet-1'] } }],
    ['a block too deep', { one: { two: { accessPolicies: '{}' } } }],
    ['no request', null],
    ['a text for a request', 'accessPolicies'],
    ['a list for a request', [{ accessPolicies: '{}' }]],
  ])('is judged as no other with %s', (_, requestParameters) => {
    const { judgedAs, access } = unknownCall('ApplyDomainSettings', request(requestParameters));
    expect({ judgedAs, access }).toEqual({ access: 'change' });
  });

  test.each(['DescribeShares', 'ListShares', 'GetShare', 'Get', 'Describe2'])('reads as %s', (eventName) => {
    expect(unknownCall(eventName).access).toBe('read');
  });

  test.each(['Getaway', 'ListenToDomain', 'DescriberStart', 'BatchGetShares', 'describeShares', ''])(
    'changes as "%s"',
    (eventName) => {
      expect(unknownCall(eventName).access).toBe('change');
    },
  );

  test('changes as a read that sets something', () => {
    const call = unknownCall('GetDomainAfter', request({ domainName: 'logs', accessPolicies: '{}' }));
    expect(call).toMatchObject({ access: 'change', judgedAs: 'UpdateDomainConfig' });
  });

  test('is told at a cost that grows with its request alone', () => {
    const operationsOf = (length: number): number => {
      const members = Array.from({ length }, (_, at): [string, unknown] => [`member${at}`, { a: 1, b: 2 }]);
      return operations.of(() => shapeOf(undefined, 'ApplyDomainSettings', Object.fromEntries(members)));
    };
    const [part, whole] = [operationsOf(5_000), operationsOf(20_000)];
    expect(part).toBeGreaterThan(5_000);
    expect(whole / part).toBeLessThan(4.5);
  });
});

test.each(EVENT_NAMES)('%s is judged as itself', (eventName) => {
  const requestParameters = { domainName: 'logs', accessPolicies: '{}' };
  const call = toCall({ eventSource: 'es.amazonaws.com', eventName, requestParameters });
  const operation = operationOf(eventName);
  expect(call).toMatchObject({ judgedAs: operation, access: operation && accessOf(operation) });
});

test('no read of the models asks with what tells a change', () => {
  const reads = MODELLED_OPERATIONS.filter(({ eventName }) => {
    const operation = operationOf(eventName);
    return operation !== undefined && accessOf(operation) === 'read';
  });
  const mistaken = reads.filter(({ eventName, members }) => {
    const asked = members.filter(({ path }) => !path.includes('.')).map(({ path }) => [asRecorded(path), 'a'] as const);
    return shapeOf(undefined, eventName, Object.fromEntries(asked)).judgedAs !== undefined;
  });
  expect(mistaken.map(({ eventName }) => eventName)).toEqual([]);
  expect(reads.length).toBeGreaterThan(60);
});

test('the name alone tells reads from changes, but for two reads that are in the catalogue', () => {
  const wrong = EVENT_NAMES.filter(
    (name) => readsByName(name) !== (accessOf(operationOf(name) ?? 'AddTags') === 'read'),
  );
  expect(wrong).toEqual(['CompareDomainConfiguration', 'InsightFeedback']);
});
