// An app of your own: the monitor in the stack that has the trail, beside it.
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Trail } from 'aws-cdk-lib/aws-cloudtrail';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { BlockPublicAccess, Bucket } from 'aws-cdk-lib/aws-s3';
import { SmsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { EsConfigMonitor } from '../lib';

class Audit extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const bucket = new Bucket(this, 'Logs', { blockPublicAccess: BlockPublicAccess.BLOCK_ALL, enforceSSL: true });
    new Trail(this, 'Trail', { bucket, isMultiRegionTrail: true });

    const monitor = new EsConfigMonitor(this, 'EsConfigMonitor', {
      trailBucket: bucket,
      subscribers: [{ subscription: new SmsSubscription('+491701234567'), minimumSeverity: 'CRITICAL' }],
    });
    // An alarm of your own on what the function counts.
    new Alarm(this, 'ManyAlerts', {
      metric: monitor.metric('AlertsSent', { period: Duration.hours(1) }),
      threshold: 50,
      evaluationPeriods: 1,
    }).addAlarmAction(new SnsAction(monitor.operationsTopic));
  }
}

new Audit(new App(), 'Audit');
