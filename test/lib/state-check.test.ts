import { Duration } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { readOrder } from '../../core/state';
import type { PropsInStack } from '../../lib/es-config-monitor-stack';
import { orderIn } from '../support/deployed';
import { appWith, onExistingBucket, stackWith, templateWith } from './stack-in';
import { propertiesOf, type Properties } from './template';

const onNewTrail = templateWith();
const onBucket = templateWith(onExistingBucket());

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** What a role of the state check may do: its statements by their actions, with the resources as text. */
function rightsIn(template: Template, role: string): ReadonlyMap<string, string> {
  const statements = Object.values(template.findResources('AWS::IAM::Policy'))
    .map((policy) => (policy as { Properties: Properties }).Properties)
    .filter(({ Roles }) => JSON.stringify(Roles).includes(role))
    .flatMap(({ PolicyDocument }) => (PolicyDocument as { Statement: readonly Statement[] }).Statement);
  return new Map(statements.map(({ Action, Resource }) => [[Action].flat().join(' '), JSON.stringify(Resource)]));
}

describe('the role of the state check', () => {
  const rights = rightsIn(onNewTrail, 'StateCheckRole');
  const actions = [...rights.keys()].flatMap((one) => one.split(' '));

  test('may look, write its log, remember and tell, and nothing else', () => {
    const looks = /^\w+:(?:Get|List|Describe)/;
    expect(actions.filter((action) => !looks.test(action)).sort()).toEqual([
      'dynamodb:PutItem',
      'kms:Decrypt',
      'kms:GenerateDataKey*',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'sns:Publish',
    ]);
  });

  test('names the resources of every right', () => {
    for (const resources of rights.values()) expect(resources).not.toMatch(/"\*"/);
  });

  test('reads no message, no object, no item but its own and no parameter', () => {
    expect(
      actions.filter((action) => /Receive|GetObject|Scan|Query|GetParameter|GetSecret|GetPolicy$/.test(action)),
    ).toEqual([]);
    expect(rights.get('dynamodb:GetItem dynamodb:PutItem')).toMatch(/^\{"Fn::GetAtt":\["AlertTable\w+","Arn"\]\}$/);
    onNewTrail.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: ['dynamodb:GetItem', 'dynamodb:PutItem'],
            Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['state-check'] } },
          }),
        ]),
      },
    });
  });

  test('looks through the chains of digests where these are followed, and through nothing else', () => {
    const following = templateWith({ completeness: true });
    expect(rightsIn(following, 'StateCheckRole').get('dynamodb:Query')).toMatch(
      /^\{"Fn::GetAtt":\["AlertTable\w+","Arn"\]\}$/,
    );
    following.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'dynamodb:Query',
            Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['chains'] } },
          }),
        ]),
      },
    });
    expect(orderIn(following).followsDigests).toBe(true);
    expect(orderIn(onNewTrail).followsDigests).toBeUndefined();
  });

  test('tells two topics only', () => {
    expect(rights.get('sns:Publish')).toMatch(/^\[\{"Ref":"CriticalAlerts\w+"\},\{"Ref":"Operations\w+"\}\]$/);
  });

  test('asks nothing of a trail and a bucket of others, but for the notifications of the bucket', () => {
    const others = [...rightsIn(onBucket, 'StateCheckRole').keys()].filter((one) => /s3:|cloudtrail:/.test(one));
    expect(others).toEqual(['s3:GetBucketNotification']);
  });

  test('may tag one queue where a heartbeat is wanted', () => {
    const beating = rightsIn(templateWith(onExistingBucket({ heartbeat: true })), 'StateCheckRole');
    expect(beating.get('sqs:TagQueue')).toMatch(/^\{"Fn::GetAtt":\["DeadLetterQueue\w+","Arn"\]\}$/);
  });

  test('is not the one of the schedule, which may call the function only', () => {
    expect([...rightsIn(onNewTrail, 'StateCheckScheduleRole')]).toEqual([
      ['lambda:InvokeFunction', expect.stringMatching(/^\{"Fn::GetAtt":\["StateCheckFunction\w+","Arn"\]\}$/)],
    ]);
  });
});

