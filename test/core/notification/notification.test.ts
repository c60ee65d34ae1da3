import { logFilesIn, type LogFileRef, type Skipped } from '../../../core/notification';

const BUCKET = 'trail-logs';
const FOLDER = 'AWSLogs/123456789012/CloudTrail/eu-west-1/2026/11/24';
const NAME = '123456789012_CloudTrail_eu-west-1_20261124T0810Z_h3Kd8sPq0ZbT5xYv.json.gz';
const KEY = `${FOLDER}/${NAME}`;

const s3Record = (object: object = {}, rest: object = {}) => ({
  eventVersion: '2.1',
  eventSource: 'aws:s3',
  awsRegion: 'eu-west-1',
  eventTime: '2026-11-24T08:12:31.482Z',
  eventName: 'ObjectCreated:Put',
  userIdentity: { principalId: 'AWS:AROAEXAMPLE:regionalDeliverySession' },
  requestParameters: { sourceIPAddress: '203.0.113.7' },
  responseElements: { 'x-amz-request-id': '5F1B8C0E6D2A4B17', 'x-amz-id-2': 'c2hvcnQ=' },
  s3: {
    s3SchemaVersion: '1.0',
    configurationId: 'LogFiles',
    bucket: { name: BUCKET, ownerIdentity: { principalId: 'A1EXAMPLE' }, arn: `arn:aws:s3:::${BUCKET}` },
    object: { key: KEY, size: 4711, eTag: '9b2cf535f27731c974343645a3985328', sequencer: '00674A', ...object },
  },
  ...rest,
});

const s3Event = (...records: readonly object[]) => ({ Records: records.length === 0 ? [s3Record()] : records });

const eventBridgeEvent = (object: object = {}, rest: object = {}) => ({
  version: '0',
  id: '17793124-05d4-b198-2fde-7ededc63b103',
  'detail-type': 'Object Created',
  source: 'aws.s3',
  account: '123456789012',
  time: '2026-11-24T08:12:31Z',
  region: 'eu-west-1',
  resources: [`arn:aws:s3:::${BUCKET}`],
  detail: {
    version: '0',
    bucket: { name: BUCKET },
    object: { key: KEY, size: 4711, etag: '9b2cf535f27731c974343645a3985328', sequencer: '00674A', ...object },
    'request-id': '5F1B8C0E6D2A4B17',
    requester: 'cloudtrail.amazonaws.com',
    'source-ip-address': '203.0.113.7',
    reason: 'PutObject',
  },
  ...rest,
});

const trailMessage = (...keys: readonly string[]) => ({ s3Bucket: BUCKET, s3ObjectKey: keys });

const testEvent = {
  Service: 'Amazon S3',
  Event: 's3:TestEvent',
  Time: '2026-11-24T07:59:02.114Z',
  Bucket: BUCKET,
  RequestId: '5F1B8C0E6D2A4B17',
  HostId: 'c2hvcnQ=',
};

const text = (message: unknown): string => (typeof message === 'string' ? message : JSON.stringify(message));

const snsEnvelope = (message: unknown, rest: object = {}) => ({
  Type: 'Notification',
  MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
  TopicArn: 'arn:aws:sns:eu-west-1:123456789012:log-files',
  Subject: 'Amazon S3 Notification',
  Message: text(message),
  Timestamp: '2026-11-24T08:12:32.001Z',
  SignatureVersion: '1',
  Signature: 'c2hvcnQ=',
  SigningCertURL: 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService.pem',
  UnsubscribeURL: 'https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe',
  ...rest,
});

const snsEvent = (message: unknown) => ({
  Records: [
    {
      EventSource: 'aws:sns',
      EventVersion: '1.0',
      EventSubscriptionArn: 'arn:aws:sns:eu-west-1:123456789012:log-files:2bcfbf39',
      Sns: snsEnvelope(message),
    },
  ],
});

const sqsEvent = (...bodies: readonly unknown[]) => ({
  Records: bodies.map((body, index) => ({
    messageId: `059f36b4-87a3-44ab-83d2-66197585000${index}`,
    receiptHandle: 'AQEBexample',
    body: text(body),
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1795507952000' },
    messageAttributes: {},
    md5OfBody: 'e4e68fb7bd0e697a0ae8f1bb342846b3',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-west-1:123456789012:log-files',
    awsRegion: 'eu-west-1',
  })),
});

