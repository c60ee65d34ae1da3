import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ALERT_SEVERITIES, type AlertSeverity } from '../../core/base/severity';
import { toDemoLogFile } from '../../local/demo-log-file';
import type { Batch } from '../../local/event-source-mapping';
import { startFunction } from '../../local/lambda-function';
import { startStack, type RunningStack } from '../../local/running-stack';
import { toPlan } from '../../local/plan';
import { messageFor, refusalOf, type Publish } from '../../local/sns-message';
import type { Resource } from '../../local/template';
import { schemaProblems } from '../support/alert-schema';

const ARCHIVE = 'arn:aws:sqs:us-east-1:000000000000:archive';
const ON_CALL = 'on-call@example.com';
const PAGER = 'pager@example.com';

jest.setTimeout(40_000);

describe('the stack on this machine', () => {
  let monitor: RunningStack;

  beforeAll(async () => {
    monitor = await startStack({
      subscribers: [
        { protocol: 'sqs', endpoint: ARCHIVE },
        { protocol: 'email', endpoint: ON_CALL, minimumSeverity: 'HIGH' },
        { protocol: 'email', endpoint: PAGER, minimumSeverity: 'CRITICAL' },
      ],
    });
  }, 60_000);

  afterAll(() => monitor.close());

  test('the risky update arrives in the CRITICAL inbox only, the creation in its own, and nothing else arrives', async () => {
    const { key, body, calls, risky } = toDemoLogFile(new Date());
    await monitor.upload(key, body);
    await monitor.until('both calls arrived', () => calls.every((call) => topicsOf(call).length > 0));
    await monitor.until('the function is done', () => runsOf(key).length === 1);

    expect(topicsOf(risky)).toEqual(['CRITICAL']);
    const [creation] = calls;
    const [severity] = topicsOf(creation);
    expect(topicsOf(creation)).toHaveLength(1);
    expect(severity).not.toBe('CRITICAL');
    expect(bodyOf(creation)['severity']).toMatch(new RegExp(`^${severity}$`, 'i'));
    expect(archived()).toHaveLength(calls.length);
    expect(mailsTo(PAGER)).toEqual([expect.stringContaining(risky?.eventID ?? '')]);
  });

  test('every machine body that arrived follows the published schema', () => {
    expect(archived().length).toBeGreaterThan(0);
    expect(archived().flatMap(schemaProblems)).toEqual([]);
  });

  test('a subscriber with minimum severity HIGH gets the HIGH and the CRITICAL alerts only', async () => {
    const calls = {
      LOW: call('grades', { iPAddressType: 'dualstack' }),
      MEDIUM: call('grades', { accessPolicies: '' }),
      HIGH: call('grades', { domainEndpointOptions: { enforceHTTPS: false } }),
      CRITICAL: call('grades', { accessPolicies: OPEN }),
    };
    await upload('grades of July + août (100%)', Object.values(calls));
    await monitor.until('all calls arrived', () => ALERT_SEVERITIES.every((one) => topicsOf(calls[one]).length > 0));

    for (const severity of ALERT_SEVERITIES) expect(topicsOf(calls[severity])).toEqual([severity]);
    const heardOf = (address: string): readonly AlertSeverity[] =>
      ALERT_SEVERITIES.filter((one) => mailsTo(address).some((mail) => mail.includes(calls[one].eventID)));
    expect(heardOf(ON_CALL)).toEqual(['HIGH', 'CRITICAL']);
    expect(heardOf(PAGER)).toEqual(['CRITICAL']);
  });

  test('records of one file never leak into what is said about another', async () => {
    const domains = ['apricot', 'bilberry', 'cranberry'];
    const calls = domains.map((domain) => call(domain, { accessPolicies: OPEN }));
    await whileDisabled(async () => {
      for (const one of calls) await upload(one.domain, [one]);
      await queued(domains.length);
    });
    await monitor.until('all calls arrived', () => calls.every((one) => topicsOf(one).length > 0));

    await monitor.until('the batch is done', () => runsOf('apricot').length > 0);
    expect(runsOf('apricot')[0]?.messages).toHaveLength(domains.length);
    for (const { domain, eventID } of calls) {
      const said = monitor.inbox.filter(({ message }) => message.includes(domain) || message.includes(eventID));
      expect(said.map(({ endpoint }) => endpoint).sort()).toEqual([ARCHIVE, ON_CALL, PAGER].sort());
      for (const { message, subject = '' } of said) {
        for (const other of calls.filter((one) => one.eventID !== eventID)) {
          expect(message).not.toContain(other.domain);
          expect(message).not.toContain(other.eventID);
          expect(subject).not.toContain(other.domain);
        }
      }
    }
  });

  test('a log file that is delivered twice is told once', async () => {
    const twice = call('echo', { accessPolicies: OPEN });
    await upload('echo', [twice]);
    await monitor.until('the call arrived', () => topicsOf(twice).length > 0);
    await upload('echo', [twice]);
    await monitor.until('the function was given the file again', () => runsOf('echo').length === 2);
    expect(runsOf('echo').flatMap(failedIn)).toEqual([]);
    expect(topicsOf(twice)).toEqual(['CRITICAL']);
  });

  test('one unreadable file in a batch of ten fails alone and after five receives is where the alarm looks', async () => {
    const calls = Array.from({ length: 9 }, (_, index) => call(`orchard-${index}`, { accessPolicies: OPEN }));
    const lost = call('lost-orchard', { accessPolicies: OPEN });
    await whileDisabled(async () => {
      for (const one of calls) await upload(one.domain, [one]);
      await monitor.upload(keyOf('unreadable'), logFileOf([lost]).subarray(0, -9));
      await queued(10);
    });
    await monitor.until('nine calls arrived', () => calls.every((one) => topicsOf(one).length > 0));
    await monitor.until('the batch is done', () => runsOf('unreadable').length > 0);

    const [batch] = runsOf('unreadable');
    expect(batch?.messages).toHaveLength(10);
    expect(batch?.invocation.outcome).toBe('returned');
    expect(failedIn(batch)).toEqual([expect.stringContaining('unreadable')]);

    const { deadLetterQueue, alarmedQueues } = deadLetters();
    expect(alarmedQueues).toContain(deadLetterQueue.split(':').at(-1));
    const visible = (): Promise<number> => monitor.resources.visibleMessages(deadLetterQueue);
    expect(await visible()).toBe(0);
    await monitor.until('the message is in the dead-letter queue', async () => (await visible()) > 0);
    expect(await visible()).toBe(1);
    expect(runsOf('unreadable')).toHaveLength(5);
    for (const one of calls) expect(topicsOf(one)).toEqual(['CRITICAL']);
    expect(topicsOf(lost)).toEqual([]);
  });

  test('an alert that cannot be published fails its message alone and arrives once its topic is back', async () => {
    const critical = call('hedgerow', { accessPolicies: OPEN });
    const medium = call('meadow', { accessPolicies: '' });
    const deadBefore = await monitor.resources.visibleMessages(deadLetters().deadLetterQueue);
    await monitor.resources.deleteTopic(monitor.topicArns.CRITICAL);
    await whileDisabled(async () => {
      await upload('hedgerow', [critical]);
      await upload('meadow', [medium]);
      await queued(2);
    });
    await monitor.until('the message failed', () => runsOf('hedgerow').length > 0);
    expect(failedIn(runsOf('hedgerow')[0])).toEqual([expect.stringContaining('hedgerow')]);
    expect(topicsOf(critical)).toEqual([]);

    await monitor.resources.createTopic(monitor.topicArns.CRITICAL);
    await monitor.until('the call arrived', () => topicsOf(critical).length > 0);
    await monitor.until('the message succeeded', () => failedIn(runsOf('hedgerow').at(-1)).length === 0);
    expect(topicsOf(critical)).toEqual(['CRITICAL']);
    expect(topicsOf(medium)).toEqual(['MEDIUM']);
    expect(await monitor.resources.visibleMessages(deadLetters().deadLetterQueue)).toBe(deadBefore);
  });

  /** The machine bodies that arrived, in order. */
  const archived = (): readonly Record<string, unknown>[] =>
    monitor.inbox
      .filter(({ endpoint }) => endpoint === ARCHIVE)
      .map(({ message }) => JSON.parse(message) as Record<string, unknown>);

  /** Severities of the topics on which a call was told, once for each time. */
  function topicsOf(record: { readonly eventID: string } | undefined): readonly AlertSeverity[] {
    return monitor.inbox
      .filter(({ endpoint, message }) => endpoint === ARCHIVE && message.includes(`"${record?.eventID}"`))
      .map(({ topicArn }) => ALERT_SEVERITIES.find((one) => monitor.topicArns[one] === topicArn) ?? 'LOW');
  }

  const bodyOf = (record: { readonly eventID: string } | undefined): Record<string, unknown> =>
    archived().find((body) => JSON.stringify(body).includes(`"${record?.eventID}"`)) ?? {};

  const mailsTo = (address: string): readonly string[] =>
    monitor.inbox.filter(({ endpoint }) => endpoint === address).map(({ message }) => message);

  /** The batches that held the message about the file whose key contains `name`. */
  const runsOf = (name: string): readonly Batch[] =>
    monitor.mapping.batches.filter(({ messages }) => messages.some(({ Body }) => Body?.includes(name)));

  /** Bodies of the messages that go back to the queue. */
  const failedIn = (batch: Batch | undefined): readonly string[] =>
    (batch?.messages ?? [])
      .filter(({ MessageId }) => batch?.failed.includes(MessageId ?? ''))
      .map(({ Body }) => Body ?? '');

  const upload = (name: string, records: readonly object[]): Promise<void> =>
    monitor.upload(keyOf(name), logFileOf(records));

  /** Nothing is taken from the queue until `work` is done. */
  async function whileDisabled(work: () => Promise<void>): Promise<void> {
    await monitor.mapping.disable();
    await work();
    monitor.mapping.enable();
  }

  const queued = (count: number): Promise<void> =>
    monitor.until(
      `${count} messages wait`,
      async () => (await monitor.resources.visibleMessages(monitor.plan.mapping.queueArn)) === count,
    );

  /** What the template says: where the queue's failed messages go, and which queues have an alarm on their messages. */
  function deadLetters() {
    const { queues, mapping, alarms } = monitor.plan;
    const { attributes } = queues.find(({ arn }) => arn === mapping.queueArn) ?? {};
    const redrive = JSON.parse(attributes?.['RedrivePolicy'] ?? '{}') as { deadLetterTargetArn: string };
    const onMessages = alarms.filter(({ metricName }) => metricName === 'ApproximateNumberOfMessagesVisible');
    return {
      deadLetterQueue: redrive.deadLetterTargetArn,
      alarmedQueues: onMessages.map(({ dimensions }) => dimensions['QueueName']),
    };
  }
});

