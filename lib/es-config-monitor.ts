import { Duration } from 'aws-cdk-lib';
import { Metric, Stats, type IAlarm, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { optional } from '../core/base/members';
import { ALERT_SEVERITIES, type AlertSeverity } from '../core/base/severity';
import {
  LAYERS_FOLDER,
  METRIC_NAMESPACE,
  SETTINGS_FILE_NAME,
  toVariables,
  type Environment,
} from '../lambda/environment';
import { addressOf, serviceOf } from './address';
import { createAlertBus } from './alert-bus';
import { createAlarms, createOperationsTopic, telling } from './alarms';
import { createAlertTable } from './alert-table';
import { createAlertTopics } from './alert-topics';
import { refuse } from './configuration-error';
import { createOwnerTopics } from './owner-topics';
import { createDashboard } from './dashboard';
import { createFastPath } from './fast-path';
import type { EsConfigMonitorProps } from './es-config-monitor-props';
import { warnOfHttps } from './https-subscribers';
import { createDeadLetterQueue, createLogFileQueue } from './log-file-queue';
import { connectLogSource } from './log-source';
import { createMailDigest } from './mail-digest';
import { createMonitorFunction } from './monitor-function';
import { propsProblems } from './props';
import { toSettings } from './settings';
import { silenceAfter } from './silence';
import { createStoppedRule } from './stopped-rule';
import { createSettingsLayer } from './settings-layer';
import { createStateCheck } from './state-check';
import { subscribe, withDeadLetterQueue } from './subscribers';
import { watchedNames } from './watched';

/**
 * From CloudTrail log files to alerts about Amazon ES/OpenSearch Service configuration calls, in a stack of yours. A stack
 * may have several.
 */
export class EsConfigMonitor extends Construct {
  /** The topic of each severity, to subscribe to. */
  readonly alertTopics: Readonly<Record<AlertSeverity, ITopic>>;
  /** The topic of the mail digest. @default - there is none */
  readonly digestTopic?: ITopic;
  /** The topic of each owner that the settings name, by the name: chat services are told of it, as no address leads to them. */
  readonly ownerTopics: Readonly<Record<string, ITopic>>;
  /** The topic of the alarms about the monitor itself. */
  readonly operationsTopic: ITopic;
  /** One alarm for each way in which alerts fail to reach people; they tell `operationsTopic`. */
  readonly alarms: readonly IAlarm[];
  /** The bucket whose log files are read: the one given, or that of the new trail. */
  readonly trailBucket: IBucket;
  /** News of log files on their way to the function. */
  readonly logFileQueue: IQueue;
  /** News of log files that were given up; see docs/runbook.md. */
  readonly deadLetterQueue: IQueue;
  /** Alerts and alarms that a subscriber could not be given; see docs/runbook.md. */
  readonly undeliveredAlertsQueue: IQueue;
  /** The bus that is given every alert. @default - there is none */
  readonly eventBus?: IEventBus;
  /** Judges the log files; its role is what another account's bucket or key has to let in. */
  readonly function: IFunction;
  /** Which alerts were sent, and what each domain's configuration was. It outlives the stack. */
  readonly table: ITable;
  /** The value of the dimension `service` of its metrics, its own in an account and region. */
  readonly metricService: string;

  /**
   * @param scope the stack, or a construct in it. Under the id `Default` the resources get the names they would have
   *   without this construct around them
   * @throws ConfigurationError naming everything that is wrong with the props
   */
  constructor(scope: Construct, id: string, props: EsConfigMonitorProps = {}) {
    super(scope, id);
    refuse(propsProblems(this, props));
    const { queue, deadLetterQueue } = createLogFileQueue(this);
    const logFiles = connectLogSource(this, { queue, deadLetterQueue }, props);
    const hasFastPath = props.fastPath === true;
    if (hasFastPath) createFastPath(this, { queue, deadLetterQueue }, props);
    const alertTopics = createAlertTopics(this);
    const undelivered = createDeadLetterQueue(this, 'UndeliveredAlerts');
    subscribe(alertTopics, props.subscribers ?? [], undelivered);
    warnOfHttps(this, props.subscribers ?? []);
    const { eventBus } = props;
    const told = { alertTopics: Object.values(alertTopics), undelivered };
    const alertBus = eventBus && createAlertBus(this, told, eventBus);
    const settings = toSettings(this, props);
    const owners = createOwnerTopics(this, settings, told.alertTopics, undelivered);
    const table = createAlertTable(this);
    const service = serviceOf(this);
    const platform = { runtime: props.runtime, architecture: props.architecture };
    const { digest, digestSubscribers = [] } = props;
    const mailDigest = digest && createMailDigest(this, { ...told, service, platform }, digest, digestSubscribers);
    const watched = watchedNames(this, {
      ...logFiles,
      notifications: props.notifications ?? 'bucket',
      ...optional('ownerTopics', owners && `${owners.arnPrefix}*`),
    });
    const monitor = createMonitorFunction(this, {
      queue,
      logFiles,
      alertTopics: Object.values(alertTopics),
      ...optional('ownerTopicsArn', owners && `${owners.arnPrefix}*`),
      table,
      ...platform,
      settings: createSettingsLayer(this, settings),
      environment: toVariables({
        topicArns: arnsOf(alertTopics),
        ...optional('ownerTopics', owners?.namePrefix),
        tableName: table.tableName,
        ...(props.completeness && { queueUrl: queue.queueUrl }),
        ...(hasFastPath && { hasFastPath }),
        settingsFile: `${LAYERS_FOLDER}/${SETTINGS_FILE_NAME}`,
        watched: [watched],
        service,
      }),
    });
    this.metricService = service;
    const { topic, masterKey } = createOperationsTopic(this);
    if (props.tellWhenStopped !== false) {
      createStoppedRule(this, { queue, monitor, topic, topicKey: masterKey, undelivered });
    }
    const silence = {
      scanned: (period: Duration) => this.metric('LogFilesScanned', { period }),
      after: props.silenceAfter ?? silenceAfter(!props.trailBucket, props.heartbeat === true),
    };
    const alarms = createAlarms(this, {
      topic,
      queue,
      deadLetterQueue,
      undelivered,
      monitor,
      silence,
      hasFastPath,
      ...(alertBus && { alertBusQueue: alertBus.queue }),
      ...(mailDigest && { mailDigest }),
      hasOwners: owners !== undefined,
      metric: (name) => this.metric(name),
    });
    for (const subscription of props.operationsSubscribers ?? []) {
      topic.addSubscription(withDeadLetterQueue(subscription, undelivered));
    }
    const { stateCheck: every = Duration.minutes(15), heartbeat = false } = props;
    if (every !== false) {
      const checked = (period: Duration): Metric => this.metric('StateChecked', { period });
      const about = { topic, criticalTopic: alertTopics.CRITICAL, queue, deadLetterQueue, table, service, owners };
      const { bucket, news, trail } = logFiles;
      const followsDigests = props.completeness === true;
      const here = { ...about, ...platform, every, heartbeat, bucket, news, trail, followsDigests, checked };
      alarms.push(telling(topic, createStateCheck(this, here)));
    }

    if (props.dashboard ?? true) {
      createDashboard(this, {
        title: addressOf(this).join('/'),
        alarms,
        queue,
        monitor,
        logGroup: monitor.logGroup,
        table,
        alertTopics: Object.values(alertTopics),
        metric: (name, options) => this.metric(name, options),
      });
    }

    this.alertTopics = alertTopics;
    if (alertBus) this.eventBus = alertBus.bus;
    if (mailDigest) this.digestTopic = mailDigest.topic;
    this.ownerTopics = owners?.topics ?? {};
    this.operationsTopic = topic;
    this.alarms = alarms;
    this.trailBucket = logFiles.bucket;
    this.logFileQueue = queue;
    this.deadLetterQueue = deadLetterQueue;
    this.undeliveredAlertsQueue = undelivered;
    this.function = monitor;
    this.table = table as ITable;
  }

  /**
   * A metric that the function counts, such as `LogFilesScanned`, `LogFilesFailed`, `AlertsSent` and `AlertsFailed`, as
   * the sum of five minutes where `options` say nothing else.
   */
  metric(metricName: string, options: MetricOptions = {}): Metric {
    const dimensionsMap = { service: this.metricService };
    return new Metric({ namespace: METRIC_NAMESPACE, metricName, dimensionsMap, statistic: Stats.SUM, ...options });
  }
}

function arnsOf(topics: Readonly<Record<AlertSeverity, ITopic>>): Environment['topicArns'] {
  return Object.fromEntries(
    ALERT_SEVERITIES.map((severity) => [severity, topics[severity].topicArn]),
  ) as Environment['topicArns'];
}