const announced: LogFileRef = { bucket: BUCKET, key: KEY, size: 4711, region: 'eu-west-1' };
const announcedByTrail: LogFileRef = { bucket: BUCKET, key: KEY };

describe('the log file is found in', () => {
  test.each<[string, unknown, LogFileRef]>([
    ['S3 to Lambda', s3Event(), announced],
    ['S3 to SQS to Lambda', sqsEvent(s3Event()), announced],
    ['S3 to SNS to Lambda', snsEvent(s3Event()), announced],
    ['S3 to SNS to SQS to Lambda', sqsEvent(snsEnvelope(s3Event())), announced],
    ['the same with raw delivery', sqsEvent(s3Event()), announced],
    ['S3 to EventBridge to Lambda', eventBridgeEvent(), announced],
    ['S3 to EventBridge to SQS to Lambda', sqsEvent(eventBridgeEvent()), announced],
    ['S3 to EventBridge to SNS to SQS to Lambda', sqsEvent(snsEnvelope(eventBridgeEvent())), announced],
    ['a trail to SNS to Lambda', snsEvent(trailMessage(KEY)), announcedByTrail],
    ['a trail to SNS to SQS to Lambda', sqsEvent(snsEnvelope(trailMessage(KEY))), announcedByTrail],
    ['a trail to SNS to SQS with raw delivery', sqsEvent(trailMessage(KEY)), announcedByTrail],
    ['a trail message by hand', trailMessage(KEY), announcedByTrail],
    ['a trail message by hand with one key and no list', { s3Bucket: BUCKET, s3ObjectKey: KEY }, announcedByTrail],
    [
      'an S3 event by hand, as short as it can be',
      { Records: [{ s3: { bucket: { name: BUCKET }, object: { key: KEY } } }] },
      announcedByTrail,
    ],
    ['the body of an SQS message', text(s3Event()), announced],
    ['the body of an SQS message from a topic', text(snsEnvelope(s3Event())), announced],
    ['a body that was written as JSON twice', text(text(text(s3Event()))), announced],
    ['a body with white space around it', `\n ${text(s3Event())}\r\n`, announced],
  ])('%s', (_, notification, expected) => {
    expect(logFilesIn(notification)).toEqual({ logFiles: [expected], skipped: [] });
  });
});

test('every log file of a notification is found, in its order', () => {
  const keys = ['a', 'b', 'c'].map((name) => `${FOLDER}/${name}.json.gz`);
  const wanted = keys.map((key) => expect.objectContaining({ bucket: BUCKET, key }));
  const records = keys.map((key) => s3Record({ key }));
  expect(logFilesIn(s3Event(...records)).logFiles).toEqual(wanted);
  expect(logFilesIn(sqsEvent(...records.map((record) => s3Event(record)))).logFiles).toEqual(wanted);
  expect(logFilesIn(snsEvent(trailMessage(...keys))).logFiles).toEqual(wanted);
});

test('wrappings of different kinds may come in one batch', () => {
  const batch = sqsEvent(s3Event(), snsEnvelope(trailMessage(KEY)), eventBridgeEvent(), testEvent);
  expect(logFilesIn(batch)).toEqual({
    logFiles: [announced, announcedByTrail, announced],
    skipped: [{ bucket: BUCKET, why: 'test-event' }],
  });
});

test('a list without entries announces nothing', () => {
  expect(logFilesIn({ Records: [] })).toEqual({ logFiles: [], skipped: [] });
  expect(logFilesIn(trailMessage())).toEqual({ logFiles: [], skipped: [] });
});

