import { Stack, type App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, EventType, type IBucket } from 'aws-cdk-lib/aws-s3';
import { SqsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { EsConfigMonitorProps } from '../../lib/es-config-monitor-props';
import type { PropsInStack } from '../../lib/es-config-monitor-stack';
import { appWith, onExistingBucket, problemsOf, stackWith, templateWith } from './stack-in';
import type { Properties } from './template';

const onBucket = templateWith(onExistingBucket());
const onNewTrail = templateWith();

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
    // The function, and the one that looks after the stack.
    template.resourceCountIs('AWS::Lambda::Function', 2);
  });

  test('whose log files are told to a topic is heard through it', () => {
    const template = templateWith((stack) =>
      onExistingBucket({
        notifications: Topic.fromTopicArn(stack, 'LogFileTopic', 'arn:aws:sns:eu-west-1:111122223333:t'),
      })(stack),
    );
    template.hasResourceProperties('AWS::SNS::Subscription', {
      TopicArn: 'arn:aws:sns:eu-west-1:111122223333:t',
      Protocol: 'sqs',
      Endpoint: { 'Fn::GetAtt': [Match.stringLikeRegexp('^LogFileQueue'), 'Arn'] },
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
    expect(JSON.stringify(stack.monitor.node.metadata)).toContain("set 'notifications' to 'eventbridge' or to a topic");
  });

  function bucketElsewhere(app: App): { bucket: IBucket; owner: Stack } {
    const owner = new Stack(app, 'Owner');
    return { bucket: new Bucket(owner, 'Bucket') as IBucket, owner };
  }
});

describe('log file prefixes', () => {
  test.each(['/AWSLogs/', 'AWSLogs', 'AWSLogs/*/', 'a?/'])('%s is refused', (logFilePrefix) => {
    expect(problemsOf(onExistingBucket({ logFilePrefix }))).toEqual([
      `'logFilePrefix' must end with a '/', not start with one, and hold no '*' or '?', got '${logFilePrefix}'`,
    ]);
  });

  test.each(['', 'AWSLogs/', 'o-a1b2c3d4e5/AWSLogs/o-a1b2c3d4e5/'])('"%s" is accepted', (logFilePrefix) => {
    expect(problemsOf(onExistingBucket({ logFilePrefix }))).toEqual([]);
  });
});

describe('a source of log files', () => {
  test('has a key that is named by its ARN, not by an alias', () => {
    const alias = 'arn:aws:kms:eu-west-1:111122223333:alias/logs';
    const props: PropsInStack = (stack) => ({ encryptionKey: Key.fromKeyArn(stack, 'Key', alias) });
    expect(problemsOf(props)).toEqual([
      expect.stringMatching(/^'encryptionKey' must be the ARN of a KMS key, .*; this is an alias/),
    ]);
  });

  test('tells of them in one of three ways, in code that is not type-checked as well', () => {
    const props = { notifications: 'sqs' } as unknown as EsConfigMonitorProps;
    expect(problemsOf(onExistingBucket(props))).toEqual([
      `'notifications' must be 'bucket', 'eventbridge' or a topic, got "sqs"`,
    ]);
  });
});
