import type { Template } from 'aws-cdk-lib/assertions';
import { stacks as VERSION_01 } from '../fixtures/template-0.1.json';
import { onExistingBucket, templateWith } from './stack-in';
import type { Properties } from './template';

/*
 * What version 0.1 deployed: each resource by its id, with its type and those of its properties that cannot be changed in place.
 * What an item of its table means to this version is in test/lambda/table/table.test.ts.
 */

interface Deployed {
  readonly type: string;
  readonly fixed?: Properties;
}

/** Properties whose change makes CloudFormation replace the resource, by type. */
const FIXED: Readonly<Record<string, readonly string[]>> = {
  'AWS::SNS::Topic': ['TopicName', 'FifoTopic'],
  'AWS::SQS::Queue': ['QueueName', 'FifoQueue'],
  'AWS::DynamoDB::Table': ['TableName', 'KeySchema', 'AttributeDefinitions'],
  'AWS::S3::Bucket': ['BucketName'],
  'AWS::KMS::Key': ['KeySpec', 'MultiRegion'],
  'AWS::Logs::LogGroup': ['LogGroupName'],
  'AWS::CloudTrail::Trail': ['TrailName'],
  'AWS::Lambda::Function': ['FunctionName', 'PackageType'],
  'AWS::Lambda::EventSourceMapping': ['EventSourceArn'],
  'AWS::IAM::Role': ['RoleName', 'Path'],
  'Custom::S3BucketNotifications': ['ServiceToken', 'BucketName'],
};

/** How the same stacks are written today. */
const TODAY: Readonly<Record<keyof typeof VERSION_01, () => Template>> = {
  'a new trail': () => templateWith(),
  'an existing bucket': () => templateWith(onExistingBucket()),
  'an existing bucket that sends to EventBridge': () =>
    templateWith(onExistingBucket({ notifications: 'eventbridge' })),
};

/** The resources as `template-0.1.json` tells of them. */
function deployedBy(template: Template): Readonly<Record<string, Deployed>> {
  const resources = template.toJSON()['Resources'] as Readonly<
    Record<string, { Type: string; Properties: Properties }>
  >;
  return Object.fromEntries(
    Object.entries(resources).map(([id, { Type: type, Properties: properties }]) => {
      const fixed = (FIXED[type] ?? []).filter((name) => properties[name] !== undefined);
      const values = Object.fromEntries(fixed.map((name) => [name, properties[name]]));
      return [id, { type, ...(fixed.length > 0 && { fixed: values }) }] as const;
    }),
  );
}

describe.each(Object.entries(TODAY))('a stack of version 0.1 on %s', (name, today) => {
  const before: Readonly<Record<string, Deployed>> = VERSION_01[name as keyof typeof VERSION_01];
  const now = deployedBy(today());

  test('has nothing that an upgrade would delete or replace', () => {
    const kept = Object.fromEntries(Object.keys(before).map((id) => [id, now[id]]));
    expect(kept).toEqual(before);
  });

  test('gets nothing new that holds anything', () => {
    const holding = ['AWS::SNS::Topic', 'AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::KMS::Key'];
    const added = Object.keys(now).filter((id) => !(id in before));
    expect(added.filter((id) => holding.includes(now[id]?.type ?? ''))).toEqual([]);
  });
});

test('is compared by what cannot be changed in place', () => {
  expect(VERSION_01['a new trail'].AlertTable63A83C6C.fixed.KeySchema).toHaveLength(2);
  const [types] = [Object.values(VERSION_01).flatMap((stack) => Object.values(stack).map(({ type }) => type))];
  expect(Object.keys(FIXED).filter((type) => !types.includes(type))).toEqual([]);
});
