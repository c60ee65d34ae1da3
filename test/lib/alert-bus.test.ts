import { EventBus } from 'aws-cdk-lib/aws-events';
import { onExistingBucket, problemsOf, templateWith } from './stack-in';
import { propertiesOf } from './template';

const template = templateWith(onExistingBucket({ eventBus: true }));

describe('the event bus', () => {
  test('is given each alert as it is published, one at a time', () => {
    expect(propertiesOf(template, 'AWS::Pipes::Pipe', 'AlertBusPipe')).toMatchObject({
      Source: { 'Fn::GetAtt': [expect.stringMatching(/^AlertBusQueue/), 'Arn'] },
      SourceParameters: { SqsQueueParameters: { BatchSize: 1 } },
      Target: { 'Fn::GetAtt': [expect.stringMatching(/^AlertBus/), 'Arn'] },
      TargetParameters: {
        EventBridgeEventBusParameters: { Source: 'es-config-monitor', DetailType: 'Alert' },
        InputTemplate: '<$.body>',
      },
    });
  });

  test('hears all four topics, in the machine body alone', () => {
    const subscriptions = Object.values(template.findResources('AWS::SNS::Subscription')).map(
      (one) => (one as { Properties: object }).Properties,
    );
    expect(subscriptions).toHaveLength(4);
    for (const one of subscriptions) {
      expect(one).toMatchObject({
        Protocol: 'sqs',
        RawMessageDelivery: true,
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [expect.stringMatching(/^UndeliveredAlerts/), 'Arn'] } },
      });
      expect(one).not.toHaveProperty('FilterPolicy');
    }
  });

  test('that does not take an alert leaves it where an alarm watches, and a pipe that stopped makes one ring', () => {
    expect(propertiesOf(template, 'AWS::SQS::Queue', 'AlertBusQueue')).toMatchObject({
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 14 * 24 * 3600,
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [expect.stringMatching(/^UndeliveredAlerts/), 'Arn'] } },
    });
    expect(propertiesOf(template, 'AWS::CloudWatch::Alarm', 'AlertBusAlarm')).toMatchObject({
      MetricName: 'ApproximateAgeOfOldestMessage',
      Threshold: 900,
      AlarmDescription: expect.stringContaining('docs/runbook.md#alert-bus') as string,
    });
  });

  test('is reached by a role that may read this queue and put on this bus, for this account', () => {
    const { PolicyDocument: policy } = propertiesOf(template, 'AWS::IAM::Policy', 'AlertBusRole');
    const statements = (policy as { Statement: readonly Record<string, unknown>[] }).Statement;
    expect(
      Object.fromEntries(statements.map(({ Action, Resource }) => [String(Action), JSON.stringify(Resource)])),
    ).toEqual({
      'sqs:DeleteMessage,sqs:GetQueueAttributes,sqs:ReceiveMessage': expect.stringMatching(
        /^\{"Fn::GetAtt":\["AlertBusQueue/,
      ),
      'events:PutEvents': expect.stringMatching(/^\{"Fn::GetAtt":\["AlertBus[0-9A-F]{8}"/),
    });
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Principal: { Service: 'pipes.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          },
        ],
      },
    });
  });

  test('is part of what the monitor stands on', () => {
    const text = JSON.stringify(propertiesOf(template, 'AWS::Lambda::Function', 'Function'));
    expect(text).toContain('{"Ref":"AlertBusPipe"}');
    expect(text).toContain('{"Fn::GetAtt":["AlertBus6F0FAD70","Arn"]}');
    expect(text).toMatch(/\{"Fn::GetAtt":\["AlertBusQueue[0-9A-F]{8}","QueueName"\]\}/);
  });

  test('may be one of yours', () => {
    const yours = templateWith((stack) => ({
      ...onExistingBucket()(stack),
      eventBus: EventBus.fromEventBusName(stack, 'Yours', 'alerts'),
    }));
    yours.resourceCountIs('AWS::Events::EventBus', 0);
    expect(JSON.stringify(propertiesOf(yours, 'AWS::Pipes::Pipe', 'AlertBusPipe'))).toContain('event-bus/alerts');
  });
});

test('what is no bus is refused', () => {
  expect(problemsOf({ eventBus: 'alerts' } as never)).toEqual([
    `'eventBus' must be true or an event bus, such as EventBus.fromEventBusName(scope, 'Bus', 'alerts'), got "alerts"`,
  ]);
});
