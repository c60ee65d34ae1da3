import { all } from '../base/all';
import { bounded } from '../base/bounded';
import { memberOf, textOf } from '../base/members';
import type { Call } from '../call';
import {
  changeOf,
  configurationAfter,
  setsConfiguration,
  tellsConfiguration,
  type Change,
  type Configuration,
} from '../domain';
import type { LogFileRef } from '../notification';
import type { Criteria } from '../settings';
import { conclude, consider, isMentioned, type Considered, type Judgement } from './judge';

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

/** What became of the records of one log file. */
export interface Judged {
  /** One for each record: in the file's order, with a history in the order of time. */
  readonly judgements: readonly Judgement[];
  /**
   * Log files of later calls that were judged before the calls of this file were known, so that what held before them was
   * not. Empty without a history.
   */
  readonly judgedTooEarly: readonly LogFileRef[];
}

/** What is asked of the history at once. */
const MAX_CALLS_IN_FLIGHT = 10;

/**
 * Judges the records of a log file. With a history, each call is judged against what held before it, and recorded.
 * @param logFile where they were read from, where alerts are to tell it
 * @throws Error when the history cannot be reached
 */
export async function judgeAll(
  records: readonly unknown[],
  criteria: Criteria,
  history?: History,
  logFile?: string,
): Promise<Judged> {
  if (!history) {
    const judgements = records.map((record) => conclude(consider(record, criteria), criteria, undefined, logFile));
    return { judgements, judgedTooEarly: [] };
  }
  const considered = records.toSorted(byTime).map((record) => consider(record, criteria));
  const { changes, judgedTooEarly } = await changesIn(considered, history);
  const judgements = considered.map((each) => conclude(each, criteria, each && changes.get(each), logFile));
  return { judgements, judgedTooEarly };
}

/**
 * What the updates among the calls change, where that is known. All are recorded before any is compared: each may be
 * what held before another, in this file or in one that is scanned at the same time.
 */
async function changesIn(
  considered: readonly (Considered | undefined)[],
  history: History,
): Promise<{ readonly changes: ReadonlyMap<Considered, Change>; readonly judgedTooEarly: readonly LogFileRef[] }> {
  const inFlight = bounded(MAX_CALLS_IN_FLIGHT, MAX_CALLS_IN_FLIGHT);
  const setting = considered.flatMap((each) =>
    each && setsConfiguration(each.call) ? [{ each, call: each.call, tells: tellsConfiguration(each.call) }] : [],
  );
  const later = await all(setting, ({ each, call, tells }) =>
    inFlight(1, () => history.record(call, tells && isMentioned(each) ? configurationAfter(call) : undefined)),
  );
  const updates = setting.filter(({ call, tells }) => call.operation === 'UpdateDomainConfig' && tells);
  const changes = await all(updates, async ({ each, call }) => {
    const before = await inFlight(1, () => history.before(call));
    return before ? [[each, changeOf(call, before)] as const] : [];
  });
  return { changes: new Map(changes.flat()), judgedTooEarly: later.flatMap((logFile) => logFile ?? []) };
}

const timeOf = (record: unknown): string => textOf(memberOf(record, 'eventTime')) ?? '';
const byTime = (a: unknown, b: unknown): number => (timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : 0);
