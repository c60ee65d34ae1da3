import { all } from '../base/all';
import { bounded } from '../base/bounded';
import { toCall, type Call } from '../call';
import { setsConfiguration, tellsConfiguration, type Change } from '../domain';
import { bearsOnAccess, closingClause } from '../exposure';
import type { LogFileRef } from '../notification';
import type { Criteria } from '../settings';
import { domainKeyOf, placeOf, shownIn, toEntry, type Entry, type History } from './history';
import { conclude, consider, type Considered, type Judgement } from './judge';
import { changeSince, latest } from './told';

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
 * @throws Error when the history cannot be reached
 */
export async function judgeAll(
  records: readonly unknown[],
  criteria: Criteria,
  history?: History,
  logFile?: string,
): Promise<Judged> {
  const considered = records.map((record) => consider(record, criteria, logFile));
  if (!history) return { judgements: considered.map((each) => conclude(each, criteria)), judgedTooEarly: [] };
  return judgeConsidered(
    byPlace(considered, (each) => each?.call),
    criteria,
    history,
  );
}

/**
 * The same for records that were read, in the order of their places.
 * @throws Error when the history cannot be reached
 */
export async function judgeConsidered(
  considered: readonly (Considered | undefined)[],
  criteria: Criteria,
  history: History,
): Promise<Judged> {
  const setting = considered.flatMap((each) =>
    each && setsConfiguration(each.call) ? [{ considered: each, entry: toEntry(each) }] : [],
  );
  const inFlight = bounded(MAX_CALLS_IN_FLIGHT, MAX_CALLS_IN_FLIGHT);
  // All are recorded before any is compared: each may be what held before another, in this file or in one that is scanned
  // at the same time.
  const later = await all(setting, ({ considered: { call }, entry }) => inFlight(1, () => history.record(call, entry)));
  const judgementsOfDomains = await all(byDomain(setting), (calls) =>
    inFlight(1, () => judgeDomain(calls, criteria, history)),
  );
  const judged = new Map(judgementsOfDomains.flat());
  return {
    judgements: considered.map((each) => (each && judged.get(each)) ?? conclude(each, criteria)),
    judgedTooEarly: later.flat(),
  };
}

/** A call that sets the configuration of a domain, and what is kept of it. */
interface Setting {
  readonly considered: Considered;
  readonly entry: Entry;
}

/** Judges the calls that set the configuration of one domain, in their order: one rests on what is said of those before it. */
async function judgeDomain(
  calls: readonly Setting[],
  criteria: Criteria,
  history: History,
): Promise<readonly (readonly [Considered, Judgement])[]> {
  /** What the alerts show that are still to be sent, by the call's uid. */
  const toBeTold = new Map<string, string>();
  const judged: (readonly [Considered, Judgement])[] = [];
  const wasTold = rememberingTold(history);
  for (const { considered, entry: own } of calls) {
    const { call } = considered;
    const isCompared = call.operation === 'UpdateDomainConfig' && tellsConfiguration(call);
    let restsOnPromises = false;
    const isTold = async (entry: Entry): Promise<boolean> => {
      const told = await wasTold(entry);
      if (told !== undefined || toBeTold.get(entry.uid) !== shownIn(entry)) return told === true;
      restsOnPromises = true;
      return true;
    };
    const change = isCompared ? await changeSince(call, own.caller, history, isTold) : undefined;
    const closes = change && (await closingOf(call, change, history, criteria));
    const judgement = conclude(considered, criteria, change && { ...change, ...(closes && { closes }) });
    judged.push([considered, judgement]);
    // Of two versions of a record, one is sent.
    if (judgement.alert && own.isMentioned) {
      const shown = shownIn(own);
      toBeTold.set(call.uid, (toBeTold.get(call.uid) ?? shown) === shown ? shown : '');
    }
    const told = Object.keys(change?.told ?? {});
    // Where a late call refutes it, one that is hidden is told to nobody, and others may have rested on it by then. And an
    // alert that is still to be sent may fail.
    if (told.length > 0 && own.isMentioned && !restsOnPromises) await history.note(call, told);
  }
  return judged;
}

/**
 * What the history knows to be told, asked once for each entry: every call of a file looks back at those before it, and none of
 * the file is sent before all are judged.
 */
function rememberingTold(history: History): History['isTold'] {
  const known = new Map<string, Promise<boolean | undefined>>();
  return (entry) => {
    const key = JSON.stringify([entry.uid, shownIn(entry)]);
    const told = known.get(key) ?? history.isTold(entry);
    known.set(key, told);
    return told;
  };
}

/** Whether the call shuts a domain that stood open, which only one that changes who reaches the data can. */
async function closingOf(
  call: Call,
  change: Change,
  history: History,
  { trust }: Criteria,
): Promise<string | undefined> {
  if (!bearsOnAccess(change.differences.map(({ key }) => key))) return undefined;
  return closingClause(call, latest(history.earlier(call)), trust);
}

function byDomain(setting: readonly Setting[]): readonly (readonly Setting[])[] {
  const domains = new Map<string, Setting[]>();
  for (const each of setting) {
    const key = domainKeyOf(each.considered.call);
    const calls = domains.get(key);
    if (calls) calls.push(each);
    else domains.set(key, [each]);
  }
  return [...domains.values()];
}

/** Records in the order in which they are judged with a history, which is that of their places in it. */
export const inOrderOfTime = (records: readonly unknown[]): readonly unknown[] => byPlace(records, toCall);

/** Items in the order of their calls; those without one go first. */
function byPlace<Item>(items: readonly Item[], callOf: (item: Item) => Call | undefined): readonly Item[] {
  const placed = items.map((item) => {
    const call = callOf(item);
    return { item, place: call ? placeOf(call) : '' };
  });
  return placed.toSorted((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0)).map(({ item }) => item);
}
