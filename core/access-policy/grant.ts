import { namesUniqueId } from './condition-key';
import { tellingFirst } from './data-plane';
import { networksIn, type Scope } from './denial';
import { compareExposure, worstExposure, type Exposure } from './exposure';
import { anyOf, exposureOf, letsForeignersInBeside, takesPartIn } from './reach';
import { reasonOf } from './reason';
import { isElsewhere } from './resource';
import { describeSelection } from './selection';
import { denialsOf, exposureOfShare, type Share } from './share';

/** What one statement grants: callers of one exposure who reach the data. */
export interface Grant {
  readonly exposure: Exposure;
  /** Position in the policy, counted from 1. */
  readonly statement: number;
  readonly sid?: string;
  readonly principals: readonly string[];
  readonly actions: readonly string[];
  readonly canRead: boolean;
  readonly canWrite: boolean;
  readonly resources: readonly string[];
  /** They are all there is in the domain. */
  readonly isWhole: boolean;
  /** The address ranges, VPCs and VPC endpoints the grant is limited to, a hundred at most. @default - limited to no network */
  readonly networks?: readonly string[];
  /** Every resource is in another domain than the one judged, by the ARNs given. @default false */
  readonly elsewhere?: boolean;
  /** Unique ids in its conditions, which do not tell their account, are taken for the own account's. @default false */
  readonly restsOnIds?: boolean;
  readonly reason: string;
}

/** The grants, worst first. Address ranges add up: shares that are narrow each may be public together. */
export function toGrants(shares: readonly Share[], scope: Scope): readonly Grant[] {
  const { trusted } = scope;
  const alone = shares.map((share) => exposureOfShare(share, scope));
  const together = exposureOf(anyOf(shares.map(({ reach }) => reach)), trusted.addresses);
  const addsUp = compareExposure(together, worstExposure(alone)) < 0;
  const adding = addsUp ? shares.filter(({ reach }) => takesPartIn(together, reach, trusted.addresses)) : [];
  return shares
    .flatMap((share, index) => {
      const others = adding.includes(share) ? adding.filter(({ statement }) => statement !== share.statement) : [];
      const exposure = adding.includes(share) ? together : (alone[index] ?? 'public');
      const worst = toGrant(share, exposure, others, scope);
      const goesOn = letsForeignersInBeside(exposure, share.reach, trusted.addresses);
      return goesOn ? [worst, toGrant(share, 'cross-account', [], scope)] : [worst];
    })
    .toSorted(worstGrantFirst);
}

/** Of one exposure, writing before reading, and the whole domain before parts of it: the first few are told. */
function worstGrantFirst(a: Grant, b: Grant): number {
  const byExtent = Number(b.canWrite) - Number(a.canWrite) || Number(b.isWhole) - Number(a.isWhole);
  return compareExposure(a.exposure, b.exposure) || byExtent || a.statement - b.statement;
}

function toGrant(share: Share, exposure: Exposure, others: readonly Share[], { trusted, domainArn }: Scope): Grant {
  const { statement, names, deeds } = share;
  const denying = denialsOf(share).flatMap(({ statements }) => statements);
  const actions = share.isPart ? deeds.map(({ name }) => name) : describeSelection(statement.actions);
  const networks = networksOf(share);
  const restsOnIds =
    exposure === 'same-account' &&
    !share.isNamed &&
    [statement, ...denying].some(({ tests }) => tests.some(namesUniqueId));
  const elsewhere = share.resources.every((resource) => isElsewhere(resource, domainArn));
  return {
    exposure,
    statement: statement.position,
    ...(statement.sid !== undefined && { sid: statement.sid }),
    principals: names,
    actions,
    canRead: deeds.some(({ canRead }) => canRead),
    canWrite: deeds.some(({ canWrite }) => canWrite),
    resources: describeSelection(statement.resources),
    isWhole: share.isWhole,
    ...(networks.length > 0 && { networks }),
    ...(elsewhere && { elsewhere }),
    ...(restsOnIds && { restsOnIds }),
    reason: reasonOf({
      statement,
      names,
      exposure,
      actions: tellingFirst(actions, deeds),
      trusted,
      narrowedBy: denying.map(({ position }) => position),
      isElsewhere: elsewhere,
      togetherWith: [...new Set(others.map((other) => other.statement.position))],
    }),
  };
}

/** The networks a share is limited to: those its own conditions name, and those a Deny spares. */
function networksOf(share: Share): readonly string[] {
  const named = networksIn(share.statement.tests.filter((test) => !test.isNegated));
  const networks = new Set<string>();
  for (const list of [named, ...denialsOf(share).map((denial) => denial.networks)]) {
    for (const network of list) if (networks.size < MOST_NETWORKS) networks.add(network);
  }
  return [...networks];
}

/** A policy may name thousands, and the first few are told. */
const MOST_NETWORKS = 100;
