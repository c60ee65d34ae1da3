import { createHash } from 'node:crypto';
import { optional } from '../../core/base/members';
import { callerKeyOf } from '../../core/call';
import type { Judgement } from '../../core/scan';
import { claimOf, type Once, type Published } from './once';
import type { Send } from './publish';

/**
 * Denied, or failed, calls of one caller and one severity in one hour: somebody who tries doors. The first is alerted as
 * any call; with the second comes one alert that counts them, and the others of the hour are counted only. Calls that
 * took effect are never grouped.
 */
export interface Burst {
  /** The same for every call of the burst. */
  readonly uid: string;
  /** The hour, as `YYYY-MM-DDTHH`, in UTC. */
  readonly hour: string;
}

/** The burst an alerted call belongs to, `undefined` for one that succeeded. */
export function burstOf({ call, alert }: Judgement): Burst | undefined {
  if (!call || call.outcome === 'succeeded' || !alert) return undefined;
  const hour = call.eventTime.slice(0, 13);
  const kind = call.outcome === 'denied' ? [] : [call.outcome];
  const parts = [callerKeyOf(call.caller), call.accountId, alert.severity, hour, ...kind];
  return { uid: `burst-${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)}`, hour };
}

/**
 * Adds one call to a burst.
 * @returns 0 for its first call, however often that is added; for another one, how many others are known so far
 */
export type CountIn = (burst: Burst, callUid: string) => Promise<number>;

/**
 * Publishes the alert of a denied or failed call, or that of its burst.
 * @param together how many calls of the burst are known now, this one among them
 * @param to as in `Claim`
 */
export type PublishInBurst = (judgement: Judgement, burst: Burst, together: number, to?: string) => Promise<Published>;

export function inBursts(send: Send, once: Once, countIn: CountIn): PublishInBurst {
  return async ({ call, alert, alertAs }, burst, together, to) => {
    if (!call || !alert) throw new Error('a burst is of alerted calls');
    return once(claimOf(alert.uid, alert.severity, call, to), async () => {
      const before = await countIn(burst, call.uid);
      if (before === 0) {
        await send(alert, to);
        return 'sent';
      }
      const counted = alertAs?.({ burst: { uid: burst.uid, calls: Math.max(before + 1, together) } });
      if (counted) {
        await once({ kind: 'burst', uid: burst.uid, severity: counted.severity, ...optional('to', to) }, async () => {
          await send(counted, to);
          return 'sent';
        });
      }
      return 'grouped';
    });
  };
}