describe('what fauxqs lets pass', () => {
  const publish: Publish = { topicArn: 'arn:aws:sns:us-east-1:000000000000:topic', message: 'news', attributes: {} };
  const json = (variants: object): Publish => ({
    ...publish,
    messageStructure: 'json',
    message: JSON.stringify(variants),
  });
  const attribute = (name: string, type: string, value: string): Publish => ({
    ...publish,
    attributes: { [name]: { type, value } },
  });
  const attributes = (count: number): Publish => ({
    ...publish,
    attributes: Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`a${index}`, { type: 'String', value: 'v' }]),
    ),
  });

  test.each<[string, Publish]>([
    ['a subject of a hundred characters', { ...publish, subject: 'x'.repeat(100) }],
    ['a subject with a line break', { ...publish, subject: 'two\nlines' }],
    ['a subject that is not ASCII', { ...publish, subject: 'déjà vu' }],
    ['an empty subject', { ...publish, subject: '' }],
    ['a message of more than 256 KB', { ...publish, message: 'x'.repeat(256 * 1024 + 1) }],
    [
      'a message that is too large with its attributes',
      { ...attribute('a', 'String', 'xx'), message: 'x'.repeat(256 * 1024 - 8) },
    ],
    ['a message for protocols without a default', json({ email: 'news' })],
    ['a message for a protocol that is no text', json({ default: 'news', email: { text: 'news' } })],
    ['a message for protocols that is no JSON', { ...publish, messageStructure: 'json' }],
    ['a text message of more than 1600 characters', json({ default: 'news', sms: 'x'.repeat(1601) })],
    ['an eleventh attribute', attributes(11)],
    ['an empty attribute', attribute('a', 'String', '')],
    ['an attribute with a reserved name', attribute('AWS.Region', 'String', 'v')],
    ['an attribute of an unknown type', attribute('a', 'Text', 'v')],
  ])('%s is refused here, as by SNS', (_, refused) => {
    expect(refusalOf(refused)).toBeDefined();
  });

  test.each<[string, Publish]>([
    ['a subject of ninety-nine characters', { ...publish, subject: 'x'.repeat(99) }],
    ['a message of 256 KB', { ...publish, message: 'x'.repeat(256 * 1024) }],
    ['ten attributes', attributes(10)],
    ['a message for protocols with a default', json({ default: 'news', email: 'dear reader' })],
  ])('%s is accepted', (_, accepted) => {
    expect(refusalOf(accepted)).toBeUndefined();
  });

  test('each protocol gets its own message, and the default where it has none', () => {
    const news = json({ default: 'machine', email: 'dear reader' });
    expect(['email', 'sqs', 'https'].map((protocol) => messageFor(news, protocol))).toEqual([
      'dear reader',
      'machine',
      'machine',
    ]);
  });
});

