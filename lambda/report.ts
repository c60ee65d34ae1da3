import type { LogFileRef, Skipped } from '../core/notification';
import type { Delivered } from './delivery';

/** What became of one announced object or of one notification. */
export type Report = ScannedReport | SkippedReport | FailedReport;

/** A log file that was read and judged. It counts as failed where an alert could not be published. */
export interface ScannedReport extends Omit<Delivered, 'judgedTooEarly'> {
  readonly outcome: 'scanned';
  readonly logFile: LogFileRef;
  /** It was scanned before, and is scanned again because an earlier call of one of its domains arrived after it. */
  readonly isAgain: boolean;
  readonly rawBytes: number;
}

/** An object that is no log file. */
export interface SkippedReport {
  readonly outcome: 'skipped';
  readonly object: Pick<Skipped, 'bucket' | 'key'>;
  readonly why: string;
}

/** A notification or a log file that could not be read. */
export interface FailedReport {
  readonly outcome: 'failed';
  readonly logFile?: LogFileRef;
  readonly error: unknown;
}
