import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledgements';

/**
 * How long one batch of notifications may take. Longer than a stalled download is tried for, so that it fails alone; not
 * much longer, since a failed message is tried again only after six times as long.
 */
export const BATCH_TIMEOUT = Duration.seconds(120);

/** How long Lambda may wait for a batch to fill: log files of all regions arrive in bursts, minutes after the calls. */
export const BATCHING_WINDOW = Duration.seconds(5);

/** A log file that failed this often is put aside. */
export const MAX_RECEIVES = 5;

/** Encrypted under keys of SQS itself: senders and the function need no key permission. */
export const SECURED = {
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  retentionPeriod: Duration.days(14),
};

export interface LogFileQueue {
  /** Notifications about log files, from whichever source. */
  readonly queue: Queue;
  /** Notifications whose log files could not be read or whose alerts could not be sent, `MAX_RECEIVES` times. */
  readonly deadLetterQueue: Queue;
}

/** The queue every source of notifications ends in, and the one for what failed for good. */
export function createLogFileQueue(scope: Construct): LogFileQueue {
  const deadLetterQueue = createDeadLetterQueue(scope, 'DeadLetterQueue');
  const queue = new Queue(scope, 'LogFileQueue', {
    ...SECURED,
    // Lambda asks for six times the function's timeout, so that its own retries of a throttled batch fit in.
    visibilityTimeout: Duration.seconds(6 * BATCH_TIMEOUT.toSeconds() + BATCHING_WINDOW.toSeconds()),
    deadLetterQueue: { queue: deadLetterQueue, maxReceiveCount: MAX_RECEIVES },
  });
  return { queue, deadLetterQueue };
}

/** A queue for what could not be delivered, kept as long as SQS keeps anything. */
export function createDeadLetterQueue(scope: Construct, id: string): Queue {
  const queue = new Queue(scope, id, SECURED);
  const reason = 'This is where messages end that could not be delivered: nothing consumes it, and an alarm watches it';
  acknowledge(queue, { 'AwsSolutions-SQS3': reason, 'Serverless-SQSRedrivePolicy': reason });
  return queue;
}
