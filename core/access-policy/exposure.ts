import { differenceOf, isBroad, togetherOf, type AddressSet } from '../base/address-ranges';
import { oncePerPair } from '../base/once';
import { addressesOf, hasSome, kinds, type Kinds, type Requesters } from './requesters';

/** Whom an access policy lets reach a domain's data, worst first. */
const EXPOSURES = ['public', 'any-account', 'anonymous-network', 'cross-account', 'same-account', 'none'] as const;

export type Exposure = (typeof EXPOSURES)[number];

/** Negative where `a` is worse than `b`: sorts worst first. */
export function compareExposure(a: Exposure, b: Exposure): number {
  return EXPOSURES.indexOf(a) - EXPOSURES.indexOf(b);
}

/** The worst of them; of none, `none`. */
export function worstExposure(exposures: readonly Exposure[]): Exposure {
  return exposures.reduce<Exposure>((worst, next) => (compareExposure(next, worst) < 0 ? next : worst), 'none');
}

/**
 * The worst that letting in `requesters` amounts to, where those from `trusted` addresses count as the domain's own.
 *
 * @param namesForeign they are let in by the names of foreign accounts: no network is trusted with these
 */
export const exposureOf = (requesters: Requesters, trusted: AddressSet, namesForeign = false): Exposure =>
  (namesForeign ? exposuresOfNamed : exposures)(requesters, trusted);

const exposures = oncePerPair((requesters: Requesters, trusted: AddressSet): Exposure => {
  if (requesters.length === 0) return 'none';
  return EXPOSED.find((exposure) => isExposed(exposure, requesters, trusted)) ?? 'same-account';
});

const exposuresOfNamed = (requesters: Requesters, trusted: AddressSet): Exposure => {
  const exposure = exposures(requesters, trusted);
  return exposure === 'same-account' && hasSome(requesters, OF_FOREIGN) ? 'cross-account' : exposure;
};

const OF_FOREIGN = kinds('foreign', 'foreignInNamed', 'foreignInTrusted', 'serviceOfForeign');

/** What only requesters from without make of a policy, worst first, with the kinds of those who do. */
const MAKERS = {
  public: kinds('unsigned'),
  'any-account': kinds('stranger', 'serviceOfStranger'),
  'anonymous-network': kinds('unsigned', 'unsignedInNamed'),
  'cross-account': kinds(
    'stranger',
    'strangerInNamed',
    'foreign',
    'foreignInNamed',
    'serviceOfStranger',
    'serviceOfForeign',
  ),
} as const satisfies Partial<Record<Exposure, Kinds>>;

type Exposed = keyof typeof MAKERS;

const EXPOSED = EXPOSURES.filter((exposure): exposure is Exposed => exposure in MAKERS);

/**
 * A policy is open to the public, or to every account, only from a broad set of addresses. From fewer, unsigned
 * requesters are those of a named network, and signed ones are no worse than a foreign account.
 */
const ONLY_IF_BROAD: ReadonlySet<Exposure> = new Set<Exposure>(['public', 'any-account']);

function isExposed(exposure: Exposed, requesters: Requesters, trusted: AddressSet): boolean {
  if (!hasSome(requesters, MAKERS[exposure])) return false;
  const addresses = madeFrom(exposure, requesters, trusted);
  return ONLY_IF_BROAD.has(exposure) ? isBroad(addresses) : addresses.length > 0;
}

/** The addresses of those who make an exposure what it is. Whoever comes from a trusted one makes none of these. */
const madeFrom = (exposure: Exposed, requesters: Requesters, trusted: AddressSet): AddressSet =>
  differenceOf(addressesOf(requesters, MAKERS[exposure]), trusted);

/** Whether requesters of exactly this exposure are among them. */
export function takesPartIn(exposure: Exposure, requesters: Requesters, trusted: AddressSet): boolean {
  if (exposure === 'none' || exposure === 'same-account') return false;
  return madeFrom(exposure, requesters, trusted).length > 0;
}

/**
 * Whether foreign accounts are singled out beside requesters of a worse exposure, as where a Deny spares a network and an
 * organization: that exposure does not tell of them then.
 */
export function letsForeignersInBeside(exposure: Exposure, requesters: Requesters, trusted: AddressSet): boolean {
  return compareExposure(exposure, 'cross-account') < 0 && foreignersBeside(requesters, trusted);
}

const foreignersBeside = oncePerPair((requesters: Requesters, trusted: AddressSet): boolean =>
  BESIDE.some(([foreign, strange]) => {
    const [those, others] = [addressesOf(requesters, foreign), addressesOf(requesters, strange)];
    if (those === others) return false;
    return differenceOf(those, togetherOf([others, addressesOf(requesters, MAKERS.public), trusted])).length > 0;
  }),
);

/** Kinds of foreign requesters, each with that of strangers who come as they do. */
const BESIDE = [
  [kinds('foreign'), kinds('stranger')],
  [kinds('foreignInNamed'), kinds('strangerInNamed')],
  [kinds('serviceOfForeign'), kinds('serviceOfStranger')],
] as const;
