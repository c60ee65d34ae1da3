// A SIEM that reads a queue: each alert is one OCSF Detection Finding, as docs/alerts.md tells. Settings are in a file, which
// the command line scans log files with, too.
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { EsConfigMonitor, settingsFrom } from '../lib';

class Detections extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const findings = new Queue(this, 'Findings', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    findings.grantConsumeMessages(Role.fromRoleName(this, 'Siem', 'siem-ingest'));
    new EsConfigMonitor(this, 'EsConfigMonitor', {
      ...settingsFrom('monitor.json'),
      trailBucket: Bucket.fromBucketName(this, 'Trail', 'my-trail-bucket'),
      notifications: 'eventbridge',
      subscribers: [{ subscription: new SqsSubscription(findings, { rawMessageDelivery: true }) }],
    });
  }
}

new Detections(new App(), 'Detections');
