import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import {
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  type Parameter,
} from '@aws-sdk/client-cloudformation';
import {
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketNotificationConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { SubscribeCommand } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isObject, listOf, memberOf, textOf } from '../../core/base/members';
import type { Settings } from '../../core/settings';
import { keyOf, logFileOf, OPEN, updateOf } from '../risky-log-file';
import type { Template } from '../template';
import type { Order } from './app';
import type { Aws } from './aws';
import { ACCOUNT } from './emulator';
import { inboxOf } from './inbox';
import type { Outputs, Stacks } from './stacks';
import { NAMES, queueArn, queueUrl, TOPIC_ARN, type SUBSCRIBERS } from './surroundings';

/** What a scenario does things with. */
export interface World {
  readonly aws: Aws;
  readonly stacks: Stacks;
  readonly endpoint: string;
  /** Publishes the assets of what was ordered under `name`, and its template. @param change what is done to the template before */
  readonly deployed: (
    name: OrderName,
    change?: (template: Template) => Template,
  ) => Promise<{ readonly TemplateURL: string }>;
  /** Copies the release into the bucket of the code, with its template. */
  readonly released: () => Promise<{ readonly TemplateURL: string; readonly settingsArchive: string }>;
  /** Tells of a fact that was seen. */
  readonly tell: (fact: string) => void;
}

/** Hides what a scenario does. */
const SCRATCH = { domain: 'scratch', reason: 'a playground', expires: '2999-12-31' } as const;
export const HIDES_SCRATCH: Settings = { suppressions: [SCRATCH] };

/** As many as people have asked about, and that one. */
const MANY: Settings = {
  trustedAccounts: Array.from({ length: 3000 }, (_, index) => String(100_000_000_000 + index)),
  suppressions: [
    ...Array.from({ length: 299 }, (_, index) => ({
      rule: 'public-endpoint-created',
      account: String(100_000_000_000 + index),
      reason: `sandbox ${index}, which is "rebuilt" every night`,
      expires: '2999-12-31',
    })),
    SCRATCH,
  ],
};

const onBucket = { stackName: 'EsConfigMonitor', subscriber: queueArn('on-a-bucket'), bucket: NAMES.bucket };

/** What is deployed, by a name for each version of a stack; `folder` is where it is synthesized. */
export const ORDERS = {
  bucket: { ...onBucket, settings: {} },
  settings: { ...onBucket, settings: MANY, logFilePrefix: `AWSLogs/${ACCOUNT}/` },
  eventbridge: { ...onBucket, settings: MANY, notifications: 'eventbridge' },
  topic: {
    stackName: 'OnTopic',
    subscriber: queueArn('on-a-topic'),
    settings: {},
    bucket: NAMES.told,
    notifications: TOPIC_ARN,
  },
  trail: { stackName: 'OnTrail', subscriber: queueArn('on-a-trail'), settings: {} },
  gone: { stackName: 'Gone', subscriber: queueArn('on-a-bucket-that-goes'), settings: {}, bucket: NAMES.gone },
} as const satisfies Record<string, Omit<Order, 'folder'>>;

export type OrderName = keyof typeof ORDERS;

export type Scenario = (world: World) => Promise<void>;

