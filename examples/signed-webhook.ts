// A webhook whose receiver checks who sent it. An API destination can send a key in a header, but cannot sign what it sends, so that
// whoever sees one request can make up the next: a small function signs the body with HMAC-SHA256, as standardwebhooks.com says.
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import {
  Code,
  Function,
  ParamsAndSecretsLayerVersion,
  ParamsAndSecretsVersions,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import path from 'node:path';
import { EsConfigMonitor } from '../lib';

class Webhook extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const monitor = new EsConfigMonitor(this, 'EsConfigMonitor', {
      trailBucket: Bucket.fromBucketName(this, 'Trail', 'my-trail-bucket'),
      eventBus: true,
    });
    // The text whsec_ and a key of 24 to 64 bytes in base64, which the receiver has as well.
    const secret = Secret.fromSecretNameV2(this, 'WebhookSecret', 'alert-webhook');
    const sender = new Function(this, 'Sender', {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromAsset(path.join(__dirname, 'signed-webhook')),
      timeout: Duration.seconds(30),
      paramsAndSecrets: ParamsAndSecretsLayerVersion.fromVersion(ParamsAndSecretsVersions.V1_0_103),
      environment: { ENDPOINT: 'https://alerts.example.com/hook', SECRET_ARN: secret.secretArn },
    });
    secret.grantRead(sender);
    const notSent = new Queue(this, 'NotSent', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    new Rule(this, 'SendAlerts', {
      ...(monitor.eventBus && { eventBus: monitor.eventBus }),
      eventPattern: { source: ['es-config-monitor'], detailType: ['Alert'] },
      targets: [
        new LambdaFunction(sender, { retryAttempts: 2, maxEventAge: Duration.hours(2), deadLetterQueue: notSent }),
      ],
    });
  }
}

new Webhook(new App(), 'Webhook');
