import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import { CfnBucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { isObject, listOf, memberOf, textOf } from '../core/base/members';
import { LOG_FILE_SUFFIX } from './log-file-keys';
import { renderedProperties } from './rendered';

/** What a bucket tells of and where it is said, as far as it is about new objects. */
interface Notification {
  readonly bucket: string;
  readonly declaredIn: string;
  readonly target: string;
  readonly prefix: string;
  readonly suffix: string;
}

/**
 * The notifications anywhere in the app that S3 would refuse beside that of `bucket` on log files under `prefix` to the queue
 * with `queueArn`, a sentence each. Complete once everything is in the app, as it is when CDK validates.
 */
export function overlapsWith(scope: IConstruct, bucket: IBucket, prefix: string, queueArn: string): string[] {
  const stack = Stack.of(scope);
  const name = identityOf(stack, stack.resolve(bucket.bucketName));
  const ours = JSON.stringify(stack.resolve(queueArn));
  return notificationsIn(scope.node.root)
    .filter((other) => other.bucket === name && other.target !== `${stack.node.path} ${ours}`)
    .filter(
      (other) => overlap(other.prefix, prefix, 'startsWith') && overlap(other.suffix, LOG_FILE_SUFFIX, 'endsWith'),
    )
    .map(
      (other) =>
        `the bucket tells of new objects under '${other.prefix}' already, as ${other.declaredIn} says, and S3 tells of an object only ` +
        `once: it would refuse the notification on log files under '${prefix}'; set 'notifications' to 'eventbridge' or to a topic`,
    );
}

/** A text that both could be part of, at the end that the method looks at; what is not known yet could be anything. */
function overlap(one: string, other: string, method: 'startsWith' | 'endsWith'): boolean {
  return Token.isUnresolved(one) || Token.isUnresolved(other) || one[method](other) || other[method](one);
}

function notificationsIn(root: IConstruct): readonly Notification[] {
  return root.node.findAll().flatMap((construct) => {
    if (!CfnResource.isCfnResource(construct)) return [];
    const isHandled = construct.cfnResourceType === 'Custom::S3BucketNotifications';
    if (!isHandled && construct.cfnResourceType !== CfnBucket.CFN_RESOURCE_TYPE_NAME) return [];
    const stack = Stack.of(construct);
    const properties = renderedProperties(construct);
    const configuration = memberOf(properties, 'NotificationConfiguration');
    const bucket = isHandled ? memberOf(properties, 'BucketName') : { Ref: stack.getLogicalId(construct) };
    const declared = (isObject(configuration) ? Object.values(configuration) : []).flatMap(listOf);
    return declared.filter(tellsOfNewObjects).map((notification) => {
      const target = ['QueueArn', 'TopicArn', 'LambdaFunctionArn', 'Queue', 'Topic', 'Function']
        .map((member) => memberOf(notification, member))
        .find((value) => value !== undefined);
      return {
        bucket: identityOf(stack, stack.resolve(bucket)),
        declaredIn: construct.node.path,
        target: `${stack.node.path} ${JSON.stringify(target)}`,
        prefix: ruleOf(notification, 'prefix'),
        suffix: ruleOf(notification, 'suffix'),
      };
    });
  });
}

/** CDK's own resource and CloudFormation's bucket spell it apart. */
function tellsOfNewObjects(notification: unknown): boolean {
  const events = [...listOf(memberOf(notification, 'Events')), memberOf(notification, 'Event')];
  return events.some((event) => textOf(event)?.startsWith('s3:ObjectCreated:'));
}

function ruleOf(notification: unknown, name: string): string {
  const rules = [
    ...listOf(memberOf(notification, 'Filter', 'Key', 'FilterRules')),
    ...listOf(memberOf(notification, 'Filter', 'S3Key', 'Rules')),
  ];
  const rule = rules.find((one) => textOf(memberOf(one, 'Name'))?.toLowerCase() === name);
  const value = memberOf(rule, 'Value');
  return textOf(value) ?? (value === undefined ? '' : JSON.stringify(value));
}

/** One text for one bucket: its name where that is known, and otherwise what stands for it in its stack. */
function identityOf(stack: Stack, name: unknown): string {
  if (typeof name === 'string') return name;
  const id = textOf(memberOf(name, 'Ref'));
  const owned = stack.node
    .findAll()
    .find((one) => one instanceof CfnBucket && stack.getLogicalId(one) === id && Stack.of(one) === stack);
  const given = owned === undefined ? undefined : (owned as CfnBucket).bucketName;
  return given !== undefined && !Token.isUnresolved(given) ? given : `${stack.node.path} ${JSON.stringify(name)}`;
}