describe('what the template says', () => {
  const resources: Record<string, Resource> = {
    Queue: {
      Type: 'AWS::SQS::Queue',
      Properties: { RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] } } },
    },
    Dead: { Type: 'AWS::SQS::Queue' },
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Handler: 'index.handler',
        Code: { S3Key: 'bundle.zip' },
        Environment: { Variables: { WHERE: { 'Fn::Join': ['-', ['in', { Ref: 'AWS::Region' }]] } } },
      },
    },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { FunctionName: { Ref: 'Function' }, EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
    },
  };
  const planOf = (more: Record<string, Resource> = {}) =>
    toPlan({
      stackName: 'Stack',
      template: { Resources: { ...resources, ...more } },
      assetFolders: new Map([['bundle.zip', 'asset']]),
    });

  test('it is resolved to names on this machine', () => {
    expect(planOf().mapping.queueArn).toBe('arn:aws:sqs:us-east-1:000000000000:Stack-Queue');
    expect(planOf().queues[0]?.attributes).toEqual({
      RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:Stack-Dead"}',
    });
    expect(planOf().function).toMatchObject({ taskRoot: 'asset', environment: { WHERE: 'in-us-east-1' } });
  });

  test.each<[string, Resource, RegExp]>([
    ['a resource of a type that is not known', { Type: 'AWS::Kinesis::Stream' }, /More.*AWS::Kinesis::Stream/],
    ['a second function', { Type: 'AWS::Lambda::Function' }, /More.*AWS::Lambda::Function/],
    [
      'a function of the template language that is not known',
      { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: { 'Fn::FindInMap': ['a', 'b', 'c'] } } },
      /Fn::FindInMap/,
    ],
    [
      'a reference to what has no meaning on this machine',
      { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: { Ref: 'Elsewhere' } } },
      /no value for Ref of Elsewhere/,
    ],
    [
      'a notification that does not go to a queue',
      { Type: 'AWS::S3::Bucket', Properties: { NotificationConfiguration: { TopicConfigurations: [] } } },
      /TopicConfigurations/,
    ],
  ])('%s stops the start', (_, More, message) => {
    expect(() => planOf({ More })).toThrow(message);
  });
});

