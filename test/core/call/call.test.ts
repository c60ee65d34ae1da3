import { toCall, type Call } from '../../../core/call';
import { changed, FIXTURES, OWN, PARTNER, recordOf, STRANGER, type Changes } from '../../support/records';

function callOf(fixture: string, changes: Changes = {}): Call {
  const call = toCall(recordOf(fixture, changes));
  if (!call) throw new Error(`${fixture} is no configuration call`);
  return call;
}

const ARN = `arn:aws:es:eu-west-1:${OWN}:domain/logs`;

test('the record of the AWS page is a call of today', () => {
  expect(callOf('es_CreateElasticsearchDomain_console')).toMatchObject({
    eventName: 'CreateElasticsearchDomain',
    operation: 'CreateDomain',
    access: 'change',
    outcome: 'succeeded',
    isRehearsal: false,
    isRefusedAsBusy: false,
    parametersOmitted: false,
    domain: {
      name: 'test-domain',
      arn: 'arn:aws:es:us-west-1:123456789012:domain/test-domain',
      accountId: '123456789012',
    },
    region: 'us-west-1',
    accountId: '123456789012',
    sourceIPAddress: '123.123.123.123',
    userAgent: 'signin.amazonaws.com',
    eventTime: '2018-08-21T22:00:05Z',
    eventID: '87654321-4321-4321-4321-987654321098',
    requestID: '12345678-1234-1234-1234-987654321098',
    uid: '87654321-4321-4321-4321-987654321098',
  });
});

test('every fixture is a configuration call', () => {
  expect(FIXTURES.filter((fixture) => toCall(recordOf(fixture)) === undefined)).toEqual([]);
});

test('the second event source, should it come, is the same call', () => {
  const { record: ours, ...call } = callOf('es_DeleteDomain');
  const { record, ...same } = callOf('es_DeleteDomain', { eventSource: 'opensearchservice.amazonaws.com' });
  expect(same).toEqual(call);
  expect(record).not.toEqual(ours);
});

describe('what is no configuration call', () => {
  test.each([
    ['null', null],
    ['a text', 'es.amazonaws.com'],
    ['a list', [recordOf('es_DeleteDomain')]],
    ['an empty object', {}],
    ['a record of another source', recordOf('es_DeleteDomain', { eventSource: 'ses.amazonaws.com' })],
    ['a source with something in front', recordOf('es_DeleteDomain', { eventSource: 'aos.es.amazonaws.com' })],
    [
      'a source with something behind',
      recordOf('es_DeleteDomain', { eventSource: 'opensearchservice.amazonaws.com.cn' }),
    ],
    ['the serverless service', recordOf('es_DeleteDomain', { eventSource: 'aoss.amazonaws.com' })],
    ['a source that is no text', recordOf('es_DeleteDomain', { eventSource: ['es.amazonaws.com'] })],
    ['a copy in the network activity events', recordOf('es_DeleteDomain', { eventCategory: 'NetworkActivity' })],
  ])('%s', (_, record) => {
    expect(toCall(record)).toBeUndefined();
  });
});

describe('the operation', () => {
  test.each([
    ['DeleteElasticsearchDomain', 'DeleteDomain', 'change'],
    ['DescribeElasticsearchDomain', 'DescribeDomain', 'read'],
    ['InsightFeedback', 'InsightFeedback', 'read'],
    ['DeleteDomain20210101', 'DeleteDomain', 'change'],
    ['DeleteDomain2021_01_01', 'DeleteDomain', 'change'],
    ['ShareDomain', undefined, 'change'],
    ['DescribeSharing', undefined, 'read'],
    ['ListShares', undefined, 'read'],
    ['GetShare', undefined, 'read'],
    ['Describable', undefined, 'change'],
    ['ResetList', undefined, 'change'],
    ['deleteDomain', undefined, 'change'],
    ['__proto__', undefined, 'change'],
  ])('%s is %s, a %s', (eventName, operation, access) => {
    const call = callOf('es_DeleteDomain', eventName === 'DeleteDomain' ? {} : { eventName });
    expect(call.operation).toBe(operation);
    expect(call.access).toBe(access);
  });

  test('without a name is unknown, and taken for a change', () => {
    expect(callOf('es_DeleteDomain', { eventName: undefined })).toMatchObject({ eventName: '', access: 'change' });
  });
});

