import { toAlert, mentionedIn, type Alert } from '../alert';
import { bounded } from '../base/bounded';
import { toCall, type Call } from '../call';
import {
  changeOf,
  configurationAfter,
  setsConfiguration,
  tellsConfiguration,
  type Change,
  type Configuration,
} from '../domain';
import { evaluate, type Finding } from '../findings';
import { memberOf, textOf } from '../base/members';
import { readRecords, type LogFileContent } from '../log-file';
import type { LogFileRef } from '../notification';
import type { Criteria } from '../settings';

/** One log file, from bytes to verdicts. */
export interface Scan {
  /** `records` for a log file; what is none of ours to read has no judgements. */
  readonly kind: LogFileContent['kind'];
  /** Size of the file's JSON in bytes, uncompressed. */
  readonly rawBytes: number;
  /** One for each es.amazonaws.com record: in the file's order, with a history in the order of time. */
  readonly judgements: readonly Judgement[];
  /**
   * Log files of later calls that were judged before the calls of this file were known, so that what held before them was
   * not. Empty without a history.
   */
  readonly judgedTooEarly: readonly LogFileRef[];
}

export interface Judgement {
  /** `undefined` for a copy of a call outside the management events, which is not judged again. */
  readonly call?: Call;
  readonly findings: readonly Finding[];
  readonly disposition: Disposition;
  /** Set where the disposition is `alerted`. */
  readonly alert?: Alert;
}

/**
 * What became of a record: `ignored` reads and calls nobody watches; `informational` findings that are counted only;
 * `suppressed` ones that would have been sent; `alerted` the others.
 */
export type Disposition = 'ignored' | 'informational' | 'suppressed' | 'alerted';

/** How many records met each fate: together, all es.amazonaws.com records of the file. */
export type Counts = Readonly<Record<Disposition, number>>;

/** The configurations domains were seen to have, by the time of the calls that left them behind. */
export interface History {
  /**
   * @param configuration what the call left behind, `undefined` where that is not known
   * @returns the log file of the next later call of the domain, where one is known already
   */
  readonly record: (call: Call, configuration: Configuration | undefined) => Promise<LogFileRef | undefined>;
  /** What the domain of `call`, which is recorded, had just before it; `undefined` where that is not known. */
  readonly before: (call: Call) => Promise<Configuration | undefined>;
}

/**
 * Judges every call in a log file. With a history, each call is judged against what held before it, and recorded.
 * @throws Error when the file cannot be read whole, or the history cannot be reached
 */
export async function scan(bytes: Uint8Array, criteria: Criteria, history?: History): Promise<Scan> {
  const { kind, rawBytes, records } = await readRecords(bytes);
  if (!history) {
    return { kind, rawBytes, judgements: records.map((record) => judge(record, criteria)), judgedTooEarly: [] };
  }
  const inOrder = records.toSorted(byTime);
  const { changes, judgedTooEarly } = await changesIn(inOrder, criteria, history);
  const judgements = inOrder.map((record) => judge(record, criteria, changes.get(record)));
  return { kind, rawBytes, judgements, judgedTooEarly };
}

/** What is asked of the history at once. */
const MAX_CALLS_IN_FLIGHT = 10;

/**
 * What the updates among `records` change, where that is known. All are recorded before any is compared: each may be
 * what held before another, in this file or in one that is scanned at the same time.
 */
async function changesIn(
  records: readonly unknown[],
  criteria: Criteria,
  history: History,
): Promise<{ readonly changes: ReadonlyMap<unknown, Change>; readonly judgedTooEarly: readonly LogFileRef[] }> {
  const inFlight = bounded(MAX_CALLS_IN_FLIGHT, MAX_CALLS_IN_FLIGHT);
  const setting = records.flatMap((record) => {
    const call = toCall(record);
    return call && setsConfiguration(call) ? [{ record, call, isTold: tellsConfiguration(call) }] : [];
  });
  const later = await all(setting, ({ call, isTold }) =>
    inFlight(1, () => history.record(call, isTold && isTelling(call, criteria) ? configurationAfter(call) : undefined)),
  );
  const updates = setting.filter(({ call, isTold }) => call.operation === 'UpdateDomainConfig' && isTold);
  const changes = await all(updates, async ({ record, call }) => {
    const before = await inFlight(1, () => history.before(call));
    return before ? [[record, changeOf(call, before)] as const] : [];
  });
  return { changes: new Map(changes.flat()), judgedTooEarly: later.flatMap((logFile) => logFile ?? []) };
}

/** Whether people hear of the call. What they do not hear of must not make a later call look like no news. */
function isTelling(call: Call, criteria: Criteria): boolean {
  const findings = evaluate(call, criteria);
  const isHiding = findings.some(({ suppressedBy }) => suppressedBy !== undefined);
  return !isHiding && mentionedIn(findings).length > 0;
}

/** All results, or the first failure once nothing is under way any more. */
async function all<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const started = items.map(work);
  await Promise.allSettled(started);
  return Promise.all(started);
}

const timeOf = (record: unknown): string => textOf(memberOf(record, 'eventTime')) ?? '';
const byTime = (a: unknown, b: unknown): number => (timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : 0);

export function judge(record: unknown, criteria: Criteria, change?: Change): Judgement {
  const call = toCall(record);
  if (call === undefined) return { findings: [], disposition: 'ignored' };
  const findings = evaluate(call, criteria, change);
  const alert = toAlert(call, findings, change);
  return { call, findings, disposition: dispositionOf(findings, alert), ...(alert && { alert }) };
}

function dispositionOf(findings: readonly Finding[], alert: Alert | undefined): Disposition {
  if (alert) return 'alerted';
  if (findings.length === 0) return 'ignored';
  const isHidden = findings.some(({ suppressedBy, severity }) => suppressedBy && severity !== 'INFORMATIONAL');
  return isHidden ? 'suppressed' : 'informational';
}

export function countsOf(judgements: readonly Judgement[]): Counts {
  const counts = { ignored: 0, informational: 0, suppressed: 0, alerted: 0 };
  for (const { disposition } of judgements) counts[disposition]++;
  return counts;
}
