import { isCallOf, isOfService, type Calls } from '../base/event-source';

/** Calls of other services that are wanted as well. */
export type OtherCalls = Calls;

/** A record as CloudTrail wrote it; nothing of it is checked but what made it wanted. */
export type LogRecord = { readonly [field: string]: unknown };

/** What a log file says, as far as we are concerned. */
export interface LogFileContent {
  /** `records` for a log file. The others are CloudTrail's too, hold no configuration call and are skipped. */
  readonly kind: 'records' | 'digest' | 'aggregated';
  /** The file's records of the service, in the file's order. */
  readonly records: readonly LogRecord[];
  /** Its records of the other calls that were asked for, in the file's order. */
  readonly otherRecords: readonly LogRecord[];
  /** Size of the file's JSON in bytes, uncompressed. */
  readonly rawBytes: number;
  /** SHA-256 of it, in hex, where that was wanted. */
  readonly hash?: string;
}

/** What is wanted of `records`. */
export function sorted(records: readonly unknown[], others: Calls): Pick<LogFileContent, 'records' | 'otherRecords'> {
  return {
    records: records.filter(isOfService),
    otherRecords: records.filter((record): record is LogRecord => isCallOf(others, record)),
  };
}

export const isWanted = (record: unknown, others: Calls): record is LogRecord =>
  isOfService(record) || isCallOf(others, record);
