import { Annotations, Aws, Duration, Resource, Stack, Token } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  Bucket,
  BucketNotificationDestinationType,
  EventType,
  type IBucket,
  type IBucketNotificationDestination,
} from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { acknowledgeNotificationsHandler } from './acknowledgements';
import { keyArnProblem } from './arns';
import type { LogFileQueue } from './log-file-queue';
import { createTrail } from './trail';

/** A `Bucket` is one, but TypeScript does not take it for an `IBucket` under `exactOptionalPropertyTypes`. */
export type TrailBucket = IBucket | Bucket;

export interface LogSourceProps {
  /**
   * The bucket a trail already delivers to. One in another account or region needs a topic in `notifications`; in another
   * account, it must let the function's role read. The trail should not record reads of this bucket: each file that the
   * function reads would end in another file.
   * @default - a new multi-region trail with a bucket of its own
   */
  readonly trailBucket?: TrailBucket;
  /**
   * What the keys of the log files start with, up to and with a `/`. The function may read nothing else. Only with
   * `trailBucket`: a new trail's is known.
   * @default 'AWSLogs/'
   */
  readonly logFilePrefix?: string;
  /**
   * How the news of a log file reaches this stack; only with `trailBucket`.
   *
   * `'bucket'`: a notification is added to the bucket's own, which stay. S3 refuses it where another one already covers
   * the same keys, and a stack that owns the bucket and declares notifications itself may remove it again. `'eventbridge'`:
   * a rule on the events the bucket sends to Amazon EventBridge, which its owner must have switched on; the bucket is not
   * touched. A topic: one that S3 or CloudTrail already tells of each log file; the bucket is not touched, either.
   * @default 'bucket'
   */
  readonly notifications?: 'bucket' | 'eventbridge' | ITopic;
  /**
   * The key the log files are encrypted with; the function may decrypt with it. A key that was imported by its ARN must
   * allow that in its own policy, and for a new trail must let CloudTrail use it.
   * @default - the key of `trailBucket` as far as known; a new trail's bucket is encrypted with Amazon S3's own keys
   */
  readonly encryptionKey?: IKey;
  /**
   * How long the bucket of a new trail keeps log files; only without `trailBucket`.
   * @default Duration.days(400)
   */
  readonly logFileRetention?: Duration;
}

/** What the function reads. */
export interface LogFiles extends Whereabouts {
  /** Matches the ARNs of the log files. */
  readonly arnPattern: string;
  /** What they are encrypted with, where that is known. */
  readonly encryptionKey: IKey | undefined;
}

/** Where a bucket is, as far as known at synthesis; a token of the stack's own account or region counts as known. */
interface Whereabouts {
  readonly account: string | undefined;
  readonly region: string | undefined;
}

const LOG_FILE_SUFFIX = '.json.gz';

/** What contradicts itself in the props, in the operator's words. */
export function logSourceProblems(stack: Stack, props: LogSourceProps): string[] {
  const only = (name: keyof LogSourceProps, condition: string): string => `'${name}' can only be set ${condition}`;
  const problems: string[] = [];
  if (props.trailBucket) {
    if (props.logFileRetention) problems.push(only('logFileRetention', "without 'trailBucket'"));
    problems.push(...notificationsProblems(props.notifications), ...distanceProblems(stack, props));
  } else {
    if (props.logFilePrefix !== undefined) problems.push(only('logFilePrefix', "together with 'trailBucket'"));
    if (props.notifications !== undefined) problems.push(only('notifications', "together with 'trailBucket'"));
  }
  const prefix = props.logFilePrefix ?? '';
  if (!Token.isUnresolved(prefix) && !/^(?:[^*?/][^*?]*\/)?$/.test(prefix)) {
    problems.push(`'logFilePrefix' must end with a '/', not start with one, and hold no '*' or '?', got '${prefix}'`);
  }
  const keyProblem = props.encryptionKey && keyArnProblem(props.encryptionKey.keyArn);
  if (keyProblem !== undefined) problems.push(`'encryptionKey' ${keyProblem}`);
  return problems;
}

/** Code that is not type-checked may give any text. */
function notificationsProblems(notifications: LogSourceProps['notifications']): string[] {
  const isKnown = ['bucket', 'eventbridge', undefined].some((known) => known === notifications);
  if (isKnown || typeof notifications === 'object') return [];
  return [`'notifications' must be 'bucket', 'eventbridge' or a topic, got ${JSON.stringify(notifications)}`];
}

/** S3 notifies queues of its own region only, and sends events to EventBridge in its own account and region. */
function distanceProblems(stack: Stack, { trailBucket, notifications }: LogSourceProps): string[] {
  if (!trailBucket || typeof notifications === 'object') return [];
  const { env } = trailBucket;
  return (['account', 'region'] as const)
    .filter((place) => ![env[place], stack[place]].some(Token.isUnresolved) && env[place] !== stack[place])
    .map(
      (place) =>
        `'trailBucket' is in ${place} ${env[place]} and the stack in ${stack[place]}: ` +
        "deploy the stack there, or set 'notifications' to a topic that is told of each log file",
    );
}

