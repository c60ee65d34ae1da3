import type { Suppression } from '../settings';
import { didYouMean } from '../../base/nearest';
import { prefixed, shown, unknownMembers, type Known } from './check';
import { accountProblem, callerProblem, domainProblem, eventNameProblem } from './identifiers';

/** What a suppression may have, and whether it says which findings are hidden. */
const SAYS_WHICH: Readonly<Record<keyof Suppression, boolean>> = {
  rule: true,
  eventName: true,
  domain: true,
  account: true,
  caller: true,
  reason: false,
  expires: false,
};

const MEMBERS = Object.keys(SAYS_WHICH) as readonly (keyof Suppression)[];
const CONDITIONS = MEMBERS.filter((member) => SAYS_WHICH[member]);

/** What is wrong with one suppression, as ends of sentences that begin with its place in the list. */
export function suppressionProblems(
  suppression: Readonly<Record<string, unknown>>,
  { today, rules }: Known,
): readonly string[] {
  const text = (member: keyof Suppression): string | undefined => {
    const value = suppression[member];
    return typeof value === 'string' ? value : undefined;
  };
  const notText = MEMBERS.filter((member) => suppression[member] !== undefined && (text(member) ?? '').trim() === '');
  const matches = CONDITIONS.some((member) => suppression[member] !== undefined);
  const [rule, eventName, expires] = [text('rule'), text('eventName'), text('expires')];
  const unknownEvent = eventName === undefined ? undefined : eventNameProblem(eventName);
  return [
    ...unknownMembers(suppression, MEMBERS),
    ...notText.map((member) => `has ${member} ${shown(suppression[member])}; allowed: a text that is not blank`),
    ...(matches ? [] : [`hides everything; give at least one of ${CONDITIONS.join(', ')}`]),
    ...(suppression['reason'] === undefined ? ['has no reason'] : []),
    ...(suppression['expires'] === undefined ? ['has no expires; give the last day it holds, YYYY-MM-DD'] : []),
    ...(expires === undefined ? [] : expiresProblems(expires, today)),
    ...(rule === undefined || rules.includes(rule)
      ? []
      : [`has rule ${shown(rule)}, which is no rule id${didYouMean(rule, rules)}`]),
    ...(unknownEvent === undefined ? [] : [`has eventName ${shown(eventName)}, which ${unknownEvent}`]),
    ...prefixed('has domain', notText.includes('domain') ? undefined : text('domain'), domainProblem),
    ...prefixed('has account', text('account'), accountProblem),
    ...prefixed('has caller', text('caller'), callerProblem),
  ];
}

function expiresProblems(expires: string, today: string): readonly string[] {
  if (!isDay(expires)) return [`has expires ${shown(expires)}; allowed: a day, YYYY-MM-DD`];
  return expires < today ? [`expired on ${expires}; remove it, or find out whether its reason still holds`] : [];
}

/** 2026-02-30 is none: the calendar moves it to March. */
function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
