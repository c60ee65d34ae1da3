import { readArn, type Arn } from '../base/arn';
import { hasVariable, hasWildcard } from '../base/iam-wildcard';
import { isObject } from '../base/members';
import { itemsOf } from './elements';
import type { KeyContext } from './key';
import { ANY_ACCOUNT, EVERYONE, FOREIGN_ACCOUNT, OWN_ACCOUNT, SERVICES, type Requesters } from './requesters';
import type { Trusted } from './trusted';

/*
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */

/** Whom a statement names. */
export interface Principals {
  /** One for each distance from the domain's account, the farthest first. */
  readonly groups: readonly PrincipalGroup[];
  /** What is named and cannot be judged. */
  readonly unreadable: readonly UnreadablePrincipal[];
  /** They are written as IAM takes them. One that takes them otherwise may not mean them so in a Deny. */
  readonly isRegular: boolean;
}

/** Principals that are equally far from the domain's account. */
export interface PrincipalGroup {
  /** As written, behind their kind where that is not `AWS`. */
  readonly names: readonly string[];
  readonly requesters: Requesters;
}

interface UnreadablePrincipal {
  /** A clause. */
  readonly why: string;
  /** Whom it may mean at most. */
  readonly requesters: Requesters;
}

/** What the reading of principals depends on. */
type PrincipalContext = Pick<KeyContext, 'trusted' | 'arnsOfIds'>;

/** Reads a `Principal` element: `"*"`, or an object of lists by kind. A bare name is read as one of the kind `AWS`. */
export function readPrincipals(value: unknown, context: PrincipalContext): Principals {
  if (value === '*') return { groups: [{ names: ['*'], requesters: EVERYONE }], unreadable: [], isRegular: true };
  if (isObject(value)) return { ...ofKinds(value, context), isRegular: true };
  if (typeof value === 'string' || Array.isArray(value)) {
    return { ...ofKinds({ AWS: value }, context), isRegular: false };
  }
  const why = 'names a principal that is neither "*" nor an object';
  return { groups: [], unreadable: [{ why, requesters: EVERYONE }], isRegular: false };
}

function ofKinds(written: object, context: PrincipalContext): Omit<Principals, 'isRegular'> {
  const byRequesters = new Map<Requesters, string[]>();
  const unreadable: UnreadablePrincipal[] = [];
  for (const [writtenKind, value] of Object.entries(written)) {
    const kind = writtenKind.toLowerCase();
    for (const item of new Set(itemsOf(value))) {
      const name = typeof item === 'number' ? String(item) : item;
      const requesters = typeof name === 'string' ? KINDS.get(kind)?.(name, context) : undefined;
      if (requesters === undefined) unreadable.push({ why: doubtAbout(writtenKind, name), requesters: mostOf(name) });
      else addTo(byRequesters, requesters, `${TOLD_KINDS.get(kind) ?? ''}${name as string}`);
    }
  }
  const groups = [...byRequesters].map(([requesters, names]) => ({ names, requesters }));
  if (groups.length === 0 && unreadable.length === 0) {
    unreadable.push({ why: 'names no principal', requesters: FOREIGN_ACCOUNT });
  }
  return {
    groups: groups.toSorted((a, b) => FARTHEST_FIRST.indexOf(a.requesters) - FARTHEST_FIRST.indexOf(b.requesters)),
    unreadable,
  };
}

function addTo<Key>(lists: Map<Key, string[]>, key: Key, item: string): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

const FARTHEST_FIRST: readonly Requesters[] = [EVERYONE, ANY_ACCOUNT, SERVICES, FOREIGN_ACCOUNT, OWN_ACCOUNT];

/** Whom a name of each kind means; `undefined` for what is no name of the kind. */
const KINDS: ReadonlyMap<string, (name: string, context: PrincipalContext) => Requesters | undefined> = new Map([
  ['aws', ofAccountPrincipal],
  ['service', (name: string) => (name.trim() === '' ? undefined : SERVICES)],
  // Whoever signs in with a provider may do so for a role of any account that trusts it.
  ['federated', (name: string) => (name.trim() === '' ? undefined : ANY_ACCOUNT)],
  // An account by an id that does not tell which.
  ['canonicaluser', (name: string) => (hasWildcard(name) || hasVariable(name) ? ANY_ACCOUNT : FOREIGN_ACCOUNT)],
]);

const TOLD_KINDS: ReadonlyMap<string, string> = new Map([
  ['service', 'the service '],
  ['federated', 'the identity provider '],
  ['canonicaluser', 'the canonical user '],
]);

const doubtAbout = (kind: string, name: unknown): string =>
  KINDS.has(kind.toLowerCase())
    ? `names a principal that is no account, user, role or session: ${clip(name)}`
    : `names a principal of the kind ${clip(kind)}, which is not known`;

/** Whom something that is no name may mean at most: what is no text, or has a wildcard, may mean everyone. */
const mostOf = (name: unknown): Requesters =>
  typeof name !== 'string' || hasWildcard(name) || hasVariable(name) ? EVERYONE : FOREIGN_ACCOUNT;

/** Whether it is everyone who is named, perhaps with others. */
export const namesEveryone = ({ groups }: Principals): boolean =>
  groups.some(({ requesters }) => requesters === EVERYONE);

/** Text of a stranger, short enough to quote. */
function clip(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 80));
  return Array.isArray(value) ? 'a list' : value === null ? 'null' : `of type ${typeof value}`;
}

/** `undefined` for what is no principal of an account. */
function ofAccountPrincipal(name: string, context: PrincipalContext): Requesters | undefined {
  if (/^\*+$/.test(name)) return EVERYONE;
  if (isUniqueId(name)) {
    const told = context.arnsOfIds.get(name);
    return told === undefined ? FOREIGN_ACCOUNT : ofAccountPrincipal(told, { ...context, arnsOfIds: NO_IDS });
  }
  const arn = readArn(name);
  if (arn === undefined && !/^[\d*?]+$/.test(name) && !mayBeArn(name)) return undefined;
  const accountId = arn?.accountId ?? name;
  if (hasWildcard(accountId) || hasVariable(accountId)) return ANY_ACCOUNT;
  if (arn && !isCaller(arn)) return undefined;
  // An origin access identity is a user of whoever has the distribution.
  if (accountId === 'cloudfront') return FOREIGN_ACCOUNT;
  return /^\d{12}$/.test(accountId) ? ofAccountId(accountId, context.trusted) : undefined;
}

/** Whether a text that is no ARN may be one once its wildcards are filled in. */
const mayBeArn = (name: string): boolean =>
  name.startsWith('arn:') && /[*?$]/.test(name) && !/[\n\r\u2028\u2029]/.test(name);

const NO_IDS: ReadonlyMap<string, string> = new Map();

/** Whether an ARN may be that of somebody who calls: groups do not, and IAM takes no blank behind a name. */
const isCaller = ({ service, resource }: Arn): boolean =>
  ['iam', 'sts', '*'].includes(service) && !/^group\/|\s$/.test(resource);

/**
 * `AROA…` or `AIDA…`, a role or user by its id, which does not tell the account. The service takes the id of a living
 * one, of any account, and shows that of a deleted one.
 */
export const isUniqueId = (name: string): boolean => /^A[A-Z]{3}[A-Z0-9]{12,}$/.test(name);

const ofAccountId = (accountId: string, { accounts }: Trusted): Requesters =>
  accounts.has(accountId) ? OWN_ACCOUNT : FOREIGN_ACCOUNT;
