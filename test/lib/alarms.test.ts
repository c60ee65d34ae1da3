import { readFileSync } from 'node:fs';
import { Match } from 'aws-cdk-lib/assertions';
import { onExistingBucket, templateWith } from './stack-in';
import { propertiesOf, type Properties } from './template';

const onBucket = templateWith(onExistingBucket());

describe('alarms', () => {
  const alarms = Object.values(onBucket.findResources('AWS::CloudWatch::Alarm')) as { Properties: Properties }[];
  const runbook = readFileSync('docs/runbook.md', 'utf8');
  const sections = [...runbook.matchAll(/^## (.+)$/gm)].map(([, title]) => title?.toLowerCase().replaceAll(' ', '-'));

  test('watch the dead-letter queue, the oldest message, undelivered alerts, errors, throttles and silence', () => {
    expect(alarms.map(({ Properties: { MetricName, Threshold } }) => [MetricName, Threshold])).toEqual([
      ['ApproximateNumberOfMessagesVisible', 1],
      ['ApproximateAgeOfOldestMessage', 900],
      ['ApproximateNumberOfMessagesVisible', 1],
      ['Errors', 1],
      ['Throttles', 1],
      ['NumberOfMessagesSent', 1],
    ]);
  });

  test('ring after six hours without a log file, and as well where nothing is said of the queue', () => {
    onBucket.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'NumberOfMessagesSent',
      Dimensions: [
        { Name: 'QueueName', Value: { 'Fn::GetAtt': [Match.stringLikeRegexp('^LogFileQueue'), 'QueueName'] } },
      ],
      Statistic: 'Sum',
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      Period: 3600,
      EvaluationPeriods: 6,
      DatapointsToAlarm: Match.absent(),
      TreatMissingData: 'breaching',
    });
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

  test('take silence as fine, except the one that is about silence', () => {
    const others = alarms.filter(({ Properties: { MetricName } }) => MetricName !== 'NumberOfMessagesSent');
    expect(others).toHaveLength(5);
    for (const { Properties: properties } of others) expect(properties['TreatMissingData']).toBe('notBreaching');
  });

  test('leave no key behind with the stack: nothing is stored under it', () => {
    onBucket.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Delete', Properties: { PendingWindowInDays: 7 } });
  });

  test('can reach the operations topic: its key and its policy let the alarms of this account in', () => {
    expect(propertiesOf(onBucket, 'AWS::SNS::Topic', 'Operations')['KmsMasterKeyId']).toEqual({
      'Fn::GetAtt': [expect.stringMatching(/^OperationsKey/), 'Arn'],
    });
    const cloudWatch = { Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' } };
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
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }),
        ]),
      },
    });
  });
});
