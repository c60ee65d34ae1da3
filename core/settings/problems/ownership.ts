import { hasWildcard } from '../../base/iam-wildcard';
import { isObject, memberOf } from '../../base/members';
import { ALERT_SEVERITIES, isAlertSeverity } from '../../base/severity';
import type { Account, Ownership } from '../settings';
import { protocolOf } from '../subscriber';
import { shown, unknownMembers, type Check, type Known, type TextProblem } from './check';
import { accountProblem, domainProblem, organizationProblem } from './identifiers';

/** What is wrong with the value of a member, as the rest of a sentence that begins with the member and its value. */
type MemberCheck = (value: unknown) => string | undefined;

const text =
  (allowed: string, is: (value: string) => boolean): MemberCheck =>
  (value) =>
    typeof value === 'string' && is(value) ? undefined : `; allowed: ${allowed}`;

const isTold = (value: string): boolean => value.trim() !== '';

/** As the attribute of a message and the value of a filter policy have it, letter for letter. */
export const OWNER = /^[A-Za-z0-9](?:[\w. -]{0,62}[\w.-])?$/;
export const LONGEST_HELD_NAME = 100;

export const isOwnerName = (name: string): boolean => OWNER.test(name);

const OF_ANYTHING: Readonly<Record<keyof Ownership, MemberCheck>> = {
  name: text(
    'a text that is not blank, at most 100 characters',
    (value) => isTold(value) && value.length <= LONGEST_HELD_NAME,
  ),
  owner: text('at most 64 letters, digits, spaces and ._-, beginning with a letter or digit', isOwnerName),
  subscribers: subscribersProblem,
  minimumSeverity: (value) => (isAlertSeverity(value) ? undefined : `; allowed: ${ALERT_SEVERITIES.join(', ')}`),
  tags: (value) =>
    isObject(value) && Object.values(value).every((each) => typeof each === 'string')
      ? undefined
      : '; allowed: {"<name>": "<text>"}',
};

const OF_ACCOUNT: Readonly<Record<keyof Account, MemberCheck>> = {
  ...OF_ANYTHING,
  organization: (value) => {
    const problem = typeof value === 'string' ? organizationProblem(value) : 'is no organization id';
    return problem === undefined ? undefined : `, which ${problem}`;
  },
  organizationalUnit: text('a text that is not blank', isTold),
};

export const accountsProblems = checkOf('accounts', '{"<twelve digits>": {…}}', accountProblem, OF_ACCOUNT);

export const domainsProblems = checkOf('domains', '{"<pattern of a name or ARN>": {…}}', patternProblem, OF_ANYTHING);

function checkOf(
  setting: string,
  allowed: string,
  keyProblem: TextProblem,
  members: Readonly<Record<string, MemberCheck>>,
): Check {
  return (value, known) => {
    if (!isObject(value)) return [`${setting} is ${shown(value)}; allowed: ${allowed}`];
    return Object.entries(value).flatMap(([key, held]) => {
      const at = `${setting} ${shown(key)}`;
      const problem = keyProblem(key);
      return [
        ...(problem === undefined ? [] : [`${at} ${problem}`]),
        ...(isObject(held)
          ? heldProblems(held, members, known).map((each) => `${at} ${each}`)
          : [`${at} is ${shown(held)}; allowed: an object`]),
      ];
    });
  };
}

function heldProblems(
  held: Readonly<Record<string, unknown>>,
  members: Readonly<Record<string, MemberCheck>>,
  { subscribersOf, spellingOf }: Known,
): readonly string[] {
  const { owner, subscribers } = held;
  const spelling = typeof owner === 'string' ? spellingOf.get(spokenAs(owner)) : undefined;
  const wrong = Object.entries(members).flatMap(([member, check]) => {
    const value = held[member];
    const problem = value === undefined ? undefined : check(value);
    return problem === undefined ? [] : [`has ${member} ${shown(value)}${problem}`];
  });
  const others = subscribers !== undefined && subscribersOf.get(owner);
  return [
    ...unknownMembers(held, Object.keys(members)),
    ...wrong,
    ...(['subscribers', 'minimumSeverity'] as const)
      .filter((member) => held[member] !== undefined && owner === undefined)
      .map((member) => `has ${member} and no owner: give it one, or remove them`),
    ...(spelling !== undefined && spelling !== owner
      ? [
          `has owner ${shown(owner)}, written ${shown(spelling)} elsewhere; write both the same, or give them names that nobody takes for one`,
        ]
      : []),
    ...(typeof others === 'string' && others !== textOfList(subscribers)
      ? [`has other subscribers than the owner ${shown(owner)} has elsewhere; give them once, or the same everywhere`]
      : []),
  ];
}

function subscribersProblem(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length === 0) return '; allowed: a list of addresses, one at least';
  const wrong = value.find((each: unknown) => typeof each !== 'string' || protocolOf(each) === undefined) as unknown;
  return wrong === undefined
    ? undefined
    : `: ${shown(wrong)} is no address; allowed: e-mail addresses, https://…, +15550100, ARNs of queues and functions`;
}

/** The first subscribers given for each owner, as a text to compare with. */
export function subscribersIn(config: Readonly<Record<string, unknown>>): ReadonlyMap<unknown, string> {
  const first = new Map<unknown, string>();
  for (const held of heldIn(config)) {
    const [owner, subscribers] = [memberOf(held, 'owner'), memberOf(held, 'subscribers')];
    if (subscribers !== undefined && !first.has(owner)) first.set(owner, textOfList(subscribers));
  }
  return first;
}

/** How each owner is written first, by `spokenAs`. */
export function spellingsIn(config: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  for (const held of heldIn(config)) {
    const owner = memberOf(held, 'owner');
    if (typeof owner === 'string' && !first.has(spokenAs(owner))) first.set(spokenAs(owner), owner);
  }
  return first;
}

/** The same for names that people take for one, and topics do not. */
export const spokenAs = (owner: string): string => owner.toLowerCase().replace(/[\s._-]+/g, '-');

const heldIn = (config: Readonly<Record<string, unknown>>): readonly unknown[] =>
  [config['accounts'], config['domains']].flatMap((setting) => (isObject(setting) ? Object.values(setting) : []));

/** The same for the same addresses in any order. */
const textOfList = (value: unknown): string => JSON.stringify(Array.isArray(value) ? value.map(String).sort() : value);

/** A pattern that no name or ARN of a domain can match. */
function patternProblem(pattern: string): string | undefined {
  if (!hasWildcard(pattern) && !pattern.startsWith('arn:')) return domainProblem(pattern);
  const isPossible = pattern.startsWith('arn:')
    ? /^arn:[a-z*?-]+:(?:es|[*?]+):[a-z0-9*?-]+:[\d*?]+:(?:domain|[*?]+)\/[a-z0-9*?-]+$/.test(pattern)
    : /^[a-z*?][a-z0-9*?-]*$/.test(pattern) && pattern.replaceAll('*', '').length <= LONGEST_DOMAIN_NAME;
  return isPossible
    ? undefined
    : 'matches no domain; allowed: patterns of names, such as orders-*, and of ARNs, such as arn:aws:es:eu-west-1:123456789012:domain/*, with * and ?';
}

const LONGEST_DOMAIN_NAME = 28;
