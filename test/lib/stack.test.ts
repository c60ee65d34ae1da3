import { readFileSync } from 'node:fs';
import { Stack, type App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Match as EventMatch } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket, EventType, type IBucket } from 'aws-cdk-lib/aws-s3';
import { SqsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  EmailSubscription,
  LambdaSubscription,
  SqsSubscription,
  UrlSubscription,
} from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { readEnvironment } from '../../lambda/environment';
import { kindOf } from '../../core/notification/object-key';
import { ALERT_SEVERITIES } from '../../core/base/severity';
import { ConfigurationError } from '../../lib/configuration-error';
import { EsConfigMonitorStack, type EsConfigMonitorProps, type PropsInStack } from '../../lib/es-config-monitor-stack';
import { appWith, onExistingBucket, stackWith, templateWith } from './stack-in';

const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/01234567-89ab-cdef-0123-456789abcdef';

/** Made once: most facts below are about this stack. */
const onBucket = templateWith(onExistingBucket());
const onNewTrail = templateWith();

type Properties = Readonly<Record<string, unknown>>;

function propertiesOf(template: Template, type: string, idStart = ''): Properties {
  const found = Object.entries(template.findResources(type)).filter(([id]) => id.startsWith(idStart));
  expect(found).toHaveLength(1);
  const [[, resource] = []] = found;
  return (resource as unknown as { Properties: Properties }).Properties;
}

