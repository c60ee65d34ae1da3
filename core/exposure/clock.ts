import { memberOf, isAbsent } from '../base/members';
import type { Trust } from '../base/trust';
import { setsConfiguration } from '../domain';
import type { Call } from '../call';
import { isSameStanding, knownAfter, NOTHING_KNOWN, standingOf, type Standing } from './standing';

/** A time during which the same people reached the data of a domain. */
export interface Period extends Standing {
  /** ISO 8601, UTC: the call from which it held. `null` for what held before the first call. */
  readonly from: string | null;
  /** The call that ended it; `null` where none did. */
  readonly to: string | null;
  /** The call that made it so. @default - none that is known: it was so before the first call that tells */
  readonly opened?: Call;
  /** The call that ended it. @default - none */
  readonly closed?: Call;
}

/**
 * The exposure clock: who reached the data of one domain from when to when, without a gap, from the first call that tells
 * to the deletion of the domain. Computed from what holds between the calls.
 *
 * @param calls of one domain, in the order of time; those that set no configuration say nothing
 * @param baseline stands for what held before the first of them. @default - not known
 */
export function periodsOf(calls: readonly Call[], trust: Trust, baseline?: Call): readonly Period[] {
  const periods: Period[] = [];
  let known = NOTHING_KNOWN;
  let current: Omit<Period, 'to' | 'closed'> | undefined;

  function close(call: Call): void {
    if (current) periods.push({ ...current, to: call.eventTime, closed: call });
    current = undefined;
  }

  if (baseline) {
    known = knownAfter(baseline, known);
    current = { ...standingOf(known, baseline, trust), from: null };
  }
  for (const call of calls.filter(setsConfiguration)) {
    if (call.operation === 'DeleteDomain') {
      close(call);
      known = NOTHING_KNOWN;
      continue;
    }
    known = knownAfter(call, known);
    const standing = standingOf(known, call, trust);
    if (current && isSameStanding(current, standing)) continue;
    const isItsDoing = current !== undefined || bearsOnAccess(call);
    close(call);
    current = { ...standing, from: call.eventTime, ...(isItsDoing && { opened: call }) };
  }
  return current ? [...periods, { ...current, to: null }] : periods;
}

/** Whether the call sets anything that decides who reaches the data, so that what holds after it is its doing. */
function bearsOnAccess({ operation, request }: Call): boolean {
  if (operation !== 'UpdateDomainConfig') return true;
  return ['accessPolicies', 'advancedSecurityOptions', 'vPCOptions'].some(
    (block) => !isAbsent(memberOf(request, block)),
  );
}

/** Minutes between two times, to the nearest; `null` where one is not known. */
export function minutesBetween(from: string | null, to: string | null): number | null {
  const minutes = Math.round((Date.parse(to ?? '') - Date.parse(from ?? '')) / 60_000);
  return Number.isNaN(minutes) ? null : minutes;
}
