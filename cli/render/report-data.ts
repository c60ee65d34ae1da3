import type { Report, ReportCall } from '../../core/report';

/** What the page of a report is made of: a report in fewer bytes, its details apart. */
export interface PageData {
  readonly product: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly read: number;
  readonly unread: readonly { readonly name: string; readonly why: string }[];
  readonly domains: readonly PageDomain[];
  /** The callers' descriptions, which many calls share. */
  readonly callers: readonly string[];
  /** What rules say, by their ids. */
  readonly rules: Readonly<Record<string, { readonly title: string; readonly why: string; readonly advice: string }>>;
  /** In the order of time. */
  readonly calls: readonly PageCall[];
  /** How many calls share one block of details. */
  readonly detailsInChunk: number;
}

export interface PageDomain {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly exposures: readonly PageExposure[];
}

export interface PageExposure {
  readonly from: string | null;
  readonly to: string | null;
  readonly exposure: string;
  readonly isOpen: boolean;
  readonly sentence: string;
}

export interface PageCall {
  readonly uid: string;
  readonly time: string;
  readonly event: string;
  readonly outcome: string;
  /** `null` where nothing is to be said of the call. */
  readonly severity: string | null;
  readonly disposition: string;
  /** The worst that was seen. */
  readonly says: string;
  /** Index of the domain; `null` for none. */
  readonly domain: number | null;
  /** Index of the caller's description. */
  readonly caller: number;
  readonly rules: readonly string[];
}

/** What is shown when somebody opens a call. */
export interface PageDetails {
  readonly sentence: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly evidence: readonly string[];
    readonly steps: readonly string[];
    readonly suppressed?: string;
  }[];
  readonly changes: readonly string[];
  readonly differences: readonly { readonly setting: string; readonly before: string | null; readonly after: string }[];
  readonly restore?: string;
}

const DETAILS_IN_CHUNK = 500;

/** A report as its page takes it: what all calls show, and in blocks what each shows when it is opened. */
export function toPageData(report: Report): {
  readonly data: PageData;
  readonly details: readonly (readonly PageDetails[])[];
} {
  const calls = [
    ...report.domains.flatMap((domain, at) => domain.calls.map((call) => ({ call, domain: at }))),
    ...report.otherCalls.map((call) => ({ call, domain: null })),
  ].toSorted((a, b) => (a.call.time < b.call.time ? -1 : a.call.time > b.call.time ? 1 : 0));
  const callers = new Map<string, number>();
  const rules: Record<string, PageData['rules'][string]> = {};
  for (const { call } of calls) {
    if (!callers.has(call.caller.description)) callers.set(call.caller.description, callers.size);
    for (const { rule, title, why, advice } of call.findings) rules[rule] ??= { title, why, advice };
  }
  const details = calls.map(({ call }) => detailsOf(call));
  return {
    data: {
      product: `${report.product.name} ${report.product.version}`,
      from: report.from,
      to: report.to,
      read: report.inputs.read,
      unread: report.inputs.unread,
      domains: report.domains.map(({ name, account, region, exposures }) => ({
        name,
        account,
        region,
        exposures: exposures.map(({ from, to, exposure, isOpen, sentence }) => ({
          from,
          to,
          exposure,
          isOpen,
          sentence,
        })),
      })),
      callers: [...callers.keys()],
      rules,
      calls: calls.map(({ call, domain }) => ({
        uid: call.uid,
        time: call.time,
        event: call.eventName,
        outcome: call.outcome,
        severity: call.severity,
        disposition: call.disposition,
        says: call.findings[0]?.evidence[0] ?? '',
        domain,
        caller: callers.get(call.caller.description) ?? 0,
        rules: [...new Set(call.findings.map(({ rule }) => rule))],
      })),
      detailsInChunk: DETAILS_IN_CHUNK,
    },
    details: Array.from({ length: Math.ceil(details.length / DETAILS_IN_CHUNK) }, (_, chunk) =>
      details.slice(chunk * DETAILS_IN_CHUNK, (chunk + 1) * DETAILS_IN_CHUNK),
    ),
  };
}

function detailsOf(call: ReportCall): PageDetails {
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Outcome', call.errorCode === undefined ? call.outcome : `${call.outcome} (${call.errorCode})`],
    ['Caller', call.caller.description],
    ['ARN', call.caller.arn],
    ['From', call.sourceIPAddress],
    ['With', call.userAgent],
    ['Account', call.accountName === undefined ? call.account : `${call.account} (${call.accountName})`],
    ['Owner', call.owner],
    ['Region', call.region],
    ['Event', call.eventID],
    ['File', call.sources[0]?.name],
  ];
  return {
    sentence: call.sentence,
    facts: facts.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [[label, value] as const])),
    findings: call.findings.map(({ rule, severity, evidence, steps, suppressed }) => ({
      rule,
      severity,
      evidence,
      steps,
      ...(suppressed !== undefined && { suppressed }),
    })),
    changes: call.changes,
    differences: call.differences,
    ...(call.restore !== undefined && { restore: call.restore }),
  };
}
