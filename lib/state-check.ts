import { Duration, Lazy, Stack, type Resource } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData, type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, LoggingFormat, type Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { optional } from '../core/base/members';
import type { Order } from '../core/state';
import { CHAINS_KEY, STATE_CHECK_KEY } from '../lambda/environment';
import { acknowledge, wildcardResource } from './acknowledgements';
import { addressOf } from './address';
import { describe } from './alarm-text';
import { expectedState, lookedAtIn, type LookedAt } from './expected-state';
import { functionCode } from './function-code';
import type { NewsOfLogFiles, TrailOfStack } from './log-source';
import { NODEJS_24 } from './monitor-function';
import type { OwnerTopics } from './owner-topics';

export interface StateCheckProps {
  /** @default - Node.js 24 */
  readonly runtime: Runtime | undefined;
  /** @default - arm64 */
  readonly architecture: Architecture | undefined;
  readonly every: Duration;
  readonly heartbeat: boolean;
  /** Of the operations, and encrypted under a key of the stack. */
  readonly topic: Topic;
  readonly criticalTopic: ITopic;
  readonly queue: IQueue;
  readonly deadLetterQueue: IQueue;
  readonly table: { readonly tableArn: string; readonly tableName: string };
  readonly bucket: IBucket;
  readonly news: NewsOfLogFiles;
  readonly trail: TrailOfStack | undefined;
  readonly followsDigests: boolean;
  readonly service: string;
  readonly owners: OwnerTopics | undefined;
  /** Counts the checks that came to their end. */
  readonly checked: (period: Duration) => Metric;
}

/** It looks at one thing after the other: hundreds of owners, with their subscribers, are thousands of requests. Lambda's most. */
const LONGEST_CHECK = Duration.minutes(15);

/** The alarm rings where this many checks in a row did not come to their end. */
const CHECKS_MISSED = 3;

/**
 * A function of its own, with a role of its own that may look and not touch, and a schedule that hands it what the stack
 * deployed. Whatever the monitor is made of has to be in the tree before.
 */
export function createStateCheck(scope: Construct, props: StateCheckProps): Alarm {
  const itself = new Construct(scope, 'StateCheck');
  const role = new Role(itself, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const logGroup = new LogGroup(itself, 'Logs', { retention: RetentionDays.THREE_MONTHS });
  const check = new LambdaFunction(itself, 'Function', {
    description: 'Looks whether es-config-monitor is as it was deployed',
    code: functionCode('state-check'),
    handler: 'index.handler',
    runtime: props.runtime ?? NODEJS_24,
    architecture: props.architecture ?? Architecture.ARM_64,
    memorySize: 256,
    timeout: LONGEST_CHECK,
    role,
    logGroup,
    loggingFormat: LoggingFormat.JSON,
  });
  logGroup.grantWrite(role);
  const alarm = new Alarm(scope, 'StateCheckAlarm', {
    alarmDescription: describe(
      `es-config-monitor has not looked after itself ${CHECKS_MISSED} times in a row: what is changed about it is not told`,
      'state-check',
    ),
    metric: props.checked(props.every),
    threshold: 1,
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: CHECKS_MISSED,
    // A check that fails, or is not made, counts nothing: that is what this alarm is about.
    treatMissingData: TreatMissingData.BREACHING,
  });
  for (const statement of permissions(scope, props, lookedAtIn(scope, itself))) role.addToPolicy(statement);
  schedule(itself, check, props.every, orderOf(scope, itself, props));
  acknowledgeFindings(scope, role, check, props);
  return alarm;
}

/** What is handed to each check; the tree is read when all of it is there. */
function orderOf(scope: Construct, itself: Construct, props: StateCheckProps): string {
  const stack = Stack.of(scope);
  const { topic, criticalTopic, bucket, news, trail, queue, deadLetterQueue, service, table, owners } = props;
  const around = {
    bucket,
    news,
    trail,
    logFileQueueArn: queue.queueArn,
    operationsTopic: topic.topicArn,
    criticalTopic: criticalTopic.topicArn,
    itself,
  };
  return Lazy.uncachedString({
    produce: () => {
      const order: Order = {
        monitor: addressOf(scope).join('/'),
        service,
        region: stack.region,
        stackId: stack.stackId,
        tableName: table.tableName,
        operationsTopic: topic.topicArn,
        criticalTopic: criticalTopic.topicArn,
        ...(props.heartbeat && { heartbeatQueue: deadLetterQueue.queueUrl }),
        expected: expectedState(scope, around),
        ...(props.followsDigests && { followsDigests: true }),
        ...optional('owners', owners?.expected),
      };
      return stack.toJsonString(order);
    },
  });
}

/** EventBridge Scheduler takes an input of 256 KB; a rule of EventBridge takes 8. */
function schedule(itself: Construct, check: LambdaFunction, every: Duration, input: string): void {
  const role = new Role(itself, 'ScheduleRole', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(itself).account } },
    }),
  });
  role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [check.functionArn] }));
  const scheduled = new CfnSchedule(itself, 'Schedule', {
    description: 'Has es-config-monitor look whether it is as it was deployed',
    flexibleTimeWindow: { mode: 'OFF' },
    scheduleExpression: `rate(${every.toMinutes()} ${every.toMinutes() === 1 ? 'minute' : 'minutes'})`,
    target: {
      arn: check.functionArn,
      roleArn: role.roleArn,
      input,
      // The next check is soon.
      retryPolicy: { maximumRetryAttempts: 1, maximumEventAgeInSeconds: 300 },
    },
  });
  scheduled.node.addDependency(role);
}

