import { nameOfFirst, redactorOf, type Call } from '../call';
import type { Finding } from '../findings';
import { optional, textOf } from '../base/members';
import { plain } from '../base/plain-text';
import type { Trust } from '../base/trust';
import type { WayBack, Whose } from '../settings';
import { adviceOn, type Step } from './advice';
import { attemptOf, type Attempt } from './attempt';
import { changeLines } from './changes';
import { NOBODYS, type Head } from './head';
import type { AlertOptions, Correction, Counted } from './options';
import { pointOf, withoutSecrets, type Point } from './point';
import { NOTHING_RESTORABLE, restorableIn, type Restorable } from './restorable';
import { restoreStep } from './restore';
import { sentenceOf } from './sentence';
import { wayBackLink, wayBackOf } from './way-back';

/** What every rendering of an alert says. Its own texts are safe to show in plain text; those of `call` are as recorded. */
export interface Brief extends Head {
  readonly call: Call;
  /** Worst first. */
  readonly points: readonly [Point, ...Point[]];
  /** The title of the most severe finding's rule; of a call that did not succeed, which did nothing that titles tell, what was attempted. */
  readonly title: string;
  /** Who called what on which domain, and the worst of it, in one sentence without a full stop. */
  readonly sentence: string;
  /** Set where the call did not succeed: it is said before anything else. */
  readonly attempt?: Attempt;
  /** Set where the call was told before, as milder than it is. */
  readonly correction?: Correction;
  readonly caller: string;
  /** What the call is about: the domain, or the resource of another service. @default - the record does not tell */
  readonly about?: string;
  /** What people call the account, where that is known. */
  readonly accountName?: string;
  /** What people call the domain, where that is another name than its own. */
  readonly domainName?: string;
  /** What else is known of the account and of the domain. */
  readonly whose: Whose;
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
  /** Starts what sets the access policy back, once that is approved. */
  readonly wayBack?: string;
  /** Set where the alert stands for a burst of such calls. */
  readonly burst?: Counted;
  /** Nobody called: there is no caller, call or outcome to tell of. */
  readonly isObserved: boolean;
}

const NOBODY: Trust = { accounts: [], organizations: [], networks: [] };

/** @param findings those to be told, worst first */
export function toBrief(
  head: Head,
  call: Call,
  findings: readonly [Finding, ...Finding[]],
  options: AlertOptions,
): Brief {
  const {
    change,
    trust = NOBODY,
    burst,
    correction,
    whose = NOBODYS,
    logFile = '',
    isObserved = false,
    wayBack,
  } = options;
  const { quoted: redacted, written } = redactorOf(call);
  const restorable = change ? restorableIn(call, findings, change, trust) : NOTHING_RESTORABLE;
  const restore = change && withoutSecrets(restoreStep(call, change, restorable), redacted);
  const link = wayBack && linkBack(call, findings, restorable, wayBack);
  const isShown = withoutSecrets({ command: decodeURIComponent(link ?? '') }, redacted) !== undefined;
  const toPoint = (finding: Finding): Point => {
    const { text, steps } = adviceOn(finding, call, { change, restorable, restore });
    const shown = steps.filter((step) => withoutSecrets(step, redacted) !== undefined);
    return pointOf(finding, call, redacted, { text, steps: shown });
  };
  const [worst, ...others] = findings;
  const points: Brief['points'] = [toPoint(worst), ...others.map(toPoint)];
  const attempt = attemptOf(call);
  const { domain, eventName, severity } = head;
  const caller = plain(call.caller.description, 250);
  const errorCode = plain(call.errorCode ?? '', 100);
  const about = domain ?? textOf(plain(nameOfFirst(call.resources ?? []) ?? '', 100));
  const what = about === undefined ? eventName : `${eventName} on ${about}`;
  return {
    ...head,
    call,
    points,
    title: attempt ? `${attempt}: ${burst ? `${burst.calls} calls such as ${what}` : what}` : worst.rule.title,
    sentence: sentenceOf(call, { caller, what, errorCode, attempt, severity, worst: points[0] }, options),
    caller,
    outcome: `${call.outcome}${errorCode && ` (${errorCode})`}`,
    changes: change ? changeLines(change).map(redacted) : [],
    isObserved,
    whose,
    ...optional('attempt', attempt),
    ...optional('correction', correction),
    ...optional('about', about),
    ...optional('accountName', textOf(plain(whose.account?.name ?? '', 100))),
    ...optional('domainName', textOf(plain(whose.domain?.name ?? '', 100))),
    ...optional('errorMessage', textOf(plain(written(call.errorMessage ?? ''), 500))),
    ...optional('delivery', deliveryOf(call)),
    ...optional('logFile', textOf(plain(logFile, 1000))),
    ...optional('restore', restore),
    ...optional('wayBack', isShown ? link : undefined),
    ...optional('burst', burst),
  };
}

function linkBack(
  call: Call,
  findings: readonly Finding[],
  restorable: Restorable,
  wayBack: WayBack,
): string | undefined {
  const parameters = wayBackOf(call, findings, restorable);
  return parameters && wayBackLink(call, parameters, wayBack);
}

/** CloudTrail's reasons to deliver a record otherwise than once and in time. */
const DELIVERIES: Readonly<Record<string, string>> = {
  UPDATED_DATA: 'the record was delivered again, corrected',
  DELIVERY_DELAY: 'the record was delivered late',
  SERVICE_OUTAGE: 'the record was delivered late, after an outage',
};

/** What the addendum of the call says, where it has one. */
function deliveryOf(call: Pick<Call, 'addendum'>): string | undefined {
  const reason = call.addendum ?? '';
  return Object.hasOwn(DELIVERIES, reason) ? DELIVERIES[reason] : undefined;
}
