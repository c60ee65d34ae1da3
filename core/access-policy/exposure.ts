import { differenceOf, isBroad, togetherOf, type AddressSet } from '../base/address-ranges';
import { oncePerPair } from '../base/once';
import { isNobody, type Requesters } from './requesters';

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
  const isExposed = (exposure: Exposure): boolean => EXPOSED[exposure](requesters, trusted);
  return EXPOSURES.find(isExposed) ?? 'none';
});

const exposuresOfNamed = oncePerPair((requesters: Requesters, trusted: AddressSet): Exposure => {
  const exposure = exposures(requesters, trusted);
  const { foreign, foreignInNamed, foreignInTrusted, serviceOfForeign } = requesters;
  const isForeign = [foreign, foreignInNamed, foreignInTrusted, serviceOfForeign].some(({ length }) => length > 0);
  return exposure === 'same-account' && isForeign ? 'cross-account' : exposure;
});

/**
 * A policy is open to the public, or to every account, only from a broad set of addresses. From fewer, unsigned
 * requesters are those of a named network, and signed ones are no worse than a foreign account.
 */
const EXPOSED: Readonly<Record<Exposure, (requesters: Requesters, trusted: AddressSet) => boolean>> = {
  public: (requesters, trusted) => isBroad(madeBy.public(requesters, trusted)),
  'any-account': (requesters, trusted) => isBroad(madeBy['any-account'](requesters, trusted)),
  'anonymous-network': (requesters, trusted) => madeBy['anonymous-network'](requesters, trusted).length > 0,
  'cross-account': (requesters, trusted) => madeBy['cross-account'](requesters, trusted).length > 0,
  'same-account': (requesters) => !isNobody(requesters),
  none: () => true,
};

/** The addresses of those who make an exposure what it is. Whoever comes from a trusted one makes none of these. */
const madeBy = {
  public: ({ unsigned }: Requesters, trusted: AddressSet): AddressSet => differenceOf(unsigned, trusted),
  'any-account': ({ stranger, serviceOfStranger }: Requesters, trusted: AddressSet): AddressSet =>
    differenceOf(togetherOf(stranger, serviceOfStranger), trusted),
  'anonymous-network': ({ unsigned, unsignedInNamed }: Requesters, trusted: AddressSet): AddressSet =>
    differenceOf(togetherOf(unsigned, unsignedInNamed), trusted),
  'cross-account': (requesters: Requesters, trusted: AddressSet): AddressSet => {
    const { stranger, strangerInNamed, foreign, foreignInNamed, serviceOfStranger, serviceOfForeign } = requesters;
    const signed = [stranger, strangerInNamed, foreign, foreignInNamed, serviceOfStranger, serviceOfForeign];
    return differenceOf(togetherOf(...signed), trusted);
  },
};

/** Whether requesters of exactly this exposure are among them. */
export function takesPartIn(exposure: Exposure, requesters: Requesters, trusted: AddressSet): boolean {
  if (exposure === 'none' || exposure === 'same-account') return false;
  return madeBy[exposure](requesters, trusted).length > 0;
}

/**
 * Whether foreign accounts are singled out beside requesters of a worse exposure, as where a Deny spares a network and an
 * organization: that exposure does not tell of them then.
 */
export function letsForeignersInBeside(exposure: Exposure, requesters: Requesters, trusted: AddressSet): boolean {
  return compareExposure(exposure, 'cross-account') < 0 && foreignersBeside(requesters, trusted);
}

const foreignersBeside = oncePerPair((requesters: Requesters, trusted: AddressSet): boolean => {
  const { unsigned, stranger, foreign, strangerInNamed, foreignInNamed } = requesters;
  const { serviceOfStranger, serviceOfForeign } = requesters;
  const goBeyond = (those: AddressSet, others: AddressSet): boolean =>
    those !== others && differenceOf(those, togetherOf(others, unsigned, trusted)).length > 0;
  return (
    goBeyond(foreign, stranger) ||
    goBeyond(foreignInNamed, strangerInNamed) ||
    goBeyond(serviceOfForeign, serviceOfStranger)
  );
});
