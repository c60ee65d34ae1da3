import { denialsIn, networksIn, type Denial, type Scope } from './access-policy/denial';
import { NO_ADDRESS } from './access-policy/address-ranges';
import { whoMeets, type Test } from './access-policy/condition';
import { isNetworkKey, isUserIdKey } from './access-policy/condition-key';
import { deedsOf, forbids, tellingFirst, type Deed } from './access-policy/data-plane';
import { newEffort, type Effort } from './access-policy/effort';
import { readDocument } from './access-policy/document';
import { compareExposure, worstExposure, type Exposure } from './access-policy/exposure';
import type { PrincipalGroup } from './access-policy/principal';
import { anyOf, both, exposureOf, letsForeignersInBeyond, takesPartIn, type Reach } from './access-policy/reach';
import { reasonOf } from './access-policy/reason';
import { givesWhole, isElsewhere, reachedResources } from './access-policy/resource';
import { covers, describeSelection } from './access-policy/selection';
import { readStatement, type Statement } from './access-policy/statement';
import { towardsNamed, toTrusted, type Trusted } from './access-policy/trusted';

export type { Exposure } from './access-policy/exposure';

/** What an access policy lets in. */
export interface AccessPolicyJudgement {
  /** The worst that the policy as a whole amounts to. */
  readonly exposure: Exposure;
  /** What each statement grants, worst first. */
  readonly grants: readonly Grant[];
  /** Why parts of the policy, or all of it, cannot be judged. */
  readonly unreadable: readonly string[];
  /** The policy is the empty string, which removes the policy that was. */
  readonly empty: boolean;
}

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
  /** The address ranges, VPCs and VPC endpoints the grant is limited to. @default - limited to no network */
  readonly networks?: readonly string[];
  /** Every resource is in another domain than the one judged, by the ARNs given. @default false */
  readonly elsewhere?: boolean;
  /** Unique ids in its conditions, which do not tell their account, are taken for the own account's. @default false */
  readonly restsOnIds?: boolean;
  readonly reason: string;
}