describe('the schedule', () => {
  test('has the stack looked at every quarter of an hour, or as often as is said', () => {
    expect(propertiesOf(onNewTrail, 'AWS::Scheduler::Schedule')['ScheduleExpression']).toBe('rate(15 minutes)');
    const hourly = templateWith({ stateCheck: Duration.hours(1) });
    expect(propertiesOf(hourly, 'AWS::Scheduler::Schedule')['ScheduleExpression']).toBe('rate(60 minutes)');
    expect(propertiesOf(hourly, 'AWS::CloudWatch::Alarm', 'StateCheckAlarm')).toMatchObject({
      Period: 3600,
      EvaluationPeriods: 3,
      TreatMissingData: 'breaching',
    });
  });

  test('can be left out, with everything that belongs to it', () => {
    const without = templateWith({ stateCheck: false });
    expect(Object.keys(without.toJSON()['Resources'] as object).filter((id) => id.startsWith('StateCheck'))).toEqual(
      [],
    );
  });

  test('hands over an order of everything that the stack is made of', () => {
    const kindsOf = (template: Template): Readonly<Record<string, number>> => {
      const kinds: Record<string, number> = {};
      for (const { kind } of orderIn(template).expected) kinds[kind] = (kinds[kind] ?? 0) + 1;
      return kinds;
    };
    const count = (type: string): number => Object.keys(onNewTrail.findResources(type)).length;
    expect(kindsOf(onNewTrail)).toMatchObject({
      topic: count('AWS::SNS::Topic'),
      queue: count('AWS::SQS::Queue'),
      alarm: count('AWS::CloudWatch::Alarm'),
      table: 1,
      mapping: 1,
      notification: 1,
      bucket: 1,
      trail: 1,
      key: count('AWS::KMS::Key'),
    });
    expect(kindsOf(onBucket)).not.toHaveProperty('trail');
    expect(kindsOf(onBucket)).not.toHaveProperty('bucket');
    expect(kindsOf(templateWith(onExistingBucket({ notifications: 'eventbridge' })))).toMatchObject({
      rule: expect.any(Number) as number,
      notification: 1,
    });
  });

  test('does not look at a bucket that a topic tells of', () => {
    const onTopic: PropsInStack = (stack) => {
      const arn = 'arn:aws:sns:eu-west-1:444455556666:log-files';
      return onExistingBucket({ notifications: Topic.fromTopicArn(stack, 'LogFileTopic', arn) })(stack);
    };
    expect(orderIn(templateWith(onTopic)).expected.map(({ kind }) => kind)).not.toContain('notification');
  });

  test('knows subscribers of every kind, those added later too, and no others', () => {
    const stack = stackWith({ subscribers: [{ subscription: new EmailSubscription('a@example.com') }] }, appWith());
    const queue = new Queue(stack, 'Own');
    stack.alertTopics.CRITICAL.addSubscription(new SqsSubscription(queue, { rawMessageDelivery: true }));
    new Topic(stack, 'Another').addSubscription(new EmailSubscription('b@example.com'));
    const subscriptions = orderIn(Template.fromStack(stack)).expected.flatMap((one) =>
      one.kind === 'subscription' ? [one.must] : [],
    );
    expect(subscriptions.map(({ protocol }) => protocol).sort()).toEqual(['email', 'email', 'email', 'email', 'sqs']);
    expect(subscriptions.find(({ protocol }) => protocol === 'sqs')).toMatchObject({
      isRaw: true,
      isConfirmed: true,
      filterPolicy: null,
      deadLetterQueue: null,
    });
    expect(subscriptions[0]?.deadLetterQueue).toMatch(/^UndeliveredAlerts\w+\.Arn$/);
  });

  test('has the key of the log files looked at where it is of the stack', () => {
    const template = templateWith((stack) => ({ encryptionKey: new Key(stack, 'LogKey') }));
    expect(orderIn(template).expected.find(({ kind }) => kind === 'trail')).toMatchObject({
      must: { key: expect.stringMatching(/^LogKey\w+\.Arn$/) as string },
    });
  });
});

test.each([[undefined], [{}], [{ ...orderIn(onBucket), expected: [] }], [{ ...orderIn(onBucket), stackId: '' }]])(
  'what is no order of the stack is refused: %#',
  (event) => expect(() => readOrder(event)).toThrow(/^the order of the state check lacks \w+/),
);

test('the check runs on what the monitor is told to run on, where a region has not got these', () => {
  const template = templateWith({ runtime: Runtime.NODEJS_22_X, architecture: Architecture.X86_64 });
  expect(propertiesOf(template, 'AWS::Lambda::Function', 'StateCheckFunction')).toMatchObject({
    Runtime: 'nodejs22.x',
    Architectures: ['x86_64'],
  });
});
