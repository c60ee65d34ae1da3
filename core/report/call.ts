import { isAbsent } from '../base/members';
import { plain } from '../base/plain-text';
import type { Severity } from '../base/severity';
import { redactorOf, type Call } from '../call';
import type { Change } from '../domain';
import type { Finding } from '../findings';
import type { Disposition, JudgedCall, Source } from '../scan';

/** A call in a report. All its texts are safe to show and hold no secrets. */
export interface ReportCall {
  /** The same for every copy of the call. */
  readonly uid: string;
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly eventName: string;
  readonly outcome: Call['outcome'];
  readonly errorCode?: string;
  readonly disposition: Disposition;
  /** That of the worst finding; `null` where nothing is to be said of the call. */
  readonly severity: Severity | null;
  /** Who called what, and the worst of it, in a sentence without a full stop. */
  readonly sentence: string;
  readonly caller: ReportCaller;
  readonly sourceIPAddress?: string;
  readonly userAgent?: string;
  readonly account: string;
  /** What people call the account. @default - the settings do not tell */
  readonly accountName?: string;
  /** Whose it is. @default - the settings do not tell */
  readonly owner?: string;
  readonly region: string;
  readonly eventID?: string;
  /** Worst first. */
  readonly findings: readonly ReportFinding[];
  /** What changed, a clause for each setting; empty where what held before is not known. */
  readonly changes: readonly string[];
  /** The same by the values. */
  readonly differences: readonly ReportDifference[];
  /** The command that sets back what changed. @default - none is known */
  readonly restore?: string;
  /** The file its record was found in. */
  readonly source: string;
  /** The same with its place in there, and those of its copies. */
  readonly sources: readonly Source[];
}

export interface ReportCaller {
  readonly description: string;
  readonly type: string;
  readonly arn?: string;
  /** The account of the caller; that of the domain may be another. */
  readonly account?: string;
}

export interface ReportFinding {
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  /** How the severity came about: `LOW: the call was denied`. */
  readonly steps: readonly string[];
  readonly evidence: readonly string[];
  readonly why: string;
  readonly advice: string;
  /** Why it is hidden, and until when. @default - it is not */
  readonly suppressed?: string;
}

export interface ReportDifference {
  /** `domainEndpointOptions.enforceHTTPS` */
  readonly setting: string;
  /** `null` where it had no value, or none that is known. */
  readonly before: string | null;
  readonly after: string;
}

const LONGEST_VALUE = 20_000;
const MOST_EVIDENCE = 20;

export function toReportCall({ call, findings, disposition, alert, change, sources, whose }: JudgedCall): ReportCall {
  const redacted = redactorOf(call).quoted;
  const [worst] = findings;
  const restore = alert?.restoreCommand;
  return {
    uid: plain(call.uid, 128),
    time: plain(call.eventTime, 40),
    eventName: plain(call.eventName, 100) || 'a call without a name',
    outcome: call.outcome,
    ...optionalText('errorCode', call.errorCode, 100),
    disposition,
    severity: alert?.severity ?? worst?.severity ?? null,
    sentence: alert?.sentence ?? sentenceOf(call, worst, redacted),
    caller: {
      description: plain(call.caller.description, 250),
      type: plain(call.caller.type, 50),
      ...optionalText('arn', call.caller.arn, 512),
      ...optionalText('account', call.caller.accountId, 20),
    },
    ...optionalText('sourceIPAddress', call.sourceIPAddress, 100),
    ...optionalText('userAgent', call.userAgent, 256),
    account: plain(call.accountId, 20),
    ...nameAndOwnerOf(whose),
    region: plain(call.region, 30),
    ...optionalText('eventID', call.eventID, 100),
    findings: findings.map((finding) => toReportFinding(finding, redacted)),
    changes: alert?.changes ?? [],
    differences: differencesOf(change, redacted),
    ...(restore !== undefined && { restore }),
    source: plain(sources[0].name, 1000),
    sources: sources.map(({ name, position }) => ({ name: plain(name, 1000), position })),
  };
}

/** What an alert would say, were there one. */
function sentenceOf(call: Call, worst: Finding | undefined, redacted: (text: string) => string): string {
  const domain = plain(call.domain?.name ?? '', 100);
  const did = call.outcome === 'succeeded' ? 'called' : 'attempted';
  const says = worst ? `: ${plain(redacted(worst.evidence[0].says), 500)}` : '';
  return `${plain(call.caller.description, 250)} ${did} ${plain(call.eventName, 100)}${domain && ` on ${domain}`}${says}`;
}

function toReportFinding(
  { rule, severity, steps, evidence, suppressedBy }: Finding,
  redacted: (text: string) => string,
): ReportFinding {
  return {
    rule: rule.id,
    title: rule.title,
    severity,
    steps: steps.map(({ to, because }) => plain(`${to}: ${because}`, 300)),
    evidence: evidence.slice(0, MOST_EVIDENCE).map(({ says }) => plain(redacted(says), 1000)),
    why: rule.why,
    advice: rule.remediation.text,
    ...(suppressedBy && { suppressed: plain(`until ${suppressedBy.expires}: ${suppressedBy.reason}`, 500) }),
  };
}

function differencesOf(change: Change | undefined, redacted: (text: string) => string): readonly ReportDifference[] {
  const shown = (value: unknown): string =>
    plain(redacted(typeof value === 'string' ? value : (JSON.stringify(value) ?? '')), LONGEST_VALUE);
  return (change?.differences ?? []).map(({ path, before, after }) => ({
    setting: plain(path.join('.'), 200),
    before: isAbsent(before) ? null : shown(before),
    after: shown(after),
  }));
}

/** What the settings call the account, and whose it is. */
export const nameAndOwnerOf = (whose: JudgedCall['whose']) => ({
  ...optionalText('accountName', whose?.account?.name, 100),
  ...optionalText('owner', whose?.owner, 64),
});

function optionalText<Name extends string>(
  name: Name,
  value: string | undefined,
  most: number,
): { [N in Name]?: string } {
  const text = plain(value ?? '', most);
  return text === '' ? {} : ({ [name]: text } as { [N in Name]?: string });
}
