import { oncePerPair } from '../base/once';
import {
  EVERY_ADDRESS,
  internet,
  intersectionOf,
  NO_ADDRESS,
  togetherOf,
  type AddressSet,
} from '../base/address-ranges';

/**
 * Kinds of requesters: whoever sends a request is of exactly one. Three things tell them apart: whether they sign and
 * are an AWS service, how far their account is from the domain's, and whether they are in a network that the policy or
 * the settings name.
 */
const KINDS = [
  /** Who does not sign, from wherever. */
  'unsigned',
  /** Who does not sign, in a VPC or through a VPC endpoint that the policy names. */
  'unsignedInNamed',
  /** The same in one that the settings trust. */
  'unsignedInTrusted',
  /** Who signs as a principal of an account that nobody named. */
  'stranger',
  'strangerInNamed',
  'strangerInTrusted',
  /** Who signs as a principal of an account that the policy names, neither the domain's nor trusted. */
  'foreign',
  'foreignInNamed',
  'foreignInTrusted',
  /** Who signs as a principal of the domain's account, or of one that is trusted, from wherever. */
  'own',
  /** An AWS service that acts as itself for a resource of such an account. */
  'serviceOfStranger',
  'serviceOfForeign',
  'serviceOfOwn',
] as const;

type Kind = (typeof KINDS)[number];

/**
 * A set of requesters: of each kind those who come from certain addresses. Sets are combined kind by kind and exactly,
 * so that the order of limits never matters and one limit more never lets anyone in.
 */
export type Requesters = Readonly<Record<Kind, AddressSet>>;

/** Spelled out, as an object that is made at once is much cheaper than one that grows, and a policy may take thousands. */
const requestersOf = (addresses: (kind: Kind) => AddressSet): Requesters => ({
  unsigned: addresses('unsigned'),
  unsignedInNamed: addresses('unsignedInNamed'),
  unsignedInTrusted: addresses('unsignedInTrusted'),
  stranger: addresses('stranger'),
  strangerInNamed: addresses('strangerInNamed'),
  strangerInTrusted: addresses('strangerInTrusted'),
  foreign: addresses('foreign'),
  foreignInNamed: addresses('foreignInNamed'),
  foreignInTrusted: addresses('foreignInTrusted'),
  own: addresses('own'),
  serviceOfStranger: addresses('serviceOfStranger'),
  serviceOfForeign: addresses('serviceOfForeign'),
  serviceOfOwn: addresses('serviceOfOwn'),
});

const allOf = (...kinds: readonly Kind[]): Requesters =>
  requestersOf((kind) => (kinds.includes(kind) ? EVERY_ADDRESS : NO_ADDRESS));

export const EVERYONE = allOf(...KINDS);
export const NOBODY = allOf();
export const UNSIGNED = allOf('unsigned', 'unsignedInNamed', 'unsignedInTrusted');
/** The domain's account, and those that are trusted. */
export const OWN_ACCOUNT = allOf('own');
/** A foreign account that is named. It may be an own one all the same: by the organization it is in, or not being in one that is trusted. */
export const FOREIGN_ACCOUNT = allOf('foreign', 'foreignInNamed', 'foreignInTrusted', 'own');
/** Whoever signs with an AWS account. */
export const ANY_ACCOUNT = allOf(
  'stranger',
  'strangerInNamed',
  'strangerInTrusted',
  'foreign',
  'foreignInNamed',
  'foreignInTrusted',
  'own',
);
export const OWN_SERVICES = allOf('serviceOfOwn');
export const FOREIGN_SERVICES = allOf('serviceOfForeign', 'serviceOfOwn');
/** AWS services, for whatever account they act. */
export const SERVICES = allOf('serviceOfStranger', 'serviceOfForeign', 'serviceOfOwn');
export const TRUSTED_NETWORK = allOf('unsignedInTrusted', 'strangerInTrusted', 'foreignInTrusted', 'own');
/**
 * Whoever is in a network that the policy names, signed or not. It may be trusted by another of its names. Services act
 * from networks of their own.
 */
