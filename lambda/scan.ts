import { toAlert, type Alert } from './alert';
import { toConfigCall, type ConfigCall } from './config-call';
import { evaluate, type Finding } from './findings';
import { readRecords, type LogFileContent } from './log-file';
import type { Settings } from './settings';

/** One log file, from bytes to verdicts. */
export interface Scan {
  /** `records` for a log file; what is none of ours to read has no judgements. */
  readonly kind: LogFileContent['kind'];
  /** Size of the file's JSON in bytes, uncompressed. */
  readonly rawBytes: number;
  /** One for each es.amazonaws.com record, in the file's order. */
  readonly judgements: readonly Judgement[];
}

export interface Judgement {
  /** `undefined` for a copy of a call outside the management events, which is not judged again. */
  readonly call?: ConfigCall;
  readonly findings: readonly Finding[];
  readonly disposition: Disposition;
  /** Set where the disposition is `alerted`. */
  readonly alert?: Alert;
}

/**
 * What became of a record: `ignored` reads and calls nobody watches; `informational` findings that are counted only;
 * `suppressed` ones that would have been sent; `alerted` the others.
 */
export type Disposition = 'ignored' | 'informational' | 'suppressed' | 'alerted';

/** How many records met each fate: together, all es.amazonaws.com records of the file. */
export type Counts = Readonly<Record<Disposition, number>>;

/**
 * Judges every call in a log file.
 * @throws Error when the file cannot be read whole
 */
export async function scan(bytes: Uint8Array, settings: Settings): Promise<Scan> {
  const { kind, rawBytes, records } = await readRecords(bytes);
  return { kind, rawBytes, judgements: records.map((record) => judge(record, settings)) };
}

export function judge(record: unknown, settings: Settings): Judgement {
  const call = toConfigCall(record);
  if (call === undefined) return { findings: [], disposition: 'ignored' };
  const findings = evaluate(call, settings);
  const alert = toAlert(call, findings);
  return { call, findings, disposition: dispositionOf(findings, alert), ...(alert && { alert }) };
}

function dispositionOf(findings: readonly Finding[], alert: Alert | undefined): Disposition {
  if (alert) return 'alerted';
  if (findings.length === 0) return 'ignored';
  const isHidden = findings.some(({ suppressedBy, severity }) => suppressedBy && severity !== 'INFORMATIONAL');
  return isHidden ? 'suppressed' : 'informational';
}

export function countsOf(judgements: readonly Judgement[]): Counts {
  const counts = { ignored: 0, informational: 0, suppressed: 0, alerted: 0 };
  for (const { disposition } of judgements) counts[disposition]++;
  return counts;
}
