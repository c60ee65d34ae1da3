import { setTimeout as sleep } from 'node:timers/promises';
import { textOfError } from '../../core/base/error-text';
import { compareSeverity, type AlertSeverity } from '../../core/base/severity';
import { optional } from '../../core/base/members';
import type { Call } from '../../core/call';
import { setsConfiguration } from '../../core/domain';
import { shownBy } from '../../core/scan';

/**
 * What is told once to one topic. Calls that took effect and attempts are told apart, whatever their uid: the record of an attempt
 * never silences that of a call that succeeded. A burst is told under a name that no record can have.
 */
export interface Claim {
  readonly kind: 'call' | 'attempt' | 'burst';
  readonly uid: string;
  readonly severity: AlertSeverity;
  /** The owner it is told to, who has a topic of its own. @default - the topic of the severity */
  readonly to?: string;
  /** What the alert shows that its call set, as `shownBy` says. @default - it sets no configuration */
  readonly shown?: string;
}

export const claimOf = (uid: string, severity: AlertSeverity, call?: Call, to?: string): Claim => ({
  kind: call === undefined || call.outcome === 'succeeded' ? 'call' : 'attempt',
  uid,
  severity,
  ...optional('to', to),
  ...(call && setsConfiguration(call) && { shown: shownBy(call) }),
});

/** The record of alerts that were sent, shared by all invocations. */
export interface SentAlerts {
  /**
   * Claims the sending of an alert for this invocation, for as long as the invocation can live.
   * @returns `sent` where it was sent before, as severe as this or worse; else what was told before, if anything was
   * @throws Error while another invocation holds the claim: it may yet fail, so the message has to come again
   */
  readonly claim: (claim: Claim) => Promise<'sent' | Claimed>;
  /** Records that the alert was sent. */
  readonly confirm: (claim: Claim) => Promise<void>;
  /** Gives the claim back: the alert was not sent. */
  readonly release: (claim: Claim) => Promise<void>;
}

export interface Claimed {
  /** What the alert was told as before, milder than now. @default - it was not told */
  readonly told?: AlertSeverity;
}

/**
 * `already-sent` is what makes a redelivery silent; `grouped` is told with others of its burst; `unrecorded` was sent, or
 * grouped, and could not be recorded: should the call come again after the claim has run out, it is told again.
 */
export type Published = 'sent' | 'already-sent' | 'grouped' | 'unrecorded';

/**
 * Does the work that sends an alert, unless it was sent before, as severe as now or worse.
 * @param send gets what was told before, where this is a correction
 */
export type Once = (claim: Claim, send: (before: Claimed) => Promise<'sent' | 'grouped'>) => Promise<Published>;

/** How long recording is waited for before it is tried again, in milliseconds. */
const PAUSES = [100, 500, 2_000];

/**
 * Sends each alert once, whatever is delivered twice, and again what is worse than was told. It is recorded after it is
 * sent: a crash between the two makes it two, never none. That it cannot be recorded does not fail it.
 *
 * @param pause waits for so many milliseconds
 */
export function once(sentAlerts: SentAlerts, pause: (milliseconds: number) => Promise<unknown> = sleep): Once {
  const ours = new Map<string, { readonly severity: AlertSeverity; readonly sending: Promise<Published> }>();

  async function sendClaimed(claim: Claim, send: (before: Claimed) => Promise<'sent' | 'grouped'>): Promise<Published> {
    const claimed = await sentAlerts.claim(claim);
    if (claimed === 'sent') return 'already-sent';
    const sent = await send(claimed).catch(async (error: unknown) => {
      await released(claim, error);
      throw error;
    });
    return (await isRecorded(claim)) ? sent : 'unrecorded';
  }

  /** The claim is kept meanwhile, so that nobody else sends. */
  async function isRecorded(claim: Claim): Promise<boolean> {
    for (const milliseconds of [0, ...PAUSES]) {
      if (milliseconds > 0) await pause(milliseconds);
      const isDone = await sentAlerts.confirm(claim).then(
        () => true,
        () => false,
      );
      if (isDone) return true;
    }
    return false;
  }

  /** @throws AggregateError when the claim cannot be given back: it runs out, and why nothing was sent is told as well */
  async function released(claim: Claim, why: unknown): Promise<void> {
    try {
      await sentAlerts.release(claim);
    } catch (error) {
      throw new AggregateError(
        [why, error],
        `${textOfError(why)}; and the claim was not given back: ${textOfError(error)}`,
        { cause: error },
      );
    }
  }

  return async (claim, send) => {
    const key = JSON.stringify([claim.kind, claim.uid, claim.to]);
    // Two files of one batch may hold the same record: the claim of the first is not another invocation's.
    for (let underWay = ours.get(key); underWay; underWay = ours.get(key)) {
      await underWay.sending;
      if (compareSeverity(claim.severity, underWay.severity) <= 0) return 'already-sent';
      if (ours.get(key) === underWay) break;
    }
    const started = { severity: claim.severity, sending: sendClaimed(claim, send) };
    ours.set(key, started);
    try {
      return await started.sending;
    } catch (error) {
      if (ours.get(key) === started) ours.delete(key);
      throw error;
    }
  };
}
