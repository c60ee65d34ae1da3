import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import {
  EmailSubscription,
  LambdaSubscription,
  SqsSubscription,
  UrlSubscription,
} from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { EsConfigMonitorProps } from '../../lib/es-config-monitor-props';
import type { PropsInStack } from '../../lib/es-config-monitor-stack';
import { appWith, problemsOf, stackWith, templateWith } from './stack-in';

describe('subscribers', () => {
  function topicsOf(props: EsConfigMonitorProps): string[] {
    const subscriptions = templateWith(props).findResources('AWS::SNS::Subscription');
    return Object.values(subscriptions)
      .map((subscription) => (subscription as { Properties: { TopicArn: { Ref: string } } }).Properties.TopicArn.Ref)
      .map((ref) => ref.replace(/Alerts[0-9A-F]{8}$/, ''))
      .sort();
  }
  const subscription = new EmailSubscription('security@example.com');

  test('are subscribed to all severities', () => {
    expect(topicsOf({ subscribers: [{ subscription }] })).toEqual(['Critical', 'High', 'Low', 'Medium']);
  });

  test.each([
    ['LOW', ['Critical', 'High', 'Low', 'Medium']],
    ['MEDIUM', ['Critical', 'High', 'Medium']],
    ['HIGH', ['Critical', 'High']],
    ['CRITICAL', ['Critical']],
  ] as const)('with minimum severity %s are subscribed to %p', (minimumSeverity, topics) => {
    expect(topicsOf({ subscribers: [{ subscription, minimumSeverity }] })).toEqual(topics);
  });

  test('may be mailboxes, queues, functions and addresses on the web, of this stack or another', () => {
    const app = appWith();
    const other = new Stack(app, 'Other');
    const queue = new Queue(other, 'Queue');
    const listener = new LambdaFunction(other, 'Function', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => {}'),
    });
    const subscribers = [
      subscription,
      new SqsSubscription(queue),
      new LambdaSubscription(listener),
      new UrlSubscription('https://global.sns-api.chatbot.amazonaws.com'),
    ].map((each) => ({ subscription: each }));
    const stack = stackWith({ subscribers }, app);
    Template.fromStack(stack).resourceCountIs('AWS::SNS::Subscription', 8);
    Template.fromStack(other).resourceCountIs('AWS::SNS::Subscription', 8);
  });

  test('that cannot be reached lose nothing: it is kept in a queue', () => {
    const template = templateWith({ subscribers: [{ subscription }], operationsSubscribers: [subscription] });
    template.resourceCountIs('AWS::SNS::Subscription', 5);
    template.allResourcesProperties('AWS::SNS::Subscription', {
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^UndeliveredAlerts'), 'Arn'] } },
    });
  });

  test('that name a dead-letter queue keep it', () => {
    const template = templateWith((stack) => {
      const deadLetterQueue = new Queue(stack, 'Mine');
      return { subscribers: [{ subscription: new EmailSubscription('security@example.com', { deadLetterQueue }) }] };
    });
    template.allResourcesProperties('AWS::SNS::Subscription', {
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Mine'), 'Arn'] } },
    });
  });
});

describe('subscribers that cannot be', () => {
  const subscription = new EmailSubscription('security@example.com');

  test("are told in the operator's words: the same one twice, by mail or by queue", () => {
    expect(problemsOf({ subscribers: [{ subscription }, { subscription, minimumSeverity: 'HIGH' }] })).toEqual([
      "the email subscriber 'security@example.com' is subscribed to HighAlerts twice: give each subscriber once",
    ]);
    const queues: PropsInStack = (stack) => {
      const queue = new Queue(stack, 'Pager');
      return { operationsSubscribers: [new SqsSubscription(queue), new SqsSubscription(queue)] };
    };
    expect(problemsOf(queues)).toEqual([
      "the sqs subscriber 'EsConfigMonitor/Pager' is subscribed to Operations twice: give each subscriber once",
    ]);
  });

  test('are refused where code is not type-checked, with everything else that is wrong', () => {
    const props = {
      subscribers: [{ subscription, minimumSeverity: 'high' }, { subscription: 'a@example.com' }, subscription.bind],
      operationsSubscribers: ['a@example.com'],
      trustedAccounts: ['1234'],
    } as unknown as EsConfigMonitorProps;
    expect(problemsOf(props)).toEqual([
      expect.stringContaining('"1234"'),
      `'subscribers'[0].minimumSeverity must be one of LOW, MEDIUM, HIGH, CRITICAL, got "high"`,
      expect.stringMatching(/^'subscribers'\[1\]\.subscription is no subscription; allowed: /),
      "'subscribers'[2] must be { subscription, minimumSeverity? }",
      expect.stringMatching(/^'operationsSubscribers'\[0\] is no subscription; allowed: /),
    ]);
  });
});

describe('an https subscriber', () => {
  const warningsOf = (url: string): string => {
    const { monitor } = stackWith({ subscribers: [{ subscription: new UrlSubscription(url) }] });
    return JSON.stringify(monitor.node.metadata.filter(({ type }) => type === 'aws:cdk:warning'));
  };

  test('that is no chat service draws a warning: it gets what only a chat service reads', () => {
    expect(warningsOf('https://events.pagerduty.com/x')).toContain(
      'is the https address of events.pagerduty.com, which gets',
    );
    expect(warningsOf('https://sns-api.chatbot.amazonaws.com.example.com')).toContain('example.com');
  });

  test('that is Amazon Q Developer in chat draws none, and neither does plain http, which gets the machine body', () => {
    expect(warningsOf('https://global.sns-api.chatbot.amazonaws.com')).toBe('[]');
    expect(warningsOf('http://example.com')).toBe('[]');
  });

  test.each([
    'https://hooks.slack.com/services/x',
    'https://team.webhook.office.com/webhookb2/x',
    'https://discord.com/api/webhooks/x',
  ])('cannot be the webhook %s', (url) => {
    expect(problemsOf({ subscribers: [{ subscription: new UrlSubscription(url) }] })).toEqual([
      expect.stringMatching(
        /^'subscribers'\[0\]\.subscription is the https address of .* cannot confirm a subscription/,
      ),
    ]);
    expect(problemsOf({ operationsSubscribers: [new UrlSubscription(url)] })).toHaveLength(1);
  });

  test('may be on a host that only ends like that of a webhook', () => {
    expect(
      problemsOf({ subscribers: [{ subscription: new UrlSubscription('https://my-hooks.slack.com.example') }] }),
    ).toEqual([]);
  });
});
