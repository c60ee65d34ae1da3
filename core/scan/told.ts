import type { Call } from '../call';
import { changeOf, holdsAlready, isSecretKey, keysSetBy, type Change, type Configuration } from '../domain';
import { MOST_ENTRIES, type Entry, type History } from './history';

/** A day, in milliseconds. */
const A_DAY = 24 * 3600_000;

/**
 * What an update changes, where it is known what held before it. It is unchanged only if people were told of every leaf
 * it sets anew: a state that a response merely showed, or that a call set of which nobody heard, is news.
 *
 * @param caller as the entry of `call` has it
 * @param isTold whether an alert was or will be sent that shows what a call set
 */
export async function changeSince(
  call: Call,
  caller: string,
  history: History,
  isTold: (entry: Entry) => Promise<boolean>,
): Promise<Change | undefined> {
  const entries = recent(history.earlier(call));
  const latest = await entries.next();
  const before = latest.done ? undefined : latest.value.configuration;
  if (latest.done || before === undefined) return undefined;

  const change = changeOf(call, before);
  const holds = holdsAlready(call);
  const same = keysSetBy(call).filter((key) => holds(key, before));
  const isSecretAlone = change.differences.length > 0 && change.differences.every(({ key }) => isSecretKey(key));
  const secrets = isSecretAlone ? change.differences.map(({ key }) => key) : [];
  if (same.length === 0 && secrets.length === 0) return change;

  const search = searchFor(call, caller, { same, secrets, holds }, isTold);
  await search.lookAt(latest.value);
  while (!search.isDone()) {
    const next = await entries.next();
    if (next.done) break;
    await search.lookAt(next.value);
  }
  const told = same.filter((key) => search.told.has(key));
  const isAllTold = told.length === same.length;
  return {
    ...change,
    isUnchanged: change.isUnchanged && isAllTold,
    isRepeat: isAllTold && search.isRepeat(),
    told: Object.fromEntries(told.flatMap((key) => (before[key] ? [[key, before[key]]] : []))) as Configuration,
  };
}

async function* recent(entries: AsyncIterable<Entry>): AsyncGenerator<Entry, undefined> {
  let left = MOST_ENTRIES;
  for await (const entry of entries) {
    yield entry;
    left -= 1;
    if (left === 0) return undefined;
  }
  return undefined;
}

/** Leaves that a call sets as they were, secrets that it sets, and whether another configuration has it so, too. */
interface Leaves {
  readonly same: readonly string[];
  readonly secrets: readonly string[];
  readonly holds: ReturnType<typeof holdsAlready>;
}

/** Looks back, entry by entry, for the calls that people were told of. */
function searchFor(
  call: Call,
  caller: string,
  { same, secrets, holds }: Leaves,
  isTold: (entry: Entry) => Promise<boolean>,
) {
  const open = new Set(same);
  const unseen = new Set(secrets);
  const told = new Set<string>();

  async function lookAt(entry: Entry): Promise<void> {
    const { configuration } = entry;
    const asked = new Set(entry.asked);
    const toldThen = new Set(entry.told);
    const isWanted = (key: string): boolean => (open.has(key) && !toldThen.has(key)) || unseen.has(key);
    const isHeard = entry.isMentioned && entry.asked.some(isWanted) && (await isTold(entry));
    for (const key of open) {
      // A value that was asked for and is not kept, as it quotes a secret, counts as another one.
      const isKnown = configuration?.[key] !== undefined || asked.has(key);
      const isOther = configuration === undefined || (isKnown && !holds(key, configuration));
      if (isOther) open.delete(key);
      else if (toldThen.has(key) || (isHeard && asked.has(key))) {
        open.delete(key);
        told.add(key);
      }
    }
    const isSameCaller = entry.caller === caller && Date.parse(call.eventTime) - Date.parse(entry.eventTime) <= A_DAY;
    if (configuration === undefined) unseen.clear();
    for (const key of unseen) {
      if (!asked.has(key)) continue;
      unseen.delete(key);
      if (isHeard && isSameCaller) told.add(key);
    }
  }

  return {
    told,
    lookAt,
    isDone: () => open.size === 0 && unseen.size === 0,
    isRepeat: () => secrets.length > 0 && secrets.every((key) => told.has(key)),
  };
}
