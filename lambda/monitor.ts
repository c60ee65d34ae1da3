import type { SQSBatchResponse } from 'aws-lambda';
import { bounded, type Bounded } from '../core/base/bounded';
import { textOfError } from '../core/base/error-text';
import { readRecords } from '../core/log-file';
import { logFilesIn, type LogFileRef } from '../core/notification';
import { messagesIn } from './batch';
import type { Deliver, Places } from './delivery';
import { NOTHING_DELIVERED } from './delivery/delivered';
import type { Report } from './report';

/** What the function does to the world. */
export interface Effects {
  readonly openObject: (ref: LogFileRef) => Promise<OpenObject>;
  /** Judges the records of one log file and publishes the alerts. Not asked where there are none. */
  readonly deliver: Deliver;
  /** Keeps how far a log file came that is continued when it comes again. @default - it begins anew */
  readonly keepPlace?: Places['keep'];
  /**
   * Resolves shortly before the invocation ends: messages that are not done by then fail, and the others stay done.
   * @default - it is waited for all of them
   */
  readonly over?: Promise<unknown>;
  /** Tells the operator what became of one announced object or of one notification. */
  readonly report: (report: Report) => void;
}

/** An object that is there, and not read yet. */
export interface OpenObject {
  /** In bytes. */
  readonly size: number;
  /** The whole object, as it lies there. */
  readonly read: () => Promise<Uint8Array>;
}

/** What runs at once: enough to hide S3's latency, bounded by the compressed bytes held. */
const MAX_LOG_FILES_IN_FLIGHT = 12;
const MAX_BYTES_IN_FLIGHT = 64 * 1024 * 1024;

/**
 * Handles what invoked the function: a batch of queue messages, or one notification.
 * @returns for a batch, the messages that failed, to be delivered again; everything else of the batch is done
 * @throws AggregateError when what invoked the function is no batch and something in it failed
 */
export async function monitor(event: unknown, effects: Effects): Promise<SQSBatchResponse> {
  const inFlight: InFlight = {
    open: bounded(MAX_LOG_FILES_IN_FLIGHT, MAX_LOG_FILES_IN_FLIGHT),
    read: bounded(MAX_LOG_FILES_IN_FLIGHT, MAX_BYTES_IN_FLIGHT),
  };
  const handleNotification = (notification: unknown): Promise<readonly unknown[]> =>
    failuresOf(notification, effects, inFlight);

  const messages = messagesIn(event);
  if (messages === undefined) {
    const failures = await handleNotification(event);
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} failed: ${failures.map(textOfError).join('; ')}`);
    return { batchItemFailures: [] };
  }
  const handled = await Promise.all(
    messages.map(async ({ messageId, body }) => ({
      messageId,
      failures: await inTime(() => handleNotification(body), effects),
    })),
  );
  return {
    batchItemFailures: handled
      .filter(({ failures }) => failures.length > 0)
      .map(({ messageId }) => ({ itemIdentifier: messageId })),
  };
}

/** Objects are opened by number, and read by the size that opening them tells: notifications do not always know it. */
interface InFlight {
  readonly open: Bounded;
  readonly read: Bounded;
}

/** The failures of `work`, or that there was no time for it. */
async function inTime(work: () => Promise<readonly unknown[]>, effects: Effects): Promise<readonly unknown[]> {
  const working = work();
  const failures = await (effects.over ? Promise.race([working, effects.over.then(() => undefined)]) : working);
  if (failures) return failures;
  const error = new Error('the invocation ends before all log files of the message are done');
  effects.report({ outcome: 'failed', error });
  return [error];
}

/** Scans every log file a notification announces. What fails is reported and returned, and keeps nothing else from being done. */
async function failuresOf(notification: unknown, effects: Effects, inFlight: InFlight): Promise<readonly unknown[]> {
  const notified = attempt(() => logFilesIn(notification));
  if ('error' in notified) {
    effects.report({ outcome: 'failed', error: notified.error });
    return [notified.error];
  }
  for (const { why, ...object } of notified.value.skipped) effects.report({ outcome: 'skipped', object, why });
  const failures = await Promise.all(
    notified.value.logFiles.map((logFile) =>
      inFlight.open(1, async () => {
        try {
          return await monitorLogFile(logFile, effects, inFlight);
        } catch (error) {
          effects.report({ outcome: 'failed', logFile, error });
          return [error];
        }
      }),
    ),
  );
  return failures.flat();
}

/**
 * Scans a log file and publishes its alerts. Log files arrive in no order: where later calls of the same domains were
 * judged without the ones in this file, theirs are scanned once more, and what was told before is not told again.
 * @returns why alerts could not be published
 * @throws Error when the log file cannot be read whole
 */
async function monitorLogFile(
  logFile: LogFileRef,
  effects: Effects,
  inFlight: InFlight,
  isAgain = false,
): Promise<readonly unknown[]> {
  const object = await effects.openObject(logFile);
  const { kind, rawBytes, records } = await inFlight.read(object.size, async () => readRecords(await object.read()));
  if (kind !== 'records') {
    effects.report({ outcome: 'skipped', object: { bucket: logFile.bucket, key: logFile.key }, why: kind });
    return [];
  }
  const { judgedTooEarly, ...told } =
    records.length === 0 ? NOTHING_DELIVERED : await effects.deliver(records, logFile, isAgain);
  effects.report({ outcome: 'scanned', logFile, isAgain, rawBytes, ...told });
  const others = new Map(judgedTooEarly.map((later) => [`${later.bucket}/${later.key}`, later]));
  others.delete(`${logFile.bucket}/${logFile.key}`);
  const failures: unknown[] = [];
  // One level deep: the calls of what is scanned again are in the history already.
  for (const later of isAgain ? [] : others.values()) {
    failures.push(...(await monitorLogFile(later, effects, inFlight, true)));
  }
  failures.push(...told.unpublished);
  if (told.place === undefined) return failures;
  // Kept last: what is done by then is not done again. What is scanned again is done from its first record each time.
  if (!isAgain && failures.length === told.unpublished.length) await effects.keepPlace?.(logFile, told.place);
  return [...failures, new Error(`log file is done up to record ${told.place.done} of ${records.length} only`)];
}

function attempt<Value>(work: () => Value): { readonly value: Value } | { readonly error: unknown } {
  try {
    return { value: work() };
  } catch (error) {
    return { error };
  }
}
