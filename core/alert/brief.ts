import { redactorOf, type Call } from '../call';
import type { Change } from '../domain';
import type { Finding } from '../findings';
import { plain } from '../base/plain-text';
import type { AlertSeverity } from '../base/severity';
import { changeLines, restoreCommand } from './before-and-after';
import { LEVELS } from './detail';

/** What every rendering of an alert says. Its own texts are safe to show in plain text; those of `call` are as recorded. */
export interface Brief {
  readonly call: Call;
  /** As judged, without the secrets their evidence may quote. */
  readonly findings: readonly [Finding, ...Finding[]];
  readonly severity: AlertSeverity;
  /** The id of the most severe finding's rule. */
  readonly rule: string;
  /** The title of the most severe finding's rule, marked where the call did not succeed. */
  readonly title: string;
  /** Who called what on which domain, and the worst of it, in one sentence without a full stop. */
  readonly sentence: string;
  readonly eventName: string;
  readonly caller: string;
  /** The name of the domain; `undefined` for a call that is about none. */
  readonly domain?: string;
  readonly accountId: string;
  readonly region: string;
  /** `succeeded`, `denied` or `failed`, with the error code where there is one. */
  readonly outcome: string;
  readonly errorMessage?: string;
  /** What changed, a clause for each setting; empty where what held before is not known. */
  readonly changes: readonly string[];
  /** The command that sets back what changed, where that is known and short enough to paste. */
  readonly restore?: string;
  /** Set where the alert stands for a burst of such calls. */
  readonly burst?: Counted;
}

/** Calls of one burst that are told together. */
export interface Counted {
  /** The uid of the alert that tells them. */
  readonly uid: string;
  /** How many are known so far. */
  readonly calls: number;
}

/**
 * @param findings those to be told, worst first
 * @param severity that of the worst
 */
export function toBrief(
  call: Call,
  findings: readonly [Finding, ...Finding[]],
  severity: AlertSeverity,
  change?: Change,
  burst?: Counted,
): Brief {
  const { quoted: redacted, written } = redactorOf(call);
  const [worst, ...others] = findings;
  const eventName = plain(call.eventName, 100) || 'a call without a name';
  const caller = plain(call.caller.description, 250);
  const domain = plain(call.domain.name ?? '', 100);
  const errorCode = plain(call.errorCode ?? '', 100);
  const errorMessage = plain(written(call.errorMessage ?? ''), 500);
  const restore = change && restoreCommand(call, change);
  const says = plain(redacted(worst.evidence[0]), 500);
  const did = call.outcome === 'succeeded' ? 'called' : 'attempted';
  return {
    call,
    findings: [withEvidence(worst, redacted), ...others.map((finding) => withEvidence(finding, redacted))],
    severity,
    rule: worst.rule.id,
    title: titleOf(worst, call),
    sentence: `${caller} ${did} ${eventName}${domain && ` on ${domain}`}${endOf(call, errorCode)}: ${says}${burst ? countOf(burst, call) : ''}`,
    eventName,
    caller,
    ...(domain && { domain }),
    accountId: plain(call.accountId, 20) || 'unknown account',
    region: plain(call.region, 30) || 'unknown region',
    outcome: `${call.outcome}${errorCode && ` (${errorCode})`}`,
    ...(errorMessage && { errorMessage }),
    changes: change ? changeLines(change).map(redacted) : [],
    ...(restore !== undefined && redacted(restore) === restore && { restore }),
    ...(burst && { burst }),
  };
}

/** What is not told at any level of detail is not looked at for secrets either: only its number counts. */
function withEvidence(finding: Finding, redacted: (text: string) => string): Finding {
  const [first, ...more] = finding.evidence;
  const others = more.map((piece, at) => (at < LEVELS[0].evidence ? redacted(piece) : ''));
  return { ...finding, evidence: [redacted(first), ...others] };
}

/** The title of a finding's rule. Titles tell what was done, and a call that did not succeed did not do it. */
export function titleOf({ rule }: Finding, { outcome }: Call): string {
  if (outcome === 'succeeded') return rule.title;
  // An acronym keeps its capitals.
  const isAcronym = /^[A-Z]{2}/.test(rule.title);
  return `Attempted: ${isAcronym ? rule.title : rule.title.charAt(0).toLowerCase() + rule.title.slice(1)}`;
}

/** Why a finding matters. */
export function whyOf({ rule }: Finding, { outcome }: Call): string {
  return outcome === 'succeeded' ? rule.why : `Had it succeeded: ${rule.why}`;
}

/** Evidence, too, tells what the call does. */
function endOf({ outcome }: Call, errorCode: string): string {
  if (outcome === 'succeeded') return '';
  const code = errorCode && ` (${errorCode})`;
  return `, which ${outcome === 'denied' ? 'was denied' : 'failed'}${code}; had it succeeded`;
}

function countOf({ calls }: Counted, { eventTime }: Call): string {
  return `; ${calls} such calls of this caller were denied so far in the hour from ${plain(eventTime.slice(0, 13), 13)}:00Z, and more of them are counted only`;
}
