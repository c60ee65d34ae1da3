import type { LogFileRef, Skipped } from '../core/notification';
import type { Delivered } from './delivery';

/** What became of one announced object or of one notification. */
export type Report = ScannedReport | SkippedReport | FailedReport | ForgottenReport;

/** A log file that was read and judged. It counts as failed where an alert could not be published. */
export interface ScannedReport extends Omit<Delivered, 'judgedTooEarly'> {
  readonly outcome: 'scanned';
  readonly logFile: LogFileRef;
  /** It was scanned before, and is scanned again because an earlier call of one of its domains arrived after it. */
  readonly isAgain: boolean;
  readonly rawBytes: number;
  /** As of a failed one. @default - it came by hand */
  readonly messageId?: string;
}

/** An object that is no log file. */
export interface SkippedReport {
  readonly outcome: 'skipped';
  readonly object: Pick<Skipped, 'bucket' | 'key'>;
  readonly why: string;
}

/** A notification or a log file that could not be read, or not in time. */
export interface FailedReport {
  readonly outcome: 'failed';
  readonly logFile?: LogFileRef;
  /** As of a scanned one. @default false */
  readonly isAgain?: boolean;
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
