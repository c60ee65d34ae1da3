import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  Stats,
  TreatMissingData,
  type IMetric,
  type Metric,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic, type ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import {
  CALL_EQUATIONS,
  FAST_RECORD_EQUATIONS,
  LOG_FILE_EQUATIONS,
  OWNER_EQUATIONS,
  WATCHED_EQUATIONS,
  type MetricName,
} from '../core/base/accounting';
import { describe } from './alarm-text';
import { imbalance } from './imbalance';
import type { LogFileQueue } from './log-file-queue';
import type { DigestParts } from './mail-digest';
import { createSilenceAlarm, type Silence } from './silence';

/** Alerts are promised within minutes of the log file: a notification that waits longer than this is late. */
const OLDEST_MESSAGE = Duration.minutes(15);

/** Where the alarms of a monitor go. A service of AWS can publish to an encrypted topic only under a key that lets it. */
export function createOperationsTopic(scope: Construct): { readonly topic: Topic; readonly masterKey: Key } {
  const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com');
  const masterKey = new Key(scope, 'OperationsKey', {
    description: 'Encrypts the operational alarms of es-config-monitor',
    enableKeyRotation: true,
    // Nothing is stored under it: a topic keeps no messages, and what cannot be delivered lies in a queue under SQS's key.
    removalPolicy: RemovalPolicy.DESTROY,
    pendingWindow: Duration.days(7),
  });
  // CloudWatch calls KMS by itself, not through SNS, and tells for whom.
  const ofThisAccount = { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } };
  masterKey.addToResourcePolicy(
    new PolicyStatement({
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      principals: [cloudWatch],
      conditions: ofThisAccount,
    }),
  );
  const topic = new Topic(scope, 'Operations', {
    displayName: 'es-config-monitor operations',
    masterKey,
    enforceSSL: true,
  });
  // Any topic policy replaces the one by which a topic's own account, alarms included, may publish.
  topic.addToResourcePolicy(
    new PolicyStatement({
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      principals: [cloudWatch],
      conditions: ofThisAccount,
    }),
  );
  return { topic, masterKey };
}

/** An alarm that tells `topic` of its beginning and its end. */
export function telling(topic: ITopic, alarm: Alarm): Alarm {
  alarm.addAlarmAction(new SnsAction(topic));
  alarm.addOkAction(new SnsAction(topic));
  return alarm;
}

interface Watched extends LogFileQueue {
  /** Told of each alarm's beginning and end. */
  readonly topic: Topic;
  /** Alerts that a subscriber could not be given. */
  readonly undelivered: IQueue;
  readonly monitor: IFunction;
  readonly silence: Silence;
  /** Records come as events as well. */
  readonly hasFastPath: boolean;
  /** Alerts on their way to an event bus. @default - there is none */
  readonly alertBusQueue?: IQueue;
  /** Alerts that wait for a mail. @default - there is none */
  readonly mailDigest?: Pick<DigestParts, 'queue' | 'longestWait'>;
  readonly hasOwners: boolean;
  /** What the function counts. */
  readonly metric: (name: MetricName) => Metric;
}

/** One alarm for each way in which alerts fail to reach people. */
export function createAlarms(
  scope: Construct,
  {
    topic,
    queue,
    deadLetterQueue,
    undelivered,
    monitor,
    silence,
    hasFastPath,
    alertBusQueue,
    mailDigest,
    hasOwners,
    metric,
  }: Watched,
): Alarm[] {
  const period = Duration.minutes(5);
  const alarm = (id: string, section: string, metric: IMetric, threshold: number, meaning: string): Alarm =>
    telling(
      topic,
      new Alarm(scope, id, {
        alarmDescription: describe(meaning, section),
        metric,
        threshold,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        evaluationPeriods: 1,
        // SQS reports nothing about a queue that nothing happens with, and Lambda nothing while no file arrives. That
        // silence is NoLogFilesAlarm's affair. TreatMissingData.MISSING would leave an alarm on, or off, at random.
        treatMissingData: TreatMissingData.NOT_BREACHING,
      }),
    );

  return [
    alarm(
      'DeadLetterAlarm',
      'dead-letter-queue',
      deadLetterQueue.metricApproximateNumberOfMessagesVisible({ period, statistic: Stats.MAXIMUM }),
      1,
      'es-config-monitor gave up on log files: alerts may be missing',
    ),
    alarm(
      'OldestMessageAlarm',
      'oldest-message',
      queue.metricApproximateAgeOfOldestMessage({ period, statistic: Stats.MAXIMUM }),
      OLDEST_MESSAGE.toSeconds(),
      `es-config-monitor has log files waiting for more than ${OLDEST_MESSAGE.toMinutes()} minutes: alerts are late`,
    ),
    alarm(
      'UndeliveredAlertAlarm',
      'undelivered-alerts',
      undelivered.metricApproximateNumberOfMessagesVisible({ period, statistic: Stats.MAXIMUM }),
      1,
      'a subscriber of es-config-monitor could not be given an alert or alarm',
    ),
    alarm(
      'FunctionErrorAlarm',
      'function-errors',
      monitor.metricErrors({ period, statistic: Stats.SUM }),
      1,
      'the function of es-config-monitor crashed, ran out of time or memory, or could not start: alerts are late',
    ),
    alarm(
      'FunctionThrottleAlarm',
      'function-throttles',
      monitor.metricThrottles({ period, statistic: Stats.SUM }),
      1,
      'the function of es-config-monitor could not start because the account has no concurrency left: alerts are late',
    ),
    alarm(
      'LogFilesUnaccountedAlarm',
      'accounting',
      imbalance([...LOG_FILE_EQUATIONS, ...WATCHED_EQUATIONS], metric, period),
      1,
      'es-config-monitor does not say what became of a log file, or of a call that could blind it: alerts may be missing',
    ),
    alarm(
      'CallsUnaccountedAlarm',
      'accounting',
      imbalance(CALL_EQUATIONS, metric, period),
      1,
      'es-config-monitor does not say what became of a configuration call: alerts may be missing',
    ),
    ...(hasOwners
      ? [
          alarm(
            'OwnersUnaccountedAlarm',
            'accounting',
            imbalance(OWNER_EQUATIONS, metric, period),
            1,
            'es-config-monitor does not say what became of an alert that an owner is to be told of: it may be missing',
          ),
        ]
      : []),
    ...(hasFastPath
      ? [
          alarm(
            'FastRecordsUnaccountedAlarm',
            'accounting',
            imbalance(FAST_RECORD_EQUATIONS, metric, period),
            1,
            'es-config-monitor does not say what became of a record that came as an event: its alert may be late',
          ),
        ]
      : []),
    ...(alertBusQueue
      ? [
          alarm(
            'AlertBusAlarm',
            'alert-bus',
            alertBusQueue.metricApproximateAgeOfOldestMessage({ period, statistic: Stats.MAXIMUM }),
            OLDEST_MESSAGE.toSeconds(),
            `the pipe of es-config-monitor has given its event bus no alert for ${OLDEST_MESSAGE.toMinutes()} minutes: pagers and tickets are late`,
          ),
        ]
      : []),
    ...(mailDigest
      ? [
          alarm(
            'MailDigestAlarm',
            'mail-digest',
            mailDigest.queue.metricApproximateAgeOfOldestMessage({ period, statistic: Stats.MAXIMUM }),
            mailDigest.longestWait.toSeconds(),
            `an alert has waited for ${mailDigest.longestWait.toDays()} days for the mail digest of es-config-monitor: it is not sent`,
          ),
        ]
      : []),
    telling(topic, createSilenceAlarm(scope, silence)),
  ];
}