describe('the version announced', () => {
  test('is part of the reference, from S3 and from EventBridge', () => {
    const versionId = '096fKKXTRTtl3on89fVO.nfljtsv6qko';
    expect(logFilesIn(s3Event(s3Record({ versionId }))).logFiles).toEqual([{ ...announced, versionId }]);
    expect(logFilesIn(eventBridgeEvent({ 'version-id': versionId })).logFiles).toEqual([{ ...announced, versionId }]);
  });

  test('named null is the one a bucket has whose versioning is suspended', () => {
    expect(logFilesIn(s3Event(s3Record({ versionId: 'null' }))).logFiles).toEqual([
      { ...announced, versionId: 'null' },
    ]);
  });

  test.each([
    ['null', null],
    ['empty', ''],
    ['a number', 7],
  ])('that is %s is none', (_, versionId) => {
    expect(logFilesIn(s3Event(s3Record({ versionId }))).logFiles).toEqual([announced]);
  });
});

test.each([
  ['a text', '4711'],
  ['negative', -1],
  ['a fraction', 1.5],
  ['null', null],
  ['beyond counting', 1e300],
])('a size that is %s is not known', (_, size) => {
  const { size: _size, ...unsized } = announced;
  expect(logFilesIn(s3Event(s3Record({ size }))).logFiles).toEqual([unsized]);
});

describe('a key', () => {
  const folder = (prefix: string) => `${prefix}${FOLDER}/${NAME}`;

  test.each([
    ['a space as plus', 'my+logs/', 'my logs/'],
    ['a plus as %2B', 'a%2Bb/', 'a+b/'],
    ['an equals sign as %3D', 'year%3D2026/', 'year=2026/'],
    ['a slash as %2F', 'team%2Flogs/', 'team/logs/'],
    ['UTF-8 by the byte', 'Z%C3%BCrich/', 'Zürich/'],
    ['a percent sign as %25', '100%25/', '100%/'],
  ])('is decoded from S3, which writes %s', (_, written, plain) => {
    expect(logFilesIn(s3Event(s3Record({ key: folder(written) }))).logFiles[0]?.key).toBe(folder(plain));
  });

  test.each(['my+logs/', 'a%2Bb/', '100%/', 'a b/', 'Zürich/', '%E0%A4%A/'])(
    'with %j is taken as it stands from EventBridge and from a trail',
    (prefix) => {
      expect(logFilesIn(eventBridgeEvent({ key: folder(prefix) })).logFiles[0]?.key).toBe(folder(prefix));
      expect(logFilesIn(trailMessage(folder(prefix))).logFiles[0]?.key).toBe(folder(prefix));
    },
  );

  test.each(['100%/', '%E0%A4%A/', '%ff+x/'])(
    'from S3 that does not decode, as %j, is taken as it stands',
    (prefix) => {
      expect(logFilesIn(s3Event(s3Record({ key: folder(prefix) }))).logFiles[0]?.key).toBe(folder(prefix));
    },
  );

  test('is decoded once, however deep its message is wrapped', () => {
    const notification = sqsEvent(snsEnvelope(s3Event(s3Record({ key: folder('a%252Bb/') }))));
    expect(logFilesIn(notification).logFiles[0]?.key).toBe(folder('a%2Bb/'));
  });
});

describe('a record that comes as an event', () => {
  const record = { eventSource: 'es.amazonaws.com', eventName: 'DeleteDomain', eventID: 'a' };
  const recordEvent = (source: string, rest: object = {}) => ({
    version: '0',
    id: 'b1f0ac5e-5a1b-4f35-9d0f-5a2f3f4b7a55',
    'detail-type': 'AWS API Call via CloudTrail',
    source,
    account: '123456789012',
    time: '2026-11-24T08:12:31Z',
    region: 'eu-west-1',
    resources: [],
    detail: record,
    ...rest,
  });
  const nothingElse = { logFiles: [], skipped: [] };

  test.each(['aws.es', 'aws.opensearchservice'])('of %s is what a log file would hold', (source) => {
    expect(logFilesIn(recordEvent(source))).toEqual({ ...nothingElse, records: [record] });
    expect(logFilesIn({ Records: [{ body: text(recordEvent(source)) }] })).toEqual({
      ...nothingElse,
      records: [record],
    });
  });

  test('leaves a batch of log files as it was', () => {
    const { logFiles, records } = logFilesIn({
      Records: [{ body: text(recordEvent('aws.es')) }, ...s3Event().Records],
    });
    expect([logFiles.length, records]).toEqual([1, [record]]);
  });

  test.each([
    ['without a record', { detail: 'none' }],
    ['whose record names no service', { detail: { eventName: 'DeleteDomain' } }],
    ['that tells of an update of a domain', { 'detail-type': 'Amazon OpenSearch Service Domain Update Notification' }],
  ])('%s is none that is known', (_, rest) => {
    expect(() => logFilesIn(recordEvent('aws.es', rest))).toThrow('notification has an unknown shape');
  });
});

