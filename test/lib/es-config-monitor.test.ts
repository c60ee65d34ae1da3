import { NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { DEFAULT_SERVICE, readEnvironment } from '../../lambda/environment';
import { ConfigurationError } from '../../lib/configuration-error';
import { EsConfigMonitor } from '../../lib/es-config-monitor';
import type { EsConfigMonitorProps } from '../../lib/es-config-monitor-props';
import { EsConfigMonitorStack } from '../../lib/es-config-monitor-stack';
import { appWith, stackWith } from './stack-in';
import type { Properties } from './template';

const inStack = (): Stack => new Stack(appWith(), 'Search');

/** What building a monitor with these props refuses. */
function problemsOf(stack: Stack, id: string, props: EsConfigMonitorProps): readonly string[] {
  try {
    new EsConfigMonitor(stack, id, props);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe("a monitor in somebody's own stack", () => {
  const stack = inStack();
  const monitor = new EsConfigMonitor(stack, 'Monitor', {
    trailBucket: new Bucket(stack, 'Trail'),
    subscribers: [{ subscription: new EmailSubscription('oncall@example.com'), minimumSeverity: 'HIGH' }],
  });
  const template = Template.fromStack(stack);

  test('leaves the outputs to them', () => {
    expect(template.toJSON()['Outputs']).toBeUndefined();
  });

  test('has what it made in its fields', () => {
    expect(Object.keys(monitor.alertTopics)).toEqual(['LOW', 'MEDIUM', 'HIGH', 'CRITICAL']);
    expect(monitor.alarms).toHaveLength(9);
    const ids = [
      monitor.operationsTopic,
      monitor.logFileQueue,
      monitor.deadLetterQueue,
      monitor.undeliveredAlertsQueue,
      monitor.function,
      monitor.table,
      ...Object.values(monitor.alertTopics),
      ...monitor.alarms,
    ].map(({ node }) => node.path);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^Search\/Monitor\//);
  });

  test("adds to the notifications of the stack's own bucket", () => {
    template.hasResourceProperties('Custom::S3BucketNotifications', {
      Managed: true,
      BucketName: { Ref: Match.stringLikeRegexp('^Trail') },
      NotificationConfiguration: {
        QueueConfigurations: [{ QueueArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^MonitorLogFileQueue'), 'Arn'] } }],
      },
    });
  });
});

test('a monitor on a new trail has the bucket of the trail in its fields', () => {
  const { trailBucket } = new EsConfigMonitor(inStack(), 'Monitor');
  expect(trailBucket.node.path).toBe('Search/Monitor/TrailBucket');
});

describe('two monitors in one stack', () => {
  const stack = inStack();
  const bucket = Bucket.fromBucketName(stack, 'Trail', 'my-trail');
  const ours = new EsConfigMonitor(stack, 'Ours', { trailBucket: bucket, logFilePrefix: 'ours/AWSLogs/' });
  const theirs = new EsConfigMonitor(stack, 'Theirs', { trailBucket: bucket, logFilePrefix: 'theirs/AWSLogs/' });
  const template = Template.fromStack(stack);

  test('are told by one bucket of the log files of each', () => {
    const [notifications, ...others] = Object.values(template.findResources('Custom::S3BucketNotifications'));
    expect(others).toEqual([]);
    const { Properties: properties } = notifications as unknown as { Properties: Properties };
    expect(properties['NotificationConfiguration']).toMatchObject({
      QueueConfigurations: ['Ours', 'Theirs'].map((id) => ({
        QueueArn: { 'Fn::GetAtt': [expect.stringMatching(`^${id}LogFileQueue`), 'Arn'] },
        Filter: { Key: { FilterRules: [{}, { Name: 'prefix', Value: `${id.toLowerCase()}/AWSLogs/` }] } },
      })),
    });
  });

  test('have alarms on their own queues and functions, which tell their own topic', () => {
    const alarms = Object.entries(template.findResources('AWS::CloudWatch::Alarm'));
    expect(alarms).toHaveLength(18);
    for (const [id, { Properties: properties }] of alarms as [string, { Properties: Properties }][]) {
      const owner = id.startsWith('Ours') ? 'Ours' : 'Theirs';
      const other = owner === 'Ours' ? 'Theirs' : 'Ours';
      const text = JSON.stringify(properties);
      expect(text).toContain(`${owner}Operations`);
      expect(text).not.toContain(other);
      expect(properties['AlarmName']).toBeUndefined();
    }
  });

  test('have metrics of their own', () => {
    const services = Object.values(template.findResources('AWS::Lambda::Function')).flatMap((found) => {
      const { Environment } = (found as { Properties: Properties }).Properties;
      const variables = (Environment as { Variables?: Record<string, unknown> } | undefined)?.Variables;
      return variables ? [variables['SERVICE']] : [];
    });
    expect(services).toEqual(['Search/Ours', 'Search/Theirs']);
    expect([ours, theirs].map(({ metricService }) => metricService)).toEqual(services);
    expect(stack.resolve(theirs.metric('LogFilesScanned'))).toMatchObject({
      namespace: 'EsConfigMonitor',
      metricName: 'LogFilesScanned',
      dimensions: { service: 'Search/Theirs' },
      statistic: 'Sum',
    });
  });

  test('cannot both be told of one log file by its bucket', () => {
    expect(problemsOf(stack, 'Third', { trailBucket: bucket, logFilePrefix: 'ours/AWSLogs/o-a1b2c3d4e5/' })).toEqual([
      "'trailBucket' tells Search/Ours of the log files under 'ours/AWSLogs/' already, and S3 tells of a file only once: " +
        "set 'notifications' to 'eventbridge' or to a topic",
    ]);
    expect(problemsOf(stack, 'Fourth', { trailBucket: bucket, notifications: 'eventbridge' })).toEqual([]);
  });

  test('need one import of the bucket: the notifications of another would take the place of theirs', () => {
    const again = Bucket.fromBucketName(stack, 'TrailAgain', 'my-trail');
    expect(problemsOf(stack, 'Fifth', { trailBucket: again, logFilePrefix: 'fifth/' })).toEqual([
      expect.stringMatching(/^'trailBucket' and that of Search\/Ours are one bucket, imported twice/),
      expect.stringMatching(/^'trailBucket' and that of Search\/Theirs are one bucket, imported twice/),
    ]);
    const other = Bucket.fromBucketName(stack, 'Other', 'other-trail');
    expect(problemsOf(stack, 'Sixth', { trailBucket: other, logFilePrefix: 'ours/AWSLogs/' })).toEqual([]);
  });
});

describe('the metrics of a monitor', () => {
  test('keep their dimension in the stack that has carried it alone', () => {
    expect(stackWith().monitor.metricService).toBe(DEFAULT_SERVICE);
  });

  test('are told apart from those of another stack', () => {
    expect(new EsConfigMonitorStack(appWith(), 'Second').monitor.metricService).toBe('Second');
  });

  test('go by the address of the monitor: the name of the stack that is deployed, and the way from there', () => {
    const app = appWith();
    const stage = new Stage(app, 'Prod');
    const stack = new Stack(stage, 'Search', { stackName: 'search-prod' });
    const nested = new NestedStack(stack, 'Inner');
    expect(new EsConfigMonitor(nested, 'Monitor').metricService).toBe('search-prod/Inner/Monitor');
    expect(new EsConfigMonitor(stack, 'Default').metricService).toBe('search-prod');
  });

  test('have their name from the environment of the function, and without one the first', () => {
    const topics = Object.fromEntries(
      ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'].map((name) => [`${name}_TOPIC_ARN`, 'arn']),
    );
    const variables = { ...topics, TABLE_NAME: 'table', JUDGEMENT: '{}' };
    expect(readEnvironment(variables).service).toBe(DEFAULT_SERVICE);
    expect(readEnvironment({ ...variables, SERVICE: 'Search/Ours' }).service).toBe('Search/Ours');
  });
});
