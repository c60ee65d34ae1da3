import { Duration, Stack } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  LogQueryVisualizationType,
  LogQueryWidget,
  TextWidget,
  type IAlarm,
  type IMetric,
  type MetricOptions,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { MetricName, STATE_METRICS } from '../core/base/accounting';
import { ALERT_SENT } from '../lambda/environment';

export interface DashboardProps {
  /** The name of the monitor. */
  readonly title: string;
  readonly alarms: readonly IAlarm[];
  readonly queue: IQueue;
  readonly monitor: IFunction;
  /** Of the function: what is told is a line of it, so that no account or domain costs a metric. */
  readonly logGroup: ILogGroup;
  readonly table: Pick<Table, 'metricConsumedWriteCapacityUnits' | 'metricConsumedReadCapacityUnits'>;
  readonly alertTopics: readonly ITopic[];
  readonly metric: (name: MetricName | keyof typeof STATE_METRICS, options?: MetricOptions) => IMetric;
}

const WIDTH = 12;
const HALF = { width: WIDTH, height: 6 };

/** What was told and how late, what was read, and what it costs. */
export function createDashboard(scope: Construct, props: DashboardProps): Dashboard {
  const { alarms, queue, monitor, logGroup, table, alertTopics, metric } = props;
  const period = Duration.hours(1);
  const counts = (...names: (MetricName | keyof typeof STATE_METRICS)[]): IMetric[] =>
    names.map((name) => metric(name, { period }));
  const query = (title: string, view: LogQueryVisualizationType, ...queryLines: string[]): LogQueryWidget =>
    new LogQueryWidget({
      ...HALF,
      title,
      view,
      region: Stack.of(scope).region,
      logGroupNames: [logGroup.logGroupName],
      queryLines: [`filter message = "${ALERT_SENT}"`, ...queryLines],
    });
  const graph = (title: string, left: IMetric[], right: IMetric[] = []): GraphWidget =>
    new GraphWidget({ ...HALF, title, left, right, leftYAxis: { min: 0 }, rightYAxis: { min: 0 } });

  return new Dashboard(scope, 'Dashboard', {
    defaultInterval: Duration.days(7),
    widgets: [
      [
        new TextWidget({
          width: WIDTH,
          height: 3,
          markdown: `# ${props.title}\nWhat to do when an alarm is on: docs/runbook.md. What each count means: docs/metrics.md.`,
        }),
        new AlarmStatusWidget({ width: WIDTH, height: 3, alarms: [...alarms] }),
      ],
      [
        query('Calls told, by severity', LogQueryVisualizationType.BAR, 'stats count(*) as calls by severity'),
        query(
          'Calls told, by account and domain',
          LogQueryVisualizationType.TABLE,
          'stats count(*) as calls, latest(eventTime) as last by accountId, region, domainName, severity',
          'sort calls desc',
          'limit 50',
        ),
      ],
      [
        query(
          'From the call to the alert, in seconds',
          LogQueryVisualizationType.LINE,
          'stats pct(lagSeconds, 50) as median, pct(lagSeconds, 95) as p95, max(lagSeconds) as longest by bin(1h)',
        ),
        graph('Log files', counts('LogFilesReceived', 'LogFilesScanned', 'LogFilesScannedAgain', 'ObjectsSkipped'), [
          ...counts('LogFilesFailed'),
        ]),
      ],
      [
        graph(
          'Calls',
          counts(
            'RecordsReceived',
            'RecordsIgnored',
            'CallsFound',
            'CallsInformational',
            'CallsSuppressed',
            'AlertsSent',
          ),
          counts('AlertsFailed', 'AlertsUnrecorded'),
        ),
        graph(
          'Waiting, and not as deployed',
          [queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5) })],
          counts('StateDeviations'),
        ),
      ],
      [
        graph(
          'What it costs: invocations and messages',
          [monitor.metricInvocations({ period }), queue.metricNumberOfMessagesReceived({ period })],
          [monitor.metricDuration({ period, statistic: 'Sum' })],
        ),
        graph(
          'What it costs: the table and the topics',
          [table.metricConsumedWriteCapacityUnits({ period }), table.metricConsumedReadCapacityUnits({ period })],
          alertTopics.map((topic) => topic.metricNumberOfMessagesPublished({ period })),
        ),
      ],
    ],
  });
}
