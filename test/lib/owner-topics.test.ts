import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import type { NestedStack } from 'aws-cdk-lib';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Account, Settings } from '../../core/settings';
import { deviationsIn } from '../../core/state';
import { ownerTopicEnd } from '../../core/base/owner-topic';
import type { EsConfigMonitorStack } from '../../lib/es-config-monitor-stack';
import { orderIn, wellBut, wellOf } from '../support/deployed';
import { problemsOf, stackWith, templateWith } from './stack-in';
import { propertiesOf, refusesPlainText } from './template';

const MOST_BYTES = 1_000_000;

/** So many accounts of so many owners, each with one address. */
function settingsOf(accounts: number, owners: number): Pick<Settings, 'accounts'> {
  const account = (at: number): Account => ({
    name: `account-${at}`,
    owner: `owner ${at % owners}`,
    organization: 'o-a1b2c3d4e5',
    organizationalUnit: 'Production/Search',
    ...(at < owners && { subscribers: [`owner-${at}@example.com`] }),
  });
  return {
    accounts: Object.fromEntries(
      Array.from({ length: accounts }, (_, at) => [String(100_000_000_000 + at), account(at)]),
    ),
  };
}

function nestedIn(stack: EsConfigMonitorStack): readonly Template[] {
  return stack.node
    .findAll()
    .filter(
      (one): one is NestedStack =>
        'nestedStackResource' in one && one !== stack && one.nestedStackResource !== undefined,
    )
    .map((nested) => Template.fromStack(nested));
}

const sizeOf = (template: Template): number => Buffer.byteLength(JSON.stringify(template.toJSON()));
const countOf = (template: Template): number =>
  Object.keys((template.toJSON() as { Resources: object }).Resources).length;

describe.each([
  { accounts: 5, owners: 2 },
  { accounts: 300, owners: 12 },
  { accounts: 5000, owners: 400 },
])('$accounts accounts of $owners owners', ({ accounts, owners }) => {
  const stack = stackWith(settingsOf(accounts, owners));
  const template = Template.fromStack(stack);
  const nested = nestedIn(stack);

  test('have a topic and a subscription for each owner, and nothing for an account', () => {
    const found = (type: string): number =>
      nested.reduce((sum, one) => sum + Object.keys(one.findResources(type)).length, 0);
    expect([found('AWS::SNS::Topic'), found('AWS::SNS::TopicPolicy'), found('AWS::SNS::Subscription')]).toEqual([
      owners,
      owners,
      owners,
    ]);
    expect(nested.reduce((sum, one) => sum + countOf(one), 0)).toBe(3 * owners);
  });

  test('are in stacks that CloudFormation takes: 500 resources and a million bytes each', () => {
    const without = countOf(templateWith());
    // The nested stacks, and an alarm on what becomes of the owners' alerts.
    expect(countOf(template)).toBe(without + nested.length + 1);
    for (const one of [template, ...nested]) {
      expect(countOf(one)).toBeLessThanOrEqual(500);
      expect(sizeOf(one)).toBeLessThan(MOST_BYTES);
    }
    // EventBridge Scheduler takes an input of 256 KB.
    expect(JSON.stringify(propertiesOf(template, 'AWS::Scheduler::Schedule')).length).toBeLessThan(256 * 1024);
  });

  test('are few enough for the check of state: it has 0.2 seconds for each request about them, one after the other', () => {
    const { Timeout } = propertiesOf(template, 'AWS::Lambda::Function', 'StateCheckFunction');
    // The topic, those that are subscribed to it, twice, and the subscription.
    expect(owners * 4 * 0.2).toBeLessThan(Number(Timeout));
  });
});

const two = settingsOf(5, 2);
const stack = stackWith({ ...two, subscribers: [{ subscription: new EmailSubscription('owner-1@example.com') }] });
const template = Template.fromStack(stack);

test.each(['constructor', 'toString', 'Default', 'Resource'])('an owner may be called %s', (owner) => {
  const subscribers = ['a.b@example.com', 'ab@example.com'];
  const [nested] = nestedIn(stackWith({ accounts: { '111122223333': { owner, subscribers } } }));
  expect(Object.values(nested?.findResources('AWS::SNS::Subscription') ?? {})).toHaveLength(2);
});

test('without owners nothing is different', () => {
  const named = templateWith({ accounts: { '111122223333': { name: 'search-production' } } });
  expect(countOf(named)).toBe(countOf(templateWith()));
  expect(JSON.stringify(named)).not.toContain('OWNER_TOPICS');
});

test('the function is told how their names begin, and may publish to those alone', () => {
  const { Environment } = propertiesOf(template, 'AWS::Lambda::Function', 'Function');
  expect(Environment).toMatchObject({ Variables: { OWNER_TOPICS: 'EsConfigMonitor-owner-' } });
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Action: 'sns:Publish',
          Resource: Match.arrayWith([{ 'Fn::Join': ['', Match.arrayWith([':EsConfigMonitor-owner-*'])] }]),
        }),
      ]),
    },
  });
});

