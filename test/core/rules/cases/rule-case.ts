import type { Severity } from '../../../../core/base/severity';

/** What one rule has to say of one whole record. */
export interface RuleCase {
  readonly rule: string;
  /** A claim, unique within the rule. */
  readonly name: string;
  readonly record: unknown;
  /** The record of the call that left the configuration behind which held before. @default - not known */
  readonly before?: unknown;
  /** Of the rule's finding, after the outcome and the caller moved it; `none` where the rule must stay silent. */
  readonly severity: Severity | 'none';
}

type Row = readonly [name: string, severity: Severity | 'none', record: unknown, before?: unknown];

/** The cases of one rule. Those that differ in one thing stand next to each other. */
export function casesOf(rule: string, ...rows: readonly Row[]): readonly RuleCase[] {
  return rows.map(([name, severity, record, before]) => ({
    rule,
    name,
    severity,
    record,
    ...(before !== undefined && { before }),
  }));
}
