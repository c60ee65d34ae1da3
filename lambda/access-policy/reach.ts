import { differenceOf, intersectionOf, isBroad, NO_ADDRESS, EVERY_ADDRESS, unionOf } from './address-ranges';
import type { AddressSet } from './address-ranges';
import type { Exposure } from './exposure';

/**
 * Kinds of callers as bits, each kind with the milder ones it includes, so that `|` is "either" and `&` is "both".
 * Signed callers of any account who also come from a named network are no worse than callers of a foreign account.
 */
export type Callers = number;

export const NOBODY: Callers = 0;
/** The domain's account, or one that is trusted. */
export const OWN_ACCOUNT: Callers = 0b00001;
export const FOREIGN_ACCOUNT: Callers = 0b00010 | OWN_ACCOUNT;
/** Whoever comes from a named network, signed or not. */
export const NAMED_NETWORK: Callers = 0b00100 | FOREIGN_ACCOUNT;
/** Whoever has an AWS account. */
export const ANY_ACCOUNT: Callers = 0b01000 | FOREIGN_ACCOUNT;
export const EVERYONE: Callers = 0b10000 | ANY_ACCOUNT | NAMED_NETWORK;

const EXPOSURE_OF_BIT: readonly Exposure[] = [
  'none',
  'same-account',
  'cross-account',
  'anonymous-network',
  'any-account',
  'public',
];

export function toExposure(callers: Callers): Exposure {
  return EXPOSURE_OF_BIT[32 - Math.clz32(callers)] ?? 'public';
}

/** Who gets through a limit: whoever comes from `addresses`, and the `others` wherever they come from. */
export interface Reach {
  readonly addresses: AddressSet;
  readonly others: Callers;
}

export const UNLIMITED: Reach = { addresses: EVERY_ADDRESS, others: NOBODY };

/** The callers of a reach; `trusted` addresses count as the domain's own. */
export function callersOf({ addresses, others }: Reach, trusted: AddressSet): Callers {
  if (addresses.length === 0) return others;
  if (addresses === EVERY_ADDRESS) return EVERYONE;
  const foreign = differenceOf(addresses, trusted);
  if (foreign.length === 0) return others | OWN_ACCOUNT;
  return others | (isBroad(foreign) ? EVERYONE : NAMED_NETWORK);
}

/** Those who get through both limits. */
export function both(a: Reach, b: Reach, trusted: AddressSet): Reach {
  if (a === UNLIMITED) return b;
  if (b === UNLIMITED) return a;
  return {
    addresses: intersectionOf(a.addresses, b.addresses),
    others: (callersOf(a, trusted) & b.others) | (callersOf(b, trusted) & a.others),
  };
}

/** Those who get through one limit or the other. */
export function either(a: Reach, b: Reach): Reach {
  return { addresses: unionOf([...a.addresses, ...b.addresses]), others: a.others | b.others };
}

export const fromAddresses = (addresses: AddressSet): Reach => ({ addresses, others: NOBODY });
export const onlyCallers = (others: Callers): Reach => ({ addresses: NO_ADDRESS, others });
