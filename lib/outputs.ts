import { CfnOutput, type Stack } from 'aws-cdk-lib';
import { SEND_TEST_ALERT } from '../core/base/command-line';
import { ALERT_SEVERITIES, type AlertSeverity } from '../core/base/severity';
import type { EsConfigMonitor } from './es-config-monitor';

/** Names of the outputs with the topics. They are forever, as scripts read them. */
const TOPIC_OUTPUTS: Readonly<Record<AlertSeverity, string>> = {
  LOW: 'LowAlertsTopicArn',
  MEDIUM: 'MediumAlertsTopicArn',
  HIGH: 'HighAlertsTopicArn',
  CRITICAL: 'CriticalAlertsTopicArn',
};

/** What people and scripts need to know of a deployed monitor. */
export function createOutputs(stack: Stack, monitor: EsConfigMonitor): void {
  const { alertTopics, deadLetterQueue, logFileQueue } = monitor;
  const output = (id: string, description: string, value = ''): CfnOutput =>
    new CfnOutput(stack, id, { value, description });

  for (const severity of ALERT_SEVERITIES) {
    output(TOPIC_OUTPUTS[severity], `Topic of the ${severity} alerts`, alertTopics[severity].topicArn);
  }
  output('FunctionName', 'Judges the log files', monitor.function.functionName);
  output('FunctionRoleArn', 'To be let in by a bucket or key of another account', monitor.function.role?.roleArn);
  output('OperationsTopicArn', 'Topic of the alarms about es-config-monitor itself', monitor.operationsTopic.topicArn);
  if (monitor.digestTopic) output('DigestTopicArn', 'Topic of the mail digest', monitor.digestTopic.topicArn);
  if (monitor.eventBus) output('EventBusArn', 'Is given every alert', monitor.eventBus.eventBusArn);
  output(
    'DeadLetterQueueUrl',
    'Log files that could not be read or alerted on; see docs/runbook.md',
    deadLetterQueue.queueUrl,
  );
  output('DeadLetterQueueArn', 'The same queue, as commands that move messages name it', deadLetterQueue.queueArn);
  output('LogFileQueueArn', 'Notifications about log files on their way to the function', logFileQueue.queueArn);
  output('LogFileQueueUrl', 'The same queue, as the command backfill names it', logFileQueue.queueUrl);
  output(
    'RedriveCommand',
    'Has the log files in the dead-letter queue tried again',
    `aws sqs start-message-move-task --source-arn ${deadLetterQueue.queueArn} --destination-arn ${logFileQueue.queueArn}`,
  );
  const topics = ALERT_SEVERITIES.map((severity) => `--${severity.toLowerCase()} ${alertTopics[severity].topicArn}`);
  output(
    'SendTestAlertCommand',
    'Publishes one clearly marked test alert to each alert topic',
    `${SEND_TEST_ALERT} ${topics.join(' ')}`,
  );
  output(
    'UndeliveredAlertsQueueUrl',
    'Alerts and alarms that a subscriber could not be given; see docs/runbook.md',
    monitor.undeliveredAlertsQueue.queueUrl,
  );
}
