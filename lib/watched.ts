import { ArnFormat, CfnResource, Lazy, Stack, Token } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { addressOf } from './address';

/** What else the monitor stands on, that is not its own. */
export interface Foundations {
  readonly bucket: IBucket;
  readonly encryptionKey: IKey | undefined;
  readonly notifications: 'bucket' | 'eventbridge' | ITopic;
}

/** The name of a resource of each type that the function can be told by reference: none of them ever depends on it. */
const NAMED_BY: Readonly<Record<string, (resource: CfnResource) => string>> = {
  'AWS::SQS::Queue': (queue) => queue.getAtt('QueueName').toString(),
  'AWS::SNS::Topic': (topic) => topic.getAtt('TopicName').toString(),
  'AWS::IAM::Role': (role) => role.ref,
  'AWS::KMS::Key': (key) => key.ref,
  'AWS::CloudTrail::Trail': (trail) => trail.getAtt('Arn').toString(),
};

/** What depends on the function, or may, is told by how CloudFormation begins the name it makes. */
const NAMED_BY_STACK: Readonly<
  Record<string, { readonly service: string; readonly resource: string; readonly colon?: true }>
> = {
  'AWS::CloudWatch::Alarm': { service: 'cloudwatch', resource: 'alarm', colon: true },
  'AWS::Events::Rule': { service: 'events', resource: 'rule' },
  'AWS::Lambda::Function': { service: 'lambda', resource: 'function', colon: true },
};

/** CloudFormation shortens the two parts of a name that would be too long, but not below this. */
const KEPT = 24;

/**
 * What the monitor at `scope` stands on: the names of its own resources, whichever they are when the stack is synthesized,
 * and what it was given. The function's own name Lambda tells it; its table has a variable of its own.
 */
export function watchedNames(scope: Construct, foundations: Foundations): string {
  return Lazy.string({ produce: () => namesOf(scope, foundations).join(' ') });
}

function namesOf(scope: Construct, { bucket, encryptionKey, notifications }: Foundations): readonly string[] {
  const stack = Stack.of(scope);
  const resources = scope.node.findAll().filter((each): each is CfnResource => CfnResource.isCfnResource(each));
  const types = new Set(resources.map(({ cfnResourceType }) => cfnResourceType));
  const own = resources.flatMap((resource) => NAMED_BY[resource.cfnResourceType]?.(resource) ?? []);
  const made = Object.entries(NAMED_BY_STACK).flatMap(([type, { service, resource, colon }]) =>
    types.has(type)
      ? stack.formatArn({
          service,
          resource,
          resourceName: beginningOf(scope),
          arnFormat: colon ? ArnFormat.COLON_RESOURCE_NAME : ArnFormat.SLASH_RESOURCE_NAME,
        })
      : [],
  );
  return [
    stack.stackId,
    bucket.bucketName,
    ...(encryptionKey ? [encryptionKey.keyId] : []),
    ...(notifications === 'eventbridge' ? ['EventBridgeConfiguration'] : []),
    ...(typeof notifications === 'object' ? [notifications.topicName] : []),
    ...own,
    ...made,
  ];
}

/** How names begin that CloudFormation makes for resources of the monitor: as their stack does, then as their ids do. */
function beginningOf(scope: Construct): string {
  const { stackName } = Stack.of(scope);
  const [, ...ids] = addressOf(scope);
  const id = ids.join('').replace(/[^A-Za-z0-9]/g, '');
  const isLong = !Token.isUnresolved(stackName) && stackName.length > KEPT;
  return `${isLong ? `${stackName.slice(0, KEPT)}*` : stackName}-${id.slice(0, KEPT)}*`;
}