/** The ARN a template gives to the objects of `my-trail` under `pattern`. */
function objectsOfMyTrail(pattern: string): unknown {
  return { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:s3:::my-trail/${pattern}`]] };
}

function problemsOf(props: Parameters<typeof stackWith>[0]): readonly string[] {
  try {
    stackWith(props);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe('the role of the function', () => {
  const logIds = Object.keys(onBucket.findResources('AWS::Logs::LogGroup'));
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

describe('an existing bucket', () => {
  test('gets a notification about log files, besides those it has', () => {
    onBucket.hasResourceProperties('Custom::S3BucketNotifications', {
      BucketName: 'my-trail',
      Managed: false,
      NotificationConfiguration: {
        QueueConfigurations: [
          {
            Events: ['s3:ObjectCreated:*'],
            QueueArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^LogFileQueue'), 'Arn'] },
            Filter: {
              Key: {
                FilterRules: Match.arrayWith([
                  { Name: 'suffix', Value: '.json.gz' },
                  { Name: 'prefix', Value: 'AWSLogs/' },
                ]),
              },
            },
          },
        ],
      },
    });
    onBucket.resourceCountIs('AWS::CloudTrail::Trail', 0);
    onBucket.resourceCountIs('AWS::S3::Bucket', 0);
  });

  test.each([
    ['eventbridge', () => onExistingBucket({ notifications: 'eventbridge' })],
    [
      'a topic',
      () => (stack: Stack) =>
        onExistingBucket({
          notifications: Topic.fromTopicArn(stack, 'LogFileTopic', 'arn:aws:sns:eu-west-1:111122223333:t'),
        })(stack),
    ],
  ])('is left alone where the news come from %s', (_name, props) => {
    const template = templateWith(props());
    template.resourceCountIs('Custom::S3BucketNotifications', 0);
    template.resourceCountIs('AWS::Lambda::Function', 1);
  });

  test('whose log files are told to a topic is heard through it, and what cannot be queued is kept', () => {
    const template = templateWith((stack) =>
      onExistingBucket({
        notifications: Topic.fromTopicArn(stack, 'LogFileTopic', 'arn:aws:sns:eu-west-1:111122223333:t'),
      })(stack),
    );
    template.hasResourceProperties('AWS::SNS::Subscription', {
      TopicArn: 'arn:aws:sns:eu-west-1:111122223333:t',
      Protocol: 'sqs',
      Endpoint: { 'Fn::GetAtt': [Match.stringLikeRegexp('^LogFileQueue'), 'Arn'] },
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^DeadLetterQueue'), 'Arn'] } },
    });
  });

  test('that sends to EventBridge is listened to for log files only, and what cannot be queued is kept', () => {
    templateWith(onExistingBucket({ notifications: 'eventbridge' })).hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.s3'],
        'detail-type': ['Object Created'],
        detail: { bucket: { name: ['my-trail'] }, object: { key: [{ wildcard: 'AWSLogs/*.json.gz' }] } },
      },
      Targets: [
        {
          Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^LogFileQueue'), 'Arn'] },
          DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^DeadLetterQueue'), 'Arn'] } },
        },
      ],
    });
  });

  test.each([
    ['an existing bucket', onBucket],
    ['the bucket of a new trail', onNewTrail],
  ])('can fill the queue only as a bucket of its own account: %s', (_name, template) => {
    const policies = Object.values(template.findResources('AWS::SQS::QueuePolicy')) as { Properties: Properties }[];
    const statements = policies
      .flatMap(({ Properties: { PolicyDocument } }) => (PolicyDocument as { Statement: Properties[] }).Statement)
      .filter(({ Principal }) => JSON.stringify(Principal) === '{"Service":"s3.amazonaws.com"}');
    expect(statements).toEqual([
      expect.objectContaining({
        Effect: 'Allow',
        Condition: {
          ArnLike: { 'aws:SourceArn': expect.anything() as unknown },
          StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
        },
      }),
    ]);
  });

  test('may be one that the same app owns, without a cast', () => {
    const app = appWith();
    const bucket = new Bucket(new Stack(app, 'Owner'), 'Bucket');
    Template.fromStack(stackWith({ trailBucket: bucket }, app)).resourceCountIs('AWS::CloudTrail::Trail', 0);
  });

  test('of another stack is notified from this stack, beside its own notifications, and neither stack needs the other twice', () => {
    const app = appWith();
    const { bucket, owner } = bucketElsewhere(app);
    const stack = stackWith({ trailBucket: bucket }, app);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('Custom::S3BucketNotifications', { Managed: false });
    Template.fromStack(owner).resourceCountIs('Custom::S3BucketNotifications', 0);
  });

  test('that was imported into another stack is notified from this stack', () => {
    const app = appWith();
    const imports = new Stack(app, 'Imports');
    const stack = stackWith({ trailBucket: Bucket.fromBucketName(imports, 'Bucket', 'my-trail') }, app);
    Template.fromStack(stack).hasResourceProperties('Custom::S3BucketNotifications', { BucketName: 'my-trail' });
    expect(Template.fromStack(imports).toJSON()).not.toHaveProperty('Resources');
  });

  test.each([
    ['account', { account: '444455556666', region: 'eu-west-1' }],
    ['region', { account: '111122223333', region: 'us-east-1' }],
  ])('in another %s needs a topic', (place, elsewhere) => {
    const props = (notifications?: 'eventbridge' | 'topic'): Parameters<typeof problemsOf>[0] => ({
      env: { account: '111122223333', region: 'eu-west-1' },
      ...onElsewhere(elsewhere, notifications),
    });
    expect(problemsOf(props())).toEqual([expect.stringContaining(`'trailBucket' is in ${place} `)]);
    expect(problemsOf(props('eventbridge'))).toHaveLength(1);
    expect(problemsOf(props('topic'))).toEqual([]);
  });

  function onElsewhere(
    elsewhere: { account: string; region: string },
    notifications?: 'eventbridge' | 'topic',
  ): EsConfigMonitorProps {
    const imports = new Stack(appWith(), 'Imports');
    const topic = Topic.fromTopicArn(imports, 'Topic', 'arn:aws:sns:us-east-1:444455556666:log-files');
    return {
      trailBucket: Bucket.fromBucketAttributes(imports, 'Bucket', { bucketName: 'my-trail', ...elsewhere }),
      ...(notifications && { notifications: notifications === 'topic' ? topic : notifications }),
    };
  }

  test('of another stack, encrypted with a key of that stack, is read with that key', () => {
    const app = appWith();
    const owner = new Stack(app, 'Owner');
    const bucket = new Bucket(owner, 'Bucket', { encryptionKey: new Key(owner, 'Key') }) as IBucket;
    Template.fromStack(stackWith({ trailBucket: bucket }, app)).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 'kms:Decrypt' })]) },
    });
  });

  test('whose own stack sets notifications draws a warning, since that stack would remove ours', () => {
    const app = appWith();
    const { bucket, owner } = bucketElsewhere(app);
    bucket.addEventNotification(EventType.OBJECT_REMOVED, new SqsDestination(new Queue(owner, 'Queue')));
    const stack = stackWith({ trailBucket: bucket }, app);
    expect(JSON.stringify(stack.node.metadata)).toContain("set 'notifications' to 'eventbridge' or to a topic");
  });

  function bucketElsewhere(app: App): { bucket: IBucket; owner: Stack } {
    const owner = new Stack(app, 'Owner');
    return { bucket: new Bucket(owner, 'Bucket') as IBucket, owner };
  }
});

describe('without a bucket', () => {
  test('a trail of all regions is created whose files can be validated', () => {
    onNewTrail.hasResourceProperties('AWS::CloudTrail::Trail', {
      IsLogging: true,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
    });
  });

  test('the buckets are encrypted, private, open to TLS only, and outlive the stack', () => {
    const buckets = onNewTrail.findResources('AWS::S3::Bucket');
    expect(Object.keys(buckets)).toHaveLength(2);
    for (const bucket of Object.values(buckets)) {
      expect(bucket).toMatchObject({
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
        Properties: {
          BucketEncryption: expect.anything() as unknown,
          LifecycleConfiguration: expect.anything() as unknown,
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            BlockPublicPolicy: true,
            IgnorePublicAcls: true,
            RestrictPublicBuckets: true,
          },
        },
      });
    }
    onNewTrail.allResourcesProperties('AWS::S3::BucketPolicy', refusesPlainText('s3:*'));
  });

  test('only trails of this account may write log files', () => {
    onNewTrail.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 's3:PutObject',
            Principal: { Service: 'cloudtrail.amazonaws.com' },
            Condition: {
              StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' },
              ArnLike: {
                'aws:SourceArn': {
                  'Fn::Join': [
                    '',
                    [
                      'arn:',
                      { Ref: 'AWS::Partition' },
                      ':cloudtrail:',
                      { Ref: 'AWS::Region' },
                      ':',
                      { Ref: 'AWS::AccountId' },
                      ':trail/*',
                    ],
                  ],
                },
              },
            },
          }),
        ]),
      },
    });
  });

  test('digest files cause no notification', () => {
    expect(JSON.stringify(propertiesOf(onNewTrail, 'Custom::S3BucketNotifications'))).toContain(
      JSON.stringify({ 'Fn::Join': ['', ['AWSLogs/', { Ref: 'AWS::AccountId' }, '/CloudTrail/']] }),
    );
  });

  test('a key encrypts the bucket and the log files, and CloudTrail may use it', () => {
    const app = appWith();
    const keys = new Stack(app, 'Keys');
    const encryptionKey = new Key(keys, 'Key');
    const template = Template.fromStack(stackWith({ encryptionKey }, app));
    template.hasResourceProperties('AWS::CloudTrail::Trail', { KMSKeyId: Match.anyValue() });
    template.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: Match.anyValue() } },
        ],
      },
    });
    Template.fromStack(keys).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: ['kms:DescribeKey', 'kms:GenerateDataKey*'],
            Principal: { Service: 'cloudtrail.amazonaws.com' },
          }),
        ]),
      },
    });
  });

  test('what only fits an existing bucket is refused', () => {
    expect(problemsOf({ logFilePrefix: 'AWSLogs/', notifications: 'eventbridge' })).toEqual([
      "'logFilePrefix' can only be set together with 'trailBucket'",
      "'notifications' can only be set together with 'trailBucket'",
    ]);
  });
});

describe('log file prefixes', () => {
  test.each(['/AWSLogs/', 'AWSLogs', 'AWSLogs/*/', 'a?/'])('%s is refused', (logFilePrefix) => {
    expect(problemsOf(onExistingBucket({ logFilePrefix }))).toEqual([
      `'logFilePrefix' must end with a '/', not start with one, and hold no '*' or '?', got '${logFilePrefix}'`,
    ]);
  });

  test('keys are named by their ARN, not by an alias', () => {
    const alias = 'arn:aws:kms:eu-west-1:111122223333:alias/logs';
    const props: PropsInStack = (stack) => ({ encryptionKey: Key.fromKeyArn(stack, 'Key', alias) });
    expect(problemsOf(props)).toEqual([
      expect.stringMatching(/^'encryptionKey' must be the ARN of a KMS key, .*; this is an alias/),
    ]);
  });

  test('ways of notification are three, in code that is not type-checked as well', () => {
    const props = { notifications: 'sqs' } as unknown as EsConfigMonitorProps;
    expect(problemsOf(onExistingBucket(props))).toEqual([
      `'notifications' must be 'bucket', 'eventbridge' or a topic, got "sqs"`,
    ]);
  });

  test.each(['', 'AWSLogs/', 'o-a1b2c3d4e5/AWSLogs/o-a1b2c3d4e5/'])('"%s" is accepted', (logFilePrefix) => {
    expect(problemsOf(onExistingBucket({ logFilePrefix }))).toEqual([]);
  });
});

describe('the queue', () => {
  const queue = propertiesOf(onBucket, 'AWS::SQS::Queue', 'LogFileQueue');
  const mapping = propertiesOf(onBucket, 'AWS::Lambda::EventSourceMapping');
  const monitor = propertiesOf(onBucket, 'AWS::Lambda::Function', 'Function');

  test('hides a message for six times as long as the function may take, and the wait for a batch', () => {
    const needed = 6 * Number(monitor['Timeout']) + Number(mapping['MaximumBatchingWindowInSeconds']);
    expect(queue['VisibilityTimeout']).toBeGreaterThanOrEqual(needed);
  });

  test('puts a message aside after five receives', () => {
    expect(queue['RedrivePolicy']).toEqual({
      maxReceiveCount: 5,
      deadLetterTargetArn: { 'Fn::GetAtt': [expect.stringMatching(/^DeadLetterQueue/), 'Arn'] },
    });
  });

  test('feeds the function in batches of which single messages can fail, and not without limit', () => {
    expect(mapping).toMatchObject({
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BatchSize: 10,
      ScalingConfig: { MaximumConcurrency: 10 },
    });
  });

  test('like every queue is encrypted and open to TLS only', () => {
    onBucket.allResourcesProperties('AWS::SQS::Queue', { SqsManagedSseEnabled: true });
    onBucket.resourceCountIs('AWS::SQS::QueuePolicy', Object.keys(onBucket.findResources('AWS::SQS::Queue')).length);
    onBucket.allResourcesProperties('AWS::SQS::QueuePolicy', refusesPlainText('sqs:*'));
  });
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

  test('logs to a group of its own whose entries expire', () => {
    const [id] = Object.keys(onBucket.findResources('AWS::Logs::LogGroup'));
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

describe('the table', () => {
  test('keeps the names of its keys and of its time to live: another key is another, empty table', () => {
    onBucket.hasResourceProperties('AWS::DynamoDB::Table', {
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    });
  });

  test('is encrypted, can be restored to any point in time, is paid by request, and outlives the stack', () => {
    onBucket.hasResource('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        SSESpecification: { SSEEnabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      },
    });
  });

  test('is known to the function', () => {
    expect(propertiesOf(onBucket, 'AWS::Lambda::Function', 'Function')['Environment']).toMatchObject({
      Variables: { TABLE_NAME: { Ref: expect.stringMatching(/^AlertTable/) as unknown } },
    });
  });
});

describe('alert topics', () => {
  const alertTopics = ['LowAlerts', 'MediumAlerts', 'HighAlerts', 'CriticalAlerts'];

  test.each(alertTopics)('%s is encrypted without a key permission for the function', (id) => {
    expect(JSON.stringify(propertiesOf(onBucket, 'AWS::SNS::Topic', id)['KmsMasterKeyId'])).toContain(':alias/aws/sns');
  });

  test('and the operations topic are open to TLS only', () => {
    onBucket.resourceCountIs('AWS::SNS::Topic', 5);
    onBucket.resourceCountIs('AWS::SNS::TopicPolicy', 5);
    onBucket.allResourcesProperties('AWS::SNS::TopicPolicy', refusesPlainText('sns:Publish'));
  });

  test('can be subscribed to from other stacks', () => {
    const app = appWith();
    const stack = stackWith({}, app);
    const other = new Stack(app, 'Other');
    stack.alertTopics.CRITICAL.addSubscription(new SqsSubscription(new Queue(other, 'Pager')));
    Template.fromStack(other).resourceCountIs('AWS::SNS::Subscription', 1);
  });
});

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
      new UrlSubscription('https://example.com/alerts'),
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

describe('alarms', () => {
  const alarms = Object.values(onBucket.findResources('AWS::CloudWatch::Alarm')) as { Properties: Properties }[];
  const runbook = readFileSync('docs/runbook.md', 'utf8');
  const sections = [...runbook.matchAll(/^## (.+)$/gm)].map(([, title]) => title?.toLowerCase().replaceAll(' ', '-'));

  test('watch the dead-letter queue, the oldest message, undelivered alerts, errors, throttles and silence', () => {
    expect(alarms.map(({ Properties: { MetricName, Threshold } }) => [MetricName, Threshold])).toEqual([
      ['ApproximateNumberOfMessagesVisible', 1],
      ['ApproximateAgeOfOldestMessage', 900],
      ['ApproximateNumberOfMessagesVisible', 1],
      ['Errors', 1],
      ['Throttles', 1],
      ['NumberOfMessagesSent', 1],
    ]);
  });

  test('ring after six hours without a log file, and as well where nothing is said of the queue', () => {
    onBucket.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'NumberOfMessagesSent',
      Dimensions: [
        { Name: 'QueueName', Value: { 'Fn::GetAtt': [Match.stringLikeRegexp('^LogFileQueue'), 'QueueName'] } },
      ],
      Statistic: 'Sum',
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      Period: 3600,
      EvaluationPeriods: 6,
      DatapointsToAlarm: Match.absent(),
      TreatMissingData: 'breaching',
    });
  });

  test('name a section of the runbook that exists', () => {
    for (const { Properties: properties } of alarms) {
      const section = /docs\/runbook\.md#([a-z-]+)$/.exec(String(properties['AlarmDescription']))?.[1];
      expect(sections).toContain(section);
    }
  });

  test('tell the operations topic of both their beginning and their end', () => {
    for (const { Properties: properties } of alarms) {
      const topic = [{ Ref: expect.stringMatching(/^Operations/) as unknown }];
      expect(properties).toMatchObject({ AlarmActions: topic, OKActions: topic });
    }
  });

  test('take silence as fine, except the one that is about silence', () => {
    const others = alarms.filter(({ Properties: { MetricName } }) => MetricName !== 'NumberOfMessagesSent');
    expect(others).toHaveLength(5);
    for (const { Properties: properties } of others) expect(properties['TreatMissingData']).toBe('notBreaching');
  });

  test('leave no key behind with the stack: nothing is stored under it', () => {
    onBucket.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Delete', Properties: { PendingWindowInDays: 7 } });
  });

  test('can reach the operations topic: its key and its policy let the alarms of this account in', () => {
    expect(propertiesOf(onBucket, 'AWS::SNS::Topic', 'Operations')['KmsMasterKeyId']).toEqual({
      'Fn::GetAtt': [expect.stringMatching(/^OperationsKey/), 'Arn'],
    });
    const cloudWatch = { Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' } };
    onBucket.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([{ ...cloudWatch, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Resource: '*' }]),
      },
    });
    onBucket.hasResourceProperties('AWS::SNS::TopicPolicy', {
      Topics: [{ Ref: Match.stringLikeRegexp('^Operations') }],
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            ...cloudWatch,
            Action: 'sns:Publish',
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }),
        ]),
      },
    });
  });
});

describe('settings', () => {
  function judgementOf(props: EsConfigMonitorProps): unknown {
    const stack = stackWith(props);
    const { Environment } = propertiesOf(Template.fromStack(stack), 'AWS::Lambda::Function', 'Function');
    const { Variables } = Environment as { Variables: Record<string, unknown> };
    const texts = Object.entries(Variables).map(([name, value]) => [name, typeof value === 'string' ? value : 'arn']);
    return readEnvironment(Object.fromEntries(texts) as Record<string, string>).judgement;
  }

  test('reach the function as they are', () => {
    const judgement = {
      watchedEvents: ['CreateDomain', 'DeleteElasticsearchDomain'],
      trustedAccounts: ['111122223333'],
      trustedOrganizations: ['o-a1b2c3d4e5'],
      trustedNetworks: ['10.0.0.0/8'],
      trustedCallers: ['arn:aws:iam::111122223333:role/deploy-*'],
      severityOverrides: { 'domain-deleted': 'LOW' },
      suppressions: [{ rule: 'domain-deleted', domain: 'scratch', reason: 'a playground', expires: '2999-12-31' }],
      watchPatterns: [{ name: 'tagged', pattern: { eventName: ['AddTags'] }, severity: 'LOW' }],
    } as const;
    expect(judgementOf(judgement)).toEqual(judgement);
  });

  test("may be written with CDK's Match", () => {
    const pattern = { eventName: EventMatch.prefix('Delete'), sourceIPAddress: EventMatch.cidr('10.0.0.0/8') };
    expect(judgementOf({ watchPatterns: [{ name: 'deleted', pattern, severity: 'HIGH' }] })).toEqual({
      watchPatterns: [
        {
          name: 'deleted',
          pattern: { eventName: [{ prefix: 'Delete' }], sourceIPAddress: [{ cidr: '10.0.0.0/8' }] },
          severity: 'HIGH',
        },
      ],
    });
  });

  test('with an unknown event name stop synthesis and name the nearest', () => {
    const props = { watchedEvents: ['CreateDomian'] } as unknown as EsConfigMonitorProps;
    expect(problemsOf(props)).toEqual([expect.stringMatching(/"CreateDomian".*did you mean CreateDomain/)]);
  });

  test('with an expired suppression stop synthesis', () => {
    const suppressions = [{ rule: 'domain-deleted', reason: 'a migration', expires: '2020-01-31' }];
    expect(problemsOf({ suppressions })).toEqual([expect.stringContaining('2020-01-31')]);
  });

  test('are refused all at once', () => {
    const suppressions = [{ rule: 'domain-deleted', reason: 'a migration', expires: '2020-01-31' }];
    expect(problemsOf({ suppressions, trustedAccounts: ['1234'], logFilePrefix: 'AWSLogs/' })).toHaveLength(3);
  });

  test('too large for the environment of a function stop synthesis and say which is the largest', () => {
    const trustedCallers = Array.from(
      { length: 80 },
      (_, index) => `arn:aws:iam::111122223333:role/deployment-${index}`,
    );
    expect(problemsOf({ trustedCallers, trustedAccounts: ['111122223333'] })).toEqual([
      expect.stringMatching(/need \d{4} bytes .* 4096 are allowed: shorten 'trustedCallers' first, which takes \d{4}/),
    ]);
  });
});

describe('the stack', () => {
  test('has the outputs that people and scripts look for', () => {
    expect(Object.keys(onBucket.toJSON()['Outputs'] as Properties).sort()).toEqual([
      'CriticalAlertsTopicArn',
      'DeadLetterQueueArn',
      'DeadLetterQueueUrl',
      'FunctionName',
      'FunctionRoleArn',
      'HighAlertsTopicArn',
      'LogFileQueueArn',
      'LowAlertsTopicArn',
      'MediumAlertsTopicArn',
      'OperationsTopicArn',
      'RedriveCommand',
      'SendTestAlertCommand',
      'UndeliveredAlertsQueueUrl',
    ]);
  });

  test('keeps the ids of everything that holds data or subscribers: a new id is a new, empty resource', () => {
    const types = ['SNS::Topic', 'SQS::Queue', 'S3::Bucket', 'KMS::Key', 'Logs::LogGroup', 'DynamoDB::Table'];
    const ids = types.flatMap((type) => Object.keys(onNewTrail.findResources(`AWS::${type}`)));
    expect(ids.sort()).toEqual([
      'AlertTable63A83C6C',
      'CriticalAlerts1F1E9D64',
      'DeadLetterQueue9F481546',
      'FunctionLogsAE28C13D',
      'HighAlertsCA4FED98',
      'LogFileQueueBF95825B',
      'LowAlertsBA817634',
      'MediumAlerts8202C97B',
      'Operations993AC38D',
      'OperationsKey2329F47A',
      'TrailBucketA831CE63',
      'TrailBucketAccessLogs0418D82C',
      'UndeliveredAlerts87845B63',
    ]);
  });

  test('may be given its account, region and tags where its props are made within it', () => {
    const env = { account: '111122223333', region: 'eu-west-1' };
    const seen: string[] = [];
    const maker: PropsInStack = (inner) => {
      seen.push(inner.account, inner.region);
      return {};
    };
    const stack = new EsConfigMonitorStack(appWith(), 'Made', maker, { env, tags: { team: 'search' } });
    expect(seen).toEqual(['111122223333', 'eu-west-1']);
    expect(stack.tags.tagValues()).toEqual({ team: 'search' });
  });

  test('is named by its id', () => {
    const stack: EsConfigMonitorStack = stackWith();
    expect(stack.stackName).toBe('EsConfigMonitor');
  });

  test('on a new trail is as it was', () => {
    const assets = /"[0-9a-f]{64}\.zip"/g;
    const text = JSON.stringify(onNewTrail.toJSON())
      .replace(assets, '"<hash>.zip"')
      .replace(/"ZipFile":"(?:[^"\\]|\\.)*"/, '"ZipFile":"<written by CDK>"');
    expect(JSON.parse(text)).toMatchSnapshot();
  });
});

function refusesPlainText(action: string): unknown {
  return {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({ Effect: 'Deny', Action: action, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      ]),
    },
  };
}
