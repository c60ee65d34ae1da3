/** Whom the people who run the domains trust, beyond the domain's own account. */
export interface Trust {
  /** Account ids, twelve digits each. */
  readonly accounts: readonly string[];
  /** Organization ids, `o-…`. */
  readonly organizations: readonly string[];
  /** Address ranges in CIDR notation, VPC ids and VPC endpoint ids. */
  readonly networks: readonly string[];
  /** ARN patterns with `*` and `?`, matched against the caller's ARN and the ARN of the role behind a session. */
  readonly callers: readonly string[];
}

export const NOBODY: Trust = { accounts: [], organizations: [], networks: [], callers: [] };
