import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, LambdaSubscription, SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { EsConfigMonitor } from '../../lib/es-config-monitor';
import type { PropsInStack } from '../../lib/es-config-monitor-stack';
import { appWith, onExistingBucket, stackWith } from './stack-in';
import { ids as DEPLOYED } from './logical-ids.json';

const email = new EmailSubscription('a@example.com');

/** Stacks that people have deployed, by what they are on. */
const STACKS: Readonly<Record<keyof typeof DEPLOYED, PropsInStack>> = {
  'a new trail': () => ({}),
  'a new trail under a key of the stack': (stack) => ({ encryptionKey: new Key(stack, 'LogKey') }),
  'an existing bucket': onExistingBucket(),
  'an existing bucket with a fast path': onExistingBucket({
    fastPath: true,
    fastPathFrom: ['o-a1b2c3d4e5', '111122223333'],
  }),
  'an existing bucket and an event bus': onExistingBucket({ eventBus: true }),
  'an existing bucket and a mail digest': onExistingBucket({ digest: 'weekly' }),
  'an existing bucket that sends to EventBridge': onExistingBucket({ notifications: 'eventbridge' }),
  'an existing bucket whose trail tells a topic': (stack) => {
    const arn = 'arn:aws:sns:eu-west-1:111122223333:log-files';
    return onExistingBucket({ notifications: Topic.fromTopicArn(stack, 'LogFileTopic', arn) })(stack);
  },
  'an existing bucket and subscribers of every kind': (stack) => {
    const code = { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('x') };
    const queue = Queue.fromQueueArn(stack, 'Incidents', 'arn:aws:sqs:eu-west-1:111122223333:incidents');
    return onExistingBucket({
      subscribers: [
        { subscription: email },
        { subscription: new SqsSubscription(queue), minimumSeverity: 'HIGH' },
        { subscription: new SqsSubscription(new Queue(stack, 'Own')) },
        { subscription: new LambdaSubscription(new LambdaFunction(stack, 'Pager', code)) },
      ],
      operationsSubscribers: [email],
    })(stack);
  },
  'a bucket of another stack': (stack) => ({
    trailBucket: new Bucket(new Stack(stack.node.root, 'Owner'), 'B'),
  }),
};

const idsIn = (stack: Stack): readonly string[] =>
  Object.keys(Template.fromStack(stack).toJSON()['Resources'] as object).sort();

/* A resource under another id is another resource: the old one is deleted, with its subscribers, messages and memory. */
describe.each(Object.entries(STACKS))('a stack on %s', (name, props) => {
  test('has its resources under the ids they were deployed with', () => {
    expect(idsIn(stackWith(props))).toEqual(DEPLOYED[name as keyof typeof DEPLOYED]);
  });
});

test('a construct by any other id than Default has resources of its own', () => {
  const stack = new Stack(appWith(), 'Search');
  new EsConfigMonitor(stack, 'Monitor');
  const shared = new Set(DEPLOYED['a new trail']);
  expect(idsIn(stack).filter((id) => shared.has(id) && !id.startsWith('BucketNotificationsHandler'))).toEqual([]);
});
