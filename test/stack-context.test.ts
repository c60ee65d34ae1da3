import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { context as featureFlags } from '../cdk.json';
import { ConfigurationError } from '../lib/configuration-error';
import { CONTEXT_KEYS, propsFromContext } from '../lib/context';
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
  it('is optional: without any, a new trail is watched and nobody is subscribed', () => {
    expect(propsWith({})).toEqual({});
  });

  it('names the bucket, the folder and the key of an existing trail', () => {
    const keyArn = 'arn:aws:kms:eu-west-1:111122223333:key/abc';
    const props = propsWith({ trailBucketName: 'my-trail', logFilePrefix: 'x/AWSLogs/', encryptionKeyArn: keyArn });
    expect(props).toMatchObject({
      trailBucket: { bucketName: 'my-trail' },
      logFilePrefix: 'x/AWSLogs/',
      encryptionKey: { keyArn },
    });
  });

  it('says how the news of log files arrive', () => {
    const notifications = 'arn:aws:sns:eu-west-1:111122223333:log-files';
    expect(propsWith({ notifications: 'eventbridge' })).toEqual({ notifications: 'eventbridge' });
    expect(propsWith({ notifications })).toMatchObject({ notifications: { topicArn: notifications } });
    expect(problemsWith({ notifications: 'sqs' })).toEqual([
      "context key 'notifications' must be 'bucket', 'eventbridge' or the ARN of a topic, got 'sqs'",
    ]);
  });

  it('subscribes every address to alerts from a severity on, and to operational alarms', () => {
    const context = { alertEmail: 'a@example.com, b@example.com,a@example.com', minimumSeverity: 'high' };
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

  it('lists what is watched and trusted, separated by commas or, in cdk.json, as a list', () => {
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

  it('names a file with everything that is no list, and wins over it', () => {
    const config = fileWith('{"severityOverrides": {"domain-deleted": "LOW"}, "watchedEvents": ["AddTags"]}');
    expect(propsWith({ config, watchedEvents: 'DeleteDomain' })).toEqual({
      severityOverrides: { 'domain-deleted': 'LOW' },
      watchedEvents: ['DeleteDomain'],
    });
  });

  it.each([
    ['[]', /must hold one JSON object$/],
    ['{"watchedEvent": []}', /'watchedEvent' is no setting; did you mean watchedEvents\?$/],
    ['{', /^context key 'config': .* cannot be read: /],
  ])('refuses the file %s', (content, problem) => {
    expect(problemsWith({ config: fileWith(content) })).toEqual([expect.stringMatching(problem)]);
  });

  it('refuses a file that is not there', () => {
    expect(problemsWith({ config: path.join(folder, 'none.json') })).toEqual([expect.stringContaining('ENOENT')]);
  });

  it.each([
    ['watchedEvent', 'watchedEvents'],
    ['trailBucket', 'trailBucketName'],
    ['AlertEmail', 'alertEmail'],
    ['minimumSeverty', 'minimumSeverity'],
    ['trustedAccount', 'trustedAccounts'],
  ])('refuses the key %s, which looks like %s', (key, nearest) => {
    const [problem, ...others] = problemsWith({ [key]: 'x' });
    expect(problem).toContain(`context key '${key}' is unknown; did you mean ${nearest}`);
    expect(others).toEqual([]);
  });

  it("leaves alone the flags of CDK and other people's keys", () => {
    expect(problemsWith({ 'availability-zones:account=111122223333:region=eu-west-1': ['a'], owner: 'me' })).toEqual(
      [],
    );
  });

  it.each(CONTEXT_KEYS)('refuses a blank %s', (key) => {
    expect(problemsWith({ [key]: ' ' })).toEqual([`context key '${key}' is blank: give it a value or leave it out`]);
  });

  it('refuses a severity that has no topic, and one without anybody to apply to', () => {
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

  it('synthesizes the stack that the context describes, without credentials', () => {
    expect(run({ trailBucketName: 'my-trail', alertEmail: 'a@example.com' })).toMatchObject({ status: 0 });
    const template = readFileSync(path.join(folder, 'EsConfigMonitor.template.json'), 'utf8');
    expect(template).toContain('"my-trail"');
  }, 30_000);

  it('stops at a misspelt event name, says what is wrong, and shows no stack trace', () => {
    const { status, stderr } = run({ watchedEvents: 'CreateDomian' });
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([
      'es-config-monitor cannot be deployed like this:',
      expect.stringMatching(/^- .*"CreateDomian".*; did you mean CreateDomain/),
    ]);
  }, 30_000);
});
