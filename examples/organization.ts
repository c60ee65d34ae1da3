// An organization whose trail delivers into the log archive account, as Control Tower sets it up. Deployed once, there: the
// domains of all accounts are watched. The trail's own topic tells of the log files, as nobody may touch the bucket.
import { App, Stack, type StackProps } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { EsConfigMonitor } from '../lib';

const ORGANIZATION = 'o-a1b2c3d4e5';

class LogArchive extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const securityTeam = new EmailSubscription('security@example.com');
    new EsConfigMonitor(this, 'EsConfigMonitor', {
      trailBucket: Bucket.fromBucketName(this, 'Trail', 'aws-controltower-logs-111122223333-eu-west-1'),
      logFilePrefix: `${ORGANIZATION}/AWSLogs/`,
      notifications: Topic.fromTopicArn(this, 'LogFiles', 'arn:aws:sns:eu-west-1:111122223333:organization-log-files'),
      encryptionKey: Key.fromKeyArn(
        this,
        'TrailKey',
        'arn:aws:kms:eu-west-1:444455556666:key/01234567-89ab-cdef-0123-456789abcdef',
      ),
      trustedOrganizations: [ORGANIZATION],
      trustedCallers: ['arn:aws:iam::*:role/stacksets-exec-*'],
      subscribers: [{ subscription: securityTeam, minimumSeverity: 'MEDIUM' }],
      operationsSubscribers: [securityTeam],
    });
  }
}

new LogArchive(new App(), 'LogArchive', { env: { account: '111122223333', region: 'eu-west-1' } });
