import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { context as featureFlags } from '../../cdk.json';
import { ConfigurationError } from '../../lib/configuration-error';
import { CONTEXT_KEYS, propsFromContext } from '../../lib/context';
import type { EsConfigMonitorProps } from '../../lib/es-config-monitor-stack';
import { appWith, stackWith } from './stack-in';

type Context = Readonly<Record<string, unknown>>;

const folder = mkdtempSync(path.join(tmpdir(), 'es-config-monitor-'));
afterAll(() => rmSync(folder, { recursive: true }));

function propsWith(context: Context): ReturnType<typeof propsFromContext> {
  return propsFromContext(new Stack(appWith(context), 'Stack'));
}

function problemsWith(context: Context): readonly string[] {
  try {
    stackWith(propsFromContext, appWith(context));
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

function fileWith(content: string): string {
  const file = path.join(folder, 'config.json');
  writeFileSync(file, content);
  return file;
}

describe('context', () => {
  test('is optional: without any, a new trail is watched and nobody is subscribed', () => {
    expect(propsWith({})).toEqual({});
  });

  test('names the bucket, the folder and the key of an existing trail', () => {
    const keyArn = 'arn:aws:kms:eu-west-1:111122223333:key/abc';
    const props = propsWith({ trailBucketName: 'my-trail', logFilePrefix: 'x/AWSLogs/', encryptionKeyArn: keyArn });
    expect(props).toMatchObject({
      trailBucket: { bucketName: 'my-trail' },
      logFilePrefix: 'x/AWSLogs/',
      encryptionKey: { keyArn },
    });
  });

  test('says how the news of log files arrive', () => {
    const notifications = 'arn:aws:sns:eu-west-1:111122223333:log-files';
    const trailBucketName = 'my-trail';
    expect(propsWith({ trailBucketName, notifications: 'eventbridge' })).toMatchObject({
      notifications: 'eventbridge',
    });
    expect(propsWith({ trailBucketName, notifications })).toMatchObject({ notifications: { topicArn: notifications } });
  });

  test.each(['sqs', 'arn:aws:sqs:eu-west-1:111122223333:queue', 'arn:aws:sns:eu-west-1:111122223333:topic.fifo'])(
    'takes news of log files from S3, EventBridge and SNS topics, not from %s',
    (notifications) => {
      expect(problemsWith({ trailBucketName: 'my-trail', notifications })).toEqual([
        "context key 'notifications' must be 'bucket', 'eventbridge' or the ARN of a topic, " +
          `arn:aws:sns:REGION:ACCOUNT:NAME, got '${notifications}'`,
      ]);
    },
  );

  test.each([
    ['arn:aws:s3:::my-trail', '; did you mean my-trail?'],
    ['s3://my-trail/AWSLogs/', '; did you mean my-trail?'],
    ['my-trail,other-trail', ''],
    ['a', ''],
  ])('refuses the bucket name %s in one sentence', (trailBucketName, hint) => {
    expect(problemsWith({ trailBucketName, logFilePrefix: 'AWSLogs/' })).toEqual([
      "context key 'trailBucketName' must be the name of one bucket, 3 to 63 letters, digits, dots and hyphens, " +
        `got '${trailBucketName}'${hint}`,
    ]);
  });

  test.each([
    ['arn:aws:kms:eu-west-1:111122223333:alias/logs', 'this is an alias'],
    ['alias/logs', 'key/ID'],
    ['01234567-89ab-cdef-0123-456789abcdef', 'key/ID'],
  ])('refuses the key %s in one sentence', (encryptionKeyArn, hint) => {
    const [problem, ...others] = problemsWith({ trailBucketName: 'my-trail', encryptionKeyArn });
    expect(problem).toContain("context key 'encryptionKeyArn' must be the ARN of a KMS key");
    expect(problem).toContain(hint);
    expect(others).toEqual([]);
  });

  test.each(['security', '@example.com', 'a@b', 'Jo <jo@example.com>', 'jo@example.com; al@example.com'])(
    'refuses to send alerts to %s',
    (alertEmail) => {
      expect(problemsWith({ alertEmail })).toEqual([
        `context key 'alertEmail' must be e-mail addresses separated by commas, got '${alertEmail}'`,
      ]);
    },
  );

  test('names everything that is wrong at once', () => {
    const problems = problemsWith({
      trailBucketName: 'a',
      notifications: 'sqs',
      encryptionKeyArn: 'alias/logs',
      alertEmail: 'security',
      minimumSeverity: 'SEVERE',
      trustedAccounts: '1234',
      watchedEvents: 'CreateDomian',
      logFilePrefix: 'AWSLogs',
      trustedCallers: ' ',
      suppressions: 'x',
      config: path.join(folder, 'none.json'),
    });
    expect(problems).toHaveLength(11);
  });

  test('warns that a new trail is created where no bucket is given', () => {
    const warningOf = (context: Context): string => {
      const stack = new Stack(appWith(context), 'Stack');
      propsFromContext(stack);
      return JSON.stringify(stack.node.metadata);
    };
    expect(warningOf({})).toContain("'trailBucketName' is not set: a new trail is created");
    expect(warningOf({ trailBucketName: 'my-trail' })).not.toContain('trail is created');
  });

  test('subscribes every address to alerts from a severity on, and to operational alarms', () => {
    const alertEmail = 'a@example.com, b@example.com,a@example.com';
    const context = { trailBucketName: 'my-trail', alertEmail, minimumSeverity: 'high' };
    const template = Template.fromStack(stackWith(propsFromContext, appWith(context)));
    const addresses = Object.values(template.findResources('AWS::SNS::Subscription')).map(
      (subscription) => (subscription as { Properties: { Endpoint: string } }).Properties.Endpoint,
    );
    expect(addresses.sort()).toEqual([
      'a@example.com',
      'a@example.com',
      'a@example.com',
      'b@example.com',
      'b@example.com',
      'b@example.com',
    ]);
  });

  test('lists what is watched and trusted, separated by commas or, in cdk.json, as a list', () => {
    const props = propsWith({
      watchedEvents: 'CreateDomain, DeleteDomain',
      trustedAccounts: ['111122223333', '444455556666'],
      trustedOrganizations: 'o-a1b2c3d4e5',
      trustedNetworks: '10.0.0.0/8,192.168.0.0/16',
      trustedCallers: 'arn:aws:iam::111122223333:role/deploy-*',
    });
    expect(props).toEqual({
      watchedEvents: ['CreateDomain', 'DeleteDomain'],
      trustedAccounts: ['111122223333', '444455556666'],
      trustedOrganizations: ['o-a1b2c3d4e5'],
      trustedNetworks: ['10.0.0.0/8', '192.168.0.0/16'],
      trustedCallers: ['arn:aws:iam::111122223333:role/deploy-*'],
    });
  });

  test('names a file with everything that is no list, and wins over it', () => {
    const config = fileWith('{"severityOverrides": {"domain-deleted": "LOW"}, "watchedEvents": ["AddTags"]}');
    expect(propsWith({ config, watchedEvents: 'DeleteDomain' })).toEqual({
      severityOverrides: { 'domain-deleted': 'LOW' },
      watchedEvents: ['DeleteDomain'],
    });
  });

  test('takes a file that begins with a byte order mark', () => {
    expect(propsWith({ config: fileWith('\uFEFF{"trustedAccounts": ["111122223333"]}') })).toEqual({
      trustedAccounts: ['111122223333'],
    });
  });

  test.each([
    ['[]', /must hold one JSON object$/],
    ['{"watchedEvent": []}', /'watchedEvent' is no setting; did you mean watchedEvents\?$/],
    ['{', /^context key 'config': .* cannot be read: /],
  ])('refuses the file %s', (content, problem) => {
    expect(problemsWith({ config: fileWith(content) })).toEqual([expect.stringMatching(problem)]);
  });

  test('refuses a file that is not there', () => {
    expect(problemsWith({ config: path.join(folder, 'none.json') })).toEqual([expect.stringContaining('ENOENT')]);
  });

  test.each([
    ['watchedEvent', 'watchedEvents'],
    ['AlertEmail', 'alertEmail'],
    ['minimumSeverty', 'minimumSeverity'],
    ['trustedAccount', 'trustedAccounts'],
  ])('refuses the key %s, which looks like %s', (key, nearest) => {
    const [problem, ...others] = problemsWith({ [key]: 'x' });
    expect(problem).toContain(`context key '${key}' is unknown; did you mean ${nearest}`);
    expect(others).toEqual([]);
  });

  test.each([
    ['suppressions', "'config'"],
    ['watchPatterns', "'config'"],
    ['severityOverrides', "'config'"],
    ['subscribers', "'alertEmail'"],
    ['operationsSubscribers', "'alertEmail'"],
    ['logFileRetention', 'bin/app.ts'],
    ['trailBucket', "'trailBucketName'"],
    ['encryptionKey', "'encryptionKeyArn'"],
    ['bucketName', "'trailBucketName'"],
    ['Email', "'alertEmail'"],
  ])('refuses the key %s, which is none, and says to use %s', (key, instead) => {
    const [problem, ...others] = problemsWith({ [key]: 'x' });
    expect(problem).toContain(`context key '${key}' is no context key: `);
    expect(problem).toContain(instead);
    expect(others).toEqual([]);
  });

  test('knows every prop: it has a context key, or is refused as one', () => {
    const props: Record<keyof EsConfigMonitorProps, true> = {
      trailBucket: true,
      logFilePrefix: true,
      notifications: true,
      encryptionKey: true,
      logFileRetention: true,
      subscribers: true,
      operationsSubscribers: true,
      watchedEvents: true,
      trustedAccounts: true,
      trustedOrganizations: true,
      trustedNetworks: true,
      trustedCallers: true,
      severityOverrides: true,
      suppressions: true,
      watchPatterns: true,
    };
    const others = Object.keys(props).filter((name) => !CONTEXT_KEYS.some((key) => key === name));
    for (const name of others) expect(problemsWith({ [name]: 'x' })).toHaveLength(1);
  });

  test("leaves alone the flags of CDK and other people's keys", () => {
    expect(problemsWith({ 'availability-zones:account=111122223333:region=eu-west-1': ['a'], owner: 'me' })).toEqual(
      [],
    );
  });

  test.each(CONTEXT_KEYS)('refuses a blank %s', (key) => {
    expect(problemsWith({ [key]: ' ' })).toEqual([`context key '${key}' is blank: give it a value or leave it out`]);
  });

  test('refuses a severity that has no topic, and one without anybody to apply to', () => {
    expect(problemsWith({ alertEmail: 'a@example.com', minimumSeverity: 'SEVERE' })).toEqual([
      "context key 'minimumSeverity' must be one of LOW, MEDIUM, HIGH, CRITICAL, got 'SEVERE'",
    ]);
    expect(problemsWith({ minimumSeverity: 'HIGH' })).toEqual([
      "context key 'minimumSeverity' has nobody to apply to: set 'alertEmail', too",
    ]);
  });
});

describe('the app', () => {
  function run(context: Context): { status: number | null; stderr: string } {
    const all = { ...featureFlags, 'aws:cdk:bundling-stacks': [], ...context };
    return spawnSync(process.execPath, ['--import', 'tsx', 'bin/app.ts'], {
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        CDK_VALIDATION: 'false',
        CDK_OUTDIR: folder,
        CDK_CONTEXT_JSON: JSON.stringify(all),
      },
    });
  }

  test('synthesizes the stack that the context describes, without credentials', () => {
    expect(run({ trailBucketName: 'my-trail', alertEmail: 'a@example.com' })).toMatchObject({ status: 0 });
    const template = readFileSync(path.join(folder, 'EsConfigMonitor.template.json'), 'utf8');
    expect(template).toContain('"my-trail"');
  }, 30_000);

  test('stops at a misspelt event name, says what is wrong, and shows no stack trace', () => {
    const { status, stderr } = run({ watchedEvents: 'CreateDomian' });
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([
      'es-config-monitor cannot be deployed like this:',
      expect.stringMatching(/^- .*"CreateDomian".*; did you mean CreateDomain/),
    ]);
  }, 30_000);
});
