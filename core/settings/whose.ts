import { hasWildcard, matchesWildcard } from '../base/iam-wildcard';
import { optional } from '../base/members';
import { compareSeverity, type AlertSeverity } from '../base/severity';
import type { Call, Domain } from '../call';
import type { Account, Ownership, Settings } from './settings';

/** Whose what a call is about is. */
export interface Whose {
  /** What is known of the account whose trail recorded the call. @default - nothing */
  readonly account?: Account;
  /** What is known of the domain. @default - nothing */
  readonly domain?: Ownership;
  /** The owner of the domain, or of the account it is in. @default - nobody */
  readonly owner?: string;
  /** The mildest alerts that the owner is told of. */
  readonly minimumSeverity: AlertSeverity;
}

/** Who is told of what is theirs. */
export interface Owner {
  readonly name: string;
  /** Addresses, each once; empty where the settings give none. */
  readonly subscribers: readonly string[];
  /** The mildest alerts that the owner is told of, about any of its accounts and domains. */
  readonly minimumSeverity: AlertSeverity;
}

const MILDEST: AlertSeverity = 'LOW';

/** Whether alerts of this severity are told to an owner that wants those from `minimum` on. */
export const reaches = (severity: AlertSeverity, minimum: AlertSeverity): boolean =>
  compareSeverity(severity, minimum) >= 0;

/** What tells whose a call is. A call of another service is about the monitor itself: it is nobody's. */
export function whoseIn({
  accounts = {},
  domains = {},
}: Pick<Settings, 'accounts' | 'domains'>): (call: Call) => Whose {
  // Looked up where they are: engines put the members of an object of thousands in order each time they are listed.
  const accountOf = (id: string): Account | undefined => (Object.hasOwn(accounts, id) ? accounts[id] : undefined);
  const domainOf = domainFinder(domains);
  return (call) => {
    const account = accountOf(call.accountId);
    const domain = call.domain && domainOf(call.domain);
    const held = domain?.owner === undefined ? call.domain && accountOf(call.domain.accountId) : domain;
    return {
      ...optional('account', account),
      ...optional('domain', domain),
      ...optional('owner', held?.owner),
      minimumSeverity: held?.minimumSeverity ?? MILDEST,
    };
  };
}

/** The one with most letters of the patterns that match; the first of several such. */
function domainFinder(domains: Readonly<Record<string, Ownership>>): (domain: Domain) => Ownership | undefined {
  const exact = new Map(Object.entries(domains).filter(([pattern]) => !hasWildcard(pattern)));
  const patterns = Object.entries(domains)
    .filter(([pattern]) => hasWildcard(pattern))
    .map(([pattern, domain]) => ({ pattern, domain, letters: pattern.replace(/[*?]/g, '').length }))
    .toSorted((a, b) => b.letters - a.letters);
  return ({ name = '', arn = '' }) =>
    exact.get(arn) ??
    exact.get(name) ??
    patterns.find(({ pattern }) => matchesWildcard(pattern, pattern.startsWith('arn:') ? arn : name))?.domain;
}

/** The owners in the settings, in the order of their names. */
export function ownersIn({ accounts = {}, domains = {} }: Pick<Settings, 'accounts' | 'domains'>): readonly Owner[] {
  const owners = new Map<string, Owner>();
  for (const { owner: name, subscribers = [], minimumSeverity = MILDEST } of [accounts, domains].flatMap(held)) {
    if (name === undefined) continue;
    const known = owners.get(name);
    owners.set(name, {
      name,
      subscribers: [...new Set([...(known?.subscribers ?? []), ...subscribers])],
      minimumSeverity:
        known && reaches(minimumSeverity, known.minimumSeverity) ? known.minimumSeverity : minimumSeverity,
    });
  }
  return [...owners.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

const held = (things: Readonly<Record<string, Ownership>>): readonly Ownership[] => Object.values(things);