/** What the judgement depends on beside the policy. */
export interface PolicyContext {
  readonly accountId: string;
  readonly domainArn?: string;
  readonly trustedAccounts?: readonly string[];
  readonly trustedOrganizations?: readonly string[];
  readonly trustedNetworks?: readonly string[];
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
export function judgeAccessPolicy(policy: unknown, context: PolicyContext): AccessPolicyJudgement {
  if (typeof policy === 'string' && policy.trim() === '') {
    return { exposure: 'none', grants: [], unreadable: [], empty: true };
  }
  const document = readDocument(policy);
  const trusted = toTrusted(context);
  const read = document.statements.map((value, index) => readStatement(value, index + 1, trusted));
  const statements = read.filter((statement) => typeof statement !== 'string');
  const effort = newEffort();
  const scope: Scope = { trusted, domainArn: context.domainArn, dataPlane: context.dataPlane ?? 'domain', effort };
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

/** What an Allow leaves to some of those it names. */
interface Share {
  readonly statement: Statement;
  readonly names: readonly string[];
  readonly deeds: readonly Deed[];
  /** Some of what the statement allows is in another share. */
  readonly isPart: boolean;
  readonly resources: readonly string[];
  readonly reach: Reach;
  /** The policy names their accounts. */
  readonly isNamed: boolean;
  readonly narrowedBy: readonly Denial[];
}

/** What a statement grants after every Deny: for each group of principals, one share for the actions that are denied alike. */
function sharesOf(statement: Statement, denials: readonly Denial[], scope: Scope): readonly Share[] {
  const { trusted, effort } = scope;
  const resources = reachedResources(statement.resources, scope.domainArn);
  const deeds = deedsOf(statement.actions, scope.dataPlane, effort);
  if (resources.length === 0 || deeds.length === 0) return [];
  const narrowing = denials.filter(
    (denial) => denial.coversDomain || resources.every((resource) => covers(denial.resources, resource, effort)),
  );
  return statement.principals.groups.flatMap((group) => {
    const isNamed = namesAccounts(group, statement, trusted);
    const reach = letInBy(group, statement.tests, isNamed ? towardsNamed(trusted) : trusted);
    const whole: Share = {
      statement,
      names: group.names,
      deeds,
      isPart: false,
      resources,
      reach,
      isNamed,
      narrowedBy: [],
    };
    return narrowing
      .reduce<readonly Share[]>((shares, denial) => shares.flatMap((share) => narrow(share, denial, effort)), [whole])
      .filter((share) => exposureOfShare(share, trusted) !== 'none');
  });
}

/** Whom an Allow lets in of a group, at most. */
const letInBy = ({ reach }: PrincipalGroup, tests: readonly Test[], trusted: Trusted): Reach =>
  tests.map((test) => whoMeets(test, trusted)).reduce(both, reach);

/** Whether an Allow names the accounts of a group, as principals or in its conditions. */
function namesAccounts(group: PrincipalGroup, { tests }: Statement, trusted: Trusted): boolean {
  const others = tests.filter(({ key }) => !isUserIdKey(key) && !isNetworkKey(key));
  return letInBy(group, others, trusted)['any-account'].length === 0;
}

const exposureOfShare = ({ reach, isNamed }: Share, { addresses }: Trusted): Exposure =>
  exposureOf(reach, isNamed ? NO_ADDRESS : addresses);

/** The deeds a Deny forbids go on in a narrower reach, the others as before. */
function narrow(share: Share, denial: Denial, effort: Effort): readonly Share[] {
  const denied = share.deeds.filter((deed) => forbids(denial.actions, deed, effort));
  if (denied.length === 0) return [share];
  const spared = share.deeds.filter((deed) => !denied.includes(deed));
  const narrower: Share = {
    ...share,
    deeds: denied,
    isPart: share.isPart || spared.length > 0,
    reach: both(share.reach, share.isNamed ? denial.sparesOfNamed : denial.spares),
    narrowedBy: [...share.narrowedBy, denial],
  };
  return spared.length > 0 ? [{ ...share, deeds: spared, isPart: true }, narrower] : [narrower];
}

/** The grants, worst first. Address ranges add up: shares that are narrow each may be public together. */
function toGrants(shares: readonly Share[], scope: Scope): readonly Grant[] {
  const { trusted } = scope;
  const alone = shares.map((share) => exposureOfShare(share, trusted));
  const together = exposureOf(anyOf(shares.map(({ reach }) => reach)), trusted.addresses);
  const addsUp = compareExposure(together, worstExposure(alone)) < 0;
  const adding = addsUp ? shares.filter(({ reach }) => takesPartIn(together, reach, trusted.addresses)) : [];
  return shares
    .flatMap((share, index) => {
      const others = adding.includes(share) ? adding.filter(({ statement }) => statement !== share.statement) : [];
      const exposure = adding.includes(share) ? together : (alone[index] ?? 'public');
      const worst = toGrant(share, exposure, others, scope);
      const goesOn = letsForeignersInBeyond(exposure, share.reach, trusted.addresses);
      return goesOn ? [worst, toGrant(share, 'cross-account', [], scope)] : [worst];
    })
    .toSorted(worstGrantFirst);
}

/** Of one exposure, writing before reading, and the whole domain before parts of it: the first few are told. */
function worstGrantFirst(a: Grant, b: Grant): number {
  const byExtent = Number(b.canWrite) - Number(a.canWrite) || Number(b.isWhole) - Number(a.isWhole);
  return compareExposure(a.exposure, b.exposure) || byExtent || a.statement - b.statement;
}

function toGrant(
  share: Share,
  exposure: Exposure,
  others: readonly Share[],
  { trusted, domainArn, effort }: Scope,
): Grant {
  const { statement, names, deeds, narrowedBy } = share;
  const actions = share.isPart ? deeds.map(({ name }) => name) : describeSelection(statement.actions);
  const networks = networksOf(share);
  const limits = [statement, ...narrowedBy.flatMap(({ statements }) => statements)].flatMap(({ tests }) => tests);
  const restsOnIds = exposure === 'same-account' && !share.isNamed && limits.some(({ key }) => isUserIdKey(key));
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
    isWhole: givesWhole(statement.resources, domainArn, effort),
    ...(networks.length > 0 && { networks }),
    ...(elsewhere && { elsewhere }),
    ...(restsOnIds && { restsOnIds }),
    reason: reasonOf({
      statement,
      names,
      exposure,
      actions: tellingFirst(actions, deeds),
      trusted,
      narrowedBy: narrowedBy.flatMap(({ statements }) => statements.map(({ position }) => position)),
      isElsewhere: elsewhere,
      togetherWith: [...new Set(others.map((other) => other.statement.position))],
    }),
  };
}

/** The networks a share is limited to: those its own conditions name, and those a Deny spares. */
function networksOf({ statement, narrowedBy }: Share): readonly string[] {
  const named = networksIn(statement.tests.filter((test) => !test.isNegated));
  return [...new Set([...named, ...narrowedBy.flatMap(({ networks }) => networks)])];
}
