import type { Suppression } from '../settings';
import { operationOf } from '../../call';
import { didYouMean } from '../../base/nearest';
import { acceptsAt } from '../../event-pattern';
import { RULE_IDS } from '../../rules';
import { prefixed, shown, unknownMembers, type Known } from './check';
import { accountProblem, callerProblem, domainProblem, eventNameProblem } from './identifiers';
import { listed, namesOf, operationsOfRule, unwatchedCallsOf } from './watched';

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

/** Members of which a suppression has at least one. */
export const CONDITIONS = MEMBERS.filter((member) => SAYS_WHICH[member]);

/** What is wrong with one suppression, as ends of sentences that begin with its place in the list. */
export function suppressionProblems(suppression: Readonly<Record<string, unknown>>, known: Known): readonly string[] {
  const { today, rules } = known;
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
    ...deadProblems(rule, eventName, known),
    ...(unknownEvent === undefined ? [] : [`has eventName ${shown(eventName)}, which ${unknownEvent}`]),
    ...prefixed('has domain', notText.includes('domain') ? undefined : text('domain'), domainProblem),
    ...prefixed('has account', text('account'), accountProblem),
    ...prefixed('has caller', text('caller'), callerProblem),
  ];
}

/** Why a suppression of known names hides nothing. */
function deadProblems(rule: string | undefined, eventName: string | undefined, known: Known): readonly string[] {
  const { watched, patterns } = known;
  const operation = eventName === undefined ? undefined : operationOf(eventName);
  const isOfRule = rule !== undefined && RULE_IDS.includes(rule);
  if (operation === undefined) {
    const calls = isOfRule ? unwatchedCallsOf(rule, watched) : undefined;
    return calls === undefined
      ? []
      : [`has rule ${shown(rule)}, on calls that nobody watches: ${calls}; watch them, or remove it`];
  }
  const pattern = rule === undefined ? undefined : patterns.get(rule);
  if (pattern && !namesOf(operation).some((name) => acceptsAt(pattern, 'eventName', name))) {
    return [`has eventName ${shown(eventName)}, which the watch pattern ${shown(rule)} does not match`];
  }
  const operations = isOfRule ? operationsOfRule(rule) : undefined;
  if (operations && !operations.includes(operation)) {
    const allowed = operations.length === 0 ? 'no event name with this rule' : listed(operations);
    return [`has eventName ${shown(eventName)}, of which the rule ${shown(rule)} never speaks; allowed: ${allowed}`];
  }
  return watched.watches(operation) || (watched.hasPatterns && !isOfRule)
    ? []
    : [`has eventName ${shown(eventName)}, whose calls nobody watches; watch them, or remove it`];
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
