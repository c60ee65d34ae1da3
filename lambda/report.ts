import type { LogFileRef, Skipped } from '../core/notification';
import type { Delivered } from './delivery';
import type { Followed } from './digests';

/** What became of one announced object or of one notification. */
export type Report =
  ScannedReport | JudgedReport | SkippedReport | FollowedReport | CheckedReport | FailedReport | ForgottenReport;

/** A log file that was read and judged. It counts as failed where an alert could not be published. */
export interface ScannedReport extends Omit<Delivered, 'judgedTooEarly'> {
  readonly outcome: 'scanned';
  readonly logFile: LogFileRef;
  /** It was scanned before, and is scanned again because an earlier call of one of its domains arrived after it. */
  readonly isAgain: boolean;
  /** A digest lists it, and it is scanned again because of that. @default false */
  readonly isCheck?: boolean;
  readonly rawBytes: number;
  /** As of a failed one. @default - it came by hand */
  readonly messageId?: string;
}

/** A record that came as an event, and was judged. It counts as failed where its alert could not be published. */
export interface JudgedReport extends Omit<Delivered, 'judgedTooEarly' | 'place'> {
  readonly outcome: 'judged';
  readonly messageId?: string;
}

/** An object that is no log file. */
export interface SkippedReport {
  readonly outcome: 'skipped';
  readonly object: Pick<Skipped, 'bucket' | 'key'>;
  readonly why: string;
}

/** A digest, whose log files are to be checked. */
export interface FollowedReport extends Followed {
  readonly outcome: 'followed';
  readonly object: Pick<Skipped, 'bucket' | 'key'>;
  readonly messageId?: string;
}

/** Log files that a digest lists, held to it. */
export interface CheckedReport {
  readonly outcome: 'checked';
  readonly digest: string;
  readonly intact: number;
  readonly missing: number;
  readonly altered: number;
  readonly messageId?: string;
}

/** A notification or a log file that could not be read, or a record that could not be judged, or not in time. */
export interface FailedReport {
  readonly outcome: 'failed';
  readonly logFile?: LogFileRef;
  /** As of a scanned one. @default false */
  readonly isAgain?: boolean;
  /** It is a record that came as an event. @default false */
  readonly isRecord?: boolean;
  readonly error: unknown;
  /** The queue's message, as it lies in the dead-letter queue in the end. @default - it came by hand */
  readonly messageId?: string;
}

/** Of so many announced objects nothing was told when the message was done: a fault of the monitor itself. */
export interface ForgottenReport {
  readonly outcome: 'forgotten';
  readonly count: number;
  readonly messageId?: string;
}
