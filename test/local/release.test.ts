import { unzipSync } from 'fflate';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isObject } from '../../core/base/members';
import { EVENT_NAMES } from '../../core/call';
import { problemsIn } from '../../core/settings';
import { archiveOf } from '../../local/release/archive';
import { SOURCES, type Source } from '../../local/release/conditions';
import { PARAMETERS, type Parameter, type ParameterName } from '../../local/release/parameters';
import { releaseOf, type Release } from '../../local/release/template';
import { synthesizedVariants } from '../../local/release/variants';
import { launched, type Launched } from '../support/launched';

/** The plain template, as CloudFormation would launch it. */

let folder: string;
let release: Release;

beforeAll(() => {
  // As where the command runs: there nothing switches CDK's validation off.
  process.env['CDK_VALIDATION'] = 'true';
  folder = mkdtempSync(join(tmpdir(), 'release-test-'));
  release = releaseOf(synthesizedVariants(folder));
});
afterAll(() => {
  process.env['CDK_VALIDATION'] = 'false';
  rmSync(folder, { recursive: true });
});

const BUCKET = 'my-trail-bucket';
const SOURCE_PARAMETERS: Readonly<Record<Source, Partial<Record<ParameterName, string>>>> = {
  FromNewTrail: {},
  ByBucket: { TrailBucketName: BUCKET },
  ByEventBridge: { TrailBucketName: BUCKET, Notifications: 'eventbridge' },
  ByTopic: {
    TrailBucketName: BUCKET,
    Notifications: 'topic',
    NotificationTopicArn: 'arn:aws:sns:eu-west-1:111122223333:log-files',
  },
};

const launch = (parameters: Partial<Record<ParameterName, string>>): Launched =>
  launched(release.template, { CodeBucket: 'my-code', CodePrefix: 'v1/', ...parameters });

const typesIn = ({ resources }: Launched): readonly string[] => Object.values(resources).map(({ Type }) => Type);

describe('each source has what it needs, and nothing of another', () => {
  test.each(SOURCES)('%s', (source) => {
    const types = typesIn(launch(SOURCE_PARAMETERS[source]));
    expect(types.includes('AWS::CloudTrail::Trail')).toBe(source === 'FromNewTrail');
    expect(types.includes('Custom::S3BucketNotifications')).toBe(['FromNewTrail', 'ByBucket'].includes(source));
    expect(types.filter((type) => type === 'AWS::SQS::QueuePolicy').length).toBeGreaterThan(0);
    expect(types.filter((type) => type === 'AWS::Lambda::EventSourceMapping')).toHaveLength(1);
  });

  test.each(SOURCES)('%s refers to nothing that is not there', (source) => {
    const { resources, danglingReferences } = launch(SOURCE_PARAMETERS[source]);
    expect(Object.keys(resources).length).toBeGreaterThan(20);
    expect(danglingReferences).toEqual([]);
  });

  test('a topic is subscribed to, a bucket is not touched', () => {
    const { resources } = launch(SOURCE_PARAMETERS.ByTopic);
    const subscriptions = Object.values(resources).filter(({ Type }) => Type === 'AWS::SNS::Subscription');
    expect(subscriptions.map(({ Properties }) => Properties?.['TopicArn'])).toEqual([
      SOURCE_PARAMETERS.ByTopic.NotificationTopicArn,
    ]);
  });

  test('the function may read the log files of the bucket, and decrypt with a key that is given', () => {
    const key = 'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0000-4000-8000-000000000000';
    const policyWith = (parameters: Partial<Record<ParameterName, string>>): string => {
      const { resources } = launch({ ...SOURCE_PARAMETERS.ByBucket, ...parameters });
      return JSON.stringify(Object.entries(resources).filter(([id]) => id.startsWith('FunctionRoleDefaultPolicy')));
    };
    expect(policyWith({})).toContain(BUCKET);
    expect(policyWith({})).not.toContain('kms:Decrypt');
    expect(policyWith({ EncryptionKeyArn: key })).toContain(`"Resource":"${key}"`);
  });
});

test('no part is asked of a key that is not given', () => {
  expect(JSON.stringify(launch(SOURCE_PARAMETERS.ByBucket).resources)).not.toMatch(
    /Fn::Select":\[\d,\{"Fn::Split":\["\/"/,
  );
});

describe('mail', () => {
  const mailed = (parameters: Partial<Record<ParameterName, string>>): readonly unknown[] =>
    Object.values(launch(parameters).resources)
      .filter(({ Properties }) => Properties?.['Protocol'] === 'email')
      .map(({ Properties }) => Properties?.['TopicArn']);

  test.each([
    ['LOW', 4],
    ['MEDIUM', 3],
    ['HIGH', 2],
    ['CRITICAL', 1],
  ])('from %s on is sent from %i topics', (severity, topics) => {
    expect(mailed({ AlertEmail: 'oncall@example.com', MinimumSeverity: severity })).toHaveLength(topics);
  });

  test('CRITICAL alone is that topic', () => {
    const [topic] = mailed({ AlertEmail: 'oncall@example.com', MinimumSeverity: 'CRITICAL' });
    expect(JSON.stringify(topic)).toContain('CriticalAlerts');
  });

  test('without an address nobody is sent any', () => expect(mailed({ MinimumSeverity: 'LOW' })).toEqual([]));
  test('of alarms goes to its own address', () =>
    expect(mailed({ OperationsEmail: 'ops@example.com' })).toHaveLength(1));
});