test('a topic is named after its owner, encrypted, refuses plain text, and puts by what cannot be delivered', () => {
  const all = nestedIn(stack);
  const [one] = all.filter((each) => JSON.stringify(each.toJSON()).includes('owner-0@example.com'));
  if (!one) throw new Error('nobody has the address');
  one.hasResourceProperties('AWS::SNS::Topic', {
    TopicName: `EsConfigMonitor-owner-${ownerTopicEnd('owner 0')}`,
    DisplayName: 'owner 0 es-config-monitor',
    KmsMasterKeyId: Match.anyValue(),
  });
  one.hasResourceProperties('AWS::SNS::TopicPolicy', refusesPlainText('sns:Publish'));
  one.hasResourceProperties('AWS::SNS::Subscription', {
    Protocol: 'email',
    Endpoint: 'owner-0@example.com',
    RedrivePolicy: { deadLetterTargetArn: Match.anyValue() },
    FilterPolicy: Match.absent(),
  });
  template.hasResourceProperties('AWS::SQS::QueuePolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Action: 'sqs:SendMessage',
          Condition: {
            ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', Match.arrayWith([':EsConfigMonitor-owner-*'])] } },
          },
        }),
      ]),
    },
  });
});

test('an alarm rings where what is due to owners is more, or less, than what became of it', () => {
  const { Metrics, Threshold } = propertiesOf(template, 'AWS::CloudWatch::Alarm', 'OwnersUnaccountedAlarm');
  const metrics = Metrics as readonly {
    readonly Expression?: string;
    readonly MetricStat?: { Metric: { MetricName: string } };
  }[];
  expect(metrics.flatMap(({ MetricStat }) => MetricStat?.Metric.MetricName ?? [])).toEqual([
    'OwnerAlertsDue',
    'OwnerAlertsSent',
    'OwnerAlertsKnown',
    'OwnerAlertsFailed',
  ]);
  expect(metrics.flatMap(({ Expression }) => Expression ?? [])).toEqual([
    'ABS(FILL(m0, 0) - FILL(m1, 0) - FILL(m2, 0) - FILL(m3, 0))',
  ]);
  expect(Threshold).toBe(1);
});

test('names of owners that differ in what no name of a topic may hold are names of two topics', () => {
  expect(ownerTopicEnd('a b')).toMatch(/^a-b-[0-9a-f]{8}$/);
  expect(ownerTopicEnd('a b')).not.toBe(ownerTopicEnd('a-b'));
});

test('an owner stays in its stack, whoever else comes', () => {
  const placesOf = (owners: number): ReadonlyMap<string, string> =>
    new Map(
      stackWith(settingsOf(50, owners))
        .node.findAll()
        .flatMap((one) => {
          const [, owner] = /Owners\d\/(owner-\d+-[0-9a-f]{8})\/Resource$/.exec(one.node.path) ?? [];
          return owner === undefined ? [] : [[owner, one.node.path] as const];
        }),
    );
  const [before, after] = [placesOf(5), placesOf(50)];
  expect(before.size).toBe(5);
  for (const [owner, place] of before) expect(after.get(owner)).toBe(place);
});

test('calls that would silence a topic of an owner are told as those on the monitor’s own', () => {
  const { Environment } = propertiesOf(template, 'AWS::Lambda::Function', 'Function');
  expect(JSON.stringify(Environment)).toContain('EsConfigMonitor-owner-*');
});

test('the stack gives out the topic of each owner, for chat', () => {
  expect(Object.keys(stack.monitor.ownerTopics)).toEqual(['owner 0', 'owner 1']);
});

test('whoever hears everything and is an owner’s subscriber, too, draws a warning', () => {
  Annotations.fromStack(stack).hasWarning(
    '*',
    Match.stringLikeRegexp("owner-1@example.com is a subscriber of the stack and of the owner 'owner 1'"),
  );
});

describe('the check of state', () => {
  const order = orderIn(template);

  test('finds nothing where everybody has confirmed', () => {
    expect(order.expected.filter(({ name }) => name.includes('-owner-'))).toHaveLength(4);
    expect(deviationsIn(order.expected, wellOf(order))).toEqual([]);
  });

  test('tells of an owner whom nobody hears, and of a subscription that is not confirmed or has a filter', () => {
    const arn = `arn:aws:sns:eu-west-1:111122223333:EsConfigMonitor-owner-${ownerTopicEnd('owner 0')}`;
    const told = (...change: Parameters<typeof wellBut> extends [unknown, ...infer Rest] ? Rest : never) =>
      deviationsIn(order.expected, wellBut(order, ...change)).map(({ sentence }) => sentence);
    const topic = arn.split(':').at(-1);
    expect(told('topic', arn, { isHeard: false })).toEqual([
      `topic ${topic} has no confirmed subscription: nobody hears what is published to it`,
    ]);
    expect(told('subscription', arn, { isConfirmed: false })).toEqual([
      `the email subscription of owner-0@example.com to ${topic} is not confirmed: it is told nothing, and SNS forgets it after two days`,
    ]);
    expect(told('subscription', arn, { filterPolicy: { severity: ['LOW'] } })).toEqual([
      `the email subscription of owner-0@example.com to ${topic} has a filter policy, which keeps alerts from it: {"severity":["LOW"]}`,
    ]);
    expect(told('topic', arn, { policy: { Version: '2012-10-17' } })).toEqual([]);
  });
});

test('more owners than the stacks hold are refused, with what to do', () => {
  expect(problemsOf(settingsOf(5000, 1000))).toEqual([
    expect.stringMatching(
      /^'accounts' and 'domains' have 1000 owners, which take \d+ resources in one of 4 nested stacks; allowed: 480, two for each owner and one for each subscriber: let owners share lists, or have a rule on the event bus/,
    ),
  ]);
});

test('a webhook that cannot confirm is refused', () => {
  const url = 'https://hooks.slack.com/services/T0/B0/x';
  expect(problemsOf({ accounts: { '111122223333': { owner: 'search', subscribers: [url] } } })).toEqual([
    expect.stringContaining(`the subscriber "${url}" of the owner 'search' is the https address of hooks.slack.com`),
  ]);
});
