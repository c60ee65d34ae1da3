import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ALERT_SEVERITIES } from '../../core/base/severity';
import { kindOf } from '../../core/notification/object-key';
import { EsConfigMonitorStack, type PropsInStack } from '../../lib/es-config-monitor-stack';
import { appWith, onExistingBucket, problemsOf, templateWith } from './stack-in';
import { propertiesOf, type Properties } from './template';

const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/01234567-89ab-cdef-0123-456789abcdef';
const onBucket = templateWith(onExistingBucket());
const onNewTrail = templateWith();

/** The ARN a template gives to the objects of `my-trail` under `pattern`. */
function objectsOfMyTrail(pattern: string): unknown {
  return { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:s3:::my-trail/${pattern}`]] };
}

describe('the role of the function', () => {
  const logIds = Object.keys(onBucket.findResources('AWS::Logs::LogGroup')).filter((id) =>
    id.startsWith('FunctionLogs'),
  );
  const [queueId] = Object.keys(onBucket.findResources('AWS::SQS::Queue')).filter((id) =>
    id.startsWith('LogFileQueue'),
  );
  const topicIds = ALERT_SEVERITIES.map(
    (severity) =>
      Object.keys(onBucket.findResources('AWS::SNS::Topic')).find((id) =>
        id.toUpperCase().startsWith(`${severity}ALERTS`),
      ) ?? '',
  );

  function statementsOf(template: Template): unknown {
    const role = propertiesOf(template, 'AWS::IAM::Role', 'FunctionRole');
    expect(role['ManagedPolicyArns']).toBeUndefined();
    expect(role['Policies']).toBeUndefined();
    const policies = Object.values(template.findResources('AWS::IAM::Policy')).filter((policy) =>
      JSON.stringify((policy as { Properties: Properties }).Properties['Roles']).includes('FunctionRole'),
    );
    expect(policies).toHaveLength(1);
    return (policies[0] as { Properties: { PolicyDocument: { Statement: unknown } } }).Properties.PolicyDocument
      .Statement;
  }

  const [tableId] = Object.keys(onBucket.findResources('AWS::DynamoDB::Table'));

  const withoutKey = [
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: { 'Fn::GetAtt': [logIds[0], 'Arn'] },
    },
    {
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:GetObjectVersion'],
      Resource: objectsOfMyTrail('AWSLogs/*CloudTrail/*'),
      Condition: { StringEquals: { 's3:ResourceAccount': { Ref: 'AWS::AccountId' } } },
    },
    { Effect: 'Allow', Action: 'sns:Publish', Resource: topicIds.sort().map((Ref) => ({ Ref })) },
    {
      Effect: 'Allow',
      Action: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
      Resource: { 'Fn::GetAtt': [queueId, 'Arn'] },
    },
    {
      Effect: 'Allow',
      Action: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      Resource: { 'Fn::GetAtt': [tableId, 'Arn'] },
    },
  ];

  test('can read log files, publish to the alert topics, take from the queue, use the table, write its log, and nothing else', () => {
    expect(sorted(statementsOf(onBucket))).toEqual(sorted(withoutKey));
  });

  test('that follows digests can read them, list the bucket and send to its own queue as well, and nothing else', () => {
    const inAccount = { Condition: { StringEquals: { 's3:ResourceAccount': { Ref: 'AWS::AccountId' } } } };
    const bucket = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::my-trail']] };
    const more = withoutKey.map((statement) => {
      const actions = [statement.Action].flat();
      if (actions.includes('s3:GetObject')) {
        const patterns = ['AWSLogs/*CloudTrail-Digest/*', 'AWSLogs/*CloudTrail/*'];
        return { ...statement, Resource: patterns.map(objectsOfMyTrail) };
      }
      return actions.includes('sqs:ReceiveMessage')
        ? { ...statement, Action: [...actions, 'sqs:SendMessage'] }
        : statement;
    });
    const list = { Effect: 'Allow', Action: 's3:ListBucket', Resource: bucket, ...inAccount };
    expect(sorted(statementsOf(templateWith(onExistingBucket({ completeness: true }))))).toEqual(
      sorted([...more, list]),
    );
  });

  test('can decrypt with the given key as well, and nothing else', () => {
    const template = templateWith((stack) =>
      onExistingBucket({ encryptionKey: Key.fromKeyArn(stack, 'ExistingKey', KEY_ARN) })(stack),
    );
    const throughS3 = { 'Fn::Join': ['', ['s3.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }]] };
    const decrypt = {
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: KEY_ARN,
      Condition: { StringEquals: { 'kms:ViaService': throughS3 } },
    };
    expect(sorted(statementsOf(template))).toEqual(sorted([...withoutKey, decrypt]));
  });

  test('can read only under the prefix that is given', () => {
    const template = templateWith(onExistingBucket({ logFilePrefix: 'o-a1b2c3d4e5/AWSLogs/' }));
    expect(JSON.stringify(statementsOf(template))).toContain(
      JSON.stringify(objectsOfMyTrail('o-a1b2c3d4e5/AWSLogs/*CloudTrail/*')),
    );
    expect(JSON.stringify(statementsOf(template))).not.toContain('my-trail/AWSLogs/*');
  });

  const IN_A_FOLDER = 'eu-west-1/2026/11/20/111122223333_CloudTrail_eu-west-1_20261120T1405Z_AbCdEfGhIjKlMnOp.json.gz';

  test.each([
    ['AWSLogs/', `AWSLogs/111122223333/CloudTrail/${IN_A_FOLDER}`],
    ['AWSLogs/', `AWSLogs/o-a1b2c3d4e5/111122223333/CloudTrail/${IN_A_FOLDER}`],
    ['', `team/AWSLogs/111122223333/CloudTrail/${IN_A_FOLDER}`],
    ['team/AWSLogs/', `team/AWSLogs/111122223333/CloudTrail/${IN_A_FOLDER}`],
    ['o-a1b2c3d4e5/AWSLogs/', `o-a1b2c3d4e5/AWSLogs/o-a1b2c3d4e5/111122223333/CloudTrail/${IN_A_FOLDER}`],
    ['AWSLogs/111122223333/', `AWSLogs/111122223333/CloudTrail/${IN_A_FOLDER}`],
    ['AWSLogs/111122223333/CloudTrail/', `AWSLogs/111122223333/CloudTrail/${IN_A_FOLDER}`],
    ['AWSLogs/111122223333/CloudTrail/eu-west-1/', `AWSLogs/111122223333/CloudTrail/${IN_A_FOLDER}`],
  ])('can read under the prefix "%s" the log file %s, and not its digest file', (logFilePrefix, logFile) => {
    const [pattern = ''] = /my-trail\/[^"]*/.exec(JSON.stringify(statementsOf(reading(logFilePrefix)))) ?? [];
    const matcher = new RegExp(`^${pattern.replace('my-trail/', '').replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
    expect(kindOf(logFile)).toBe('log-file');
    expect(logFile).toMatch(matcher);
    expect(logFile.replace('/CloudTrail/', '/CloudTrail-Digest/')).not.toMatch(matcher);
  });

  const reading = (logFilePrefix: string): Template => templateWith(onExistingBucket({ logFilePrefix }));

  test("can read another account's bucket that a topic tells of, and is tied to that account where it is said", () => {
    const told = (attributes: { account?: string; region?: string }): string => {
      const props: PropsInStack = (stack) => ({
        trailBucket: Bucket.fromBucketAttributes(stack, 'Bucket', { bucketName: 'my-trail', ...attributes }),
        notifications: Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:444455556666:log-files'),
        encryptionKey: Key.fromKeyArn(stack, 'Key', KEY_ARN),
      });
      const env = { account: '111122223333', region: 'eu-west-1' };
      return JSON.stringify(
        statementsOf(Template.fromStack(new EsConfigMonitorStack(appWith(), 'Told', props, { env }))),
      );
    };
    expect(told({})).not.toContain('Condition');
    const elsewhere = told({ account: '444455556666', region: 'us-east-1' });
    expect(elsewhere).toContain('{"s3:ResourceAccount":"444455556666"}');
    expect(elsewhere).toContain('{"kms:ViaService":{"Fn::Join":["",["s3.us-east-1.",{"Ref":"AWS::URLSuffix"}]]}}');
  });

  test('can read only the log files of this account in the bucket of a new trail', () => {
    expect(JSON.stringify(statementsOf(onNewTrail))).toContain(
      '"/AWSLogs/",{"Ref":"AWS::AccountId"},"/CloudTrail/*"]]}',
    );
  });

  /** Statements and their actions in one order, so that only their content is compared. */
  function sorted(statements: unknown): string[] {
    return (statements as Properties[])
      .map(({ Action, ...rest }) =>
        JSON.stringify({ ...rest, Action: [Action as string | string[]].flat().sort(alphabetically) }, byName),
      )
      .sort();
  }

  function alphabetically(a: string, b: string): number {
    return a.localeCompare(b);
  }

  function byName(_key: string, value: unknown): unknown {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a.localeCompare(b)));
  }
});

