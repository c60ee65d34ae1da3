import {
  differenceOf,
  EVERY_ADDRESS,
  intersectionOf,
  isBroad,
  NO_ADDRESS,
  unionOf,
  type AddressSet,
} from '../base/address-ranges';
import type { Exposure } from './exposure';

/** Kinds of callers, the farthest from the domain's account first. */
const KINDS = ['public', 'any-account', 'anonymous-network', 'cross-account', 'same-account'] as const;

type Kind = (typeof KINDS)[number];

/**
 * Who gets through a limit: for each kind of caller, the addresses they get through from. Nearer kinds get through
 * wherever the farther ones that include them do, so that "both" and "either" are taken kind by kind and exactly: the
 * order of limits never matters, and one limit more never lets anyone in.
 */
export type Reach = Readonly<Record<Member, AddressSet>>;

/** Beside the kinds, foreign accounts as far as they need no network that is known by name. */
type Member = Kind | 'foreign-account';

const MEMBERS: readonly Member[] = [...KINDS, 'foreign-account'];

const reachOf = (addresses: (member: Member) => AddressSet): Reach =>
  Object.fromEntries(MEMBERS.map((member) => [member, addresses(member)])) as Reach;

const only = (...members: readonly Member[]): Reach =>
  reachOf((member) => (members.includes(member) ? EVERY_ADDRESS : NO_ADDRESS));

export const EVERYONE = only(...MEMBERS);
export const NOBODY = only();
/** The domain's account, or one that is trusted. */
export const OWN_ACCOUNT = only('same-account');
export const FOREIGN_ACCOUNT = only('same-account', 'cross-account', 'foreign-account');
/** Whoever has an AWS account. */
export const ANY_ACCOUNT = only('same-account', 'cross-account', 'any-account', 'foreign-account');
/** Whoever comes from a network known by name, signed or not. */
export const NAMED_NETWORK = only('same-account', 'cross-account', 'anonymous-network');

export const fromAddresses = (addresses: AddressSet): Reach => reachOf(() => addresses);

/** Those who get through both limits. */
export function both(a: Reach, b: Reach): Reach {
  if (a === b || b === EVERYONE) return a;
  if (a === EVERYONE) return b;
  return intersections.of(a, b);
}

/** Statements that limit alike are narrowed alike, and a policy may have hundreds of both. */
const intersections = oncePerPair((a: Reach, b: Reach) => combine(a, b, intersectionOf));

/** How many blocks of addresses `both` has to go through. */
export function blocksIn(a: Reach, b: Reach): number {
  const isKnown = a === b || a === EVERYONE || b === EVERYONE || intersections.has(a, b);
  return isKnown ? 1 : a['same-account'].length + b['same-account'].length;
}

/** Those who get through one limit or the other. */
export function either(a: Reach, b: Reach): Reach {
  if (a === EVERYONE || b === EVERYONE) return EVERYONE;
  if (a === b || b === NOBODY) return a;
  if (a === NOBODY) return b;
  return combine(a, b, (x, y) => unionOf([...x, ...y]));
}

/** Those who get through any of the limits. */
export function anyOf(reaches: readonly Reach[]): Reach {
  const distinct = [...new Set(reaches)];
  return reachOf((kind) => unionOf(distinct.flatMap((reach) => reach[kind])));
}

/** Kinds often share one set of addresses, which is then combined once. */
function combine(a: Reach, b: Reach, merge: (x: AddressSet, y: AddressSet) => AddressSet): Reach {
  let last: { x: AddressSet; y: AddressSet; merged: AddressSet } | undefined;
  return reachOf((kind) => {
    const [x, y] = [a[kind], b[kind]];
    if (last?.x !== x || last.y !== y) last = { x, y, merged: merge(x, y) };
    return last.merged;
  });
}

/** The worst that a reach amounts to, where callers from `trusted` addresses count as the domain's own. */
export const exposureOf = (reach: Reach, trusted: AddressSet): Exposure => exposures.of(reach, trusted);

const exposures = oncePerPair(
  (reach: Reach, trusted: AddressSet): Exposure => KINDS.find((kind) => isExposedTo(kind, reach, trusted)) ?? 'none',
);

/** What `work` makes of two objects, worked out once for each pair, and kept as long as both are in use. */
function oncePerPair<A extends object, B extends object, Result>(work: (a: A, b: B) => Result) {
  const results = new WeakMap<A, WeakMap<B, Result>>();
  return {
    has: (a: A, b: B): boolean => results.get(a)?.has(b) === true,
    of: (a: A, b: B): Result => {
      const known = results.get(a)?.get(b);
      if (known !== undefined) return known;
      const result = work(a, b);
      results.set(a, (results.get(a) ?? new WeakMap<B, Result>()).set(b, result));
      return result;
    },
  };
}

/**
 * A reach is open to the public, or to every account, only from a broad set of addresses. From fewer, anonymous callers
 * are those of a named network, and signed ones are no worse than a foreign account.
 */
function isExposedTo(kind: Kind, reach: Reach, trusted: AddressSet): boolean {
  const addresses = reach[kind];
  if (kind === 'same-account' || addresses.length === 0) return addresses.length > 0;
  const foreign = differenceOf(addresses, trusted);
  return kind === 'public' || kind === 'any-account' ? isBroad(foreign) : foreign.length > 0;
}

/** Whether callers of exactly this exposure come from anywhere but the trusted addresses. */
export function takesPartIn(exposure: Exposure, reach: Reach, trusted: AddressSet): boolean {
  return exposure !== 'none' && differenceOf(reach[exposure], trusted).length > 0;
}

/**
 * Whether foreign accounts get in beside callers of a worse exposure, as where a Deny spares a network and an organization:
 * that exposure does not tell of them then.
 */
export function letsForeignersInBeside(exposure: Exposure, reach: Reach, trusted: AddressSet): boolean {
  if (exposure === 'none' || exposure === 'same-account' || exposure === 'cross-account') return false;
  const foreign = reach['foreign-account'];
  if (foreign === reach.public || foreign === reach['any-account']) return false;
  const told = unionOf([...reach.public, ...reach['any-account'], ...trusted]);
  return differenceOf(foreign, told).length > 0;
}
