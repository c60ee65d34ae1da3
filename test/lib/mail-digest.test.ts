import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { onExistingBucket, problemsOf, templateWith } from './stack-in';
import { propertiesOf } from './template';

const template = templateWith(
  onExistingBucket({ digest: 'weekly', digestSubscribers: [new EmailSubscription('team@example.com')] }),
);
const text = JSON.stringify(template.toJSON());

describe('the mail digest', () => {
  test('has a queue that hears all four topics, and keeps what it hears longer than a week', () => {
    const queue = propertiesOf(template, 'AWS::SQS::Queue', 'MailDigestQueue');
    expect(queue).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 24 * 3600 });
    expect(JSON.stringify(queue['RedrivePolicy'])).toContain('UndeliveredAlerts');
    const heard = Object.values(template.findResources('AWS::SNS::Subscription')).filter((one) =>
      JSON.stringify(one).includes('MailDigestQueue'),
    );
    expect(heard).toHaveLength(4);
    for (const one of heard) expect(one).toMatchObject({ Properties: { RawMessageDelivery: true } });
  });

  test('is sent to its subscribers by a topic of its own, which is encrypted', () => {
    expect(propertiesOf(template, 'AWS::SNS::Topic', 'MailDigest')).toHaveProperty('KmsMasterKeyId');
    expect(Object.values(template.findResources('AWS::SNS::Subscription'))).toContainEqual(
      expect.objectContaining({
        Properties: expect.objectContaining({ Endpoint: 'team@example.com', Protocol: 'email' }) as unknown,
      }),
    );
  });

  test.each([
    ['daily', 'cron(0 7 * * ? *)', 2],
    ['weekly', 'cron(0 7 ? * MON *)', 8],
  ] as const)('that is %s is sent at seven, and missed after days', (digest, expression, days) => {
    const one = templateWith(onExistingBucket({ digest }));
    expect(propertiesOf(one, 'AWS::Scheduler::Schedule', 'MailDigest')['ScheduleExpression']).toBe(expression);
    expect(propertiesOf(one, 'AWS::CloudWatch::Alarm', 'MailDigestAlarm')).toMatchObject({
      MetricName: 'ApproximateAgeOfOldestMessage',
      Threshold: days * 24 * 3600,
    });
  });

  test('may empty its queue and publish to its topic, and nothing else', () => {
    const { PolicyDocument: policy } = propertiesOf(template, 'AWS::IAM::Policy', 'MailDigestRole');
    const statements = (policy as { Statement: readonly Record<string, unknown>[] }).Statement;
    expect(statements.map(({ Action }) => String(Action)).toSorted()).toEqual([
      'logs:CreateLogStream,logs:PutLogEvents',
      'sns:Publish',
      'sqs:DeleteMessage,sqs:ReceiveMessage',
    ]);
  });

  test('is looked after by the check of state, and part of what the monitor stands on', () => {
    const { Target: target } = propertiesOf(template, 'AWS::Scheduler::Schedule', 'StateCheck');
    for (const id of ['MailDigestQueue', 'MailDigestFunction', 'MailDigestAlarm'])
      expect(JSON.stringify(target)).toContain(id);
    const watched = JSON.stringify(propertiesOf(template, 'AWS::Lambda::Function', 'Function'));
    expect(watched).toContain('MailDigestQueue');
  });

  test('is not there where nobody asked for one', () => {
    expect(text).toContain('MailDigest');
    expect(JSON.stringify(templateWith(onExistingBucket()).toJSON())).not.toContain('MailDigest');
  });
});

test.each([
  [{ digest: 'hourly' }, `'digest' must be 'daily' or 'weekly', got "hourly"`],
  [{ digestSubscribers: [] }, "'digestSubscribers' can only be set together with 'digest'"],
  [
    { digest: 'daily', digestSubscribers: ['a@example.com'] },
    "'digestSubscribers'[0] is no subscription; allowed: one of the classes of aws-cdk-lib/aws-sns-subscriptions",
  ],
])('%j is refused', (props, problem) => {
  expect(problemsOf(props as never)).toEqual([problem]);
});

test('runs on what the monitor is told to run on', () => {
  const own = templateWith(
    onExistingBucket({ digest: 'daily', runtime: Runtime.NODEJS_22_X, architecture: Architecture.X86_64 }),
  );
  expect(propertiesOf(own, 'AWS::Lambda::Function', 'MailDigestFunction')).toMatchObject({
    Runtime: 'nodejs22.x',
    Architectures: ['x86_64'],
  });
});