describe('a log file is told by its folder:', () => {
  const at = (path: string) => `${path}/eu-west-1/2026/11/24/${NAME}`;

  test.each([
    ['an account trail', at('AWSLogs/123456789012/CloudTrail')],
    ['a trail with a prefix', at('security/trails/AWSLogs/123456789012/CloudTrail')],
    ['an organization trail', at('AWSLogs/o-abcd1234ef/123456789012/CloudTrail')],
    ['Control Tower', at('o-abcd1234ef/AWSLogs/123456789012/CloudTrail')],
    ['Control Tower since landing zone 3.0', at('o-abcd1234ef/AWSLogs/o-abcd1234ef/123456789012/CloudTrail')],
    ['GovCloud', `AWSLogs/123456789012/CloudTrail/us-gov-west-1/2026/11/24/${NAME}`],
    ['the older form of names', `${FOLDER}/123456789012_CloudTrail_us-east-1_20140620T1255ZHdkvFTXOA3Vnhbc.json.gz`],
    ['a prefix that names a sibling', at('CloudTrail-Digest/AWSLogs/123456789012/CloudTrail')],
    ['a prefix that is a log folder itself', at('AWSLogs/210987654321/Config/AWSLogs/123456789012/CloudTrail')],
    ['a copy that was decompressed', KEY.replace(/\.gz$/, '')],
  ])('%s', (_, key) => {
    expect(logFilesIn(trailMessage(key))).toEqual({ logFiles: [{ bucket: BUCKET, key }], skipped: [] });
  });

  test.each<[string, Skipped['why'], string]>([
    ['a digest', 'digest', at('AWSLogs/123456789012/CloudTrail-Digest')],
    ['a digest of an organization', 'digest', at('logs/AWSLogs/o-abcd1234ef/123456789012/CloudTrail-Digest')],
    ['an Insights file', 'insight', at('AWSLogs/123456789012/CloudTrail-Insight')],
    ['a file of network activity', 'network-activity', at('AWSLogs/123456789012/CloudTrail-NetworkActivity')],
    ['an aggregated file', 'aggregated', at('AWSLogs/123456789012/CloudTrail-Aggregated')],
    ['a sibling of a kind not known', 'not-a-log-file', at('AWSLogs/123456789012/CloudTrail-Lake')],
    ['a file of AWS Config', 'not-a-log-file', at('AWSLogs/123456789012/Config')],
    ['the folder of an account', 'not-a-log-file', 'AWSLogs/123456789012/'],
    ['the folder of a day', 'not-a-log-file', `${FOLDER}/`],
    ['a name alone', 'not-a-log-file', NAME],
    ['an account number that is too short', 'not-a-log-file', at('AWSLogs/12345678901/CloudTrail')],
    ['a folder that ends like ours', 'not-a-log-file', at('myAWSLogs/123456789012/CloudTrail')],
    ['another ending', 'not-a-log-file', `${KEY}.tmp`],
    ['a folder in the place of the name', 'not-a-log-file', `${KEY}/manifest.json.gz`],
    ['a name followed by a line break', 'not-a-log-file', `${KEY}\n`],
  ])('%s is skipped', (_, why, key) => {
    expect(logFilesIn(trailMessage(key))).toEqual({ logFiles: [], skipped: [{ bucket: BUCKET, key, why }] });
  });

  test('a sibling does not keep the log files beside it from being read', () => {
    const digest = at('AWSLogs/123456789012/CloudTrail-Digest');
    expect(logFilesIn(s3Event(s3Record({ key: digest }), s3Record()))).toEqual({
      logFiles: [announced],
      skipped: [{ bucket: BUCKET, key: digest, why: 'digest' }],
    });
  });

  test('a very long key is judged at once', () => {
    const key = 'AWSLogs/123456789012/CloudTrail/'.repeat(30_000);
    expect(logFilesIn(trailMessage(key)).skipped).toHaveLength(1);
  });
});

