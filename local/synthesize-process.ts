import { context as featureFlags } from '../cdk.json';
import { App, type Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { ITopicSubscription } from 'aws-cdk-lib/aws-sns';
import {
  EmailSubscription,
  SmsSubscription,
  SqsSubscription,
  UrlSubscription,
} from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { EsConfigMonitorProps } from '../lib/es-config-monitor-props';
import { EsConfigMonitorStack } from '../lib/es-config-monitor-stack';
import type { SettingsProps } from '../lib/settings';
import type { LocalLogSource, LocalSubscriber, SynthesisOrder } from './synthesize';

/** A process of its own, because synthesis blocks: the parent shows progress and hears Ctrl-C meanwhile. */
function main(order: SynthesisOrder): void {
  const { stackName, folder, subscribers, completeness = false, fastPath = false, eventBus = false } = order;
  const { digest, source, settings } = order;
  // Only the command line of CDK reads cdk.json; without its flags the stack would not be the one that is deployed.
  const app = new App({ outdir: folder, context: featureFlags, analyticsReporting: false, treeMetadata: false });
  new EsConfigMonitorStack(app, stackName, (stack) => ({
    ...(settings as SettingsProps | undefined),
    completeness,
    fastPath,
    ...(eventBus && { eventBus }),
    ...(digest && {
      digest: digest.period,
      digestSubscribers: digest.subscribers.map((address) => new EmailSubscription(address)),
    }),
    ...(source && logSourceOf(source, stack)),
    subscribers: subscribers.map(({ minimumSeverity, ...subscriber }, index) => ({
      subscription: toSubscription(subscriber, new Construct(stack, `Subscriber${index}`)),
      ...(minimumSeverity && { minimumSeverity }),
    })),
  }));
  app.synth();
}

function logSourceOf(source: LocalLogSource, stack: Stack): EsConfigMonitorProps {
  if ('organizationId' in source) return { organization: source };
  const { bucketName, logFilePrefix } = source;
  return { trailBucket: Bucket.fromBucketName(stack, 'ExistingTrailBucket', bucketName), logFilePrefix };
}

function toSubscription({ protocol, endpoint }: LocalSubscriber, scope: Construct): ITopicSubscription {
  if (protocol === 'email') return new EmailSubscription(endpoint);
  if (protocol === 'sms') return new SmsSubscription(endpoint);
  if (protocol === 'sqs')
    return new SqsSubscription(Queue.fromQueueArn(scope, 'Queue', endpoint), { rawMessageDelivery: true });
  return new UrlSubscription(endpoint);
}

main(JSON.parse(process.argv[2] ?? '') as SynthesisOrder);
