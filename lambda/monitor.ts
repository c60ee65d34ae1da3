import type { SQSBatchResponse } from 'aws-lambda';
import { bounded, type Bounded } from '../core/base/bounded';
import { burstOf, type PublishInBurst } from './delivery/burst';
import { textOfError } from '../core/base/error-text';
import { isObject, listOf, memberOf, textOf } from '../core/base/members';
import { logFilesIn, type LogFileRef, type Skipped } from '../core/notification';
import type { Alert } from '../core/alert';
import type { Published } from './delivery/once';
import { plain } from '../core/base/plain-text';
import { countsOf, scan, type Counts, type History, type Judgement } from '../core/scan';
import type { Criteria } from '../core/settings';

/** What the function does to the world. */
export interface Effects {
  readonly openObject: (ref: LogFileRef) => Promise<OpenObject>;
  readonly publish: (alert: Alert) => Promise<Published>;
  /** @default - denied calls are published as all others */
  readonly publishInBurst?: PublishInBurst;
  /** The history, for the calls of one log file. @default - every call is judged by itself */
  readonly historyOf?: (logFile: LogFileRef) => History;
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

export type Report = ScannedReport | SkippedReport | FailedReport;

/** A log file that was read and judged. It counts as failed where an alert could not be published. */
export interface ScannedReport {
  readonly outcome: 'scanned';
  readonly logFile: LogFileRef;
  /** It was scanned before, and is scanned again because an earlier call of one of its domains arrived after it. */
  readonly isAgain: boolean;
  readonly rawBytes: number;
  readonly counts: Counts;
  /** Of the calls alerted, those whose alert had been sent before. */
  readonly alreadySent: number;
  /** Of the calls alerted, those told with others of their burst. */
  readonly grouped: number;
  /** Why alerts could not be published, one for each of the calls alerted that failed; the whole file is tried again. */
  readonly unpublished: readonly unknown[];
  readonly suppressed: readonly SuppressedFinding[];
}

/** A finding that was hidden; of the record, which may hold secrets, only the names. */
export interface SuppressedFinding {
  readonly uid: string;
  readonly eventName: string;
  /** The id of the rule. */
  readonly rule: string;
  /** Why it is hidden, as the settings say. */
  readonly reason: string;
}

/** An object that is no log file. */
export interface SkippedReport {
  readonly outcome: 'skipped';
  readonly object: Pick<Skipped, 'bucket' | 'key'>;
  readonly why: string;
}

/** A notification or a log file that could not be read. */
export interface FailedReport {
  readonly outcome: 'failed';
  readonly logFile?: LogFileRef;
  readonly error: unknown;
}

/** What runs at once: enough to hide S3's latency, bounded by the compressed bytes held. */
const MAX_LOG_FILES_IN_FLIGHT = 12;
const MAX_BYTES_IN_FLIGHT = 64 * 1024 * 1024;

const MAX_PUBLISHES_IN_FLIGHT = 10;

/**
 * Handles what invoked the function: a batch of queue messages, or one notification.
 * @returns for a batch, the messages that failed, to be delivered again; everything else of the batch is done
 * @throws AggregateError when what invoked the function is no batch and something in it failed
 */
export async function monitor(event: unknown, criteria: Criteria, effects: Effects): Promise<SQSBatchResponse> {
  const inFlight: InFlight = {
    open: bounded(MAX_LOG_FILES_IN_FLIGHT, MAX_LOG_FILES_IN_FLIGHT),
    read: bounded(MAX_LOG_FILES_IN_FLIGHT, MAX_BYTES_IN_FLIGHT),
  };
  const handleNotification = (notification: unknown): Promise<readonly unknown[]> =>
    failuresOf(notification, criteria, effects, inFlight);

  const messages = messagesIn(event);
  if (messages === undefined) {
    const failures = await handleNotification(event);
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} failed: ${failures.map(textOfError).join('; ')}`);
    return { batchItemFailures: [] };
  }
  const handled = await Promise.all(
    messages.map(async ({ messageId, body }) => ({ messageId, failures: await handleNotification(body) })),
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

interface Message {
  readonly messageId: string;
  readonly body: unknown;
}

/** The queue's messages, `undefined` where the event is no batch of a queue. */
function messagesIn(event: unknown): readonly Message[] | undefined {
  const records = isObject(event) ? listOf(event['Records']) : [];
  const isBatch = records.length > 0 && records.every((record) => memberOf(record, 'eventSource') === 'aws:sqs');
  if (!isBatch) return undefined;
  return records.map((record) => ({
    messageId: textOf(memberOf(record, 'messageId')) ?? '',
    body: memberOf(record, 'body'),
  }));
}

/** Scans every log file a notification announces. What fails is reported and returned, and keeps nothing else from being done. */
async function failuresOf(
  notification: unknown,
  criteria: Criteria,
  effects: Effects,
  inFlight: InFlight,
): Promise<readonly unknown[]> {
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
          return await monitorLogFile(logFile, criteria, effects, inFlight);
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
  criteria: Criteria,
  effects: Effects,
  inFlight: InFlight,
  isAgain = false,
): Promise<readonly unknown[]> {
  const history = effects.historyOf?.(logFile);
  const object = await effects.openObject(logFile);
  const { kind, rawBytes, judgements, judgedTooEarly } = await inFlight.read(object.size, async () =>
    scan(await object.read(), criteria, history),
  );
  if (kind !== 'records') {
    effects.report({ outcome: 'skipped', object: { bucket: logFile.bucket, key: logFile.key }, why: kind });
    return [];
  }
  const { unpublished, alreadySent, grouped } = await publishAll(judgements, effects);
  effects.report({
    outcome: 'scanned',
    logFile,
    isAgain,
    rawBytes,
    counts: countsOf(judgements),
    alreadySent,
    grouped,
    unpublished,
    suppressed: judgements.flatMap(suppressedIn),
  });
  const others = new Map(judgedTooEarly.map((later) => [`${later.bucket}/${later.key}`, later]));
  others.delete(`${logFile.bucket}/${logFile.key}`);
  const failures = [...unpublished];
  // One level deep: a call is compared with the one before it alone.
  for (const later of isAgain ? [] : others.values()) {
    failures.push(...(await monitorLogFile(later, criteria, effects, inFlight, true)));
  }
  return failures;
}

/** The findings of a call that is not told because of them. */
function suppressedIn({ call, findings, disposition }: Judgement): readonly SuppressedFinding[] {
  if (!call || disposition !== 'suppressed') return [];
  return findings.flatMap(({ rule, suppressedBy }) =>
    suppressedBy
      ? [
          {
            uid: plain(call.uid, 128),
            eventName: plain(call.eventName, 100),
            rule: rule.id,
            reason: suppressedBy.reason,
          },
        ]
      : [],
  );
}

/** Publishes every alert; one that fails keeps no other from being tried. */
async function publishAll(
  judgements: readonly Judgement[],
  { publish, publishInBurst }: Effects,
): Promise<Pick<ScannedReport, 'unpublished' | 'alreadySent' | 'grouped'>> {
  const inFlight = bounded(MAX_PUBLISHES_IN_FLIGHT, MAX_PUBLISHES_IN_FLIGHT);
  const alerted = judgements.flatMap((judgement) => {
    const { alert } = judgement;
    return alert ? [{ judgement, alert, burst: publishInBurst && burstOf(judgement) }] : [];
  });
  const sizes = new Map<string, number>();
  for (const { burst } of alerted) if (burst) sizes.set(burst.uid, (sizes.get(burst.uid) ?? 0) + 1);

  const settled = await Promise.allSettled(
    alerted.map(({ judgement, alert, burst }) =>
      inFlight(1, () =>
        publishInBurst && burst ? publishInBurst(judgement, burst, sizes.get(burst.uid) ?? 1) : publish(alert),
      ),
    ),
  );
  const published = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  return {
    unpublished: settled.flatMap((result): readonly unknown[] => (result.status === 'rejected' ? [result.reason] : [])),
    alreadySent: published.filter((result) => result === 'already-sent').length,
    grouped: published.filter((result) => result === 'grouped').length,
  };
}

function attempt<Value>(work: () => Value): { readonly value: Value } | { readonly error: unknown } {
  try {
    return { value: work() };
  } catch (error) {
    return { error };
  }
}
