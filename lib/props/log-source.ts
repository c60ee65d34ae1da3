import { Stack, Token } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { shown } from '../../core/settings';
import { keyArnProblem } from '../arns';
import { notificationConflicts } from '../bucket-notifications';
import { DEFAULT_PREFIX } from '../log-file-keys';
import { prefixesOf, type LogSourceProps } from '../log-source';
import { topicProblems } from '../topic-notifications';

/** What is wrong with props whose kinds are right, in the operator's words. */
export function logSourceProblems(scope: Construct, props: LogSourceProps): string[] {
  return [
    ...prefixProblems(props),
    ...organizationProblems(props),
    ...keyProblems(props),
    ...bucketProblems(scope, props),
  ];
}

/** Props that go with another one only, and what they say of the other. */
export function combinationProblems(props: Readonly<Partial<Record<keyof LogSourceProps, unknown>>>): string[] {
  const only = (name: keyof LogSourceProps, condition: string): string[] =>
    props[name] === undefined ? [] : [`'${name}' can only be set ${condition}`];
  if (props.trailBucket === undefined) {
    const withBucket = ['logFilePrefix', 'notifications', 'skipDestinationValidation'] as const;
    return withBucket.flatMap((name) => only(name, "together with 'trailBucket'"));
  }
  const isByBucket = [undefined, 'bucket'].some((how) => how === props.notifications);
  return [
    ...only('logFileRetention', "without 'trailBucket'"),
    ...only('organization', "without 'trailBucket'"),
    ...(isByBucket ? [] : only('skipDestinationValidation', "where 'notifications' is 'bucket'")),
  ];
}

function prefixProblems({ logFilePrefix: prefix = '' }: LogSourceProps): string[] {
  if (Token.isUnresolved(prefix) || /^(?:[^*?/][^*?]*\/)?$/.test(prefix)) return [];
  return [`'logFilePrefix' must end with a '/', not start with one, and hold no '*' or '?', got '${prefix}'`];
}

/** What a policy would name: a mistake in it would let nobody write, and no log file would come. */
function organizationProblems({ organization }: LogSourceProps): string[] {
  if (organization === undefined) return [];
  const { organizationId: id, managementAccount: account } = organization;
  const isFine = (text: unknown, pattern: RegExp): boolean => Token.isUnresolved(text) || pattern.test(String(text));
  return [
    ...(isFine(id, /^o-[a-z0-9]{10,32}$/)
      ? []
      : [`'organization.organizationId' must be an id such as o-a1b2c3d4e5, got ${shown(id)}`]),
    ...(account === undefined || isFine(account, /^\d{12}$/)
      ? []
      : [`'organization.managementAccount' must be the id of an account, 12 digits, got ${shown(account)}`]),
  ];
}

function keyProblems({ encryptionKey }: LogSourceProps): string[] {
  const problem = encryptionKey && keyArnProblem(encryptionKey.keyArn);
  return problem === undefined ? [] : [`'encryptionKey' ${problem}`];
}

/** S3 notifies queues of its own region only, and sends events to EventBridge in its own account and region. */
function bucketProblems(scope: Construct, props: LogSourceProps): string[] {
  const { trailBucket, notifications = 'bucket', logFilePrefix = DEFAULT_PREFIX } = props;
  if (!trailBucket) return [];
  if (typeof notifications === 'object') return topicProblems(scope, notifications);
  const { env } = trailBucket;
  const stack = Stack.of(scope);
  const distant = (['account', 'region'] as const)
    .filter((place) => ![env[place], stack[place]].some(Token.isUnresolved) && env[place] !== stack[place])
    .map(
      (place) =>
        `'trailBucket' is in ${place} ${env[place]} and the stack in ${stack[place]}: ` +
        "deploy the stack there, or set 'notifications' to a topic that is told of each log file",
    );
  const conflicts =
    notifications === 'bucket'
      ? prefixesOf(logFilePrefix, props).flatMap((prefix) =>
          notificationConflicts(scope, trailBucket as IBucket, prefix),
        )
      : [];
  return [...distant, ...conflicts];
}
