/* Judgements made a report: by domain, with the exposure clock and totals. */

import { version } from '../../package.json';
import { plain } from '../base/plain-text';
import { SEVERITIES, type Severity } from '../base/severity';
import type { Trust } from '../base/trust';
import type { Call } from '../call';
import { periodsOf } from '../exposure';
import type { JudgedCall, LookedBack } from '../scan';
import { nameAndOwnerOf, toReportCall, type ReportCall } from './call';
import { toReportExposure, type ReportExposure } from './exposure';

export type { ReportCall, ReportFinding } from './call';
export type { ReportExposure } from './exposure';

/** What was looked at, and what became of it. The contract with whoever reads it: docs/report.schema.json. */
export interface Report {
  /** It changes when a member that readers may rely on does. */
  readonly schemaVersion: '1';
  readonly product: { readonly name: 'es-config-monitor'; readonly version: string };
  /** The time of the first and of the last call; `null` where there is none. */
  readonly from: string | null;
  readonly to: string | null;
  readonly inputs: ReportInputs;
  /** How many records of the service nothing is to be said of: reads that nobody watches, copies that are no call. */
  readonly ignored: number;
  readonly totals: Totals;
  /** Those that are worst first, then by name. */
  readonly domains: readonly ReportDomain[];
  /** Calls that are about no domain, in the order of time. */
  readonly otherCalls: readonly ReportCall[];
}

/** What was to be read. */
export interface ReportInputs {
  /** How many files, or answers, were read. */
  readonly read: number;
  /** Of those, how many of each kind hold no records to judge: `digest`, `aggregated`, `settings`. */
  readonly skipped: Readonly<Record<string, number>>;
  /** What could not be read, and why. */
  readonly unread: readonly { readonly name: string; readonly why: string }[];
}

/** How many calls there are of each severity that is told, and how many that are not told. */
export type Totals = Readonly<Record<Exclude<Severity, 'INFORMATIONAL'> | 'informational' | 'suppressed', number>>;

export interface ReportDomain {
  readonly name: string;
  /** The account that owns it. */
  readonly account: string;
  /** What people call the account. @default - the settings do not tell */
  readonly accountName?: string;
  /** Whose it is. @default - the settings do not tell */
  readonly owner?: string;
  readonly region: string;
  readonly arn: string | null;
  readonly totals: Totals;
  /** In the order of time. */
  readonly calls: readonly ReportCall[];
  /** Without a gap, in the order of time, from the first call that tells to the deletion of the domain. */
  readonly exposures: readonly ReportExposure[];
}

/**
 * @param baseline what domains had before the first call, as `LookBack.judged` was given
 */
export function toReport(
  { calls, ignored }: LookedBack,
  inputs: ReportInputs,
  trust: Trust,
  baseline: readonly Call[] = [],
): Report {
  const told = calls.filter(({ disposition }) => disposition !== 'ignored');
  const domains = [...byDomain(calls, baseline).values()].map((domain) => toReportDomain(domain, trust));
  return {
    schemaVersion: '1',
    product: { name: 'es-config-monitor', version },
    from: told[0] ? plain(told[0].call.eventTime, 40) : null,
    to: told.length > 0 ? plain(told.at(-1)?.call.eventTime ?? '', 40) : null,
    inputs: {
      ...inputs,
      unread: inputs.unread.map(({ name, why }) => ({ name: plain(name, 1000), why: plain(why, 1000) })),
    },
    ignored,
    totals: totalsOf(told),
    domains: domains.filter((domain) => domain.calls.length > 0 || domain.exposures.length > 0).toSorted(worstFirst),
    otherCalls: told.filter(({ call }) => call.domain?.name === undefined).map(toReportCall),
  };
}

interface CallsOfDomain {
  readonly calls: JudgedCall[];
  readonly baseline?: Call;
}

/** By its ARN, which tells account and region as well. */
function byDomain(calls: readonly JudgedCall[], baseline: readonly Call[]): ReadonlyMap<string, CallsOfDomain> {
  const domains = new Map<string, CallsOfDomain>(
    baseline.map((call) => [call.domain?.arn ?? '', { calls: [], baseline: call }]),
  );
  for (const judged of calls) {
    const { name, arn } = judged.call.domain ?? {};
    if (name === undefined) continue;
    const key = arn ?? name;
    const domain = domains.get(key) ?? { calls: [] };
    domain.calls.push(judged);
    domains.set(key, domain);
  }
  return domains;
}

function toReportDomain({ calls, baseline }: CallsOfDomain, trust: Trust): ReportDomain {
  const first = calls[0]?.call ?? baseline;
  const name = plain(first?.domain?.name ?? '', 100);
  const told = calls.filter(({ disposition }) => disposition !== 'ignored');
  const periods = periodsOf(
    calls.map(({ call }) => call),
    trust,
    baseline,
  );
  return {
    name,
    account: plain(first?.domain?.accountId ?? '', 20),
    ...nameAndOwnerOf(calls[0]?.whose),
    region: plain(first?.region ?? '', 30),
    arn: first?.domain?.arn === undefined ? null : plain(first.domain.arn, 300),
    totals: totalsOf(told),
    calls: told.map(toReportCall),
    exposures: periods.map((period, at) => toReportExposure(name, period, periods[at + 1])),
  };
}

/** How many of the calls are of each severity. */
function totalsOf(calls: readonly Pick<JudgedCall, 'alert' | 'disposition'>[]): Totals {
  const totals = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, informational: 0, suppressed: 0 };
  for (const { alert, disposition } of calls) {
    if (alert) totals[alert.severity] += 1;
    else if (disposition === 'informational' || disposition === 'suppressed') totals[disposition] += 1;
  }
  return totals;
}

function worstFirst(a: ReportDomain, b: ReportDomain): number {
  for (const severity of SEVERITIES.toReversed()) {
    if (severity === 'INFORMATIONAL') continue;
    if (a.totals[severity] !== b.totals[severity]) return b.totals[severity] - a.totals[severity];
  }
  return a.name < b.name ? -1 : a.name > b.name ? 1 : (a.arn ?? '') < (b.arn ?? '') ? -1 : 1;
}
