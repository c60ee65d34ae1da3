import type { Call } from '../call';
import { plain, shortened } from '../base/plain-text';
import type { AlertSeverity } from '../base/severity';
import { endOf, tellsWhatWouldBe, type Attempt } from './attempt';
import type { AlertOptions, Counted } from './options';
import type { Point } from './point';

/** What the sentence is made of, all of it safe to show. */
interface Parts {
  readonly caller: string;
  /** The call, and the domain it is about. */
  readonly what: string;
  readonly errorCode: string;
  readonly attempt: Attempt | undefined;
  readonly severity: AlertSeverity;
  readonly worst: Point;
}

/** Who called what on which domain, and the worst of it, in one sentence without a full stop. An attempt says so first. */
export function sentenceOf(call: Call, parts: Parts, { correction, burst, isObserved }: AlertOptions): string {
  if (isObserved) return claimOf(parts);
  const { caller, what, errorCode, attempt, severity } = parts;
  const mark = `${attempt ? `${attempt}: ` : ''}${correction ? 'correction: ' : ''}`;
  const did = attempt ? `tried ${what} and ${endOf(attempt, errorCode)}` : `called ${what}`;
  const link = correction ? `, told as ${correction.told} before; it is ${severity} because ` : attempt ? '; ' : ': ';
  return `${mark}${caller} ${did}${link}${claimOf(parts)}${burst ? `; ${countOf(burst, call)}` : ''}`;
}

/** The worst of it, as a clause. */
function claimOf({ worst, attempt }: Parts): string {
  const says = shortened(worst.evidence[0], 500);
  if (!attempt) return says;
  return tellsWhatWouldBe(says) ? `had it succeeded, ${says}` : `the record tells: ${says}`;
}

function countOf({ calls }: Counted, { eventTime }: Call): string {
  const hour = plain(eventTime.slice(0, 13), 13);
  return `${calls} such calls of this caller were denied so far in the hour from ${hour}:00Z, and more of them are counted only`;
}
