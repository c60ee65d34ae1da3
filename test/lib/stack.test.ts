import { EsConfigMonitorStack, type PropsInStack } from '../../lib/es-config-monitor-stack';
import { appWith, onExistingBucket, stackWith, templateWith } from './stack-in';
import type { Properties } from './template';

const onBucket = templateWith(onExistingBucket());
const onNewTrail = templateWith();

describe('the stack', () => {
  test('has the outputs that people and scripts look for', () => {
    expect(Object.keys(onBucket.toJSON()['Outputs'] as Properties).sort()).toEqual([
      'CriticalAlertsTopicArn',
      'DeadLetterQueueArn',
      'DeadLetterQueueUrl',
      'FunctionName',
      'FunctionRoleArn',
      'HighAlertsTopicArn',
      'LogFileQueueArn',
      'LogFileQueueUrl',
      'LowAlertsTopicArn',
      'MediumAlertsTopicArn',
      'OperationsTopicArn',
      'RedriveCommand',
      'SendTestAlertCommand',
      'UndeliveredAlertsQueueUrl',
    ]);
  });

  test('keeps the ids of everything that holds data or subscribers: a new id is a new, empty resource', () => {
    const types = ['SNS::Topic', 'SQS::Queue', 'S3::Bucket', 'KMS::Key', 'Logs::LogGroup', 'DynamoDB::Table'];
    const ids = types.flatMap((type) => Object.keys(onNewTrail.findResources(`AWS::${type}`)));
    expect(ids.sort()).toEqual([
      'AlertTable63A83C6C',
      'BucketNotificationsHandler050a0587b7544547bf325f094a3db834LogsF7ED6DCE',
      'CriticalAlerts1F1E9D64',
      'DeadLetterQueue9F481546',
      'FunctionLogsAE28C13D',
      'HighAlertsCA4FED98',
      'LogFileQueueBF95825B',
      'LowAlertsBA817634',
      'MediumAlerts8202C97B',
      'Operations993AC38D',
      'OperationsKey2329F47A',
      'StateCheckLogs1D7FBD34',
      'TrailBucketA831CE63',
      'TrailBucketAccessLogs0418D82C',
      'UndeliveredAlerts87845B63',
    ]);
  });

  test('may be given its account, region and tags where its props are made within it', () => {
    const env = { account: '111122223333', region: 'eu-west-1' };
    const seen: string[] = [];
    const maker: PropsInStack = (inner) => {
      seen.push(inner.account, inner.region);
      return {};
    };
    const stack = new EsConfigMonitorStack(appWith(), 'Made', maker, { env, tags: { team: 'search' } });
    expect(seen).toEqual(['111122223333', 'eu-west-1']);
    expect(stack.tags.tagValues()).toEqual({ team: 'search' });
  });

  test('is named by its id', () => {
    const stack: EsConfigMonitorStack = stackWith();
    expect(stack.stackName).toBe('EsConfigMonitor');
  });

  test('on a new trail is as it was', () => {
    const assets = /"[0-9a-f]{64}\.zip"/g;
    const text = JSON.stringify(onNewTrail.toJSON())
      .replace(assets, '"<hash>.zip"')
      .replace(/"ZipFile":"(?:[^"\\]|\\.)*"/, '"ZipFile":"<written by CDK>"');
    expect(JSON.parse(text)).toMatchSnapshot();
  });
});