export const NAMED_NETWORK = allOf(
  'unsignedInNamed',
  'unsignedInTrusted',
  'strangerInNamed',
  'strangerInTrusted',
  'foreignInNamed',
  'foreignInTrusted',
  'own',
);

/**
 * Whoever can send a request to a public endpoint: from an address of the internet, which is told, and through no VPC
 * endpoint.
 */
export const ON_THE_INTERNET = requestersOf((kind) => (/In(Named|Trusted)$/.test(kind) ? NO_ADDRESS : internet()));

export const fromAddresses = (addresses: AddressSet): Requesters => requestersOf(() => addresses);

/** Those who are in both sets. */
export function intersect(a: Requesters, b: Requesters): Requesters {
  if (a === b || b === EVERYONE) return a;
  if (a === EVERYONE) return b;
  return intersections(a, b);
}

/** Statements that limit alike are narrowed alike, and a policy may have hundreds of both. */
const intersections = oncePerPair((a: Requesters, b: Requesters) => combine(a, b, intersectionOf));

/** Those who are in all of the sets. Halves are met first, so that long sets meet few times. */
export function intersectAll(sets: readonly Requesters[]): Requesters {
  const [first = EVERYONE, ...others] = sets;
  if (others.length === 0) return first;
  const middle = sets.length >> 1;
  return intersect(intersectAll(sets.slice(0, middle)), intersectAll(sets.slice(middle)));
}

/** Those who are in either set. */
export function unite(a: Requesters, b: Requesters): Requesters {
  if (a === EVERYONE || b === EVERYONE) return EVERYONE;
  if (a === b || b === NOBODY) return a;
  if (a === NOBODY) return b;
  return combine(a, b, (x, y) => (y === EVERY_ADDRESS ? y : togetherOf(x, y)));
}

/** Those who are in any of the sets. */
export function uniteAll(sets: readonly Requesters[]): Requesters {
  const distinct = [...new Set(sets)];
  const [only] = distinct;
  if (only !== undefined && distinct.length === 1) return only;
  const done: { readonly sets: readonly AddressSet[]; readonly union: AddressSet }[] = [];
  return requestersOf((kind) => {
    const sets = distinct.map((set) => set[kind]);
    const known = done.find((other) => other.sets.every((set, at) => set === sets[at]));
    if (known) return known.union;
    const union = togetherOf(...sets);
    done.push({ sets, union });
    return union;
  });
}

/** The same requesters where nobody gets in unsigned: who would is whoever has an account. */
export const asSigners = (requesters: Requesters): Requesters => signers(requesters, NO_ADDRESS);

const signers = oncePerPair((requesters: Requesters, unsigned: AddressSet): Requesters => {
  const stranger = togetherOf(requesters.unsigned, requesters.stranger);
  const strangerInNamed = togetherOf(requesters.unsignedInNamed, requesters.strangerInNamed);
  const strangerInTrusted = togetherOf(requesters.unsignedInTrusted, requesters.strangerInTrusted);
  const nobody = { unsigned, unsignedInNamed: unsigned, unsignedInTrusted: unsigned };
  return { ...requesters, ...nobody, stranger, strangerInNamed, strangerInTrusted };
});

export const isNobody = (requesters: Requesters): boolean => KINDS.every((kind) => requesters[kind].length === 0);

/** How many blocks of addresses the set with the most of a kind has. */
export const blocksIn = (requesters: Requesters): number => Math.max(...KINDS.map((kind) => requesters[kind].length));

/** Kinds often share one set of addresses, which is then combined once. */
function combine(a: Requesters, b: Requesters, merge: (x: AddressSet, y: AddressSet) => AddressSet): Requesters {
  const done: { readonly x: AddressSet; readonly y: AddressSet; readonly merged: AddressSet }[] = [];
  return requestersOf((kind) => {
    const [x, y] = [a[kind], b[kind]];
    const known = done.find((pair) => pair.x === x && pair.y === y);
    if (known) return known.merged;
    const merged = merge(x, y);
    done.push({ x, y, merged });
    return merged;
  });
}