describe('an object', () => {
  test.each(['Put', 'Post', 'Copy', 'CompleteMultipartUpload', 'SomethingNew'])('created by %s is read', (by) => {
    expect(logFilesIn(s3Event(s3Record({}, { eventName: `ObjectCreated:${by}` }))).logFiles).toEqual([announced]);
  });

  test.each([
    ['absent', undefined],
    ['null', null],
    ['empty', ''],
    ['in the form of the subscription', 's3:ObjectCreated:Put'],
  ])('is read when what happened is %s', (_, eventName) => {
    expect(logFilesIn(s3Event(s3Record({}, { eventName }))).logFiles).toEqual([announced]);
  });

  test.each(['ObjectRemoved:Delete', 'ObjectTagging:Put', 'ObjectAcl:Put', 'LifecycleTransition', 'ObjectCreatedish'])(
    'that was subject to %s is skipped',
    (eventName) => {
      expect(logFilesIn(s3Event(s3Record({}, { eventName })))).toEqual({
        logFiles: [],
        skipped: [{ bucket: BUCKET, key: KEY, why: 'not-created' }],
      });
    },
  );

  test.each(['Object Deleted', 'Object Tags Added', 'Object Restore Completed'])(
    'for which EventBridge says %s is skipped',
    (type) => {
      expect(logFilesIn(eventBridgeEvent({}, { 'detail-type': type }))).toEqual({
        logFiles: [],
        skipped: [{ bucket: BUCKET, key: KEY, why: 'not-created' }],
      });
    },
  );
});

describe('the test message', () => {
  test.each([
    ['of S3, bare', testEvent],
    ['of S3 through SQS', sqsEvent(testEvent)],
    ['of S3 through SNS', snsEvent(testEvent)],
    ['of S3 through SNS and SQS', sqsEvent(snsEnvelope(testEvent))],
  ])('%s is skipped', (_, notification) => {
    expect(logFilesIn(notification)).toEqual({ logFiles: [], skipped: [{ bucket: BUCKET, why: 'test-event' }] });
  });

  test.each([
    ['of a trail to its topic', snsEvent('CloudTrail validation message.')],
    ['of a trail through SNS and SQS', sqsEvent(snsEnvelope('CloudTrail validation message.'))],
    ['of a trail with raw delivery', 'CloudTrail validation message.'],
  ])('%s is skipped, though it is not JSON', (_, notification) => {
    expect(logFilesIn(notification)).toEqual({ logFiles: [], skipped: [{ why: 'test-event' }] });
  });
});

const wrapped = (message: unknown, times: number): unknown =>
  times === 0 ? message : wrapped(snsEnvelope(message), times - 1);

test('four wrappings are taken off', () => {
  expect(logFilesIn(wrapped(s3Event(), 4)).logFiles).toEqual([announced]);
});

