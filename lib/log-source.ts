import { Duration, Resource, Stack, Token } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { notifyOfLogFiles, warnOfOtherOwner } from './bucket-notifications';
import { DEFAULT_PREFIX, digestPrefix, digestsUnder, LOG_FILE_SUFFIX, logFilesUnder } from './log-file-keys';
import type { LogFileQueue } from './log-file-queue';
import { subscribeToTopic } from './topic-notifications';
import { createTrail, type OrganizationTrail } from './trail';

/** A `Bucket` is one, but TypeScript does not take it for an `IBucket` under `exactOptionalPropertyTypes`. */
export type TrailBucket = IBucket | Bucket;

/** Where the log files come from. */
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
   * Whether S3 is not to ask the destinations of the bucket's notifications, those of others included, whether they are there. For a
   * bucket with a notification whose destination is gone: S3 would refuse ours for it. Only with `notifications` `'bucket'`.
   * @default false
   */
  readonly skipDestinationValidation?: boolean;
  /**
   * The key the log files are encrypted with; the function may decrypt with it. A key that was imported by its ARN must
   * allow that in its own policy, and for a new trail must let CloudTrail use it.
   * @default - the key of `trailBucket` as far as known; a new trail's bucket is encrypted with Amazon S3's own keys
   */
  readonly encryptionKey?: IKey;
  /**
   * The organization whose accounts the new trail records, all of them; only without `trailBucket`. The stack is in the management
   * account, or in that of a delegated administrator of CloudTrail; docs/configuration.md tells what has to be there before.
   * @default - a new trail records the account of the stack alone
   */
  readonly organization?: OrganizationTrail;
  /**
   * How long the bucket of a new trail keeps log files; only without `trailBucket`.
   * @default Duration.days(400)
   */
  readonly logFileRetention?: Duration;
  /**
   * Whether CloudTrail's digest files are followed: each log file that one lists is read once more and held to it, so that one
   * that nobody announced is judged, and one that is gone or altered is told. Asks for log file validation on the trail, and in
   * a bucket of another account for `s3:ListBucket`. docs/cost.md has the price.
   * @default false
   */
  readonly completeness?: boolean;
}

/** What the function reads. */
export interface LogFiles extends Whereabouts {
  readonly bucket: IBucket;
  /** Matches the ARNs of the log files. */
  readonly arnPattern: string;
  /** Matches the ARNs of the digests. @default - they are not read */
  readonly digestArnPattern?: string;
  /** What they are encrypted with, where that is known. */
  readonly encryptionKey: IKey | undefined;
  readonly news: NewsOfLogFiles;
  /** What delivers them. @default - a trail that is not of this stack */
  readonly trail?: TrailOfStack;
}

/** A trail of the stack, as it is to be. */
export interface TrailOfStack {
  readonly arn: string;
  readonly bucketName: string;
  readonly keyArn: string | undefined;
}

/** How the queue hears of a log file, and what the keys of log files start with. */
export interface NewsOfLogFiles {
  readonly how: 'bucket' | 'eventbridge' | 'topic';
  readonly prefix: string;
}

/** Where a bucket is, as far as known at synthesis; a token of the stack's own account or region counts as known. */
interface Whereabouts {
  readonly account: string | undefined;
  readonly region: string | undefined;
}

/** Sends the news of each log file to the queue. */
export function connectLogSource(scope: Construct, queues: LogFileQueue, props: LogSourceProps): LogFiles {
  if (!props.trailBucket) return connectNewTrail(scope, queues, props);

  const trailBucket = props.trailBucket as IBucket;
  const bucket = inStack(scope, trailBucket);
  const prefix = props.logFilePrefix ?? DEFAULT_PREFIX;
  const notifications = props.notifications ?? 'bucket';
  const prefixes = prefixesOf(prefix, props);
  if (notifications === 'bucket') {
    warnOfOtherOwner(scope, trailBucket);
    const { skipDestinationValidation } = props;
    const notifier = { bucket, account: trailBucket.env.account, skipDestinationValidation };
    for (const one of prefixes) notifyOfLogFiles(scope, notifier, one, queues);
  } else if (notifications === 'eventbridge') {
    new Rule(scope, 'LogFileRule', {
      description: 'Tells es-config-monitor of each new CloudTrail log file',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: {
          bucket: { name: [bucket.bucketName] },
          object: { key: prefixes.map((one) => ({ wildcard: `${one}*${LOG_FILE_SUFFIX}` })) },
        },
      },
      targets: [new SqsQueue(queues.queue, { deadLetterQueue: queues.deadLetterQueue })],
    });
  } else {
    subscribeToTopic(scope, notifications, queues);
  }
  return {
    bucket,
    ...arnPatterns(bucket, prefix, props),
    encryptionKey: props.encryptionKey ?? trailBucket.encryptionKey,
    news: { how: typeof notifications === 'string' ? notifications : 'topic', prefix },
    ...whereaboutsOf(scope, trailBucket, notifications),
  };
}

/** Where news are asked for: of log files, and of digests where they are beside and not among what the prefix covers. */
export function prefixesOf(prefix: string, { completeness }: LogSourceProps): readonly string[] {
  return completeness ? [...new Set([prefix, digestPrefix(prefix)])] : [prefix];
}

function arnPatterns(
  bucket: IBucket,
  prefix: string,
  { completeness }: LogSourceProps,
): Pick<LogFiles, 'arnPattern' | 'digestArnPattern'> {
  return {
    arnPattern: bucket.arnForObjects(logFilesUnder(prefix)),
    ...(completeness && { digestArnPattern: bucket.arnForObjects(digestsUnder(prefix)) }),
  };
}

/** A bucket that was imported by its name claims to be where its stack is; only a topic may tell of one elsewhere. */
function whereaboutsOf(
  scope: Construct,
  bucket: IBucket,
  notifications: NonNullable<LogSourceProps['notifications']>,
): Whereabouts {
  const isSure = typeof notifications === 'string' || Resource.isOwnedResource(bucket);
  const known = (place: 'account' | 'region'): string | undefined => {
    const said = bucket.env[place];
    if (isSure) return said;
    return Token.isUnresolved(said) || said === Stack.of(scope)[place] ? undefined : said;
  };
  return { account: known('account'), region: known('region') };
}

/**
 * The same bucket as an import into this stack: notifications on a bucket of another stack would make the two stacks
 * depend on each other, and would be set without looking at those the bucket has.
 */
function inStack(scope: Construct, bucket: IBucket): IBucket {
  if (Stack.of(bucket) === Stack.of(scope)) return bucket;
  return Bucket.fromBucketAttributes(scope, 'ExistingTrailBucket', {
    bucketArn: bucket.bucketArn,
    bucketName: bucket.bucketName,
  });
}

function connectNewTrail(scope: Construct, queues: LogFileQueue, props: LogSourceProps): LogFiles {
  const { encryptionKey, organization, logFileRetention: retention = Duration.days(400) } = props;
  const { prefix, arn, ...delivered } = createTrail(scope, { retention, encryptionKey, organization });
  const bucket = delivered.bucket as IBucket;
  const { account, region } = Stack.of(scope);
  for (const one of prefixesOf(prefix, props)) notifyOfLogFiles(scope, { bucket, account }, one, queues);
  const news = { how: 'bucket', prefix } as const;
  const trail = { arn, bucketName: bucket.bucketName, keyArn: encryptionKey?.keyArn };
  return { bucket, ...arnPatterns(bucket, prefix, props), encryptionKey, news, account, region, trail };
}