/** Sends the news of each log file to the queue. */
export function connectLogSource(stack: Stack, queues: LogFileQueue, props: LogSourceProps): LogFiles {
  if (!props.trailBucket) return connectNewTrail(stack, queues, props);

  const trailBucket = props.trailBucket as IBucket;
  const bucket = inStack(stack, trailBucket);
  const prefix = props.logFilePrefix ?? 'AWSLogs/';
  const notifications = props.notifications ?? 'bucket';
  if (notifications === 'bucket') {
    warnOfOtherOwner(stack, trailBucket);
    notifyOfLogFiles(stack, { bucket, account: trailBucket.env.account }, prefix, queues);
  } else if (notifications === 'eventbridge') {
    new Rule(stack, 'LogFileRule', {
      description: 'Tells es-config-monitor of each new CloudTrail log file',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: {
          bucket: { name: [bucket.bucketName] },
          object: { key: [{ wildcard: `${prefix}*${LOG_FILE_SUFFIX}` }] },
        },
      },
      targets: [new SqsQueue(queues.queue, { deadLetterQueue: queues.deadLetterQueue })],
    });
  } else {
    notifications.addSubscription(new SqsSubscription(queues.queue, { deadLetterQueue: queues.deadLetterQueue }));
  }
  return {
    arnPattern: bucket.arnForObjects(logFilesUnder(prefix)),
    encryptionKey: props.encryptionKey ?? trailBucket.encryptionKey,
    ...whereaboutsOf(stack, trailBucket, notifications),
  };
}

/**
 * The keys of all log files that start with `prefix`, and of as little else as a pattern can say: their siblings are in
 * folders such as `CloudTrail-Digest/`. Whatever the layout, of an account or of an organization, the folder of a log file
 * is called `CloudTrail`; it may be in the prefix already.
 */
function logFilesUnder(prefix: string): string {
  return Token.isUnresolved(prefix) || /(?:^|\/)CloudTrail\//.test(prefix) ? `${prefix}*` : `${prefix}*CloudTrail/*`;
}

/** A bucket that was imported by its name claims to be where its stack is; only a topic may tell of one elsewhere. */
function whereaboutsOf(
  stack: Stack,
  bucket: IBucket,
  notifications: NonNullable<LogSourceProps['notifications']>,
): Whereabouts {
  const isSure = typeof notifications === 'string' || Resource.isOwnedResource(bucket);
  const known = (place: 'account' | 'region'): string | undefined => {
    const said = bucket.env[place];
    if (isSure) return said;
    return Token.isUnresolved(said) || said === stack[place] ? undefined : said;
  };
  return { account: known('account'), region: known('region') };
}

/**
 * The same bucket as an import into this stack: notifications on a bucket of another stack would make the two stacks
 * depend on each other, and would be set without looking at those the bucket has.
 */
function inStack(stack: Stack, bucket: IBucket): IBucket {
  if (Stack.of(bucket) === stack) return bucket;
  return Bucket.fromBucketAttributes(stack, 'ExistingTrailBucket', {
    bucketArn: bucket.bucketArn,
    bucketName: bucket.bucketName,
  });
}

function warnOfOtherOwner(stack: Stack, bucket: IBucket): void {
  if (!(bucket instanceof Bucket) || !bucket.node.tryFindChild('Notifications')) return;
  Annotations.of(stack).addWarningV2(
    'es-config-monitor:notifications',
    `${bucket.node.path} declares notifications of its own: when they change, its stack replaces all notifications of the bucket, ` +
      "and no log file reaches es-config-monitor any more; set 'notifications' to 'eventbridge' or to a topic",
  );
}

/** A bucket that is to tell of log files, and the account whose it is. */
interface Notifier {
  readonly bucket: Pick<IBucket, 'addEventNotification' | 'bucketArn'>;
  readonly account: string;
}

function notifyOfLogFiles(stack: Stack, notifier: Notifier, prefix: string, queues: LogFileQueue): void {
  const filter = { suffix: LOG_FILE_SUFFIX, ...(prefix === '' ? {} : { prefix }) };
  notifier.bucket.addEventNotification(EventType.OBJECT_CREATED, queueFor(notifier, queues), filter);
  acknowledgeNotificationsHandler(stack);
}

/**
 * The queue, which takes messages of S3 from this bucket in this account. CDK's own destination asks for the bucket only:
 * whoever owned a bucket of that name after it was deleted could send.
 */
function queueFor({ bucket, account }: Notifier, { queue }: LogFileQueue): IBucketNotificationDestination {
  return {
    bind() {
      const granted = queue.grantSendMessages(
        new ServicePrincipal('s3.amazonaws.com', {
          conditions: {
            ArnLike: { 'aws:SourceArn': bucket.bucketArn },
            StringEquals: { 'aws:SourceAccount': account },
          },
        }),
      );
      // S3 sends a test message when it is told of the queue.
      const policy = granted.resourceStatement && queue.node.tryFindChild('Policy');
      return {
        arn: queue.queueArn,
        type: BucketNotificationDestinationType.QUEUE,
        dependencies: policy ? [queue, policy] : [queue],
      };
    },
  };
}

function connectNewTrail(stack: Stack, queues: LogFileQueue, props: LogSourceProps): LogFiles {
  const { encryptionKey } = props;
  const bucket = createTrail(stack, props.logFileRetention ?? Duration.days(400), encryptionKey);
  // Digest files live in a sibling of this folder.
  const prefix = `AWSLogs/${Aws.ACCOUNT_ID}/CloudTrail/`;
  notifyOfLogFiles(stack, { bucket, account: stack.account }, prefix, queues);
  const { account, region } = stack;
  return { arnPattern: bucket.arnForObjects(logFilesUnder(prefix)), encryptionKey, account, region };
}
