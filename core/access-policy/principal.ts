import { readArn, type Arn } from '../base/arn';
import { itemsOf, readMembers } from './elements';
import { ANY_ACCOUNT, EVERYONE, FOREIGN_ACCOUNT, OWN_ACCOUNT, type Reach } from './reach';
import type { Trusted } from './trusted';
import { hasVariable, hasWildcard } from '../base/iam-wildcard';

/** Whom a statement names. */
export interface Principals {
  /** One for each distance from the domain's account, the farthest first. */
  readonly groups: readonly PrincipalGroup[];
  /** What is named and cannot be judged, each as a clause. */
  readonly unreadable: readonly string[];
}

/** Principals that are equally far from the domain's account. */
export interface PrincipalGroup {
  /** As written. */
  readonly names: readonly string[];
  readonly reach: Reach;
}

/** Reads a `Principal` element: `"*"`, or an object of lists of which the service knows the kind `AWS`. */
export function readPrincipals(value: unknown, trusted: Trusted): Principals {
  if (value === '*') return { groups: [{ names: ['*'], reach: EVERYONE }], unreadable: [] };
  if (Array.isArray(value)) {
    const listed = readPrincipals({ AWS: value }, trusted);
    return { ...listed, unreadable: [...listed.unreadable, 'names principals in a list where an object belongs'] };
  }
  const kinds = readMembers(value);
  if (kinds === undefined) return unknown('names a principal that is neither "*" nor an object');
  const named = (kinds.get('aws') ?? []).flatMap(itemsOf);
  const strange = Object.keys(value as object).filter((kind) => kind.toLowerCase() !== 'aws');
  const unreadable = strange.map(
    (kind) => `names a principal of the kind ${clip(kind)}, and the service takes the kind "AWS" alone`,
  );
  if (named.length === 0 && strange.length === 0) return unknown('names no principal');
  const names = new Map<Reach, string[]>();
  for (const name of new Set(named)) {
    const reach = typeof name === 'string' ? reachOfPrincipal(name, trusted) : undefined;
    if (reach === undefined)
      unreadable.push(`names a principal that is no account, user, role or session: ${clip(name)}`);
    else addTo(names, reach, name as string);
  }
  const groups = [...names].map(([reach, those]) => ({ names: those, reach }));
  return {
    groups: groups.toSorted((a, b) => FARTHEST_FIRST.indexOf(a.reach) - FARTHEST_FIRST.indexOf(b.reach)),
    unreadable,
  };
}

function addTo<Key>(lists: Map<Key, string[]>, key: Key, item: string): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

const FARTHEST_FIRST: readonly Reach[] = [EVERYONE, ANY_ACCOUNT, FOREIGN_ACCOUNT, OWN_ACCOUNT];

const unknown = (reason: string): Principals => ({ groups: [], unreadable: [reason] });

/** Whether it is everyone who is named, perhaps with others. */
export const namesEveryone = ({ groups }: Principals): boolean => groups.some(({ reach }) => reach === EVERYONE);

/** Text of a stranger, short enough to quote. */
function clip(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 80));
  return Array.isArray(value) ? 'a list' : value === null ? 'null' : `of type ${typeof value}`;
}

/** `undefined` for what is no principal of an account. */
function reachOfPrincipal(name: string, trusted: Trusted): Reach | undefined {
  if (/^\*+$/.test(name)) return EVERYONE;
  if (isUniqueId(name)) return FOREIGN_ACCOUNT;
  const arn = readArn(name);
  if (arn === undefined && !/^(arn:.*[*?$].*|[\d*?]+)$/.test(name)) return undefined;
  const accountId = arn?.accountId ?? name;
  if (hasWildcard(accountId) || hasVariable(accountId)) return ANY_ACCOUNT;
  if (arn && !isCaller(arn)) return undefined;
  return /^\d{12}$/.test(accountId) ? reachOfAccount(accountId, trusted) : undefined;
}

/** Whether an ARN may be that of somebody who calls: groups do not, and IAM takes no blank behind a name. */
const isCaller = ({ service, resource }: Arn): boolean =>
  ['iam', 'sts', '*'].includes(service) && !/^group\/|\s$/.test(resource);

/**
 * `AROA…` or `AIDA…`, a role or user by its id, which does not tell the account. The service takes the id of a living
 * one, of any account, and shows that of a deleted one.
 */
export const isUniqueId = (name: string): boolean => /^A[A-Z]{3}[A-Z0-9]{12,}$/.test(name);

/** The callers of one account, twelve digits. */
export function reachOfAccount(accountId: string, trusted: Trusted): Reach {
  return trusted.accounts.has(accountId) ? OWN_ACCOUNT : FOREIGN_ACCOUNT;
}
