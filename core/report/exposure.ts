import { plain } from '../base/plain-text';
import { isOpen, minutesBetween, periodSentence, type Period } from '../exposure';

/** A time during which the same people reached the data of a domain. */
export interface ReportExposure {
  /** ISO 8601, UTC; `null` for what held before the first call. */
  readonly from: string | null;
  /** `null` where it had not ended by the last call. */
  readonly to: string | null;
  /** The grade of the policy verdict; `unknown` where no record tells. */
  readonly exposure: Period['exposure'];
  /** To the nearest; `null` where one of the ends is not known. */
  readonly minutes: number | null;
  /** Who made it so; `null` where it was so before the first call that tells. */
  readonly openedBy: string | null;
  /** Who ended it; `null` where nobody did. */
  readonly closedBy: string | null;
  /** The uid of the call that made it so. */
  readonly openedByCall: string | null;
  /** The uid of the call that ended it. */
  readonly closedByCall: string | null;
  readonly endpoint: Period['endpoint'];
  /** Whether whoever is let in has to sign in as well. */
  readonly signIn: Period['signIn'];
  /** Whether people beyond the own account and those who are trusted reached the data without signing in, as far as is known. */
  readonly isOpen: boolean;
  /** All of it in a sentence without a full stop. */
  readonly sentence: string;
}

/** @param next the period that follows in the list; a domain that was deleted is without one for a time */
export function toReportExposure(domain: string, period: Period, next?: Period): ReportExposure {
  const { from, to, exposure, endpoint, signIn, opened, closed } = period;
  return {
    from: from === null ? null : plain(from, 40),
    to: to === null ? null : plain(to, 40),
    exposure,
    minutes: minutesBetween(from, to),
    openedBy: opened ? plain(opened.caller.description, 250) : null,
    closedBy: closed ? plain(closed.caller.description, 250) : null,
    openedByCall: opened ? plain(opened.uid, 128) : null,
    closedByCall: closed ? plain(closed.uid, 128) : null,
    endpoint,
    signIn,
    isOpen: isOpen(period),
    sentence: periodSentence(domain, period, next?.from === to ? next : undefined),
  };
}
