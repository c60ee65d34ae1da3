import { isOfService, withoutVersion } from '../base/event-source';
import { isObject } from '../base/members';

/** A record as CloudTrail wrote it; nothing of it is checked but what made it wanted. */
export type LogRecord = { readonly [field: string]: unknown };

/** Calls of other services, by event source: the names of operations, without the API version that some services append. */
export type OtherCalls = Readonly<Record<string, readonly string[]>>;

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
}

/** What is wanted of `records`. */
export function sorted(
  records: readonly unknown[],
  others: OtherCalls,
): Pick<LogFileContent, 'records' | 'otherRecords'> {
  return {
    records: records.filter(isOfService),
    otherRecords: records.filter((record): record is LogRecord => isOther(record, others)),
  };
}

export const isWanted = (record: unknown, others: OtherCalls): record is LogRecord =>
  isOfService(record) || isOther(record, others);

/** A call of the service is not another's, whatever was asked for. */
function isOther(record: unknown, others: OtherCalls): record is LogRecord {
  if (!isObject(record) || isOfService(record)) return false;
  const { eventSource, eventName } = record;
  if (typeof eventSource !== 'string' || typeof eventName !== 'string') return false;
  return Object.hasOwn(others, eventSource) && others[eventSource]?.includes(withoutVersion(eventName)) === true;
}