describe('an error, never silence, is the answer to', () => {
  const { s3: _s3, ...recordOfNothing } = s3Record();

  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'unknown shape: got undefined'],
    ['null', null, 'unknown shape: got null'],
    ['a number', 42, 'unknown shape: got 42'],
    ['a list', [s3Record()], 'unknown shape: got [{'],
    ['an object of nothing', {}, 'unknown shape: got an object with []'],
    ['a text of nothing', '', 'not JSON: got ""'],
    ['a text that is no JSON', 'please scan', 'not JSON: got "please scan"'],
    ['JSON cut short', text(s3Event()).slice(0, 300), 'not JSON: got "{\\"Records\\":[{\\"eventVersion\\"'],
    ['a body that is no JSON', sqsEvent('please scan'), 'not JSON: got "please scan" in an SQS message'],
    ['a body of nothing', sqsEvent(''), 'not JSON: got "" in an SQS message'],
    [
      'a message in a message that is no JSON',
      sqsEvent(snsEnvelope('hi')),
      'got "hi" in an SNS message in an SQS message',
    ],
    ['records that are no list', { Records: s3Record() }, 'unknown shape: got an object with ["Records"]'],
    ['records that are null', { Records: null }, 'unknown shape'],
    ['a record that is null', { Records: [null] }, 'got null in an entry of Records'],
    [
      'a record of no known source',
      { Records: [recordOfNothing] },
      'unknown shape: got an object with ["eventVersion"',
    ],
    ['one unknown record among known ones', s3Event(s3Record(), recordOfNothing), 'unknown shape'],
    [
      'the content of a log file',
      { Records: [{ eventVersion: '1.11', eventSource: 's3.amazonaws.com', eventName: 'PutObject' }] },
      'unknown shape',
    ],
    ['a record of Kinesis', { Records: [{ eventSource: 'aws:kinesis', kinesis: { data: 'e30=' } }] }, 'unknown shape'],
    ['an event of a schedule', { source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} }, 'unknown shape'],
    [
      'a call that EventBridge reports',
      eventBridgeEvent({}, { 'detail-type': 'AWS API Call via CloudTrail' }),
      'in an EventBridge event',
    ],
    [
      'an EventBridge event without type',
      eventBridgeEvent({}, { 'detail-type': undefined }),
      'in an EventBridge event',
    ],
    [
      'an EventBridge event without detail',
      eventBridgeEvent({}, { detail: null }),
      'names no object: got bucket undefined',
    ],
    [
      'a record of S3 without key',
      s3Event(s3Record({ key: undefined })),
      `names no object: got bucket "${BUCKET}", key undefined`,
    ],
    ['a record of S3 whose key is empty', s3Event(s3Record({ key: '' })), 'key ""'],
    ['a record of S3 whose key is a list', s3Event(s3Record({ key: [KEY] })), 'names no object'],
    ['a record of S3 without bucket', s3Event(s3Record({}, { s3: { object: { key: KEY } } })), 'got bucket undefined'],
    [
      'a deletion without key',
      s3Event(s3Record({ key: null }, { eventName: 'ObjectRemoved:Delete' })),
      'names no object',
    ],
    ['a trail message without bucket', { s3ObjectKey: [KEY] }, 'got bucket undefined'],
    ['a trail message whose keys are null', { s3Bucket: BUCKET, s3ObjectKey: null }, 'key null'],
    ['a trail message with a key of nothing', trailMessage(KEY, ''), 'key ""'],
    [
      'a later form of S3 events',
      s3Event(s3Record({}, { eventVersion: '3.0' })),
      'S3 event has version "3.0", allowed: 2.x',
    ],
    ['a form of S3 events that begins alike', s3Event(s3Record({}, { eventVersion: '20.1' })), 'version "20.1"'],
    [
      'a subscription to confirm',
      snsEnvelope('You have chosen …', { Type: 'SubscriptionConfirmation', SubscribeURL: 'https://…' }),
      'topic "arn:aws:sns:eu-west-1:123456789012:log-files" waits to be confirmed',
    ],
    ['wrappings without end', wrapped(s3Event(), 5), 'wrapped more than 4 times'],
  ])('%s', (_, notification, message) => {
    expect(() => logFilesIn(notification)).toThrow(message);
  });

  test('a notification of any length, in a message of a few lines', () => {
    const shown = (notification: unknown): string => {
      try {
        return JSON.stringify(logFilesIn(notification));
      } catch (error) {
        return String(error);
      }
    };
    expect(shown('x'.repeat(250_000)).length).toBeLessThan(500);
    expect(shown({ ['k'.repeat(250_000)]: 1 }).length).toBeLessThan(500);
    expect(shown(['x'.repeat(250_000)]).length).toBeLessThan(500);
    expect(shown('line\nbreak')).not.toContain('\n');
  });

  test('a later minor version of S3 events is read', () => {
    expect(logFilesIn(s3Event(s3Record({}, { eventVersion: '2.17' }))).logFiles).toEqual([announced]);
  });
});

test('a member named like one of every object is data', () => {
  const hostile = JSON.parse(`{"__proto__": {"Records": []}, "constructor": {}}`) as unknown;
  expect(() => logFilesIn(hostile)).toThrow('unknown shape');
});
