// An organization without a trail: the stack makes one of all its accounts, as a delegated administrator of CloudTrail.
import { App } from 'aws-cdk-lib';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { EsConfigMonitorStack } from '../lib';

const ORGANIZATION = 'o-a1b2c3d4e5';
const MANAGEMENT = '999988887777';

new EsConfigMonitorStack(new App(), 'EsConfigMonitor', {
  env: { account: '111122223333', region: 'eu-west-1' },
  organization: { organizationId: ORGANIZATION, managementAccount: MANAGEMENT },
  trustedOrganizations: [ORGANIZATION],
  subscribers: [{ subscription: new EmailSubscription('security@example.com'), minimumSeverity: 'MEDIUM' }],
  operationsSubscribers: [new EmailSubscription('platform@example.com')],
});