describe('settings', () => {
  const variablesOf = (parameters: Partial<Record<ParameterName, string>>): Readonly<Record<string, unknown>> => {
    const { resources } = launch(parameters);
    const monitor = Object.entries(resources).find(([id]) => /^Function[0-9A-F]{8}$/.test(id))?.[1];
    const environment = monitor?.Properties?.['Environment'];
    return isObject(environment) && isObject(environment['Variables']) ? environment['Variables'] : {};
  };

  test('are none where no parameter gives any', () => {
    expect(variablesOf({})).toMatchObject({ JUDGEMENT: '{}' });
    expect(variablesOf({})).not.toHaveProperty('SETTINGS_FILE');
    expect(typesIn(launch({}))).not.toContain('AWS::Lambda::LayerVersion');
  });

  test('watch the events given, as settings that can be used', () => {
    const { JUDGEMENT: text } = variablesOf({ WatchedEvents: 'UpdateDomainConfig,DeleteElasticsearchDomain' });
    const settings: unknown = JSON.parse(String(text));
    expect(settings).toEqual({ watchedEvents: ['UpdateDomainConfig', 'DeleteElasticsearchDomain'] });
    expect(problemsIn(settings, '2026-11-29')).toEqual([]);
  });

  test('of a file come in the layer', () => {
    const parameters = { SettingsArchive: 'settings-0a1b.zip' };
    expect(variablesOf(parameters)).toMatchObject({ SETTINGS_FILE: '/opt/monitor.json', JUDGEMENT: '{}' });
    const layer = Object.values(launch(parameters).resources).find(({ Type }) => Type === 'AWS::Lambda::LayerVersion');
    expect(layer?.Properties?.['Content']).toEqual({ S3Bucket: 'my-code', S3Key: 'v1/settings-0a1b.zip' });
  });

  test('every event name is allowed, alone and among others, and no other', () => {
    const isAllowed = (value: string): boolean => new RegExp(PARAMETERS.WatchedEvents.AllowedPattern).test(value);
    expect(['', ...EVENT_NAMES, EVENT_NAMES.join(',')].filter((value) => !isAllowed(value))).toEqual([]);
    const [first = '', second = ''] = EVENT_NAMES;
    const wrong = ['Describe', `${first},`, `,${first}`, `${first}, ${second}`, `${first}${second}`, `${first}","x`];
    expect(wrong.filter(isAllowed)).toEqual([]);
  });
});

describe('parameters refuse at once what a synthesis would', () => {
  test.each<[ParameterName, readonly string[], readonly string[]]>([
    ['CodeBucket', ['my-code'], ['', 'My_Code', 'a', 's3://my-code']],
    ['CodePrefix', ['', 'v1/', 'a/b/'], ['v1', '/v1/', 'v*/']],
    ['TrailBucketName', ['', 'aws-cloudtrail-logs-111122223333'], ['arn:aws:s3:::logs', 'UPPER']],
    ['LogFilePrefix', ['AWSLogs/', 'trail/AWSLogs/o-a1b2c3d4e5/'], ['', 'AWSLogs', '/AWSLogs/', 'AWSLogs/*/']],
    [
      'NotificationTopicArn',
      ['', 'arn:aws-us-gov:sns:us-gov-west-1:111122223333:t'],
      ['t', 'arn:aws:sns:eu-west-1:111122223333:t.fifo'],
    ],
    [
      'EncryptionKeyArn',
      ['', 'arn:aws:kms:eu-west-1:111122223333:key/mrk-1a'],
      ['alias/trail', 'arn:aws:kms:eu-west-1:111122223333:alias/trail'],
    ],
    ['AlertEmail', ['', 'on.call+es@example.com'], ['oncall', 'a@b', 'a@example.com, b@example.com']],
    ['OperationsEmail', ['', 'ops@example.com'], ['ops']],
    ['SettingsArchive', ['', 'settings-0a1b.zip'], ['monitor.json', '../x/settings.zip', 'a b.zip']],
  ])('%s', (name, allowed, refused) => {
    const { AllowedPattern: pattern = '' }: Parameter = PARAMETERS[name];
    expect(allowed.filter((value) => !new RegExp(pattern).test(value))).toEqual([]);
    expect(refused.filter((value) => new RegExp(pattern).test(value))).toEqual([]);
  });

  test('each is used, and says what it is', () => {
    const { Parameters: _, ...rest } = release.template;
    const text = JSON.stringify(rest);
    for (const [name, { Description: description }] of Object.entries(PARAMETERS)) {
      expect(text).toContain(`{"Ref":"${name}"}`);
      expect(description.length).toBeGreaterThan(20);
    }
  });
});

describe('the stack is that of the construct', () => {
  test('nothing in it asks for what CDK has prepared an account with', () => {
    expect(JSON.stringify(release.template)).not.toMatch(/cdk-hnb659fds|aws:cdk|BootstrapVersion/);
  });

  test('its own name tells its metrics from those of another', () => {
    expect(JSON.stringify(release.template)).not.toContain('NameOnlyDeploymentKnows');
    const { resources } = launch({});
    expect(JSON.stringify(resources)).toContain('"SERVICE":{"Ref":"AWS::StackName"}');
  });

  test('the archives hold what the function needs, and are the same each time', () => {
    const archive = release.archives.get('function.zip');
    expect(archive).toBeDefined();
    const bytes = archiveOf(archive ?? '');
    expect(Object.keys(unzipSync(bytes))).toContain('index.mjs');
    expect(Buffer.compare(archiveOf(archive ?? ''), bytes)).toBe(0);
  });
});
