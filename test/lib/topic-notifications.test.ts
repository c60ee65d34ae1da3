import { Template } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EsConfigMonitorStack, type EsConfigMonitorStackProps } from '../../lib/es-config-monitor-stack';
import { appWith, onExistingBucket, problemsIn } from './stack-in';
import { propertiesOf, type Properties } from './template';

const ACCOUNT = '111122223333';

/** A stack in a region, or in any, on a topic elsewhere. */
function stackOn(topic: string, region?: string): EsConfigMonitorStack {
  const stackProps: EsConfigMonitorStackProps = region === undefined ? {} : { env: { account: ACCOUNT, region } };
  return new EsConfigMonitorStack(
    appWith(),
    'EsConfigMonitor',
    (stack) => onExistingBucket({ notifications: Topic.fromTopicArn(stack, 'LogFileTopic', topic) })(stack),
    stackProps,
  );
}

const arnIn = (region: string, account = ACCOUNT): string => `arn:aws:sns:${region}:${account}:log-files`;

/** The subscription of the queue, and who may send to it for the topic. */
function subscriptionOf(stack: EsConfigMonitorStack) {
  const template = Template.fromStack(stack);
  const policy = propertiesOf(template, 'AWS::SQS::QueuePolicy', 'LogFileQueuePolicy')['PolicyDocument'] as Properties;
  const statements = policy['Statement'] as readonly Properties[];
  return {
    ...propertiesOf(template, 'AWS::SNS::Subscription'),
    senders: statements.filter(({ Effect }) => Effect === 'Allow').map(({ Principal }) => Principal),
    conditions: template.toJSON()['Conditions'] as unknown,
  } as Properties;
}

const deadLetterQueue = {
  deadLetterTargetArn: { 'Fn::GetAtt': [expect.stringMatching(/^DeadLetterQueue/) as unknown, 'Arn'] },
};

test('of the account and region of the stack has the dead-letter queue', () => {
  expect(subscriptionOf(stackOn(arnIn('eu-west-1'), 'eu-west-1'))).toMatchObject({
    RedrivePolicy: deadLetterQueue,
    senders: [{ Service: 'sns.amazonaws.com' }],
  });
});

test.each([
  ['another region', arnIn('us-east-1')],
  ['another account', arnIn('eu-west-1', '444455556666')],
])('of %s has none: SNS takes none from there', (_where, arn) => {
  const subscription = subscriptionOf(stackOn(arn, 'eu-west-1'));
  expect(subscription).toMatchObject({ TopicArn: arn, Region: arn.split(':')[3] });
  expect(subscription['RedrivePolicy']).toBeUndefined();
});

test('has it where the stack turns out to be where the topic is, when that is known at deployment only', () => {
  const { RedrivePolicy, conditions } = subscriptionOf(stackOn(arnIn('eu-west-1')));
  expect(RedrivePolicy).toEqual({ 'Fn::If': ['LogFileTopicIsHere', deadLetterQueue, { Ref: 'AWS::NoValue' }] });
  expect(conditions).toEqual({
    LogFileTopicIsHere: {
      'Fn::And': [
        { 'Fn::Equals': [{ Ref: 'AWS::AccountId' }, ACCOUNT] },
        { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] },
      ],
    },
  });
});

test.each([
  ['to an opt-in region, under the name of the region of the queue', 'us-east-1', 'eu-south-1', 'eu-south-1'],
  ['from an opt-in region, under the name of the region of the topic', 'af-south-1', 'us-east-1', 'af-south-1'],
])('sends %s', (_how, from, to, named) => {
  expect(subscriptionOf(stackOn(arnIn(from), to))['senders']).toContainEqual({ Service: `sns.${named}.amazonaws.com` });
});

test('sends within an opt-in region, and between others, under its own name alone', () => {
  for (const [from, to] of [
    ['eu-south-1', 'eu-south-1'],
    ['us-east-1', 'eu-west-1'],
  ] as const) {
    expect(subscriptionOf(stackOn(arnIn(from), to))['senders']).toEqual([{ Service: 'sns.amazonaws.com' }]);
  }
});

test('is refused from one opt-in region to another, with what to do', () => {
  expect(problemsIn(() => stackOn(arnIn('af-south-1'), 'eu-south-1'))).toEqual([
    "'notifications' is a topic in af-south-1 and the stack is in eu-south-1: SNS delivers from an opt-in region to no other opt-in " +
      'region; deploy the stack in the region of the topic',
  ]);
});
