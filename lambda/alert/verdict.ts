import type { ConfigCall } from '../config-call';
import type { Finding } from '../findings';
import { plain } from '../plain-text';
import type { AlertSeverity } from '../severity';

/** What every rendering of an alert says. All texts are safe to show in plain text. */
export interface Verdict {
  readonly call: ConfigCall;
  readonly findings: readonly [Finding, ...Finding[]];
  readonly severity: AlertSeverity;
  /** The id of the most severe finding's rule. */
  readonly rule: string;
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
}

export function toVerdict(
  call: ConfigCall,
  findings: readonly [Finding, ...Finding[]],
  severity: AlertSeverity,
): Verdict {
  const eventName = plain(call.eventName, 100) || 'a call without a name';
  const caller = plain(call.caller.description, 250);
  const domain = call.domain.name && plain(call.domain.name, 100);
  const errorCode = call.errorCode && plain(call.errorCode, 100);
  const did = call.outcome === 'succeeded' ? 'called' : 'attempted';
  const ended = call.outcome === 'succeeded' ? '' : ` (${call.outcome}${errorCode ? `: ${errorCode}` : ''})`;
  const [worst] = findings;
  return {
    call,
    findings,
    severity,
    rule: worst.rule.id,
    sentence: `${caller} ${did} ${eventName}${domain ? ` on ${domain}` : ''}${ended}: ${plain(worst.evidence[0], 500)}`,
    eventName,
    caller,
    ...(domain && { domain }),
    accountId: plain(call.accountId, 20) || 'unknown account',
    region: plain(call.region, 30) || 'unknown region',
    outcome: `${call.outcome}${errorCode ? ` (${errorCode})` : ''}`,
  };
}
