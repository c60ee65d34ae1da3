import { redactorOf, type Call } from '../call';
import type { Change } from '../domain';
import type { Finding, SeverityStep } from '../findings';
import type { Rule } from '../rules';
import { memberOf, optional, textOf } from '../base/members';
import { plain, shortened } from '../base/plain-text';
import type { AlertSeverity, Severity } from '../base/severity';
import type { Trust } from '../base/trust';
import { adviceOn, type Advice, type Step } from './advice';
import { attemptOf, conditional, endOf, tellsWhatWouldBe, type Attempt } from './attempt';
import { changeLines } from './changes';
import { LEVELS } from './detail';
import { NOTHING_RESTORABLE, restorableIn } from './restorable';
import { restoreStep } from './restore';

/** What every rendering of an alert says. Its own texts are safe to show in plain text; those of `call` are as recorded. */
export interface Brief {
  readonly call: Call;
  /** Worst first. */
  readonly points: readonly [Point, ...Point[]];
  readonly severity: AlertSeverity;
  /** The id of the most severe finding's rule. */
  readonly rule: string;
  /** The title of that rule; of a call that did not succeed, which did nothing that titles tell, what was attempted. */
  readonly title: string;
  /** Who called what on which domain, and the worst of it, in one sentence without a full stop. */
  readonly sentence: string;
  /** Set where the call did not succeed: it is said before anything else. */
  readonly attempt?: Attempt;
  /** Set where the call was told before, as milder than it is. */
  readonly correction?: Correction;
  readonly eventName: string;
  readonly caller: string;
  /** The name of the domain; `undefined` for a call that is about none. */
  readonly domain?: string;
  readonly accountId: string;
  /** What people call the account, where that is known. */
  readonly accountName?: string;
  readonly region: string;
  /** `succeeded`, `denied` or `failed`, with the error code where there is one. */
  readonly outcome: string;
  readonly errorMessage?: string;
  /** How the record came, where it is not the first of its call or came late. */
  readonly delivery?: string;
  /** The log file the record came from. */
  readonly logFile?: string;
  /** What changed, a clause for each setting; empty where what held before is not known. */
  readonly changes: readonly string[];
  /** Sets back what changed, as far as what held before is known and no worse. */
  readonly restore?: Step;
  /** Set where the alert stands for a burst of such calls. */
  readonly burst?: Counted;
}

/** One finding, as it is told. */
export interface Point {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly steps: readonly SeverityStep[];
  /** As much as is told at any level of detail: safe to show, without secrets, in the conditional after an attempt. */
  readonly evidence: readonly [string, ...string[]];
  /** How many pieces there are beyond those. */
  readonly more: number;
  /** Why it matters; not told of an attempt, as it tells what has happened. */
  readonly why?: string;
  readonly advice: Advice;
}

/** Calls of one burst that are told together. */
export interface Counted {
  /** The uid of the alert that tells them. */
  readonly uid: string;
  /** How many are known so far. */
  readonly calls: number;
}

/** A call told again, as it turned out to be worse. */
export interface Correction {
  /** The severity it was told with before. */
  readonly told: AlertSeverity;
}

/** What is known around a call. Nothing of it has to be. */
export interface AlertOptions {
  /** What the call changed. @default - not known */
  readonly change?: Change | undefined;
  /** Whom the rules trust: it decides whether what held before may be offered. @default - the domain's own account alone */
  readonly trust?: Trust | undefined;
  /** The alert stands for a burst of such calls. @default - for one call */
  readonly burst?: Counted | undefined;
  /** The call was told before, as milder than it is. @default - it was not */
  readonly correction?: Correction | undefined;
  /** What people call the account whose trail recorded the call. @default - told by its id alone */
  readonly accountName?: string | undefined;
  /** Where the log file lies that the record came from. @default - not told */
  readonly logFile?: string | undefined;
}

const NOBODY: Trust = { accounts: [], organizations: [], networks: [] };

/**
 * @param findings those to be told, worst first
 * @param severity that of the worst
 */
