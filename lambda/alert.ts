import { chatNotification } from './alert/chat';
import { detectionFinding, type DetectionFinding } from './alert/detection-finding';
import { emailText } from './alert/email';
import { FULL, LEVELS, type Detail } from './alert/detail';
import { smsText } from './alert/sms';
import { toVerdict, type Verdict } from './alert/verdict';
import type { ConfigCall } from './config-call';
import type { Finding } from './findings';
import { ascii } from './plain-text';
import { ALERT_SEVERITIES, type AlertSeverity } from './severity';

/** What is published about one configuration call. Deterministic: one record always makes the same alert. */
export interface Alert {
  /** The same for every copy of the call, and that of `body.finding_info.uid`. */
  readonly uid: string;
  /** That of the most severe finding. */
  readonly severity: AlertSeverity;
  /** For e-mail: printable ASCII, at most 99 characters, begins with the severity. */
  readonly subject: string;
  /** The machine body: an OCSF Detection Finding. */
  readonly body: DetectionFinding;
  /** The text of the e-mail. */
  readonly email: string;
  /** SNS's `Message` for `MessageStructure: 'json'`: one text for each kind of subscription. */
  readonly message: string;
  /** SNS's message attributes: for filter policies, all texts. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** The version of what subscribers read: it changes when a field they may rely on does. */
export const SCHEMA_VERSION = '1';

/** SNS takes 262,144 bytes of message and attributes together. */
export const MAX_MESSAGE_BYTES = 256 * 1024;

/** Attributes are short: names, types and values of all of them stay well under this. */
const ATTRIBUTE_BYTES = 4 * 1024;

/**
 * The alert for a call, `undefined` where nothing of its findings is to be sent: none, all suppressed, or all
 * `INFORMATIONAL`.
 */
export function toAlert(call: ConfigCall, findings: readonly Finding[]): Alert | undefined {
  const told = findings.filter(({ severity, suppressedBy }) => !suppressedBy && severity !== 'INFORMATIONAL');
  const [worst, ...others] = told;
  const severity = ALERT_SEVERITIES.find((level) => level === worst?.severity);
  if (worst === undefined || severity === undefined) return undefined;

  const verdict = toVerdict(call, [worst, ...others], severity);
  const detail = LEVELS.find((level) => bytesOf(messageOf(verdict, level)) <= MAX_MESSAGE_BYTES - ATTRIBUTE_BYTES);
  const fitting = detail ?? LEVELS.at(-1) ?? FULL;
  const body = detectionFinding(verdict, fitting);
  const { accountId, domain, eventName, region, rule } = verdict;
  return {
    uid: body.finding_info.uid,
    severity,
    subject: ascii(`${severity}: ${rule} - ${eventName}${domain ? ` on ${domain}` : ''} (${accountId} ${region})`, 99),
    body,
    email: emailText(verdict, fitting),
    message: messageOf(verdict, fitting),
    attributes: present({
      severity,
      ruleId: rule,
      eventName,
      accountId,
      region,
      domainName: domain,
      outcome: call.outcome,
      schemaVersion: SCHEMA_VERSION,
    }),
  };
}

function messageOf(verdict: Verdict, detail: Detail): string {
  return JSON.stringify({
    default: JSON.stringify(detectionFinding(verdict, detail)),
    email: emailText(verdict, detail),
    https: JSON.stringify(chatNotification(verdict)),
    sms: smsText(verdict),
  });
}

const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8');

/** SNS refuses empty attributes and letters outside the basic plane. */
function present(attributes: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) => (value ? [[name, ascii(value, 128)]] : [])),
  );
}