describe('the function', () => {
  const monitor = propertiesOf(onBucket, 'AWS::Lambda::Function', 'Function');

  test('runs on Node.js 24 on arm64, logs JSON, and is in no VPC', () => {
    expect(monitor).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      LoggingConfig: { LogFormat: 'JSON' },
    });
    expect(monitor['VpcConfig']).toBeUndefined();
    expect(monitor['TracingConfig']).toBeUndefined();
  });

  test('runs on what it is told to, where a region has not got these', () => {
    const template = templateWith({ runtime: Runtime.NODEJS_22_X, architecture: Architecture.X86_64 });
    expect(propertiesOf(template, 'AWS::Lambda::Function', 'Function')).toMatchObject({
      Runtime: 'nodejs22.x',
      Architectures: ['x86_64'],
    });
    expect(problemsOf({ runtime: Runtime.NODEJS_18_X, architecture: 'x86_64' as never })).toEqual([
      expect.stringMatching(/^'runtime' must be a runtime of Node\.js 20 or later/),
      expect.stringMatching(/^'architecture' must be Architecture\.ARM_64 or Architecture\.X86_64, got "x86_64"/),
    ]);
  });

  test('logs to a group of its own whose entries expire', () => {
    const [id] = Object.keys(onBucket.findResources('AWS::Logs::LogGroup')).filter((one) =>
      one.startsWith('FunctionLogs'),
    );
    expect(monitor).toMatchObject({ LoggingConfig: { LogGroup: { Ref: id } } });
    onBucket.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 90 });
  });

  test('knows the topic of each severity', () => {
    expect(monitor['Environment']).toMatchObject({
      Variables: {
        LOW_TOPIC_ARN: { Ref: expect.stringMatching(/^LowAlerts/) as unknown },
        MEDIUM_TOPIC_ARN: { Ref: expect.stringMatching(/^MediumAlerts/) as unknown },
        HIGH_TOPIC_ARN: { Ref: expect.stringMatching(/^HighAlerts/) as unknown },
        CRITICAL_TOPIC_ARN: { Ref: expect.stringMatching(/^CriticalAlerts/) as unknown },
      },
    });
  });
});
