import { CALLS_ON_ANY, WATCHED_CALLS } from '../base/watched-calls';
import { readRecords, type LogFileContent } from '../log-file';
import type { Criteria } from '../settings';
import type { History } from './history';
import { judgeAll, type Judged } from './judge-all';

/** One log file, from bytes to verdicts. What is none of ours to read has no judgements. */
export interface Scan extends Judged, Pick<LogFileContent, 'kind' | 'rawBytes'> {}

/**
 * Judges every call in a log file. With a history, each call is judged against what held before it, and recorded.
 * @param logFile where the bytes were read from, where alerts are to tell it
 * @throws Error when the file cannot be read whole, or the history cannot be reached
 */
export async function scan(bytes: Uint8Array, criteria: Criteria, history?: History, logFile?: string): Promise<Scan> {
  const others = criteria.watched.length > 0 ? WATCHED_CALLS : CALLS_ON_ANY;
  const { kind, rawBytes, records, otherRecords } = await readRecords(bytes, { others });
  return { kind, rawBytes, ...(await judgeAll([...records, ...otherRecords], criteria, history, logFile)) };
}
