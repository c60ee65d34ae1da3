import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic, ITopicSubscription } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { toVariables, type Environment } from '../lambda/environment';
import type { Settings } from '../core/settings';
import { ALERT_SEVERITIES, type AlertSeverity } from '../core/base/severity';
import { createAlertTable } from './alert-table';
import { createAlarms, createOperationsTopic } from './alarms';
import { createAlertTopics } from './alert-topics';
import { refuse } from './configuration-error';
import { settingsProblems, toSettings, type SettingsProps } from './settings';
import { createDeadLetterQueue, createLogFileQueue } from './log-file-queue';
import { connectLogSource, logSourceProblems, type LogSourceProps } from './log-source';
import { createMonitorFunction } from './monitor-function';
import { subscribe, subscriberProblems, withDeadLetterQueue, type Subscriber } from './subscribers';

export interface EsConfigMonitorProps extends LogSourceProps, SettingsProps {
  /**
   * Who is told of alerts.
   * @default - nobody: subscribe to `alertTopics`, or to the topics in the stack's outputs
   */
  readonly subscribers?: readonly Subscriber[];
  /**
   * Who is told when alerts may be missing or late.
   * @default - nobody: subscribe to `operationsTopic`, or to the topic in the stack's outputs
   */
  readonly operationsSubscribers?: readonly ITopicSubscription[];
}

export interface EsConfigMonitorStackProps extends StackProps, EsConfigMonitorProps {}

/**
 * Props made inside the stack they are for: the scope that imports such as `Bucket.fromBucketName` ask for. Called once,
 * before anything else is in the stack. What `tell` is told is refused together with what is wrong with the props.
 */
export type PropsInStack = (stack: Stack, tell: (problems: readonly string[]) => void) => EsConfigMonitorProps;

/** From CloudTrail log files to alerts about Amazon ES/OpenSearch Service configuration calls. */
export class EsConfigMonitorStack extends Stack {
  /** The topic of each severity, for other stacks to subscribe to. */
  readonly alertTopics: Readonly<Record<AlertSeverity, ITopic>>;
  /** The topic of the alarms about this stack itself. */
  readonly operationsTopic: ITopic;
  /** Log files that were given up; see docs/runbook.md. */
  readonly deadLetterQueue: IQueue;
  /** Judges the log files; its role is what another account's bucket or key has to let in. */
  readonly function: IFunction;

  /**
   * @param stackProps where `propsOrMaker` makes the props: those of the stack, such as `env` and `tags`, which it needs first
   * @throws ConfigurationError naming everything that is wrong with the props
   */
  constructor(
    scope: Construct,
    id: string,
    propsOrMaker: EsConfigMonitorStackProps | PropsInStack = {},
    stackProps: StackProps = {},
  ) {
    super(scope, id, {
      description: 'Alerts on risky Amazon ES/OpenSearch Service configuration calls',
      ...(typeof propsOrMaker === 'function' ? stackProps : { ...stackProps, ...propsOrMaker }),
    });
    const told: string[] = [];
    const tell = (problems: readonly string[]): number => told.push(...problems);
    const props = typeof propsOrMaker === 'function' ? propsOrMaker(this, tell) : propsOrMaker;
    const settings = toSettings(this, props);
    refuse([...told, ...propsProblems(this, props, settings)]);

    const logFileQueue = createLogFileQueue(this);
    const logFiles = connectLogSource(this, logFileQueue, props);
    const alertTopics = createAlertTopics(this);
    const undelivered = createDeadLetterQueue(this, 'UndeliveredAlerts');
    subscribe(alertTopics, props.subscribers ?? [], undelivered);
    const table = createAlertTable(this);
    const monitor = createMonitorFunction(this, {
      queue: logFileQueue.queue,
      logFiles,
      alertTopics: Object.values(alertTopics),
      table,
      environment: toVariables({ topicArns: arnsOf(alertTopics), tableName: table.tableName, settings }),
    });
    const operationsTopic = createOperationsTopic(this);
    createAlarms(operationsTopic, { ...logFileQueue, undelivered, monitor });
    for (const subscription of props.operationsSubscribers ?? []) {
      operationsTopic.addSubscription(withDeadLetterQueue(subscription, undelivered));
    }

    new CfnOutput(this, 'DeadLetterQueueUrl', {
      value: logFileQueue.deadLetterQueue.queueUrl,
      description: 'Log files that could not be read or alerted on; see docs/runbook.md',
    });
    new CfnOutput(this, 'DeadLetterQueueArn', {
      value: logFileQueue.deadLetterQueue.queueArn,
      description: 'The same queue, as commands that move messages name it',
    });
    new CfnOutput(this, 'LogFileQueueArn', {
      value: logFileQueue.queue.queueArn,
      description: 'Notifications about log files on their way to the function',
    });
    new CfnOutput(this, 'RedriveCommand', {
      value: `aws sqs start-message-move-task --source-arn ${logFileQueue.deadLetterQueue.queueArn} --destination-arn ${logFileQueue.queue.queueArn}`,
      description: 'Has the log files in the dead-letter queue tried again',
    });
    new CfnOutput(this, 'SendTestAlertCommand', {
      value: `npm run send-test-alert -- ${ALERT_SEVERITIES.map((severity) => `--${severity.toLowerCase()} ${alertTopics[severity].topicArn}`).join(' ')}`,
      description: 'Publishes one clearly marked test alert to each alert topic',
    });
    new CfnOutput(this, 'UndeliveredAlertsQueueUrl', {
      value: undelivered.queueUrl,
      description: 'Alerts and alarms that a subscriber could not be given; see docs/runbook.md',
    });

    this.alertTopics = alertTopics;
    this.operationsTopic = operationsTopic;
    this.deadLetterQueue = logFileQueue.deadLetterQueue;
    this.function = monitor;
  }
}

/** Everything that is wrong with `props`, which hold `settings`, for this stack, in the operator's words. */
function propsProblems(stack: Stack, props: EsConfigMonitorProps, settings: Settings): string[] {
  const today = new Date().toISOString().slice(0, 10);
  return [
    ...logSourceProblems(stack, props),
    ...settingsProblems(settings, today, stack.stackName),
    ...subscriberProblems(props.subscribers ?? [], props.operationsSubscribers ?? []),
  ];
}

function arnsOf(topics: Readonly<Record<AlertSeverity, ITopic>>): Environment['topicArns'] {
  return Object.fromEntries(
    ALERT_SEVERITIES.map((severity) => [severity, topics[severity].topicArn]),
  ) as Environment['topicArns'];
}