/** A stack for each source of log files, from its creation to its end. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  async 'an existing bucket: create, alert, settings, source, delete'(world) {
    const inbox = subscriber(world, 'on-a-bucket');
    await putTheirNotification(world);
    await world.stacks.create('EsConfigMonitor', await world.deployed('bucket'));
    await inbox.until(await callOn(world, NAMES.bucket, 'logs'));
    await assertTheirsIsLeft(world, 1);

    await world.stacks.update('EsConfigMonitor', await world.deployed('settings'));
    await assertTheirsIsLeft(world, 1);
    const [hidden, told] = await callsOn(world, NAMES.bucket, ['scratch', 'orders']);
    const uids = await inbox.until(told ?? '');
    assert(!uids.includes(hidden ?? ''), 'an alert that the new settings suppress was sent');
    world.tell('3,000 trusted accounts and 300 suppressions deployed in an update, and in force');

    await world.stacks.update('EsConfigMonitor', await world.deployed('eventbridge'));
    await assertTheirsIsLeft(world, 0);
    await inbox.until(await callOn(world, NAMES.bucket, 'metrics'));
    world.tell(
      "the source changed from the bucket's notifications to EventBridge; somebody else's notification kept its id",
    );

    await deleteStack(world, 'EsConfigMonitor');
    await assertTheirsIsLeft(world, 0);
  },

  async 'a topic: create, alert, delete'(world) {
    await world.stacks.create('OnTopic', await world.deployed('topic'));
    await subscriber(world, 'on-a-topic').until(await callOn(world, NAMES.told, 'logs'));
    await deleteStack(world, 'OnTopic');
  },

  async 'a bucket of its own: create, alert, delete'(world) {
    await world.stacks.create('OnTrail', await world.deployed('trail'));
    const { StackResources = [] } = await world.aws.stacks.send(
      new DescribeStackResourcesCommand({ StackName: 'OnTrail' }),
    );
    const bucket = StackResources.find(({ LogicalResourceId: id = '' }) => /^TrailBucket[0-9A-F]{8}$/.test(id));
    await subscriber(world, 'on-a-trail').until(await callOn(world, bucket?.PhysicalResourceId ?? '', 'logs'));
    await deleteStack(world, 'OnTrail', [...KEPT, 'AWS::S3::Bucket', 'AWS::S3::Bucket']);
  },

  async 'a permission that is missing, and a bucket that is deleted first'(world) {
    const outputs = await world.stacks.create('Gone', await world.deployed('gone', withoutPublishing));
    const first = await callOn(world, NAMES.gone, 'logs');
    await failed(world, outputs);
    const inbox = subscriber(world, 'on-a-bucket-that-goes');
    await world.stacks.update('Gone', await world.deployed('gone'));
    const second = await callOn(world, NAMES.gone, 'orders');
    assert.deepEqual(
      (await inbox.until(second)).filter((uid) => uid === first),
      [],
    );
    world.tell(
      'IAM is enforced: without sns:Publish in the role no alert was sent, and the message stayed in the queue',
    );

    for (const Key of [first, second].map((uid) => keyOf(uid, ACCOUNT))) {
      await world.aws.s3.send(new DeleteObjectCommand({ Bucket: NAMES.gone, Key }));
    }
    await world.aws.s3.send(new DeleteBucketCommand({ Bucket: NAMES.gone }));
    await deleteStack(world, 'Gone');
    world.tell('a stack was deleted whose bucket was gone');
  },

  async 'the plain template: create, alert, parameters, delete'(world) {
    const inbox = subscriber(world, 'of-the-plain-template');
    const { TemplateURL, settingsArchive } = await world.released();
    const parameters = (given: Readonly<Record<string, string>>): Parameter[] =>
      Object.entries(given).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));
    const given = parameters({ CodeBucket: NAMES.code, TrailBucketName: NAMES.plain });
    const outputs = await world.stacks.create('Plain', { TemplateURL, Parameters: given });
    // As docs/without-cdk.md has it: the template subscribes nobody but mailboxes.
    for (const [name, TopicArn] of Object.entries(outputs).filter(([key]) => /AlertsTopicArn$/.test(key))) {
      assert.match(TopicArn, /^arn:aws:sns:/, name);
      const Endpoint = queueArn('of-the-plain-template');
      const Attributes = { RawMessageDelivery: 'true' };
      await world.aws.sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes }));
    }
    await inbox.until(await callOn(world, NAMES.plain, 'logs'));
    world.tell('the plain template launched with its parameters, and an alert from it in a queue');

    const kept = ['CodeBucket', 'TrailBucketName'].map((ParameterKey) => ({ ParameterKey, UsePreviousValue: true }));
    const more = parameters({ SettingsArchive: settingsArchive, AlertEmail: 'oncall@example.com' });
    await world.stacks.update('Plain', { TemplateURL, Parameters: [...kept, ...more] });
    const [hidden, told] = await callsOn(world, NAMES.plain, ['scratch', 'orders']);
    const uids = await inbox.until(told ?? '');
    assert(!uids.includes(hidden ?? ''), 'an alert that the settings archive suppresses was sent');
    world.tell('the plain template updated with a settings archive, which is in force, and a mailbox');

    await deleteStack(world, 'Plain', ['AWS::DynamoDB::Table', 'AWS::Logs::LogGroup']);
  },
};

function subscriber({ aws, endpoint }: World, name: (typeof SUBSCRIBERS)[number]) {
  return inboxOf(aws.sqs, queueUrl(endpoint, name));
}

/** Uploads a log file in which somebody opens `domain` to everybody. @returns the call's eventID */
async function callOn(world: World, bucket: string, domain: string): Promise<string> {
  const [uid = ''] = await callsOn(world, bucket, [domain]);
  return uid;
}