/** To look, each at the resources named; to remember in one partition of the table; to tell two topics. */
function permissions(scope: Construct, props: StateCheckProps, looked: LookedAt): PolicyStatement[] {
  const stack = Stack.of(scope);
  const { topic, criticalTopic, table, bucket, news, trail, owners } = props;
  const may = (actions: string[], resources: string[], conditions = {}): PolicyStatement[] =>
    resources.length === 0 ? [] : [new PolicyStatement({ actions, resources, conditions })];
  const topicArns = looked.topics.map(({ ref }) => ref);
  return [
    ...may(
      ['sns:GetTopicAttributes', 'sns:ListSubscriptionsByTopic', 'sns:GetSubscriptionAttributes'],
      // The pattern of the owners' topics is one of their subscriptions, too.
      [...topicArns, ...topicArns.map(subscriptionsOf), ...(owners ? [`${owners.arnPrefix}*`] : [])],
    ),
    ...may(
      ['sqs:GetQueueAttributes'],
      looked.queues.map(({ attrArn }) => attrArn),
    ),
    ...may(
      ['lambda:GetFunctionConfiguration', 'lambda:GetFunctionConcurrency'],
      looked.functions.map(({ attrArn }) => attrArn),
    ),
    ...may(
      ['lambda:GetEventSourceMapping'],
      looked.mappings.map(({ ref }) => stack.formatArn({ service: 'lambda', resource: `event-source-mapping:${ref}` })),
    ),
    ...may(
      ['cloudwatch:DescribeAlarms'],
      looked.alarms.map(({ attrArn }) => attrArn),
    ),
    ...may(['cloudwatch:ListAlarmMuteRules'], [muteRulesOf(scope)]),
    ...may(
      ['events:DescribeRule', 'events:ListTargetsByRule'],
      looked.rules.map(({ attrArn }) => attrArn),
    ),
    ...may(
      ['cloudtrail:GetTrail', 'cloudtrail:GetTrailStatus', 'cloudtrail:GetEventSelectors'],
      trail ? [trail.arn] : [],
    ),
    ...may(['s3:GetBucketNotification'], news.how === 'topic' ? [] : [bucket.bucketArn]),
    ...may(
      ['s3:GetBucketVersioning', 's3:GetLifecycleConfiguration', 's3:GetBucketPolicy'],
      looked.buckets.map(({ attrArn }) => attrArn),
    ),
    ...may(
      ['kms:DescribeKey'],
      looked.keys.map(({ attrArn }) => attrArn),
    ),
    ...may(
      ['dynamodb:DescribeTable'],
      looked.tables.map(({ attrArn }) => attrArn),
    ),
    ...may(['dynamodb:GetItem', 'dynamodb:PutItem'], [table.tableArn], {
      'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [STATE_CHECK_KEY] },
    }),
    // Where digests are followed, to look through when one of each chain came, and nothing else.
    ...may(['dynamodb:Query'], props.followsDigests ? [table.tableArn] : [], {
      'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [CHAINS_KEY] },
    }),
    ...may(['cloudformation:DescribeStacks'], [stack.stackId]),
    ...may(['sns:Publish'], [topic.topicArn, criticalTopic.topicArn]),
    // The key of the operations topic, which older versions of CDK do not tell.
    ...may(
      ['kms:Decrypt', 'kms:GenerateDataKey*'],
      looked.keys.map(({ attrArn }) => attrArn),
    ),
    ...may(['sqs:TagQueue'], props.heartbeat ? [props.deadLetterQueue.queueArn] : []),
  ];
}

const subscriptionsOf = (topicArn: string): string => `${topicArn}:*`;

const muteRulesOf = (scope: Construct): string =>
  Stack.of(scope).formatArn({ service: 'cloudwatch', resource: 'alarm-mute-rule:*' });

function acknowledgeFindings(scope: Construct, role: Resource, check: LambdaFunction, props: StateCheckProps): void {
  const looked = lookedAtIn(scope, undefined);
  acknowledge(role, {
    ...Object.fromEntries(
      looked.topics.map(({ ref }) => [
        wildcardResource(scope, subscriptionsOf(ref)),
        'Subscriptions have ids that SNS makes up, below the name of their topic',
      ]),
    ),
    ...(props.owners && {
      [wildcardResource(scope, `${props.owners.arnPrefix}*`)]:
        'The topics of the owners, whose names all begin so, and their subscriptions',
    }),
    [wildcardResource(scope, muteRulesOf(scope))]:
      'Which rules mute an alarm is the question; it is asked by the name of the alarm',
    'AwsSolutions-IAM5[Action::kms:GenerateDataKey*]':
      'As Amazon SNS asks for to publish to an encrypted topic, on one key',
  });
  acknowledge(check, {
    'Serverless-LambdaDLQ': `A check that fails is followed by another ${props.every.toHumanString()} later, and an alarm counts them`,
    'Serverless-LambdaTracing': "Lambda's report in the log times each check as a whole, and nobody waits for one",
  });
}
