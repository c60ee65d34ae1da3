import type { Trust } from '../base/trust';
import type { Call } from '../call';
import { configurationAfter, toPosture, type Configuration, keysSetBy } from '../domain';
import { minutesBetween } from './clock';
import { durationText, standingText, timesText } from './sentence';
import { isClosed, isOpen, isSameStanding, knownIn, standingOf, type Standing } from './standing';

/** What a history keeps of an earlier call of the domain. */
export interface Earlier {
  readonly eventTime: string;
  readonly caller: string;
  /** The leaves of the configuration that it set. */
  readonly asked: readonly string[];
  /** What held after the call. @default - not known */
  readonly configuration?: Configuration;
}

/**
 * Whether `call` closes a domain that stood open before it, as a clause: "open to the internet for 47 minutes, 14:01 to
 * 14:48 UTC on 2026-11-20, opened by X, closed by this call". `undefined` where it does not, or it is not known.
 *
 * @param earlier the calls of the domain before it, the latest first; no more of them are read than needed
 */
export async function closingClause(
  call: Call,
  earlier: AsyncIterable<Earlier> | Iterable<Earlier>,
  trust: Trust,
): Promise<string | undefined> {
  const endpoint = toPosture(call).endpoint.value;
  const standingIn = (configuration: Configuration): Standing =>
    standingOf(knownIn(configuration, endpoint), call, trust);
  const after = standingIn(configurationAfter(call));
  if (!isShut(after)) return undefined;

  let open: Standing | undefined;
  let opening: Earlier | undefined;
  let isItsDoing = false;
  for await (const entry of earlier) {
    const standing = entry.configuration && standingIn(entry.configuration);
    if (open === undefined) {
      if (standing === undefined || !isOpen(standing)) return undefined;
      open = standing;
    } else if (standing === undefined || !isSameStanding(standing, open)) {
      isItsDoing = standing !== undefined;
      break;
    }
    opening = entry;
  }
  if (open === undefined || opening === undefined) return undefined;
  const { eventTime: from, caller, asked } = opening;
  if (bearsOnAccess(asked)) isItsDoing = true;
  const duration = durationText(minutesBetween(from, call.eventTime));
  const opener = isItsDoing ? `opened by ${caller}` : 'and was so before';
  return `${standingText(open)} for ${isItsDoing ? '' : 'at least '}${duration ?? 'an unknown time'}, ${timesText(from, call.eventTime)}, ${opener}, ${shuts(call) ? 'closed by' : 'found closed at'} this call`;
}

/** Whether a call sets what may have closed the domain: others may tell in their response that it is closed. */
const shuts = (call: Call): boolean => keysSetBy(call).some((key) => CLOSING.test(key.replaceAll('\u0000', '.')));

const CLOSING = /^(accesspolicies$|vpcoptions\.|advancedsecurityoptions\.(enabled|anonymousauthenabled)$)/;

/** Whether any of the leaves of a configuration decides who reaches the data. */
export const bearsOnAccess = (keys: readonly string[]): boolean =>
  keys.some((key) => BLOCKS.has(key.split('\u0000')[0] ?? ''));

const BLOCKS = new Set(['accesspolicies', 'advancedsecurityoptions', 'vpcoptions']);

/** Nobody from outside is let in any more, or whoever is has to sign in. */
const isShut = (standing: Standing): boolean =>
  isClosed(standing.exposure) || (standing.exposure !== 'unknown' && !isOpen(standing));
