import type { SQSBatchResponse } from 'aws-lambda';
import { bounded } from '../core/base/bounded';
import { textOfError } from '../core/base/error-text';
import { readRecords, type LogFileContent } from '../core/log-file';
import { logFilesIn, type LogFileRef, type Skipped } from '../core/notification';
import { accountOf } from './account';
import { messagesIn } from './batch';
import { failuresOfDigest, failuresOfListed } from './completeness';
import { NOTHING_DELIVERED, unpublishedOf } from './delivery/delivered';
import { readingWith, withoutEnd, type Effects, type Handling, type InFlight, type Pass, type Tell } from './handling';

export type { Effects, OpenObject } from './handling';

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
  const handle = (notification: unknown, messageId?: string): Promise<readonly unknown[]> =>
    inTime(notification, { effects, inFlight, account: accountOf(effects.report, messageId) }, messageId);

  const messages = messagesIn(event);
  if (messages === undefined) {
    const failures = await handle(event);
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} failed: ${failures.map(textOfError).join('; ')}`);
    return { batchItemFailures: [] };
  }
  const handled = await Promise.all(
    messages.map(async ({ messageId, body }) => ({ messageId, failures: await handle(body, messageId) })),
  );
  return {
    batchItemFailures: handled
      .filter(({ failures }) => failures.length > 0)
      .map(({ messageId }) => ({ itemIdentifier: messageId })),
  };
}

/** The failures of a notification, among them that there was no time for it, or that something of it was forgotten. */
async function inTime(notification: unknown, handling: Handling, messageId?: string): Promise<readonly unknown[]> {
  const { effects, account } = handling;
  const working = failuresOf(notification, handling);
  const failures = await (effects.over ? Promise.race([working, effects.over.then(() => undefined)]) : working);
  if (failures === undefined) {
    const error = new Error('the invocation ends before the log file is done');
    account.close(error);
    return [error];
  }
  const count = account.open();
  if (count === 0) return failures;
  effects.report({ outcome: 'forgotten', count, ...(messageId !== undefined && { messageId }) });
  return [...failures, new Error(`what became of ${count} announced objects was not told`)];
}

/** Scans every log file a notification announces. What fails is reported and returned, and keeps nothing else from being done. */
async function failuresOf(notification: unknown, handling: Handling): Promise<readonly unknown[]> {
  const { account, inFlight } = handling;
  const notified = attempt(() => logFilesIn(notification));
  if ('error' in notified) {
    account.receive()({ outcome: 'failed', error: notified.error });
    return [notified.error];
  }
  const { digests } = handling.effects;
  const isFollowed = ({ why }: Skipped): boolean => digests !== undefined && why === 'digest';
  const isChecked = ({ listed }: LogFileRef): boolean => digests !== undefined && listed !== undefined;
  const { skipped, logFiles, records = [] } = notified.value;
  for (const { why, ...object } of skipped.filter((one) => !isFollowed(one))) {
    account.receive()({ outcome: 'skipped', object, why });
  }
  const received = logFiles
    .filter((logFile) => !isChecked(logFile))
    .map((logFile) => ({ logFile, tell: account.receive({ logFile }) }));
  const failures = await Promise.all([
    ...received.map(({ logFile, tell }) => inFlight.open(1, () => failuresOfLogFile(logFile, tell, handling))),
    ...skipped.filter(isFollowed).map((digest) => failuresOfDigest(digest, account.receive(), handling)),
    failuresOfListed(logFiles.filter(isChecked), handling, judgeLogFile),
    ...records.map((record) => failuresOfRecord(record, account.receive({ isRecord: true }), handling)),
  ]);
  return failures.flat();
}

/** Judges a record that came as an event; that it cannot be is told and returned. Its log file is still to come. */
async function failuresOfRecord(record: object, tell: Tell, handling: Handling): Promise<readonly unknown[]> {
  const { effects } = handling;
  try {
    if (!effects.hasFastPath) throw new Error('a record came as an event, and none are expected: fastPath is off');
    const { judgedTooEarly, place: _, ...told } = await effects.deliver([record], undefined);
    tell({ outcome: 'judged', ...told });
    return [...(await failuresOfLater(judgedTooEarly, handling)), ...unpublishedOf(told)];
  } catch (error) {
    tell({ outcome: 'failed', isRecord: true, error });
    return [error];
  }
}

/** Scans once more log files that were judged without what is known by now. */
async function failuresOfLater(logFiles: readonly LogFileRef[], handling: Handling): Promise<readonly unknown[]> {
  const failures: unknown[] = [];
  for (const logFile of new Map(logFiles.map((later) => [`${later.bucket}/${later.key}`, later])).values()) {
    const tellAgain = handling.account.receive({ logFile, isAgain: true });
    failures.push(...(await failuresOfLogFile(logFile, tellAgain, handling, true)));
  }
  return failures;
}

/** Scans a log file; that it cannot be is told and returned. */
async function failuresOfLogFile(
  logFile: LogFileRef,
  tell: Tell,
  handling: Handling,
  isAgain = false,
): Promise<readonly unknown[]> {
  try {
    return await monitorLogFile(logFile, tell, handling, isAgain);
  } catch (error) {
    tell({ outcome: 'failed', logFile, isAgain, error });
    return [error];
  }
}

/**
 * Scans a log file and publishes its alerts. Log files arrive in no order: where later calls of the same domains were
 * judged without the ones in this file, theirs are scanned once more, and what was told before is not told again.
 * @returns why alerts could not be published, and why later log files could not be scanned again
 * @throws Error when the log file cannot be read whole
 */
async function monitorLogFile(
  logFile: LogFileRef,
  tell: Tell,
  handling: Handling,
  isAgain: boolean,
): Promise<readonly unknown[]> {
  return judgeLogFile(logFile, await readLogFile(logFile, handling), tell, handling, isAgain ? 'again' : 'first');
}

async function judgeLogFile(
  logFile: LogFileRef,
  { kind, rawBytes, records: ours, otherRecords }: LogFileContent,
  tell: Tell,
  handling: Handling,
  pass: Pass,
): Promise<readonly unknown[]> {
  const { effects } = handling;
  const isAgain = pass === 'again';
  const records = [...ours, ...otherRecords];
  if (kind !== 'records') {
    tell({ outcome: 'skipped', object: { bucket: logFile.bucket, key: logFile.key }, why: kind });
    return [];
  }
  const { judgedTooEarly, ...told } =
    records.length === 0 ? NOTHING_DELIVERED : await effects.deliver(records, logFile, isAgain);
  tell({ outcome: 'scanned', logFile, isAgain: pass !== 'first', isCheck: pass === 'check', rawBytes, ...told });
  const others = judgedTooEarly.filter(({ bucket, key }) => bucket !== logFile.bucket || key !== logFile.key);
  // One level deep: the calls of what is scanned again are in the history already.
  const failures = isAgain ? [] : [...(await failuresOfLater(others, handling))];
  const unpublished = unpublishedOf(told);
  failures.push(...unpublished);
  if (told.place === undefined) return failures;
  // Kept last: what is done by then is not done again. What is scanned again is done from its first record each time.
  if (!isAgain && failures.length === unpublished.length) await effects.keepPlace?.(logFile, told.place);
  return [...failures, new Error(`log file is done up to record ${told.place.done} of ${records.length} only`)];
}

/** @throws Error when it cannot be read whole, or not in the time there is for one */
async function readLogFile(logFile: LogFileRef, { effects, inFlight }: Handling): Promise<LogFileContent> {
  const { timeForOne = withoutEnd } = effects;
  const object = await timeForOne((signal) => effects.openObject(logFile, signal));
  // Its time begins when it is its turn.
  return inFlight.read(object.size, () =>
    timeForOne(async (signal) => readRecords(await object.read(signal), readingWith(effects, signal))),
  );
}

function attempt<Value>(work: () => Value): { readonly value: Value } | { readonly error: unknown } {
  try {
    return { value: work() };
  } catch (error) {
    return { error };
  }
}