/** The same of several domains, in one log file. @returns the eventIDs, of which the first names the file */
async function callsOn({ aws }: World, Bucket: string, domains: readonly string[]): Promise<readonly string[]> {
  const eventTime = `${new Date().toISOString().slice(0, 19)}Z`;
  const calls = domains.map((domain) => ({ eventID: randomUUID(), eventTime, domain }));
  const Body = logFileOf(calls.map((call) => updateOf(call, { accessPolicies: OPEN })));
  await aws.s3.send(new PutObjectCommand({ Bucket, Key: keyOf(calls[0]?.eventID ?? '', ACCOUNT), Body }));
  return calls.map(({ eventID }) => eventID);
}

/** A notification of somebody else, which no deployment may touch, and events to EventBridge. */
async function putTheirNotification({ aws }: World): Promise<void> {
  const theirs = {
    Id: 'theirs',
    QueueArn: queueArn(NAMES.theirs),
    Events: ['s3:ObjectCreated:*' as const],
    Filter: { Key: { FilterRules: [{ Name: 'prefix' as const, Value: 'config/' }] } },
  };
  await aws.s3.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket: NAMES.bucket,
      NotificationConfiguration: { QueueConfigurations: [theirs], EventBridgeConfiguration: {} },
    }),
  );
}

/** Theirs has its id, and there are so many of ours. */
async function assertTheirsIsLeft({ aws }: World, ours: number): Promise<void> {
  const found = await aws.s3.send(new GetBucketNotificationConfigurationCommand({ Bucket: NAMES.bucket }));
  const queues = found.QueueConfigurations ?? [];
  const theirs = queues.filter(({ QueueArn }) => QueueArn === queueArn(NAMES.theirs)).map(({ Id }) => Id);
  assert.deepEqual([theirs, queues.length], [['theirs'], ours + 1]);
  assert(found.EventBridgeConfiguration, 'the bucket no longer sends events to EventBridge');
}

/** What outlives a stack, and docs/configuration.md calls kept. */
const KEPT = ['AWS::DynamoDB::Table', 'AWS::Logs::LogGroup', 'AWS::Logs::LogGroup'];

/** Deletes a stack, and asserts that nothing of it is left but what is `kept`. */
async function deleteStack({ aws, stacks }: World, name: string, toKeep: readonly string[] = KEPT): Promise<void> {
  await stacks.delete(name);
  const { StackEvents = [] } = await aws.stacks.send(new DescribeStackEventsCommand({ StackName: name }));
  const kept = StackEvents.filter(({ ResourceStatus }) => ResourceStatus === 'DELETE_SKIPPED');
  assert.deepEqual(kept.map(({ ResourceType }) => String(ResourceType)).sort(), [...toKeep].sort());
}

/** Waits until the function has failed on a message: the message is in flight, and nobody works on it. */
async function failed({ aws }: World, { LogFileQueueArn = '' }: Outputs): Promise<void> {
  const QueueUrl = `https://localhost/${ACCOUNT}/${LogFileQueueArn.split(':').at(-1)}`;
  const command = new GetQueueAttributesCommand({
    QueueUrl,
    AttributeNames: ['ApproximateNumberOfMessagesNotVisible'],
  });
  for (let seen = 0; seen < 10; await sleep(500)) {
    const { Attributes } = await aws.sqs.send(command);
    seen = Attributes?.ApproximateNumberOfMessagesNotVisible === '1' ? seen + 1 : 0;
  }
}

function withoutPublishing(template: Template): Template {
  const resources = Object.entries(template.Resources).map(([id, resource]) => {
    const document = memberOf(resource.Properties, 'PolicyDocument');
    if (resource.Type !== 'AWS::IAM::Policy' || !isObject(document)) return [id, resource] as const;
    const Statement = listOf(document['Statement']).filter((one) => textOf(memberOf(one, 'Action')) !== 'sns:Publish');
    const Properties = { ...resource.Properties, PolicyDocument: { ...document, Statement } };
    return [id, { ...resource, Properties }] as const;
  });
  return { ...template, Resources: Object.fromEntries(resources) };
}
