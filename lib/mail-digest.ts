import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias } from 'aws-cdk-lib/aws-kms';
import { Architecture, Function as LambdaFunction, LoggingFormat } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Topic, type ITopicSubscription } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, type IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Period } from '../core/mail-digest';
import { toMailDigestVariables } from '../lambda/environment';
import { acknowledge } from './acknowledgements';
import { functionCode } from './function-code';
import { SECURED } from './log-file-queue';
import { NODEJS_24, type MonitorFunctionProps } from './monitor-function';
import { withDeadLetterQueue } from './subscribers';

/** What changed, in one mail a day or a week, so that nobody needs the mildest alerts in the inbox. */
export interface MailDigestProps {
  /**
   * How often one mail tells all alerts since the last one, the mildest included: each morning, or each Monday morning, at 7 UTC.
   * Nothing is sent where nothing happened. Alerts are told over their topics all the same.
   * @default - there is none
   */
  readonly digest?: 'daily' | 'weekly';
  /**
   * Who gets it. Only with `digest`.
   * @default - nobody: subscribe to `digestTopic`, or to the topic in the stack's outputs
   */
  readonly digestSubscribers?: readonly ITopicSubscription[];
}

interface Surroundings {
  readonly alertTopics: readonly Topic[];
  /** Has what could not be told. */
  readonly undelivered: IQueue;
  readonly service: string;
  /** What the functions of the monitor are told to run on. */
  readonly platform: Pick<MonitorFunctionProps, 'runtime' | 'architecture'>;
}

export interface DigestParts {
  readonly topic: Topic;
  /** Alerts that wait for the next mail. */
  readonly queue: Queue;
  /** How long one may wait: a message that is older was told by no mail. */
  readonly longestWait: Duration;
}

const SCHEDULES: Readonly<Record<Period, string>> = { daily: 'cron(0 7 * * ? *)', weekly: 'cron(0 7 ? * MON *)' };
const LONGEST_WAITS: Readonly<Record<Period, Duration>> = { daily: Duration.days(2), weekly: Duration.days(8) };

/** A run that fails is tried again after one minute and two: by the second time, what it had taken is there again. */
const TIMEOUT = Duration.minutes(2);

/** Three runs take a message in vain at a time when its mail cannot be published. */
const MOST_RECEIVES = 12;

/** What is wrong with the subscribers of no digest, in the operator's words. */
export const mailDigestProblems = ({ digest, digestSubscribers }: MailDigestProps): string[] =>
  digest === undefined && digestSubscribers !== undefined
    ? ["'digestSubscribers' can only be set together with 'digest'"]
    : [];

/** A queue that is subscribed to all alert topics, and a function that empties it on a schedule, into one mail. */
export function createMailDigest(
  scope: Construct,
  { alertTopics, undelivered, service, platform }: Surroundings,
  digest: Period,
  subscribers: readonly ITopicSubscription[],
): DigestParts {
  const topic = new Topic(scope, 'MailDigest', {
    displayName: 'es-config-monitor digest',
    masterKey: Alias.fromAliasName(scope, 'MailDigestKey', 'alias/aws/sns'),
    enforceSSL: true,
  });
  for (const subscription of subscribers) topic.addSubscription(withDeadLetterQueue(subscription, undelivered));
  const queue = new Queue(scope, 'MailDigestQueue', {
    ...SECURED,
    visibilityTimeout: TIMEOUT,
    deadLetterQueue: { queue: undelivered, maxReceiveCount: MOST_RECEIVES },
  });
  const subscription = withDeadLetterQueue(new SqsSubscription(queue, { rawMessageDelivery: true }), undelivered);
  for (const alertTopic of alertTopics) alertTopic.addSubscription(subscription);
  const variables = toMailDigestVariables({
    queueUrl: queue.queueUrl,
    topicArn: topic.topicArn,
    period: digest,
    service,
  });
  schedule(scope, createFunction(scope, { topic, queue, variables, platform }), digest);
  return { topic, queue, longestWait: LONGEST_WAITS[digest] };
}

function createFunction(
  scope: Construct,
  {
    topic,
    queue,
    variables,
    platform,
  }: Pick<DigestParts, 'topic' | 'queue'> &
    Pick<Surroundings, 'platform'> & { readonly variables: Record<string, string> },
): LambdaFunction {
  const role = new Role(scope, 'MailDigestRole', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const logGroup = new LogGroup(scope, 'MailDigestLogs', { retention: RetentionDays.THREE_MONTHS });
  const itself = new LambdaFunction(scope, 'MailDigestFunction', {
    description: 'Tells the alerts of a day or a week in one mail',
    code: functionCode('mail-digest'),
    handler: 'index.handler',
    runtime: platform.runtime ?? NODEJS_24,
    architecture: platform.architecture ?? Architecture.ARM_64,
    memorySize: 256,
    timeout: TIMEOUT,
    environment: variables,
    role,
    logGroup,
    loggingFormat: LoggingFormat.JSON,
  });
  logGroup.grantWrite(role);
  role.addToPolicy(
    new PolicyStatement({ actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'], resources: [queue.queueArn] }),
  );
  role.addToPolicy(new PolicyStatement({ actions: ['sns:Publish'], resources: [topic.topicArn] }));
  acknowledge(itself, {
    'Serverless-LambdaDLQ':
      'What a run does not tell stays in the queue for the next one, and an alarm watches its age',
    'Serverless-LambdaTracing': "Lambda's report in the log times each run as a whole, and nobody waits for one",
  });
  return itself;
}

function schedule(scope: Construct, itself: LambdaFunction, digest: Period): void {
  const role = new Role(scope, 'MailDigestScheduleRole', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  });
  role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [itself.functionArn] }));
  const scheduled = new CfnSchedule(scope, 'MailDigestSchedule', {
    description: 'Has es-config-monitor send its mail digest',
    flexibleTimeWindow: { mode: 'OFF' },
    scheduleExpression: SCHEDULES[digest],
    target: { arn: itself.functionArn, roleArn: role.roleArn, input: '{}' },
  });
  scheduled.node.addDependency(role);
}
