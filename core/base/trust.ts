/** Whom the people who run the domains trust, beyond the domain's own account. */
export interface Trust {
  /** Account ids, twelve digits each. */
  readonly accounts: readonly string[];
  /** Organization ids, `o-…`. */
  readonly organizations: readonly string[];
  /** Address ranges in CIDR notation, VPC ids and VPC endpoint ids. */
  readonly networks: readonly string[];
}
