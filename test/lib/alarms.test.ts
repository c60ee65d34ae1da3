import { readFileSync } from 'node:fs';
import { Duration } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { EQUATIONS } from '../../core/base/accounting';
import { EsConfigMonitorStack } from '../../lib/es-config-monitor-stack';
import { appWith, onExistingBucket, templateWith } from './stack-in';
import { propertiesOf, type Properties } from './template';

const onBucket = templateWith(onExistingBucket());

describe('alarms', () => {
  const alarms = Object.values(onBucket.findResources('AWS::CloudWatch::Alarm')) as { Properties: Properties }[];
  const runbook = readFileSync('docs/runbook.md', 'utf8');
  const sections = [...runbook.matchAll(/^## (.+)$/gm)].map(([, title]) => title?.toLowerCase().replaceAll(' ', '-'));

  test('watch the dead-letter queue, the oldest message, undelivered alerts, errors, throttles, the accounts, silence and the check', () => {
    expect(alarms.map(({ Properties: { MetricName, Threshold } }) => [MetricName, Threshold])).toEqual([
      ['ApproximateNumberOfMessagesVisible', 1],
      ['ApproximateAgeOfOldestMessage', 900],
      ['ApproximateNumberOfMessagesVisible', 1],
      ['Errors', 1],
      ['Throttles', 1],
      [undefined, 1],
      [undefined, 1],
      ['LogFilesScanned', 1],
      ['StateChecked', 1],
    ]);
  });

  const silenceOf = (template: Template): Properties => propertiesOf(template, 'AWS::CloudWatch::Alarm', 'NoLogFiles');

  test('ring where no log file was scanned, and as well where nothing is said of any', () => {
    expect(silenceOf(onBucket)).toMatchObject({
      Namespace: 'EsConfigMonitor',
      MetricName: 'LogFilesScanned',
      Dimensions: [{ Name: 'service', Value: 'es-config-monitor' }],
      Statistic: 'Sum',
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      TreatMissingData: 'breaching',
    });
    expect(silenceOf(onBucket)).not.toHaveProperty('DatapointsToAlarm');
  });

  test('of two monitors listen to their own log files', () => {
    const stack = new EsConfigMonitorStack(appWith(), 'Other');
    expect(silenceOf(Template.fromStack(stack))['Dimensions']).toEqual([{ Name: 'service', Value: 'Other' }]);
  });

  test.each([
    ['an hour on the trail of the stack', {}, [600, 6]],
    ['six hours on a trail of others', onExistingBucket(), [600, 36]],
    ['a day, where that is said', { silenceAfter: Duration.hours(24) }, [600, 144]],
    ['a week at most, in periods of an hour as CloudWatch asks for', { silenceAfter: Duration.days(7) }, [3600, 168]],
  ] as const)('ring after %s', (_, props, [period, periods]) => {
    expect(silenceOf(templateWith(props))).toMatchObject({ Period: period, EvaluationPeriods: periods });
  });

  test('ring where what was received is more, or less, than what became of it', () => {
    const accounts = alarms.flatMap(({ Properties: { Metrics } }) =>
      Metrics ? [Metrics as readonly AlarmMetric[]] : [],
    );
    const expressions = accounts.map((metrics) => {
      const nameOf = (id: string): string => metrics.find(({ Id }) => Id === id)?.MetricStat?.Metric.MetricName ?? id;
      const expression = metrics.find(({ Expression }) => Expression)?.Expression ?? '';
      return expression.replaceAll(/FILL\((m\d+), 0\)/g, (_, id: string) => nameOf(id));
    });
    const sides = EQUATIONS.map(({ whole, parts }) => `ABS(${[whole, ...parts].join(' - ')})`);
    expect(expressions).toEqual([sides.slice(0, 2).join(' + '), sides.slice(2, 4).join(' + ')]);
    for (const metrics of accounts) {
      const stats = metrics.flatMap(({ MetricStat }) => MetricStat ?? []);
      // CloudWatch allows ten in one alarm.
      expect(stats.length).toBeLessThanOrEqual(10);
      for (const stat of stats) {
        expect(stat).toMatchObject({
          Stat: 'Sum',
          Period: 300,
          Metric: { Namespace: 'EsConfigMonitor', Dimensions: [{ Name: 'service' }] },
        });
      }
    }
  });

  test('name a section of the runbook that exists', () => {
    for (const { Properties: properties } of alarms) {
      const section = /docs\/runbook\.md#([a-z-]+)$/.exec(String(properties['AlarmDescription']))?.[1];
      expect(sections).toContain(section);
    }
  });

  test('tell the operations topic of both their beginning and their end', () => {
    for (const { Properties: properties } of alarms) {
      const topic = [{ Ref: expect.stringMatching(/^Operations/) as unknown }];
      expect(properties).toMatchObject({ AlarmActions: topic, OKActions: topic });
    }
  });

  test('take silence as fine, except the ones that are about silence', () => {
    const onSilence = ['LogFilesScanned', 'StateChecked'];
    const others = alarms.filter(({ Properties: { MetricName } }) => !onSilence.includes(String(MetricName)));
    expect(others).toHaveLength(7);
    for (const { Properties: properties } of others) expect(properties['TreatMissingData']).toBe('notBreaching');
  });

  test('leave no key behind with the stack: nothing is stored under it', () => {
    onBucket.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Delete', Properties: { PendingWindowInDays: 7 } });
  });

  test('can reach the operations topic: its key and its policy let the alarms of this account in', () => {
    expect(propertiesOf(onBucket, 'AWS::SNS::Topic', 'Operations')['KmsMasterKeyId']).toEqual({
      'Fn::GetAtt': [expect.stringMatching(/^OperationsKey/), 'Arn'],
    });
    const Condition = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };
    const cloudWatch = { Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Condition };
    onBucket.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([{ ...cloudWatch, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Resource: '*' }]),
      },
    });
    onBucket.hasResourceProperties('AWS::SNS::TopicPolicy', {
      Topics: [{ Ref: Match.stringLikeRegexp('^Operations') }],
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            ...cloudWatch,
            Action: 'sns:Publish',
          }),
        ]),
      },
    });
  });
});

interface AlarmMetric {
  readonly Id: string;
  readonly Expression?: string;
  readonly MetricStat?: { readonly Metric: { readonly MetricName: string } };
}
