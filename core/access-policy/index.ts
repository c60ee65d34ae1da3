/* From an access policy to its verdict: whom it lets reach the data. */

import { denialsIn, type Scope } from './denial';
import { readDocument } from './document';
import { newEffort } from './effort';
import { worstExposure, type Exposure } from './exposure';
import { toGrants, type Grant } from './grant';
import { sharesOf } from './share';
import { readStatement, type Statement } from './statement';
import { toTrusted, towardsNamed } from './trusted';
import { isBlank } from '../base/members';

export { canonicalPolicy, policyDifference } from './difference';
export type { Grant } from './grant';
export type { Exposure } from './exposure';

/** What an access policy lets in. */
export interface PolicyVerdict {
  /** The worst that the policy as a whole amounts to. */
  readonly exposure: Exposure;
  /** What each statement grants, worst first. */
  readonly grants: readonly Grant[];
  /** Why parts of the policy, or all of it, cannot be judged. */
  readonly unreadable: readonly string[];
  /** The policy is the empty string, which removes the policy that was. */
  readonly empty: boolean;
}

/** What the judgement depends on beside the policy. */
export interface PolicyContext {
  /** The account of the domain, twelve digits. */
  readonly accountId: string;
  /** @default - not known: a policy on any domain counts as one on this */
  readonly domainArn?: string;
  /** Account ids. @default - none but the domain's */
  readonly trustedAccounts?: readonly string[];
  /** Organization ids, `o-…`. @default - none */
  readonly trustedOrganizations?: readonly string[];
  /** Address ranges in CIDR notation, VPC ids and VPC endpoint ids. @default - none */
  readonly trustedNetworks?: readonly string[];
  /** What the policy guards: on a data source any action of the service reaches data. @default 'domain' */
  readonly dataPlane?: 'domain' | 'direct-query';
}

/**
 * Whom an access policy lets reach the data of a domain, or of a direct-query data source.
 *
 * Every doubt is decided for the wider reach: a condition limits callers only where it is known to, and a Deny takes
 * away only what it is known to cover. Pure, and total on any JSON: what cannot be judged is told in `unreadable`.
 *
 * @param policy as the API takes it, a text of JSON; or the same parsed
 */
export function judgeAccessPolicy(policy: unknown, context: PolicyContext): PolicyVerdict {
  if (isBlank(policy)) {
    return { exposure: 'none', grants: [], unreadable: [], empty: true };
  }
  const document = readDocument(policy);
  const trusted = toTrusted(context);
  const read = document.statements.map((value, index) => readStatement(value, index + 1, trusted));
  const statements = read.filter((statement) => typeof statement !== 'string');
  const effort = newEffort();
  const { domainArn, dataPlane = 'domain' } = context;
  const scope: Scope = { trusted, named: towardsNamed(trusted), domainArn, dataPlane, effort };
  const denials = denialsIn(statements, scope);
  const shares = statements
    .filter(({ effect }) => effect === 'allow')
    .flatMap((statement) => sharesOf(statement, denials, scope));
  const grants = toGrants(shares, scope);
  return {
    exposure: worstExposure(grants.map(({ exposure }) => exposure)),
    grants,
    unreadable: [
      ...document.unreadable,
      ...read.flatMap((statement) => (typeof statement === 'string' ? [statement] : doubtsIn(statement))),
      ...(effort.isSpent()
        ? ['the policy has too much to compare to tell all that its Deny statements take away']
        : []),
    ],
    empty: false,
  };
}

/** In a Deny a principal that is not known takes nothing away, so only an Allow has doubts about its principals. */
function doubtsIn({ effect, position, principals }: Statement): readonly string[] {
  return effect === 'deny' ? [] : principals.unreadable.map((why) => `statement ${position} ${why}`);
}
