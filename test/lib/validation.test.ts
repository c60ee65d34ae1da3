import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import type { PropsInStack } from '../../lib/es-config-monitor-stack';
import { appWith, onExistingBucket, stackWith } from './stack-in';

const email = new EmailSubscription('security@example.com');
const key = 'arn:aws:kms:eu-west-1:111122223333:key/01234567-89ab-cdef-0123-456789abcdef';
const topic = 'arn:aws:sns:eu-west-1:111122223333:log-files';

const STACKS: Readonly<Record<string, PropsInStack>> = {
  'a new trail': () => ({ subscribers: [{ subscription: email }], operationsSubscribers: [email] }),
  'a new trail under a key': (stack) => ({ encryptionKey: Key.fromKeyArn(stack, 'ExistingKey', key) }),
  'a new trail of an organization, in the management account': () => ({
    organization: { organizationId: 'o-a1b2c3d4e5' },
  }),
  'a new trail of an organization, as its delegated administrator': () => ({
    organization: { organizationId: 'o-a1b2c3d4e5', managementAccount: '999988887777' },
  }),
  'an existing bucket': onExistingBucket(),
  'an existing bucket under a prefix': onExistingBucket({ logFilePrefix: 'o-a1b2c3d4e5/AWSLogs/' }),
  'an existing bucket with a fast path': onExistingBucket({
    fastPath: true,
    fastPathFrom: ['o-a1b2c3d4e5', '111122223333'],
  }),
  'an existing bucket and an event bus': onExistingBucket({ eventBus: true }),
  'an existing bucket and a mail digest': onExistingBucket({ digest: 'weekly' }),
  'an existing bucket with owners': onExistingBucket({
    accounts: { '111122223333': { owner: 'search', subscribers: ['search@example.com'] } },
  }),
  'an existing bucket that sends to EventBridge': onExistingBucket({ notifications: 'eventbridge' }),
  'an existing bucket whose trail tells a topic': (stack) =>
    onExistingBucket({ notifications: Topic.fromTopicArn(stack, 'LogFileTopic', topic) })(stack),
};

describe.each(Object.entries(STACKS))('a stack on %s', (_name, props) => {
  test('has no finding of cdk-nag', () => {
    expect(findingsIn(stackWith(props))).toEqual([]);
  });
});

describe('cdk-nag', () => {
  test('finds a queue that anybody may read in plain text', () => {
    const stack = stackWith();
    new Queue(stack, 'Careless');
    expect(findingsIn(stack)).toContain('AwsSolutions-SQS4');
  });
});

describe('template validation', () => {
  beforeAll(() => {
    process.env['CDK_VALIDATION'] = 'true';
  });
  afterAll(() => {
    process.env['CDK_VALIDATION'] = 'false';
  });

  test.each(['a new trail', 'an existing bucket'])(
    'finds nothing in a stack on %s, not even a warning',
    (name) => {
      const app = appWith();
      stackWith(STACKS[name], app);
      const report = readFileSync(path.join(app.synth().directory, 'validation-report.json'), 'utf8');
      expect(JSON.parse(report)).toMatchObject({ pluginReports: [] });
    },
    120_000,
  );

  test('finds a queue that keeps messages longer than SQS does', () => {
    const app = appWith();
    const stack = stackWith({}, app);
    const queue = new Queue(stack, 'Hoard').node.defaultChild as unknown as { messageRetentionPeriod: number };
    queue.messageRetentionPeriod = 99_999_999;
    expect(() => app.synth()).toThrow(/[Vv]alidation/);
  }, 120_000);
});

function findingsIn(stack: ReturnType<typeof stackWith>): string[] {
  return [new AwsSolutionsChecks(), new ServerlessChecks()].flatMap((pack) =>
    pack.validateScope(stack).violations.map(({ ruleName }) => ruleName),
  );
}
