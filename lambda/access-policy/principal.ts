import { readArn } from '../arn';
import { compareExposure, type Exposure } from './exposure';
import { itemsOf, readMembers } from './members';
import { ANY_ACCOUNT, either, EVERYONE, exposureOf, FOREIGN_ACCOUNT, NOBODY, OWN_ACCOUNT, type Reach } from './reach';
import type { Trusted } from './trusted';
import { hasVariable, hasWildcard } from './wildcard';

/** Whom a statement names. */
export interface Principals {
  /** As written, the farthest from the domain's account first: the first few are told. */
  readonly names: readonly string[];
  readonly reach: Reach;
  /** What is named and cannot be judged, each as a clause. */
  readonly unreadable: readonly string[];
}

/** Reads a `Principal` element: `"*"`, or an object of lists of which the service knows the kind `AWS`. */
export function readPrincipals(value: unknown, trusted: Trusted): Principals {
  if (value === '*') return { names: ['*'], reach: EVERYONE, unreadable: [] };
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
  const known: { readonly name: string; readonly exposure: Exposure }[] = [];
  let reach = NOBODY;
  for (const name of new Set(named)) {
    const one = typeof name === 'string' ? reachOfPrincipal(name, trusted) : undefined;
    if (one === undefined)
      unreadable.push(`names a principal that is no account, user, role or session: ${clip(name)}`);
    else {
      known.push({ name: name as string, exposure: exposureOf(one, trusted.addresses) });
      reach = either(reach, one);
    }
  }
  const names = known.toSorted((a, b) => compareExposure(a.exposure, b.exposure)).map(({ name }) => name);
  return { names, reach, unreadable };
}

const unknown = (reason: string): Principals => ({ names: [], reach: NOBODY, unreadable: [reason] });

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
  const accountId = arn ? arn.accountId : name;
  if (hasWildcard(accountId) || hasVariable(accountId)) return ANY_ACCOUNT;
  if (arn && !['iam', 'sts', '*'].includes(arn.service)) return undefined;
  return /^\d{12}$/.test(accountId) ? reachOfAccount(accountId, trusted) : undefined;
}

/**
 * `AROA…` or `AIDA…`, a role or user by its id, which does not tell the account. The service takes the id of a living
 * one, of any account, and shows that of a deleted one.
 */
export const isUniqueId = (name: string): boolean => /^A[A-Z]{3}[A-Z0-9]{12,}$/.test(name);

/** The callers of one account, twelve digits. */
export function reachOfAccount(accountId: string, trusted: Trusted): Reach {
  return trusted.accounts.has(accountId) ? OWN_ACCOUNT : FOREIGN_ACCOUNT;
}
