import { Aspects, CfnResource, Stack, type IAspect } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { isAmong } from '../../core/base/resource-name';
import { narrowingTo } from '../../lambda/narrowing';
import { EsConfigMonitor } from '../../lib';
import { CDKS_OWN, environmentIn, physicalNames } from '../support/physical-names';
import { OWN } from '../support/records';
import { appWith, onExistingBucket, stackWith, templateWith } from './stack-in';

/** Where CloudTrail writes names of the resources of a type. */
const SOURCES: Readonly<Record<string, string>> = {
  'AWS::SQS::Queue': 'sqs',
  'AWS::SNS::Topic': 'sns',
  'AWS::IAM::Role': 'iam',
  'AWS::Events::Rule': 'events',
  'AWS::CloudWatch::Alarm': 'monitoring',
  'AWS::Lambda::Function': 'lambda',
  'AWS::DynamoDB::Table': 'dynamodb',
  'AWS::S3::Bucket': 's3',
  'AWS::KMS::Key': 'kms',
};

const resourcesIn = (template: Template): readonly (readonly [id: string, type: string])[] =>
  Object.entries(template.toJSON()['Resources'] as Record<string, { readonly Type: string }>).flatMap(
    ([id, { Type }]) => (SOURCES[Type] === undefined ? [] : [[id, Type] as const]),
  );

/** What the function of a stack `stackName` is told, and which resources of its own it is not told of. */
function toldBy(template: Template, stackName: string) {
  const { watched = [] } = environmentIn(template, stackName);
  const isTold = (name: string, type: string): boolean =>
    isAmong(watched, name, { eventSource: `${SOURCES[type]}.amazonaws.com`, accountId: OWN, region: 'eu-west-1' });
  const names = physicalNames(template, stackName);
  const untold = resourcesIn(template)
    .filter(([id, type]) => !isTold(names.get(id) ?? '', type))
    .map(([id]) => id);
  return { isTold, watched, untold: untold.filter((id) => !CDKS_OWN.test(id)) };
}

const template = templateWith();

test.each([
  ['EsConfigMonitor'],
  ['a-name-of-24-letters-long'.slice(0, 24)],
  ['monitoring-of-search-domains-prod'],
  [`long-${'x'.repeat(120)}`],
])('the function of a stack %s is told of each of its resources', (stackName) => {
  const renamed = Template.fromStack(stackWith({ stackName }));
  expect(toldBy(renamed, stackName).untold).toEqual([]);
});

describe('another stack with a similar name', () => {
  test.each([
    ['EsConfigMonitor-prod', 'EsConfigMonitor-prod2', []],
    ['EsConfigMonitor', 'EsConfigMonitor2', []],
    ['EsConfigMonitor', 'EsConfigMonitor-staging', []],
    ['EsConfigMonitor', 'MyEsConfigMonitor', []],
    // Of names that CloudFormation cuts at 24 letters the difference is gone: of what has such a name, no alarm, queue, topic or role.
    [
      'monitoring-of-search-domains-prod',
      'monitoring-of-search-domains-prod2',
      ['AWS::Lambda::Function', 'AWS::Events::Rule'],
    ],
  ])('than %s, %s, has nothing that is taken for it but %j', (stackName, other, but) => {
    const { isTold } = toldBy(Template.fromStack(stackWith({ stackName })), stackName);
    const names = physicalNames(template, other);
    const taken = resourcesIn(template).filter(([id, type]) => isTold(names.get(id) ?? '', type));
    expect([...new Set(taken.map(([, type]) => type))]).toEqual(but);
  });
});

describe('names that somebody chose', () => {
  const NAMED: Readonly<Record<string, string>> = {
    'AWS::SQS::Queue': 'queueName',
    'AWS::SNS::Topic': 'topicName',
    'AWS::IAM::Role': 'roleName',
    'AWS::Lambda::Function': 'functionName',
    'AWS::Events::Rule': 'name',
    'AWS::CloudWatch::Alarm': 'alarmName',
  };
  const nameOf = (id: string): string => `acme_${id}`.slice(0, 64);
  const companyNames: IAspect = {
    visit: (node) => {
      const property = CfnResource.isCfnResource(node) ? NAMED[node.cfnResourceType] : undefined;
      if (CfnResource.isCfnResource(node) && property !== undefined)
        Object.assign(node, { [property]: nameOf(String(Stack.of(node).resolve(node.logicalId))) });
    },
  };

  test('are told as well, and calls of them are read', () => {
    const stack = stackWith();
    Aspects.of(stack).add(companyNames);
    const named = Template.fromStack(stack);
    const { untold, watched } = toldBy(named, 'EsConfigMonitor');
    expect(untold).toEqual([]);
    const { holding = [] } = narrowingTo(watched) ?? {};
    const names = resourcesIn(named).flatMap(([id, type]) =>
      NAMED[type] === undefined || CDKS_OWN.test(id) ? [] : [nameOf(id)],
    );
    expect(names.length).toBeGreaterThan(15);
    expect(names.filter((name) => !holding.some((text) => name.includes(text)))).toEqual([]);
  });
});

test('a topic that tells of log files, which is not of the stack, is told, and calls of it are read', () => {
  const given = Template.fromStack(
    stackWith((stack) => ({
      ...onExistingBucket()(stack),
      notifications: Topic.fromTopicArn(stack, 'Given', `arn:aws:sns:eu-west-1:${OWN}:org-trail-files`),
    })),
  );
  const { isTold, watched } = toldBy(given, 'EsConfigMonitor');
  expect(
    isTold(`arn:aws:sns:eu-west-1:${OWN}:org-trail-files:0f0f0f0f-0000-4000-8000-000000000001`, 'AWS::SNS::Topic'),
  ).toBe(true);
  expect(narrowingTo(watched)?.holding).toEqual(['EsConfigMonitor', 'my-trail', 'org-trail-files']);
});

test('a monitor among other things of a stack is told of its own alone', () => {
  const stack = new Stack(appWith(), 'Platform', { env: { account: OWN, region: 'eu-west-1' } });
  new EsConfigMonitor(stack, 'Default', {});
  new Topic(stack, 'Orders');
  const { untold } = toldBy(Template.fromStack(stack), 'Platform');
  expect(untold).toEqual([expect.stringMatching(/^Orders/) as string]);
});
