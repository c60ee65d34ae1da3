import { Stack, type App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Bucket, EventType, type NotificationKeyFilter } from 'aws-cdk-lib/aws-s3';
import { SqsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { EsConfigMonitor } from '../../lib/es-config-monitor';
import type { EsConfigMonitorProps } from '../../lib/es-config-monitor-props';
import { appWith } from './stack-in';

/** What synthesis says of an app. */
function refusalOf(app: App): string {
  try {
    app.synth();
  } catch (error) {
    return String(error);
  }
  return 'nothing';
}

function monitorIn(app: App, id: string, props: Omit<EsConfigMonitorProps, 'trailBucket'> = {}): Stack {
  const stack = new Stack(app, id);
  new EsConfigMonitor(stack, 'Monitor', { trailBucket: Bucket.fromBucketName(stack, 'Trail', 'my-trail'), ...props });
  return stack;
}

/** An app with a monitor and a notification of somebody else's on the same bucket. */
function appBeside(event: EventType, filter: NotificationKeyFilter, bucketName = 'my-trail'): App {
  const app = appWith();
  monitorIn(app, 'Search');
  const other = new Stack(app, 'Other');
  const queue = new Queue(other, 'Queue');
  Bucket.fromBucketName(other, 'Logs', bucketName).addEventNotification(event, new SqsDestination(queue), filter);
  return app;
}

const REFUSAL =
  /\[Search\/Monitor\] the bucket tells of new objects under '(.*)' already, as Other\/Logs\/Notifications/;

test.each<[string, EventType, NotificationKeyFilter]>([
  ['the same prefix', EventType.OBJECT_CREATED, { prefix: 'AWSLogs/' }],
  ['a prefix around it', EventType.OBJECT_CREATED_PUT, { prefix: 'AWS' }],
  ['any prefix', EventType.OBJECT_CREATED, { suffix: '.gz' }],
  ['a prefix within it', EventType.OBJECT_CREATED, { prefix: 'AWSLogs/111122223333/', suffix: '.gz' }],
])('a notification of %s elsewhere in the app stops synthesis', (_what, event, filter) => {
  expect(refusalOf(appBeside(event, filter))).toMatch(REFUSAL);
});

test.each<[string, EventType, NotificationKeyFilter, string]>([
  ['another prefix', EventType.OBJECT_CREATED, { prefix: 'config/' }, 'my-trail'],
  ['another suffix', EventType.OBJECT_CREATED, { suffix: '.csv' }, 'my-trail'],
  ['deleted objects', EventType.OBJECT_REMOVED, { suffix: '.gz' }, 'my-trail'],
  ['another bucket', EventType.OBJECT_CREATED, { suffix: '.gz' }, 'other-trail'],
])('a notification of %s does not', (_what, event, filter, bucketName) => {
  expect(refusalOf(appBeside(event, filter, bucketName))).toBe('nothing');
});

test('two stacks with monitors on one bucket stop synthesis, unless their prefixes differ or one is told otherwise', () => {
  const both = (props: Omit<EsConfigMonitorProps, 'trailBucket'>): string => {
    const app = appWith();
    monitorIn(app, 'Search');
    monitorIn(app, 'Again', props);
    return refusalOf(app);
  };
  expect(both({})).toMatch(/\[Search\/Monitor\].*\n.*\[Again\/Monitor\]/);
  expect(both({ logFilePrefix: 'o-a1b2c3d4e5/AWSLogs/' })).toBe('nothing');
  expect(both({ notifications: 'eventbridge' })).toBe('nothing');
});

test("a stack's own bucket is known by its name as well", () => {
  const app = appWith();
  const owner = new Stack(app, 'Owner');
  const bucket = new Bucket(owner, 'Trail', { bucketName: 'my-trail' });
  bucket.addEventNotification(EventType.OBJECT_CREATED, new SqsDestination(new Queue(owner, 'Queue')));
  monitorIn(app, 'Search');
  expect(refusalOf(app)).toContain("under '' already, as Owner/Trail/Notifications");
});

test('a destination that is gone may be left out of account', () => {
  const stack = monitorIn(appWith(), 'Search', { skipDestinationValidation: true });
  Template.fromStack(stack).hasResourceProperties('Custom::S3BucketNotifications', { SkipDestinationValidation: true });
});
