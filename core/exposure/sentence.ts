import { counted } from '../base/counted';
import { plain } from '../base/plain-text';
import { minutesBetween, type Period } from './clock';
import { isClosed, type Standing } from './standing';

/** How a domain stood towards those beyond the own account, as what follows "was": `open to the internet`. */
export function standingText({ exposure, endpoint, signIn }: Standing): string {
  const toSignIn = signIn === 'required' ? ', who had to sign in' : '';
  switch (exposure) {
    case 'public':
      return `open to ${{ public: 'the internet', vpc: 'everyone in its VPC', unknown: 'everyone who reaches its endpoint' }[endpoint]}${toSignIn}`;
    case 'any-account':
      return `open to every AWS account${toSignIn}`;
    case 'anonymous-network':
      return `open to unsigned callers from named networks${toSignIn}`;
    case 'cross-account':
      return `open to other accounts${toSignIn}`;
    case 'same-account':
      return 'open to its own account and those who are trusted';
    case 'none':
      return 'open to nobody by its access policy';
    case 'unknown':
      return 'in a state that no record tells';
  }
}

/**
 * One period in a sentence: "logs was open to the internet for 47 minutes, 14:01 to 14:48 UTC on 2026-11-20, opened by X,
 * closed by Y". Its texts are safe to show.
 *
 * @param next how the domain stood afterwards. @default - it was deleted, or nothing ended the period
 */
export function periodSentence(domain: string, period: Period, next?: Standing): string {
  const { from, to, opened, closed } = period;
  const duration = durationText(minutesBetween(from, to));
  const isOpened = letsOthersIn(period);
  const opener = opened
    ? `, ${isOpened ? 'opened' : 'made so'} by ${callerOf(opened)}`
    : from === null
      ? ''
      : ', and was so before the first call that tells';
  const isShut = next === undefined || isClosed(next.exposure);
  const ending = !isOpened ? 'ended' : isShut ? 'closed' : 'changed';
  const end = closed
    ? `, ${ending} by ${callerOf(closed)}`
    : isOpened
      ? ', and was never closed'
      : ', and still was so at the last call';
  return `${plain(domain, 100)} was ${standingText(period)} ${duration === undefined ? '' : `for ${duration}, `}${timesText(from, to)}${opener}${end}`;
}

/** Anybody beyond the own account and those who are trusted, whether they have to sign in or not. */
const letsOthersIn = ({ exposure }: Standing): boolean => exposure !== 'unknown' && !isClosed(exposure);

const callerOf = ({ caller }: NonNullable<Period['opened']>): string => plain(caller.description, 250);

/** `47 minutes`, `5 hours 12 minutes`, `3 days 4 hours`; `undefined` where it is not known. */
export function durationText(minutes: number | null): string | undefined {
  if (minutes === null) return undefined;
  if (minutes < 1) return 'less than a minute';
  if (minutes < 120) return counted(minutes, 'minute');
  if (minutes < 48 * 60) return units(minutes, 60, 'hour', 'minute');
  return units(Math.round(minutes / 60), 24, 'day', 'hour');
}

function units(count: number, size: number, large: string, small: string): string {
  const rest = count % size;
  return `${counted(Math.floor(count / size), large)}${rest > 0 ? ` ${counted(rest, small)}` : ''}`;
}

/** `14:01 to 14:48 UTC on 2026-11-20`, with a date each where the days differ; `since …` where it does not end. */
export function timesText(from: string | null, to: string | null): string {
  if (to === null) return from === null ? 'since before the first call' : `since ${momentOf(from)}`;
  if (from === null) return `until ${momentOf(to)}`;
  if (dayOf(from) !== dayOf(to)) return `${momentOf(from)} to ${momentOf(to)}`;
  return `${clockOf(from)} to ${clockOf(to)} UTC on ${dayOf(from)}`;
}

/** A time is a stranger's text until it is one. */
const dayOf = (time: string): string => plain(time.slice(0, 10), 10);
const clockOf = (time: string): string => plain(time.slice(11, 16), 5);
const momentOf = (time: string): string => `${clockOf(time)} UTC on ${dayOf(time)}`;
