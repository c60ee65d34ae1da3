import { ACCOUNT, REGION } from './emulator';
import type { Template } from './stacks';

/** What is there before the stacks: buckets that trails write to, queues that are told, and what CDK's bootstrap makes. */
export const NAMES = {
  assets: `cdk-hnb659fds-assets-${ACCOUNT}-${REGION}`,
  bucket: 'trail-of-the-account',
  told: 'trail-that-a-topic-tells-of',
  gone: 'trail-that-goes-first',
  plain: 'trail-for-the-plain-template',
  code: 'code-of-the-release',
  old: 'trail-of-version-01',
  topic: 'log-files',
  theirs: 'somebody-elses',
} as const;

export const queueArn = (name: string): string => `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`;
export const queueUrl = (endpoint: string, name: string): string => `${endpoint}/${ACCOUNT}/${name}`;
export const TOPIC_ARN = `arn:aws:sns:${REGION}:${ACCOUNT}:${NAMES.topic}`;

/** Subscribers of the stacks, a queue each. */
export const SUBSCRIBERS = [
  'on-a-bucket',
  'on-a-topic',
  'on-a-trail',
  'on-a-bucket-that-goes',
  'of-the-plain-template',
  'on-a-bucket-of-version-01',
] as const;

const lets = (Service: string, Action: string, Resource: string): object => ({
  Effect: 'Allow',
  Principal: { Service },
  Action,
  Resource,
  Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
});
const document = (...Statement: readonly object[]): object => ({ Version: '2012-10-17', Statement });

const queue = (name: string, sender: string): Record<string, object> => {
  const id = name.replaceAll('-', '');
  const url = { Ref: `Queue${id}` };
  const statement = lets(sender, 'sqs:SendMessage', queueArn(name));
  return {
    [`Queue${id}`]: { Type: 'AWS::SQS::Queue', Properties: { QueueName: name } },
    [`Policy${id}`]: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: { Queues: [url], PolicyDocument: document(statement) },
    },
  };
};

const bucket = (BucketName: string, more: object = {}): object => ({
  Type: 'AWS::S3::Bucket',
  Properties: { BucketName, ...more },
});

export const SURROUNDINGS: Template = {
  TemplateBody: JSON.stringify({
    Resources: {
      Assets: bucket(NAMES.assets),
      BootstrapVersion: {
        Type: 'AWS::SSM::Parameter',
        Properties: { Name: '/cdk-bootstrap/hnb659fds/version', Type: 'String', Value: '30' },
      },
      Bucket: bucket(NAMES.bucket),
      Gone: bucket(NAMES.gone),
      Plain: bucket(NAMES.plain),
      Code: bucket(NAMES.code),
      Old: bucket(NAMES.old),
      Told: {
        ...bucket(NAMES.told, {
          NotificationConfiguration: {
            TopicConfigurations: [{ Event: 's3:ObjectCreated:*', Topic: TOPIC_ARN }],
          },
        }),
        DependsOn: 'TopicPolicy',
      },
      Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: NAMES.topic } },
      TopicPolicy: {
        Type: 'AWS::SNS::TopicPolicy',
        Properties: {
          Topics: [{ Ref: 'Topic' }],
          PolicyDocument: document(lets('s3.amazonaws.com', 'sns:Publish', TOPIC_ARN)),
        },
      },
      ...queue(NAMES.theirs, 's3.amazonaws.com'),
      ...Object.assign({}, ...SUBSCRIBERS.map((name) => queue(name, 'sns.amazonaws.com'))),
    },
  }),
};
