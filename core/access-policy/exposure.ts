import { differenceOf, isBroad, unionOf, type AddressSet } from '../base/address-ranges';
import { isNobody, oncePerPair, type Requesters } from './requesters';

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

/** The worst that letting in `requesters` amounts to, where those from `trusted` addresses count as the domain's own. */
export const exposureOf = (requesters: Requesters, trusted: AddressSet): Exposure => exposures.of(requesters, trusted);

const exposures = oncePerPair((requesters: Requesters, trusted: AddressSet): Exposure => {
  const isExposed = (exposure: Exposure): boolean => EXPOSED[exposure](requesters, trusted);
  return EXPOSURES.find(isExposed) ?? 'none';
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

/** The addresses of those who make an exposure what it is. */
const madeBy = {
  public: ({ unsigned }: Requesters, trusted: AddressSet): AddressSet => differenceOf(unsigned, trusted),
  'any-account': ({ stranger, serviceOfStranger }: Requesters, trusted: AddressSet): AddressSet =>
    differenceOf(stranger === serviceOfStranger ? stranger : unionOf([...stranger, ...serviceOfStranger]), trusted),
  'anonymous-network': ({ unsigned, unsignedInNamed }: Requesters, trusted: AddressSet): AddressSet =>
    differenceOf(unionOf([...unsigned, ...unsignedInNamed]), trusted),
  'cross-account': (requesters: Requesters, trusted: AddressSet): AddressSet =>
    unionOf([
      ...madeBy['any-account'](requesters, trusted),
      ...differenceOf(requesters.strangerInNamed, trusted),
      ...singledOut(requesters),
    ]),
};

/**
 * Where foreign accounts get in and others do not: a limit singles them out. A network is trusted with whoever is in it,
 * and makes nobody's account one's own who is let in by its name.
 */
function singledOut(requesters: Requesters): AddressSet {
  const beyond = (foreign: AddressSet, stranger: AddressSet): AddressSet =>
    foreign === stranger ? [] : differenceOf(foreign, stranger);
  return unionOf([
    ...beyond(requesters.foreign, requesters.stranger),
    ...beyond(requesters.foreignInNamed, requesters.strangerInNamed),
    ...beyond(requesters.foreignInTrusted, requesters.strangerInTrusted),
    ...beyond(requesters.serviceOfForeign, requesters.serviceOfStranger),
  ]);
}

/** Whether requesters of exactly this exposure are among them. */
export function takesPartIn(exposure: Exposure, requesters: Requesters, trusted: AddressSet): boolean {
  if (exposure === 'none' || exposure === 'same-account') return false;
  return madeBy[exposure](requesters, trusted).length > 0;
}

/**
 * Whether foreign accounts are singled out beside requesters of a worse exposure, as where a Deny spares a network and an
 * organization: that exposure does not tell of them then.
 */
export function letsForeignersInBeside(exposure: Exposure, requesters: Requesters): boolean {
  if (compareExposure(exposure, 'cross-account') >= 0) return false;
  return differenceOf(singledOut(requesters), requesters.unsigned).length > 0;
}