export function toBrief(
  call: Call,
  findings: readonly [Finding, ...Finding[]],
  severity: AlertSeverity,
  { change, trust = NOBODY, burst, correction, accountName = '', logFile = '' }: AlertOptions,
): Brief {
  const { quoted: redacted, written } = redactorOf(call);
  const restorable = change ? restorableIn(call, findings, change, trust) : NOTHING_RESTORABLE;
  const restore = change && withoutSecrets(restoreStep(call, change, restorable), redacted);
  const toPoint = (finding: Finding): Point => {
    const { text, steps } = adviceOn(finding, call, { change, restorable, restore });
    const shown = steps.filter((step) => withoutSecrets(step, redacted) !== undefined);
    return pointOf(finding, call, redacted, { text, steps: shown });
  };
  const [worst, ...others] = findings;
  const points: Brief['points'] = [toPoint(worst), ...others.map(toPoint)];
  const attempt = attemptOf(call);
  const eventName = plain(call.eventName, 100) || 'a call without a name';
  const caller = plain(call.caller.description, 250);
  const domain = textOf(plain(call.domain.name ?? '', 100));
  const errorCode = plain(call.errorCode ?? '', 100);
  const what = domain === undefined ? eventName : `${eventName} on ${domain}`;
  const did = attempt ? `tried ${what} and ${endOf(attempt, errorCode)}` : `called ${what}`;
  return {
    call,
    points,
    severity,
    rule: worst.rule.id,
    title: attempt ? `${attempt}: ${burst ? `${burst.calls} calls such as ${what}` : what}` : worst.rule.title,
    sentence: [
      ...(attempt ? [`${attempt}: `] : []),
      `${correction ? 'correction: ' : ''}${caller} ${did}`,
      becauseOf(points[0], severity, attempt, correction),
      ...(burst ? [countOf(burst, call)] : []),
    ].join(''),
    eventName,
    caller,
    accountId: plain(call.accountId, 20) || 'unknown account',
    region: plain(call.region, 30) || 'unknown region',
    outcome: `${call.outcome}${errorCode && ` (${errorCode})`}`,
    changes: change ? changeLines(change).map(redacted) : [],
    ...optional('attempt', attempt),
    ...optional('correction', correction),
    ...optional('domain', domain),
    ...optional('accountName', textOf(plain(accountName, 100))),
    ...optional('errorMessage', textOf(plain(written(call.errorMessage ?? ''), 500))),
    ...optional('delivery', deliveryOf(call)),
    ...optional('logFile', textOf(plain(logFile, 1000))),
    ...optional('restore', restore),
    ...optional('burst', burst),
  };
}

/** The clause that tells the worst of it. */
function becauseOf(
  { evidence: [worst] }: Point,
  severity: AlertSeverity,
  attempt: Attempt | undefined,
  correction: Correction | undefined,
): string {
  const says = shortened(worst, 500);
  const claim = !attempt ? says : tellsWhatWouldBe(says) ? `had it succeeded, ${says}` : `the record tells: ${says}`;
  if (correction) return `, told as ${correction.told} before; it is ${severity} because ${claim}`;
  return attempt ? `; ${claim}` : `: ${claim}`;
}

/** Longer than anything that is told of a piece. */
const READ_OF_EVIDENCE = 20_000;

function pointOf(
  { rule, severity, steps, evidence }: Finding,
  call: Call,
  redacted: (text: string) => string,
  advice: Advice,
): Point {
  const attempt = attemptOf(call);
  const [{ evidence: most, characters }] = LEVELS;
  const toldOf = (piece: string): string => {
    const beginning = piece.length > READ_OF_EVIDENCE ? `${piece.slice(0, READ_OF_EVIDENCE)}…` : piece;
    const shown = plain(redacted(beginning), characters);
    return attempt ? shortened(conditional(shown), characters) : shown;
  };
  const [first, ...others] = evidence;
  // The first is told in the sentence, so that a list may begin with the second.
  const told = others.slice(0, most);
  return {
    rule,
    severity,
    steps,
    evidence: [toldOf(first), ...told.map(toldOf)],
    more: others.length - told.length,
    ...optional('why', attempt ? undefined : rule.why),
    advice,
  };
}

/** Nothing where the step quotes a secret. */
function withoutSecrets(step: Step | undefined, redacted: (text: string) => string): Step | undefined {
  const { says = '', command = '' } = step ?? {};
  return redacted(says) === says && redacted(command) === command ? step : undefined;
}

function countOf({ calls }: Counted, { eventTime }: Call): string {
  return `; ${calls} such calls of this caller were denied so far in the hour from ${plain(eventTime.slice(0, 13), 13)}:00Z, and more of them are counted only`;
}

/** CloudTrail's reasons to deliver a record otherwise than once and in time. */
const DELIVERIES: Readonly<Record<string, string>> = {
  UPDATED_DATA: 'the record was delivered again, corrected',
  DELIVERY_DELAY: 'the record was delivered late',
  SERVICE_OUTAGE: 'the record was delivered late, after an outage',
};

/** What the addendum of the call says, where it has one. */
function deliveryOf(call: Call): string | undefined {
  const reason = textOf(memberOf(call, 'addendum', 'reason')) ?? '';
  return Object.hasOwn(DELIVERIES, reason) ? DELIVERIES[reason] : undefined;
}
