// One account with a trail: the stack alone, on the trail's bucket, and one address that is told of everything.
import { App } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { EsConfigMonitorStack } from '../lib';

const onCall = new EmailSubscription('oncall@example.com');

new EsConfigMonitorStack(new App(), 'EsConfigMonitor', (stack) => ({
  trailBucket: Bucket.fromBucketName(stack, 'ExistingTrailBucket', 'my-trail-bucket'),
  subscribers: [{ subscription: onCall }],
  operationsSubscribers: [onCall],
}));
