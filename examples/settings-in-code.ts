import { App } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/aws-events';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { EmailSubscription, SmsSubscription, SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { EsConfigMonitorStack } from '../lib';

new EsConfigMonitorStack(
  new App(),
  'EsConfigMonitor',
  (stack) => ({
    trailBucket: Bucket.fromBucketName(stack, 'ExistingTrailBucket', 'my-trail-bucket'),
    subscribers: [
      { subscription: new EmailSubscription('search-team@example.com') },
      { subscription: new SmsSubscription('+491701234567'), minimumSeverity: 'CRITICAL' },
      {
        subscription: new SqsSubscription(
          Queue.fromQueueArn(stack, 'Incidents', 'arn:aws:sqs:eu-west-1:111122223333:incidents'),
          { rawMessageDelivery: true },
        ),
        minimumSeverity: 'HIGH',
      },
    ],
    operationsSubscribers: [new EmailSubscription('platform-team@example.com')],
    trustedAccounts: ['210987654321'],
    trustedCallers: ['arn:aws:iam::111122223333:role/deploy-*'],
    severityOverrides: { 'domain-deleted': 'CRITICAL', AddTags: 'MEDIUM' },
    suppressions: [
      { rule: 'public-endpoint-created', account: '444455556666', reason: 'sandbox account', expires: '2099-12-31' },
    ],
    watchPatterns: [
      {
        name: 'production-tag-removed',
        pattern: { eventName: ['RemoveTags'], requestParameters: { tagKeys: Match.exactString('environment') } },
        severity: 'HIGH',
      },
    ],
  }),
  { env: { account: '111122223333', region: 'eu-west-1' }, tags: { team: 'search' } },
);
