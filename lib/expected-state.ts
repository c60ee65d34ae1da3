import { Fn, Stack, Token } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnEventSourceMapping, CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnBucket, CfnBucketPolicy, type IBucket } from 'aws-cdk-lib/aws-s3';
import { CfnSubscription, CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import { CfnQueue, CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import type { Construct, IConstruct } from 'constructs';
import { isObject, listOf, memberOf, optional } from '../core/base/members';
import type { Expected, Members } from '../core/state';
import { LOG_FILE_SUFFIX } from './log-file-keys';
import type { NewsOfLogFiles, TrailOfStack } from './log-source';

/** What of the monitor at a scope is looked at, and is not in its tree. */
export interface Surroundings {
  readonly bucket: IBucket;
  readonly news: NewsOfLogFiles;
  readonly trail: TrailOfStack | undefined;
  readonly logFileQueueArn: string;
  readonly operationsTopic: string;
  readonly criticalTopic: string;
  /** Is looked at by nobody: it would be itself who looks. */
  readonly itself: IConstruct;
}

/** The resources of a monitor that are looked at, by their kinds. */
export interface LookedAt {
  readonly topics: readonly CfnTopic[];
  readonly queues: readonly CfnQueue[];
  readonly functions: readonly CfnFunction[];
  readonly mappings: readonly CfnEventSourceMapping[];
  readonly tables: readonly CfnTable[];
  readonly alarms: readonly CfnAlarm[];
  readonly rules: readonly CfnRule[];
  readonly buckets: readonly CfnBucket[];
  readonly keys: readonly CfnKey[];
}

/** What is in the monitor at `scope`, but for the function that looks. */
export function lookedAtIn(scope: Construct, itself: IConstruct | undefined): LookedAt {
  const stack = Stack.of(scope);
  const all = scope.node
    .findAll()
    // The topics of the owners are in stacks of their own, and told in short.
    .filter((one) => Stack.of(one) === stack && (itself === undefined || !itself.node.findAll().includes(one)));
  const of = <Type>(type: abstract new (...args: never[]) => Type): readonly Type[] =>
    all.filter((one) => one instanceof type) as unknown as readonly Type[];
  return {
    topics: of(CfnTopic),
    queues: of(CfnQueue),
    functions: of(CfnFunction),
    mappings: of(CfnEventSourceMapping),
    tables: of(CfnTable),
    alarms: of(CfnAlarm),
    rules: of(CfnRule),
    // The bucket of access logs is not versioned, and nobody judges what is in it.
    buckets: of(CfnBucket).filter(({ versioningConfiguration }) => versioningConfiguration !== undefined),
    keys: of(CfnKey),
  };
}

/** What is wanted of each resource of the monitor at `scope`, with tokens in it. To be asked when everything is in the tree. */
export function expectedState(scope: Construct, around: Surroundings): readonly Expected[] {
  const stack = Stack.of(scope);
  const read = (value: unknown, ...path: string[]): unknown => memberOf(stack.resolve(value), ...path);
  const isSame = (one: unknown, other: unknown): boolean =>
    JSON.stringify(stack.resolve(one)) === JSON.stringify(stack.resolve(other));
  const policyOf = (
    type: typeof CfnQueuePolicy | typeof CfnTopicPolicy | typeof CfnBucketPolicy,
    id: string,
  ): unknown =>
    scope.node
      .findAll()
      .flatMap((one) =>
        one instanceof type && targetsOf(one).some((target) => isSame(target, id))
          ? [one.policyDocument as unknown]
          : [],
      )[0] ?? null;
  const { topics, queues, functions, mappings, tables, alarms, rules, buckets, keys } = lookedAtIn(
    scope,
    around.itself,
  );
  const subscriptions = stack.node
    .findAll()
    .filter((one) => one instanceof CfnSubscription)
    .filter(({ topicArn }) => topics.some((topic) => isSame(topic.ref, topicArn)));

  return [
    ...topics.map(({ ref }): Expected => {
      const isHeard = isSame(ref, around.criticalTopic) ? true : isSame(ref, around.operationsTopic) ? false : null;
      return { kind: 'topic', name: ref, must: { policy: policyOf(CfnTopicPolicy, ref), isHeard } };
    }),
    ...subscriptions.map((one): Expected => {
      const must: Members['subscription'] = {
        topicArn: one.topicArn,
        protocol: one.protocol,
        endpoint: one.endpoint ?? '',
        isConfirmed: true,
        filterPolicy: read(one.filterPolicy) ?? null,
        isRaw: one.rawMessageDelivery === true,
        deadLetterQueue: (read(one.redrivePolicy, 'deadLetterTargetArn') as string | undefined) ?? null,
      };
      return { kind: 'subscription', name: `${must.topicArn} ${must.protocol} ${must.endpoint}`, must };
    }),
    ...queues.map((one): Expected => {
      const redrive = (read(one.redrivePolicy) as Members['queue']['redrive'] | undefined) ?? null;
      const retentionSeconds = one.messageRetentionPeriod ?? 345_600;
      const visibilitySeconds = one.visibilityTimeout ?? 30;
      const policy = policyOf(CfnQueuePolicy, one.ref);
      return { kind: 'queue', name: one.ref, must: { retentionSeconds, visibilitySeconds, redrive, policy } };
    }),
    ...functions.map((one): Expected => ({ kind: 'function', name: one.ref, must: functionOf(one, read) })),
    ...mappings.map((one): Expected => ({
      kind: 'mapping',
      name: one.ref,
      must: {
        isEnabled: true,
        filter: null,
        reportsFailures: true,
        functionName: one.functionName,
        queueArn: one.eventSourceArn ?? '',
      },
    })),
    ...tables.map((one): Expected => ({ kind: 'table', name: one.ref, must: { isThere: true } })),
    ...alarms.map((one): Expected => ({
      kind: 'alarm',
      name: one.ref,
      must: { actionsEnabled: true, isMuted: false, definition: definitionOf(one, read) },
    })),
    ...notificationOf(around),
    ...buckets.map((one): Expected => {
      const days = listOf(read(one.lifecycleConfiguration, 'rules')).map((rule) => memberOf(rule, 'expirationInDays'));
      const keptDays = Math.min(...days.filter((value) => typeof value === 'number'));
      return {
        kind: 'bucket',
        name: one.ref,
        must: {
          isVersioned: true,
          keptDays: Number.isFinite(keptDays) ? keptDays : 1,
          policy: policyOf(CfnBucketPolicy, one.ref),
        },
      };
    }),
    ...rules.map((one): Expected => ({
      kind: 'rule',
      name: one.ref,
      must: {
        isEnabled: true,
        pattern: one.eventPattern,
        targets: listOf(read(one.targets)).map((target) => memberOf(target, 'arn') as string),
      },
    })),
    ...(around.trail ? [expectedTrail(around.trail)] : []),
    ...keys.map((one): Expected => ({ kind: 'key', name: one.ref, must: { isEnabled: true } })),
  ];
}

const expectedTrail = ({ arn, bucketName, keyArn }: TrailOfStack): Expected => ({
  kind: 'trail',
  name: arn,
  must: {
    isLogging: true,
    deliveryError: null,
    bucket: bucketName,
    prefix: null,
    key: keyArn ?? null,
    isMultiRegion: true,
    includesGlobalEvents: true,
    isValidated: true,
    recordsAll: true,
  },
});

/** What a policy is of. */
function targetsOf(policy: CfnQueuePolicy | CfnTopicPolicy | CfnBucketPolicy): readonly string[] {
  if (policy instanceof CfnQueuePolicy) return policy.queues;
  return policy instanceof CfnTopicPolicy ? policy.topics : [policy.bucket];
}

type Read = (value: unknown, ...path: string[]) => unknown;

function functionOf(one: CfnFunction, read: Read): Members['function'] {
  const variables = read(one.environment, 'variables');
  return {
    failure: null,
    reservedConcurrency: one.reservedConcurrentExecutions ?? null,
    handler: one.handler ?? '',
    role: one.role,
    timeoutSeconds: one.timeout ?? 3,
    memoryMB: one.memorySize ?? 128,
    environment: (isObject(variables) ? variables : {}) as Record<string, string>,
    layers: listOf(read(one.layers)) as readonly string[],
    asset: Token.asString(Fn.join('/', [Token.asString(read(one.code, 's3Bucket')), String(read(one.code, 's3Key'))])),
    codeSha256: null,
  };
}

/** The members of an alarm that decide whether it rings, and whom it tells. */
function definitionOf(one: CfnAlarm, read: Read): Readonly<Record<string, unknown>> {
  const all = {
    MetricName: one.metricName,
    Namespace: one.namespace,
    Statistic: one.statistic,
    Dimensions: one.metrics === undefined ? dimensionsIn(read(one.dimensions)) : undefined,
    Metrics: one.metrics === undefined ? undefined : listOf(read(one.metrics)).map(queryOf),
    Period: one.period,
    EvaluationPeriods: one.evaluationPeriods,
    DatapointsToAlarm: one.datapointsToAlarm,
    Threshold: one.threshold,
    ComparisonOperator: one.comparisonOperator,
    TreatMissingData: one.treatMissingData,
    AlarmActions: one.alarmActions,
    OKActions: one.okActions,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function dimensionsIn(dimensions: unknown): readonly object[] {
  return listOf(dimensions).map((one) => ({ Name: memberOf(one, 'name'), Value: memberOf(one, 'value') }));
}

/** A metric of an alarm on an expression, in the words of CloudWatch's API. */
function queryOf(query: unknown): object {
  const stat = memberOf(query, 'metricStat');
  const returned = memberOf(query, 'returnData');
  return {
    Id: memberOf(query, 'id'),
    ...optional('Expression', memberOf(query, 'expression')),
    ...(stat !== undefined && {
      MetricStat: {
        Metric: {
          Namespace: memberOf(stat, 'metric', 'namespace'),
          MetricName: memberOf(stat, 'metric', 'metricName'),
          Dimensions: dimensionsIn(memberOf(stat, 'metric', 'dimensions')),
        },
        Period: memberOf(stat, 'period'),
        Stat: memberOf(stat, 'stat'),
      },
    }),
    ReturnData: returned ?? true,
  };
}

/** A bucket that a topic tells of, of another account perhaps, is not ours to look at. */
function notificationOf({ bucket, news, logFileQueueArn }: Surroundings): readonly Expected[] {
  if (news.how === 'topic') return [];
  const rules = [
    { Name: 'suffix', Value: LOG_FILE_SUFFIX },
    ...(news.prefix === '' ? [] : [{ Name: 'prefix', Value: news.prefix }]),
  ];
  const toQueue = {
    QueueArn: logFileQueueArn,
    Events: ['s3:ObjectCreated:*'],
    Filter: { Key: { FilterRules: rules } },
  };
  const isSent = news.how === 'eventbridge';
  const must = { toQueue: isSent ? null : toQueue, isSentToEventBridge: isSent ? true : null, all: null };
  return [{ kind: 'notification', name: bucket.bucketName, must }];
}
