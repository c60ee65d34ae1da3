import { readAddressBlock } from './address';
import { unionOf, type AddressSet } from './address-ranges';

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

/** The same, but for unique ids, which count as those of strangers. */
export const withForeignIds = (trusted: Trusted): Trusted => ({ ...trusted, ownsUniqueIds: false });
