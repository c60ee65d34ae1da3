import { strict as assert } from 'node:assert';
import { DescribeStackResourcesCommand, type Parameter } from '@aws-sdk/client-cloudformation';
import {
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketNotificationConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
} from '@aws-sdk/client-s3';
import { SubscribeCommand } from '@aws-sdk/client-sns';
import { setTimeout as sleep } from 'node:timers/promises';
import { isObject, listOf, memberOf, textOf } from '../../core/base/members';
import { keyOf } from '../risky-log-file';
import type { Template } from '../template';
import { ACCOUNT } from './emulator';
import type { Outputs } from './stacks';
import { NAMES, queueArn } from './surroundings';
import { upgrade } from './upgrade';
import { callOn, callsOn, deleteStack, KEPT, messagesIn, subscriber, type Scenario, type World } from './world';

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

  'a stack of version 0.1: create, upgrade, alert, delete': upgrade,
};

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

/** Waits until the function has failed on a message: the message is in flight, and nobody works on it. */
async function failed(world: World, { LogFileQueueArn = '' }: Outputs): Promise<void> {
  for (let seen = 0; seen < 10; await sleep(500)) {
    const { inFlight } = await messagesIn(world, LogFileQueueArn);
    seen = inFlight === 1 ? seen + 1 : 0;
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
