// An account without a trail: the stack makes one, of all regions, with a bucket that outlives the stack.
import { App, Duration } from 'aws-cdk-lib';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { EsConfigMonitorStack } from '../lib';

new EsConfigMonitorStack(new App(), 'EsConfigMonitor', {
  logFileRetention: Duration.days(90),
  subscribers: [{ subscription: new EmailSubscription('oncall@example.com'), minimumSeverity: 'HIGH' }],
  operationsSubscribers: [new EmailSubscription('platform@example.com')],
});
