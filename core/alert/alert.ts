import { chatNotification } from './chat';
import { detectionFinding, type DetectionFinding } from './detection-finding';
import { emailText } from './email';
import { LEVELS, type Detail } from './detail';
import { lengthOf } from './length';
import { smsText } from './sms';
import { subjectOf } from './subject';
import { toBrief, type Brief } from './brief';
import { toHead, type Head } from './head';
import type { AlertOptions } from './options';
import type { Call } from '../call';
import type { Finding } from '../findings';
import { lazily } from '../base/lazily';
import { optional } from '../base/members';
import { ascii } from '../base/plain-text';
import { ALERT_SEVERITIES, type AlertSeverity } from '../base/severity';

/**
 * What is published about one configuration call. Deterministic: one record always makes the same alert. Its texts are made
 * when they are first asked for: most alerts were sent before, or are printed in one form alone.
 */
export interface Alert {
  /** The same for every copy of the call, and that of `body.finding_info.uid`. */
  readonly uid: string;
  /** That of the most severe finding. */
  readonly severity: AlertSeverity;
  /** Who called what on which domain, and the worst of it, in one sentence without a full stop. */
  readonly sentence: string;
  /** What changed, a clause for each setting; empty where what held before is not known. */
  readonly changes: readonly string[];
  /** Sets back what changed. `undefined` where nothing may be set back, or what held before is not known. */
  readonly restoreCommand: string | undefined;
  /** For e-mail: printable ASCII, at most 99 characters, begins with the severity. */
  readonly subject: string;
  /** The machine body: an OCSF Detection Finding. */
  readonly body: DetectionFinding;
  /** The text of the e-mail. */
  readonly email: string;
  /** SNS's `Message` for `MessageStructure: 'json'`: one text for each kind of subscription. */
  readonly message: string;
  /** The owner who is told as well. @default - nobody's, or milder than the owner wants to hear of */
  readonly owner?: string;
  /** SNS's message attributes: for filter policies, all texts. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** The version of what subscribers read: it changes when a field they may rely on does. */
const SCHEMA_VERSION = '1';

/** SNS takes 262,144 bytes of message and attributes together. */
const MAX_MESSAGE_BYTES = 256 * 1024;

/** Attributes are short: names, types and values of all of them stay well under this. */
const ATTRIBUTE_BYTES = 4 * 1024;

/** As many characters, of those that `lengthOf` counts, fit whatever they are. */
const SURELY_FITS = 8000;

/**
 * The alert for a call, `undefined` where nothing of its findings is to be sent: none, all suppressed, or all
 * `INFORMATIONAL`.
 */
export function toAlert(call: Call, findings: readonly Finding[], options: AlertOptions = {}): Alert | undefined {
  const [worst, ...others] = mentionedIn(findings);
  const severity = ALERT_SEVERITIES.find((level) => level === worst?.severity);
  if (worst === undefined || severity === undefined) return undefined;

  const head = toHead(call, worst, severity, options);
  const brief = lazily(() => toBrief(head, call, [worst, ...others], options));
  const draft = lazily(() => drafted(brief()));
  return {
    uid: head.uid,
    severity,
    ...optional('owner', head.isForOwner ? head.owner : undefined),
    get sentence() {
      return brief().sentence;
    },
    get changes() {
      return brief().changes;
    },
    get restoreCommand() {
      return brief().restore?.command;
    },
    get subject() {
      return subjectOf(brief());
    },
    get body() {
      return draft().body;
    },
    get email() {
      return draft().email;
    },
    get message() {
      return draft().message;
    },
    get attributes() {
      return attributesOf(call, head);
    },
  };
}

/** The findings people hear of. */
export function mentionedIn(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ severity, suppressedBy }) => !suppressedBy && severity !== 'INFORMATIONAL');
}

/**
 * The renderings at the highest level of detail that SNS takes, each made when it is first asked for: unless there is much to
 * tell, nobody has to make all of them to know that they fit.
 */
function drafted(brief: Brief): Draft {
  const [fullest, ...leaner] = LEVELS;
  const draft = draftOf(brief, fullest);
  if (lengthOf(brief) <= SURELY_FITS) return draft;
  return leaner.reduce((last, level) => (fits(last) ? last : draftOf(brief, level)), draft);
}

type Draft = Pick<Alert, 'body' | 'email' | 'message'>;

function draftOf(brief: Brief, detail: Detail): Draft {
  const body = lazily(() => detectionFinding(brief, detail));
  const email = lazily(() => emailText(brief, detail));
  const message = lazily(() =>
    JSON.stringify({
      default: JSON.stringify(body()),
      email: email(),
      https: JSON.stringify(chatNotification(brief)),
      sms: smsText(brief),
    }),
  );
  return {
    get body() {
      return body();
    },
    get email() {
      return email();
    },
    get message() {
      return message();
    },
  };
}

const fits = ({ message }: Draft): boolean => Buffer.byteLength(message, 'utf8') <= MAX_MESSAGE_BYTES - ATTRIBUTE_BYTES;

/** SNS refuses empty attributes and letters outside the basic plane. */
function attributesOf({ outcome }: Call, head: Head): Record<string, string> {
  const { severity, rule, eventName, accountId, region, domain, owner, isForOwner } = head;
  const values = {
    severity,
    ruleId: rule,
    eventName,
    accountId,
    region,
    domainName: domain,
    outcome,
    owner: isForOwner ? owner : undefined,
    schemaVersion: SCHEMA_VERSION,
  };
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value ? [[name, ascii(value, 128)]] : [])),
  );
}