describe('a function behind the Runtime API', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'es-config-monitor-test-'));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  const start = (source: string, timeoutSeconds = 5) => {
    writeFileSync(join(folder, 'index.mjs'), source);
    const names = { name: 'monitor', arn: 'arn:aws:lambda:us-east-1:123456789012:function:monitor' };
    const place = { region: 'us-east-1', taskRoot: folder, handler: 'index.handler' };
    return startFunction({ ...names, ...place, timeoutSeconds, memoryMB: 128, environment: { COLOUR: 'blue' } }, {});
  };

  test('it is given the event, its own variables and nothing of the environment it was started from', async () => {
    const lambda = await start('export const handler = async (event) => ({ event, env: process.env });');
    const invocation = await lambda.invoke({ question: 'élan' });
    await lambda.close();
    expect(invocation).toMatchObject({
      outcome: 'returned',
      payload: { event: { question: 'élan' }, env: { COLOUR: 'blue', AWS_REGION: 'us-east-1' } },
    });
    expect(invocation).not.toHaveProperty('payload.env.HOME');
    expect(invocation).not.toHaveProperty('payload.env.CDK_VALIDATION');
  });

  test('one process answers one event after the other', async () => {
    const lambda = await start('export const handler = async () => process.pid;');
    const first = await lambda.invoke({});
    const second = await lambda.invoke({});
    await lambda.close();
    expect(first).toEqual({ outcome: 'returned', payload: expect.any(Number) });
    expect(second).toEqual(first);
    expect(lambda.logs()).toBe('');
  });

  test('it is started again when its process ends or overruns its timeout, and its other events are answered', async () => {
    const lambda = await start(
      `export const handler = async (event) => {
        if (event === 'end') process.exit(3);
        if (event === 'hang') await new Promise((resolve) => setTimeout(resolve, 60000));
        if (event === 'throw') throw new RangeError('too far');
        return event;
      };`,
      1,
    );
    const events = ['end', 'one', 'hang', 'two', 'throw', 'three'];
    const invocations = await Promise.all(events.map((event) => lambda.invoke(event)));
    await lambda.close();
    expect(invocations).toMatchObject([
      { outcome: 'failed', errorType: 'Runtime.ExitError' },
      { outcome: 'returned', payload: 'one' },
      { outcome: 'failed', errorType: 'Sandbox.Timedout' },
      { outcome: 'returned', payload: 'two' },
      { outcome: 'failed', errorType: 'RangeError', errorMessage: 'too far' },
      { outcome: 'returned', payload: 'three' },
    ]);
  });

  test('one that cannot be loaded stops the start, with the reason', async () => {
    await expect(start('export const handle = 1;')).rejects.toThrow(/index\.mjs exports no function handler/);
  });
});

