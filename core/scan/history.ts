import { createHash } from 'node:crypto';
import { callerKeyOf, type Call } from '../call';
import { configurationAfter, keysSetBy, tellsConfiguration, type Configuration } from '../domain';
import type { LogFileRef } from '../notification';
import { isMentioned, type Considered } from './judge';

/** What one call that sets a domain's configuration left behind, as a history keeps it. */
export interface Entry {
  readonly uid: string;
  /** As `Call.eventTime`. */
  readonly eventTime: string;
  /** The role, user or service that called, as `callerKeyOf` says. */
  readonly caller: string;
  /** People were to hear of the call, and nothing of it was hidden from them. Whether they did, `History.isTold` knows. */
  readonly isMentioned: boolean;
  /** The leaves the call set, secrets among them; a creation sets all it shows. */
  readonly asked: readonly string[];
  /** What held after the call. @default - not known: the record does not tell, or the call was a deletion, say */
  readonly configuration?: Configuration;
  /** Of `asked`, the leaves that had been told of, with this value, before the call. */
  readonly told?: readonly string[];
}

/** An entry and where its call was found. */
export interface FoundEntry extends Pick<Entry, 'asked' | 'isMentioned'> {
  readonly logFile: LogFileRef;
}

/** The configurations domains had, by the time of the calls that left them behind. */
export interface History {
  /**
   * Keeps an entry for `call`; one kept before gives way, but for one of a log file, which no record that came as an event
   * replaces: CloudTrail may have cut that short.
   * @returns log files of later calls that were judged without it. A later record that came as an event is judged again when
   *   its log file arrives
   */
  readonly record: (call: Call, entry: Entry) => Promise<readonly LogFileRef[]>;
  /** Adds to the entry of `call` which leaves had been told of. */
  readonly note: (call: Call, told: readonly string[]) => Promise<void>;
  /** The entries of the domain of `call` before it, the latest first. */
  readonly earlier: (call: Call) => AsyncIterable<Entry>;
  /**
   * Whether an alert was sent that shows what the call of `entry` set. `false` where the one that was sent shows something
   * else, as another version of its record did; `undefined` where none was.
   */
  readonly isTold: (entry: Pick<Entry, 'uid' | 'asked' | 'configuration'>) => Promise<boolean | undefined>;
}

/** How far back, and ahead, a call is compared. What lies beyond counts as not known. */
export const MOST_ENTRIES = 100;

/** One domain, for all its calls. */
export const domainKeyOf = ({ domain, accountId, region }: Call): string =>
  domain?.arn ?? [accountId, region, domain?.name ?? ''].join('/');

/** The place of a call among those of its domain. Times are all in UTC and of one length, so their texts sort as they do. */
export const placeOf = ({ eventTime, uid }: Pick<Call, 'eventTime' | 'uid'>): string => `${eventTime}#${uid}`;

export function toEntry(considered: Considered): Entry {
  const { call } = considered;
  const { uid, eventTime, caller } = call;
  return {
    uid,
    eventTime,
    caller: callerKeyOf(caller),
    isMentioned: isMentioned(considered),
    ...setBy(call),
  };
}

const setBy = (call: Call): Pick<Entry, 'asked' | 'configuration'> => ({
  asked: keysSetBy(call),
  ...(tellsConfiguration(call) && { configuration: configurationAfter(call) }),
});

/** What a call set, in a form that is the same for the same leaves and values. No secrets are in it. */
export function shownIn({ asked, configuration }: Pick<Entry, 'asked' | 'configuration'>): string {
  const set = asked.toSorted().map((key) => [key, configuration?.[key]?.value]);
  return createHash('sha256').update(JSON.stringify(set)).digest('hex').slice(0, 32);
}

/** What an alert about `call` shows that the call set. */
export const shownBy = (call: Call): string => shownIn(setBy(call));

/**
 * Which later calls were judged without an entry, given the entries after it in their order: the next one, which is compared
 * with what held before it; and those that set a leaf, whichever it is, up to one of which people hear anyway. The entry may
 * show of any leaf that it was something else meanwhile, whatever its own call set.
 */
export async function judgedWithout(
  later: AsyncIterable<FoundEntry> | Iterable<FoundEntry>,
): Promise<readonly LogFileRef[]> {
  const found: LogFileRef[] = [];
  const mentioned = new Set<string>();
  let isNext = true;
  for await (const { asked, isMentioned, logFile } of later) {
    const again = asked.filter((key) => !mentioned.has(key));
    if (isNext || again.length > 0) found.push(logFile);
    isNext = false;
    if (isMentioned) for (const key of again) mentioned.add(key);
  }
  return found;
}