describe('the domain', () => {
  test.each([
    ['domainName of the request', 'es_UpdateDomainConfig_https_off'],
    ['aRN of the request', 'es_AddTags'],
    ['domainArn of the request', 'es_CreateVpcEndpoint'],
    ['localDomainInfo', 'es_CreateOutboundConnection'],
    ['sourceDomainInfo of the 2015 API', 'es_CreateOutboundCrossClusterSearchConnection'],
    ['the message of a denied call', 'es_UpdateDomainConfig_denied'],
    ['the message of a denied call that names the other generation', 'es_DeleteDomain_denied'],
  ])('is named by %s', (_, fixture) => {
    expect(callOf(fixture).domain).toEqual({ name: 'logs', arn: ARN, accountId: OWN });
  });

  test('is named by the response where the request is left out', () => {
    const requestParameters = { omitted: true, reason: 'requestParameters too large' };
    expect(callOf('es_CreateDomain_hardened', { requestParameters }).domain).toEqual({
      name: 'orders',
      arn: `arn:aws:es:eu-west-1:${OWN}:domain/orders`,
      accountId: OWN,
    });
  });

  test('belongs to the account of its ARN, and not to that of the trail', () => {
    const arn = `arn:aws:es:eu-west-1:${STRANGER}:domain/logs`;
    expect(callOf('es_CreateVpcEndpoint', { 'requestParameters/domainArn': arn }).domain).toEqual({
      name: 'logs',
      arn,
      accountId: STRANGER,
    });
  });

  test.each([
    'es_DeleteApplication',
    'es_CreatePackage',
    'es_PurchaseReservedInstanceOffering',
    'es_AcceptInboundConnection',
  ])('is not named by %s, and its account is that of the trail', (fixture) => {
    expect(callOf(fixture).domain).toEqual({ accountId: OWN });
  });

  test('of tags on what is no domain is not named', () => {
    const aRN = `arn:aws:opensearch:eu-west-1:${OWN}:application/abcd`;
    expect(callOf('es_AddTags', { 'requestParameters/aRN': aRN }).domain).toEqual({ accountId: OWN });
  });

  test.each([
    ['eu-west-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['eusc-de-east-1', 'aws-eusc'],
  ])('in %s has an ARN of the partition %s', (awsRegion, partition) => {
    const changes: Changes = awsRegion === 'eu-west-1' ? {} : { awsRegion };
    expect(callOf('es_UpdateDomainConfig_https_off', changes).domain?.arn).toBe(
      `arn:${partition}:es:${awsRegion}:${OWN}:domain/logs`,
    );
  });

  test('is not named by the path of the user, who may spell an ARN in it', () => {
    const user = `arn:aws:iam::${OWN}:user/arn:aws:es:eu-west-1:${OWN}:domain/scratch/jane`;
    const errorMessage = `[User: ${user} is not authorized to perform: es:DeleteDomain on resource: ${ARN} because …]`;
    expect(callOf('es_DeleteDomain_denied', { errorMessage }).domain?.name).toBe('logs');
  });

  test('is named by a message of another form, once the user is left out', () => {
    const arn = `arn:aws:iam::${OWN}:user/arn:aws:es:eu-west-1:${OWN}:domain/scratch/jane`;
    const errorMessage = `${arn} may not delete ${ARN}`;
    const denied = { errorMessage, 'userIdentity/arn': arn };
    expect(callOf('es_DeleteDomain_denied', denied).domain?.name).toBe('logs');
    expect(
      callOf('es_DeleteDomain_denied', { errorMessage, 'userIdentity/arn': undefined }).domain?.name,
    ).toBeUndefined();
  });

  test('a message about any domain names none', () => {
    const errorMessage = `[User: x is not authorized to perform: es:DeleteDomain on resource: arn:aws:es:eu-west-1:${OWN}:domain/* ]`;
    expect(callOf('es_DeleteDomain_denied', { errorMessage }).domain).toEqual({ accountId: OWN });
  });
});

describe('the unique id', () => {
  const withoutIds = { eventID: undefined };

  test('is the shared id of all copies, else the id of the record', () => {
    expect(callOf('es_DeleteDomain', { sharedEventID: 'shared' }).uid).toBe('shared');
    const addendum = { reason: 'UPDATED_DATA', updatedFields: 'responseElements', originalEventID: 'the-first' };
    expect(callOf('es_DeleteDomain', { addendum })).toMatchObject({ uid: 'the-first', addendum: 'UPDATED_DATA' });
    expect(callOf('es_DeleteDomain', { addendum: { reason: 'DELIVERY_DELAY' } }).uid).toBe(
      recordOf('es_DeleteDomain')['eventID'],
    );
    expect(callOf('es_DeleteDomain').uid).toBe(recordOf('es_DeleteDomain')['eventID']);
  });

  test('is a digest where there is none: the same for a second delivery, another for a second call', () => {
    const uid = callOf('es_DeleteDomain', withoutIds).uid;
    expect(uid).toMatch(/^[0-9a-f]{64}$/);
    expect(callOf('es_DeleteDomain', withoutIds).uid).toBe(uid);
    expect(callOf('es_DeleteDomain', { ...withoutIds, requestID: 'another' }).uid).not.toBe(uid);
    expect(callOf('es_DeleteDomain', { ...withoutIds, recipientAccountId: PARTNER }).uid).not.toBe(uid);
  });

  test('tells apart what a digest of the letters alone would not', () => {
    const shapes: readonly unknown[] = [
      null,
      [],
      {},
      [[]],
      [{}],
      { a: [] },
      { a: {} },
      ['a', []],
      ['a', 1],
      ['a', '1'],
    ];
    const uids = [...shapes, 'a', ['a'], { a: 'a' }, { a: 'b' }, { b: 'a' }].map(
      (value) => callOf('es_DeleteDomain', { ...withoutIds, 'requestParameters/value': value }).uid,
    );
    expect(new Set(uids).size).toBe(uids.length);
  });
});

describe('the account', () => {
  test('is the one whose trail recorded the call, else that of the caller, else none', () => {
    const none = { recipientAccountId: undefined };
    expect(callOf('es_DeleteDomain', { recipientAccountId: PARTNER }).accountId).toBe(PARTNER);
    expect(callOf('es_DeleteDomain', none).accountId).toBe(OWN);
    expect(callOf('es_DeleteApplication', { ...none, userIdentity: undefined }).accountId).toBe('');
  });
});

test('members of the request are found whatever the case of their letters', () => {
  const requestParameters = { DomainName: 'logs', DRYRUN: 'True' };
  expect(callOf('es_UpdateDomainConfig_https_off', { requestParameters })).toMatchObject({
    domain: { name: 'logs' },
    isRehearsal: true,
  });
});

test('a new member of the record changes nothing', () => {
  const { record: _, ...call } = callOf('es_DeleteDomain');
  const { record, ...same } = callOf('es_DeleteDomain', { newMember: { deep: [1] } });
  expect(same).toEqual(call);
  expect(record).toEqual(changed(recordOf('es_DeleteDomain'), { newMember: { deep: [1] } }));
});

test('null is as good as absent', () => {
  const nothing = { errorCode: null, errorMessage: null, eventCategory: null, sharedEventID: null, requestID: null };
  const { record: _, ...call } = callOf('es_DeleteDomain', nothing);
  expect(call).toMatchObject({ outcome: 'succeeded', uid: recordOf('es_DeleteDomain')['eventID'] });
  expect(Object.keys(call)).not.toContain('requestID');
});