const ACCOUNT = '123456789012';

const OPEN = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'es:*', Resource: '*' }],
});

let callCount = 0;

/** An update of `domain` that changes what is in `request` and nothing else. */
function call(domain: string, request: object) {
  callCount += 1;
  return {
    domain,
    eventVersion: '1.08',
    userIdentity: {
      type: 'IAMUser',
      principalId: 'AIDAEXAMPLEUSERID1234',
      arn: `arn:aws:iam::${ACCOUNT}:user/gardener`,
      accountId: ACCOUNT,
      userName: 'gardener',
    },
    eventTime: '2026-11-24T10:00:00Z',
    eventSource: 'es.amazonaws.com',
    eventName: 'UpdateElasticsearchDomainConfig',
    awsRegion: 'eu-central-1',
    sourceIPAddress: '203.0.113.9',
    userAgent: 'aws-cli/2.31',
    requestParameters: { domainName: domain, ...request },
    responseElements: null,
    requestID: `00000000-0000-4000-9000-${String(callCount).padStart(12, '0')}`,
    eventID: `00000000-0000-4000-8000-${String(callCount).padStart(12, '0')}`,
    eventType: 'AwsApiCall',
    recipientAccountId: ACCOUNT,
  };
}

const logFileOf = (records: readonly object[]): Buffer => gzipSync(JSON.stringify({ Records: records }));

const keyOf = (name: string): string =>
  `AWSLogs/${ACCOUNT}/CloudTrail/eu-central-1/2026/11/24/${ACCOUNT}_CloudTrail_eu-central-1_20261124T1005Z_${name}.json.gz`;
