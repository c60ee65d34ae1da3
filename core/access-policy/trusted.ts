import { readAddressBlock } from '../base/address';
import { unionOf, type AddressSet } from '../base/address-ranges';

/** Accounts, organizations and networks that count as the domain's own. */
export interface Trusted {
  readonly accounts: ReadonlySet<string>;
  readonly organizations: ReadonlySet<string>;
  readonly addresses: AddressSet;
  /** VPC and VPC endpoint ids. */
  readonly networks: ReadonlySet<string>;
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
  };
}
