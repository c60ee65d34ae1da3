import { Annotations, CfnResource, Stack } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Bucket,
  BucketNotificationDestinationType,
  EventType,
  type IBucket,
  type IBucketNotificationDestination,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { LogFileQueue } from './log-file-queue';
import { LOG_FILE_SUFFIX } from './log-file-keys';
import { overlapsWith } from './notification-overlap';
import { mendNotificationsHandler } from './notifications-handler';

/** A bucket that is to tell of log files, and the account whose it is. */
interface Notifier {
  readonly bucket: IBucket;
  readonly account: string;
  /** Whether S3 is not to ask the destinations of the bucket, those of others included, whether they are there. */
  readonly skipDestinationValidation?: boolean | undefined;
}

/** What a monitor had added to the notifications of a bucket. */
interface Notified {
  readonly monitor: string;
  readonly bucket: IBucket;
  readonly prefix: string;
}

/** S3 and CDK look at one bucket and one stack at a time, so two monitors of a stack have to know of each other. */
const notifiedIn = new WeakMap<Stack, Notified[]>();

/** Has `bucket` send the news of each log file under `prefix` to the queue. */
export function notifyOfLogFiles(scope: Construct, notifier: Notifier, prefix: string, queues: LogFileQueue): void {
  const filter = { suffix: LOG_FILE_SUFFIX, ...(prefix === '' ? {} : { prefix }) };
  notifier.bucket.addEventNotification(EventType.OBJECT_CREATED, queueFor(notifier, queues), filter);
  scope.node.addValidation({ validate: () => overlapsWith(scope, notifier.bucket, prefix, queues.queue.queueArn) });
  if (notifier.skipDestinationValidation === true) skipDestinationValidation(notifier.bucket);
  const stack = Stack.of(scope);
  mendNotificationsHandler(stack);
  const notified = notifiedIn.get(stack) ?? [];
  notifiedIn.set(stack, [...notified, { monitor: scope.node.path, bucket: notifier.bucket, prefix }]);
}

/** What stands against having `bucket` tell of the log files under `prefix`, in the operator's words. */
export function notificationConflicts(scope: Construct, bucket: IBucket, prefix: string): string[] {
  const stack = Stack.of(scope);
  const nameOf = (one: IBucket): string => JSON.stringify(stack.resolve(one.bucketName));
  return (notifiedIn.get(stack) ?? [])
    .filter((notified) => nameOf(notified.bucket) === nameOf(bucket))
    .flatMap((notified) => {
      if (notified.prefix.startsWith(prefix) || prefix.startsWith(notified.prefix)) {
        return [
          `'trailBucket' tells ${notified.monitor} of the log files under '${notified.prefix}' already, and S3 tells of a file ` +
            "only once: set 'notifications' to 'eventbridge' or to a topic",
        ];
      }
      return notified.bucket === bucket
        ? []
        : [
            `'trailBucket' and that of ${notified.monitor} are one bucket, imported twice, so that the notifications of one ` +
              'would replace those of the other: give both one import of it',
          ];
    });
}

/** Warns where the bucket's own stack sets its notifications, and does not know of ours. */
export function warnOfOtherOwner(scope: Construct, bucket: IBucket): void {
  if (!(bucket instanceof Bucket) || Stack.of(bucket) === Stack.of(scope)) return;
  if (!bucket.node.tryFindChild('Notifications')) return;
  Annotations.of(scope).addWarningV2(
    'es-config-monitor:notifications',
    `${bucket.node.path} declares notifications of its own: when they change, its stack replaces all notifications of the bucket, ` +
      "and no log file reaches es-config-monitor any more; set 'notifications' to 'eventbridge' or to a topic",
  );
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

/** CDK has a prop for it on buckets that a stack owns, and none on others. */
function skipDestinationValidation(bucket: IBucket): void {
  const resource = bucket.node.tryFindChild('Notifications')?.node.tryFindChild('Resource');
  if (!CfnResource.isCfnResource(resource)) throw new Error(`${bucket.node.path} has no notifications of CDK`);
  resource.addPropertyOverride('SkipDestinationValidation', true);
}
