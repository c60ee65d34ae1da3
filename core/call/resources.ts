import { memberOf, isObject, listOf, textOf, textsOf } from '../base/members';
import { resourceNameIn } from '../base/resource-name';
import type { WatchedSource } from '../base/watched-calls';

/** Where the calls of a service name what they are about: in the request, else in the response. */
const NAMED_BY: Readonly<Record<WatchedSource, readonly (readonly string[])[]>> = {
  'cloudformation.amazonaws.com': [['stackName']],
  'cloudtrail.amazonaws.com': [['trailName'], ['name']],
  'dynamodb.amazonaws.com': [['tableName'], ['resourceArn']],
  'events.amazonaws.com': [['rule'], ['name']],
  'iam.amazonaws.com': [['roleName']],
  'kms.amazonaws.com': [['keyId']],
  'lambda.amazonaws.com': [['functionName'], ['functionArn'], ['eventSourceArn']],
  'monitoring.amazonaws.com': [['muteTargets', 'alarmNames'], ['alarmNames'], ['alarmName']],
  'pipes.amazonaws.com': [['name']],
  's3.amazonaws.com': [['bucketName']],
  'scheduler.amazonaws.com': [['name']],
  'sns.amazonaws.com': [['topicArn'], ['subscriptionArn'], ['resourceArn']],
  'sqs.amazonaws.com': [['queueUrl']],
};

/** An ARN in an error message, behind that of the caller: a denied call has null parameters. */
const DENIED = / on resource: "?(arn:[^\s"]+)/;

/**
 * What a call of another service is about, as recorded: names, ARNs and addresses, without repeats. Empty where the record
 * does not tell.
 */
export function resourcesOf(eventSource: string, record: unknown): readonly string[] {
  const paths = Object.hasOwn(NAMED_BY, eventSource) ? NAMED_BY[eventSource as WatchedSource] : [];
  const [request, response] = [memberOf(record, 'requestParameters'), memberOf(record, 'responseElements')];
  const told = [request, response].flatMap((part) => paths.flatMap((path) => textsOf(memberOf(part, ...path))));
  const listed = listOf(memberOf(record, 'resources')).flatMap((each) =>
    isObject(each) ? textsOf(memberOf(each, 'ARN')) : [],
  );
  const denied = DENIED.exec(textOf(memberOf(record, 'errorMessage')) ?? '')?.[1];
  return [...new Set([...told, ...listed, ...(denied === undefined ? [] : [denied])])];
}

/** What people call the first of them. */
export const nameOfFirst = (resources: readonly string[]): string | undefined =>
  resources[0] === undefined ? undefined : resourceNameIn(resources[0]);
