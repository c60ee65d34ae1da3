import { readAddressBlock } from '../base/address';
import { NO_ADDRESS, unionOf, type AddressSet } from '../base/address-ranges';

/** Accounts, organizations and networks that count as the domain's own. */
export interface Trusted {
  readonly accounts: ReadonlySet<string>;
  readonly organizations: ReadonlySet<string>;
  readonly addresses: AddressSet;
  /** VPC and VPC endpoint ids. */
  readonly networks: ReadonlySet<string>;
  /** A unique id in `aws:userid`, which does not tell its account, counts as one of the own account. */
  readonly ownsUniqueIds: boolean;
}

/** The domain's own account is trusted with those given. */
export function toTrusted(context: {
  readonly accountId: string;
  readonly trustedAccounts?: readonly string[];
  readonly trustedOrganizations?: readonly string[];
  readonly trustedNetworks?: readonly string[];
}): Trusted {
  const networks = context.trustedNetworks ?? [];
  return {
    accounts: new Set([context.accountId, ...(context.trustedAccounts ?? [])]),
    organizations: new Set(context.trustedOrganizations),
    addresses: unionOf(networks.map(readAddressBlock).filter((block) => block !== undefined)),
    networks: new Set(networks),
    ownsUniqueIds: true,
  };
}

/**
 * What is trusted where a policy names accounts itself. A network is trusted with those who do not sign in, and makes no
 * stranger's account one's own; and a unique id is most likely of one of the accounts that are named.
 */
export function towardsNamed(trusted: Trusted): Trusted {
  return { ...trusted, addresses: NO_ADDRESS, networks: new Set(), ownsUniqueIds: false };
}
