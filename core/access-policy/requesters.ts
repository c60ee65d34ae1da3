import { lazily } from '../base/lazily';
import { once, oncePerPair } from '../base/once';
import { EVERY_ADDRESS, internet, intersectionOf, togetherOf, type AddressSet } from '../base/address-ranges';

/**
 * Kinds of requesters: whoever sends a request is of exactly one. Three things tell them apart: whether they sign and
 * are an AWS service, how far their account is from the domain's, and whether they are in a network that the policy or
 * the settings name.
 */
const NAMES = [
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

type Kind = (typeof NAMES)[number];

/** Kinds of requesters as the bits of one number: a policy may take thousands of sets, and each is combined with others. */
export type Kinds = number;

export const kinds = (...names: readonly Kind[]): Kinds =>
  names.reduce((bits, name) => bits | (1 << NAMES.indexOf(name)), 0);

/** Requesters of some kinds who come from the same addresses. */
interface Lot {
  readonly kinds: Kinds;
  readonly addresses: AddressSet;
}

/**
 * A set of requesters: of each kind those who come from certain addresses. Lots share no kind, no two have the same list of
 * addresses, and none is empty. Sets are combined kind by kind and exactly, so that the order of limits never matters and
 * one limit more never lets anyone in.
 */
export type Requesters = readonly Lot[];

const lotOf = (kinds: Kinds, addresses: AddressSet): Requesters =>
  kinds === 0 || addresses.length === 0 ? [] : [{ kinds, addresses }];

const allOf = (...names: readonly Kind[]): Requesters => lotOf(kinds(...names), EVERY_ADDRESS);

export const EVERYONE = allOf(...NAMES);
export const NOBODY: Requesters = [];
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

/** From whatever addresses these are. */
export const fromAddresses = (addresses: AddressSet): Requesters => lotOf(kinds(...NAMES), addresses);

/**
 * Whoever can send a request to a public endpoint: from an address of the internet, which is told, and through no VPC
 * endpoint.
 */
export const onTheInternet = lazily(() =>
  lotOf(kinds(...NAMES.filter((name) => !/In(Named|Trusted)$/.test(name))), internet()),
);

/** Whether some are of these kinds. */
export const hasSome = (requesters: Requesters, kinds: Kinds): boolean =>
  requesters.some((lot) => (lot.kinds & kinds) !== 0);

/** From where those of these kinds come. */
export const addressesOf = (requesters: Requesters, kinds: Kinds): AddressSet =>
  togetherOf(requesters.filter((lot) => (lot.kinds & kinds) !== 0).map(({ addresses }) => addresses));

/** Those who are in both sets. */
export function intersect(a: Requesters, b: Requesters): Requesters {
  if (a === b || b === EVERYONE) return a;
  if (a === EVERYONE) return b;
  return a.length === 0 || b.length === 0 ? NOBODY : intersections(a, b);
}

/** Statements that limit alike are narrowed alike, and a policy may have hundreds of both. */
const intersections = oncePerPair((a: Requesters, b: Requesters): Requesters => {
  const lots: Lot[] = [];
  for (const ours of a) {
    for (const theirs of b) {
      const shared = ours.kinds & theirs.kinds;
      if (shared !== 0) addTo(lots, shared, intersectionOf(ours.addresses, theirs.addresses));
    }
  }
  return lots;
});

/** Joins a lot of the same addresses, if there is one. */
function addTo(lots: Lot[], kinds: Kinds, addresses: AddressSet): void {
  if (addresses.length === 0) return;
  const at = lots.findIndex((lot) => lot.addresses === addresses);
  const same = lots[at];
  if (same === undefined) lots.push({ kinds, addresses });
  else lots[at] = { kinds: same.kinds | kinds, addresses };
}

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
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  const [[ours, ...more], [theirs, ...others]] = [a, b];
  // Mostly so, and there may be thousands: all of the same kinds, from here or from there.
  if (ours && more.length + others.length === 0 && ours.kinds === theirs?.kinds) {
    return lotOf(ours.kinds, togetherOf([ours.addresses, theirs.addresses]));
  }
  return uniteAll([a, b]);
}

/** Those who are in any of the sets. */
export function uniteAll(sets: readonly Requesters[]): Requesters {
  const distinct = new Set(sets);
  const [only] = distinct;
  if (only !== undefined && distinct.size === 1) return only;
  const lots: Lot[] = [];
  for (const { kinds, addresses } of alikeIn(distinct)) addTo(lots, kinds, togetherOf([...addresses]));
  return lots;
}

/** The kinds that have the same lists of addresses in all of the sets, with these lists. */
function alikeIn(sets: Iterable<Requesters>) {
  const alike: { kinds: Kinds; readonly addresses: Set<AddressSet> }[] = [];
  let unseen = kinds(...NAMES);
  for (const lot of [...sets].flat()) {
    const split = alike.filter((each) => (each.kinds & lot.kinds) !== 0 && (each.kinds & ~lot.kinds) !== 0);
    for (const each of split) {
      alike.push({ kinds: each.kinds & ~lot.kinds, addresses: new Set(each.addresses) });
      each.kinds &= lot.kinds;
    }
    for (const each of alike) if ((each.kinds & lot.kinds) !== 0) each.addresses.add(lot.addresses);
    const fresh = unseen & lot.kinds;
    if (fresh !== 0) alike.push({ kinds: fresh, addresses: new Set([lot.addresses]) });
    unseen &= ~fresh;
  }
  return alike;
}

const UNSIGNED_KINDS = kinds('unsigned', 'unsignedInNamed', 'unsignedInTrusted');

/** From a kind of requesters who do not sign to that of strangers in the same networks, in bits. */
const TO_STRANGERS = NAMES.indexOf('stranger') - NAMES.indexOf('unsigned');

/** The same requesters where nobody gets in unsigned: who would is whoever has an account. */
export function asSigners(requesters: Requesters): Requesters {
  if (!hasSome(requesters, UNSIGNED_KINDS)) return requesters;
  return signers(requesters);
}

const signers = once((requesters: Requesters): Requesters =>
  uniteAll(
    requesters.flatMap(({ kinds, addresses }) => [
      lotOf(kinds & ~UNSIGNED_KINDS, addresses),
      lotOf((kinds & UNSIGNED_KINDS) << TO_STRANGERS, addresses),
    ]),
  ),
);

export const isNobody = (requesters: Requesters): boolean => requesters.length === 0;

/** How many blocks of addresses the set with the most of a kind has. */
export const blocksIn = (requesters: Requesters): number =>
  requesters.reduce((most, { addresses }) => Math.max(most, addresses.length), 0);
