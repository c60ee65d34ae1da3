import { ArnFormat, CfnResource, Lazy, Stack, Token } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { textOf } from '../core/base/members';

/** What else the monitor stands on, that is not its own. */
export interface Foundations {
  readonly bucket: IBucket;
  readonly encryptionKey: IKey | undefined;
  /** Of the stack. */
  readonly trail?: { readonly arn: string };
  readonly notifications: 'bucket' | 'eventbridge' | ITopic;
  /** A pattern of the ARNs of the owners' topics, which are too many to be told one by one. @default - owners have none */
  readonly ownerTopics?: string;
}

/**
 * What the function can be told by reference: none of them ever depends on it. By a name that CloudFormation makes, which is
 * the shorter; by the ARN where somebody chose one, since it tells the function that the name begins otherwise.
 */
const NAMED_BY: Readonly<Record<string, (resource: CfnResource) => string>> = {
  'AWS::SQS::Queue': (queue) => attribute(queue, chosenName(queue, 'queueName') ? 'Arn' : 'QueueName'),
  'AWS::SNS::Topic': (topic) => (chosenName(topic, 'topicName') ? topic.ref : attribute(topic, 'TopicName')),
  // Whose call it is, the rules about data events ask by the ARN.
  'AWS::IAM::Role': (role) => attribute(role, 'Arn'),
  // CDK chooses it, without the hyphens of the stack's.
  'AWS::Events::EventBus': (bus) => attribute(bus, 'Arn'),
  'AWS::Pipes::Pipe': (pipe) => pipe.ref,
  'AWS::KMS::Key': (key) => key.ref,
};

/** What depends on the function, or may, is told by how CloudFormation begins the name it makes. */
interface NamedByStack {
  readonly service: string;
  readonly resource: string;
  readonly arnFormat: ArnFormat;
  /** Has a name that somebody chose. */
  readonly property: string;
  /** Names may be 64 letters long, rather than longer than any two parts. */
  readonly isShort?: true;
}

const NAMED_BY_STACK: Readonly<Record<string, NamedByStack>> = {
  'AWS::CloudWatch::Alarm': {
    service: 'cloudwatch',
    resource: 'alarm',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    property: 'alarmName',
  },
  'AWS::Events::Rule': {
    service: 'events',
    resource: 'rule',
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    property: 'name',
    isShort: true,
  },
  'AWS::Scheduler::Schedule': {
    service: 'scheduler',
    resource: 'schedule/default',
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    property: 'name',
    isShort: true,
  },
  'AWS::Lambda::Function': {
    service: 'lambda',
    resource: 'function',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    property: 'functionName',
    isShort: true,
  },
};

/** CloudFormation shortens the two parts of a name that would be too long, but not below this. */
const KEPT = 24;

const attribute = (resource: CfnResource, name: string): string => resource.getAtt(name).toString();

/** A name that somebody chose, as an aspect of a whole company does. CDK's own constructs give one that resolves to none. */
function chosenName(resource: CfnResource, property: string): string | undefined {
  const name = (resource as unknown as Readonly<Record<string, unknown>>)[property];
  return resource.stack.resolve(name) === undefined ? undefined : textOf(name);
}

/**
 * What the monitor at `scope` stands on: the names of its own resources, whichever they are when the stack is synthesized,
 * and what it was given. The function's own name Lambda tells it; its table has a variable of its own.
 */
export function watchedNames(scope: Construct, foundations: Foundations): string {
  return Lazy.string({ produce: () => namesOf(scope, foundations).join(' ') });
}

function namesOf(scope: Construct, foundations: Foundations): readonly string[] {
  const { bucket, encryptionKey, trail, notifications, ownerTopics } = foundations;
  const stack = Stack.of(scope);
  const resources = scope.node
    .findAll()
    .filter((each): each is CfnResource => CfnResource.isCfnResource(each) && Stack.of(each) === stack);
  const own = resources.flatMap((resource) => NAMED_BY[resource.cfnResourceType]?.(resource) ?? []);
  const made = Object.entries(NAMED_BY_STACK).flatMap(([type, { property, isShort, ...arn }]) => {
    const ofType = resources.filter(({ cfnResourceType }) => cfnResourceType === type);
    const unnamed = ofType.filter((each) => chosenName(each, property) === undefined);
    return [
      ...(unnamed.length > 0 ? [beginningsOf(stack, unnamed, isShort === true)] : []),
      ...ofType.flatMap((each) => chosenName(each, property) ?? []),
    ].map((resourceName) => stack.formatArn({ ...arn, resourceName }));
  });
  return [
    stack.stackId,
    bucket.bucketName,
    ...(encryptionKey ? [encryptionKey.keyId] : []),
    ...(trail ? [trail.arn] : []),
    ...(notifications === 'eventbridge' ? ['EventBridgeConfiguration'] : []),
    ...(typeof notifications === 'object' ? [notifications.topicArn] : []),
    ...(ownerTopics === undefined ? [] : [ownerTopics]),
    ...own,
    ...made,
  ];
}

/**
 * How names begin that CloudFormation makes for `resources`, all in one text: as their stack does, then as their ids do. Where it
 * may have cut the two, another stack whose name begins the same cannot be told apart.
 */
function beginningsOf(stack: Stack, resources: readonly CfnResource[], isShort: boolean): string {
  const { stackName } = stack;
  const ids = resources.map(({ logicalId }) => stack.resolve(logicalId) as string);
  if (!isShort) return `${stackName}-{${ids.join(',')}}-*`;
  // Of a nested stack the name is known to the deployment alone, which cannot cut it.
  const part = Token.isUnresolved(stackName) ? '*' : shortened(stackName);
  return `${part}-{${ids.map((id) => id.slice(0, KEPT)).join(',')}}*`;
}

const shortened = (name: string): string => (name.length > KEPT ? `${name.slice(0, KEPT)}*` : name);
