import type { Change } from '../domain';
import type { AlertSeverity } from '../base/severity';
import type { Trust } from '../base/trust';
import type { WayBack, Whose } from '../settings';

/** Calls of one burst that are told together. */
export interface Counted {
  /** The uid of the alert that tells them. */
  readonly uid: string;
  /** How many are known so far. */
  readonly calls: number;
}

/** A call told again, as it turned out to be worse. */
export interface Correction {
  /** The severity it was told with before. */
  readonly told: AlertSeverity;
}

/** What is known around a call. Nothing of it has to be. */
export interface AlertOptions {
  /** What the call changed. @default - not known */
  readonly change?: Change | undefined;
  /** Whom the rules trust: it decides whether what held before may be offered. @default - the domain's own account alone */
  readonly trust?: Trust | undefined;
  /** The alert stands for a burst of such calls. @default - for one call */
  readonly burst?: Counted | undefined;
  /** The call was told before, as milder than it is. @default - it was not */
  readonly correction?: Correction | undefined;
  /** Whose what the call is about is. @default - nobody knows: accounts are told by their ids, and no owner is told */
  readonly whose?: Whose | undefined;
  /** Where the log file lies that the record came from. @default - not told */
  readonly logFile?: string | undefined;
  /** Where an access policy can be set back by a link. @default - the alert has commands alone */
  readonly wayBack?: WayBack | undefined;
  /** Nobody called: the alert is about what was seen, and says nothing of a caller. @default false */
  readonly isObserved?: boolean | undefined;
}
