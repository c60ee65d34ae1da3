import { context as featureFlags } from '../../cdk.json';
import { App } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { readFileSync } from 'node:fs';
import type { Settings } from '../../core/settings';
import type { EsConfigMonitorProps } from '../../lib/es-config-monitor-props';
import { EsConfigMonitorStack } from '../../lib/es-config-monitor-stack';

/** A stack as it is to be deployed. */
export interface Order {
  readonly stackName: string;
  /** Where the cloud assembly goes. */
  readonly folder: string;
  /** ARN of the queue that is told of every alert. */
  readonly subscriber: string;
  readonly settings: Settings;
  /** Name of the bucket. @default - a new trail */
  readonly bucket?: string;
  /** `eventbridge`, or the ARN of a topic. @default - the notifications of the bucket */
  readonly notifications?: string;
  /** @default - as the stack has it */
  readonly logFilePrefix?: string;
}

function synthesize({ stackName, folder, subscriber, settings, bucket, notifications, logFilePrefix }: Order): void {
  const app = new App({ outdir: folder, context: featureFlags, analyticsReporting: false, treeMetadata: false });
  new EsConfigMonitorStack(app, stackName, (scope): EsConfigMonitorProps => {
    const queue = Queue.fromQueueArn(scope, 'Subscriber', subscriber);
    return {
      ...(settings as EsConfigMonitorProps),
      subscribers: [{ subscription: new SqsSubscription(queue, { rawMessageDelivery: true }) }],
      ...(bucket !== undefined && { trailBucket: Bucket.fromBucketName(scope, 'ExistingTrailBucket', bucket) }),
      ...(logFilePrefix !== undefined && { logFilePrefix }),
      ...(notifications === 'eventbridge' && { notifications }),
      ...(notifications?.startsWith('arn:') && {
        notifications: Topic.fromTopicArn(scope, 'LogFileTopic', notifications),
      }),
    };
  });
  app.synth();
}

for (const order of JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as readonly Order[]) synthesize(order);
