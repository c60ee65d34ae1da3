import type { ConditionTest } from './condition';
import { isNetworkKey, isUserIdKey, whoMeets } from './condition-key';
import { deedsOf, forbids, type Deed } from './data-plane';
import type { Denial, Scope } from './denial';
import type { Effort } from './effort';
import type { Exposure } from './exposure';
import type { PrincipalGroup } from './principal';
import { blocksIn, both, exposureOf, type Reach } from './reach';
import { givesWhole, reachedResources } from './resource';
import { covers } from './selection';
import type { Statement } from './statement';
import type { Trusted } from './trusted';

/** What an Allow leaves to some of those it names. */
export interface Share {
  readonly statement: Statement;
  readonly names: readonly string[];
  readonly deeds: readonly Deed[];
  /** Some of what the statement allows is in another share. */
  readonly isPart: boolean;
  readonly resources: readonly string[];
  /** They are all there is in the domain. */
  readonly isWhole: boolean;
  readonly reach: Reach;
  /** The policy names their accounts. */
  readonly isNamed: boolean;
  /** The last Deny that narrowed it, and those before. */
  readonly narrowedBy?: Narrowing;
}

interface Narrowing {
  readonly denial: Denial;
  readonly before?: Narrowing;
}

/** Every Deny that narrowed a share, in their order. */
export function denialsOf({ narrowedBy }: Share): readonly Denial[] {
  const denials: Denial[] = [];
  for (let narrowing = narrowedBy; narrowing; narrowing = narrowing.before) denials.push(narrowing.denial);
  return denials.toReversed();
}

/** What a statement grants after every Deny: for each group of principals, one share for the actions that are denied alike. */
export function sharesOf(statement: Statement, denials: readonly Denial[], scope: Scope): readonly Share[] {
  const { trusted, named, effort } = scope;
  const resources = reachedResources(statement.resources, scope.domainArn);
  const deeds = deedsOf(statement.actions, scope.dataPlane, effort);
  if (resources.length === 0 || deeds.length === 0) return [];
  const isWhole = givesWhole(statement.resources, scope.domainArn, effort);
  const narrowing = denials.filter(
    (denial) => denial.coversDomain || resources.every((resource) => covers(denial.resources, resource, effort)),
  );
  return statement.principals.groups.flatMap((group) => {
    const isNamed = namesAccounts(group, statement, trusted);
    const reach = letInBy(group, statement.tests, isNamed ? named : trusted);
    const whole: Share = {
      statement,
      names: group.names,
      deeds,
      isPart: false,
      resources,
      isWhole,
      reach,
      isNamed,
    };
    return narrowing
      .reduce<readonly Share[]>((shares, denial) => shares.flatMap((share) => narrow(share, denial, effort)), [whole])
      .filter((share) => exposureOfShare(share, scope) !== 'none');
  });
}

/** Whom an Allow lets in of a group, at most. */
const letInBy = ({ reach }: PrincipalGroup, tests: readonly ConditionTest[], trusted: Trusted): Reach =>
  tests.map((test) => whoMeets(test, trusted)).reduce(both, reach);

/** Whether an Allow names the accounts of a group, as principals or in its conditions. */
function namesAccounts(group: PrincipalGroup, { tests }: Statement, trusted: Trusted): boolean {
  const others = tests.filter(({ key }) => !isUserIdKey(key) && !isNetworkKey(key));
  return letInBy(group, others, trusted)['any-account'].length === 0;
}

/** The worst that a share amounts to. */
export const exposureOfShare = ({ reach, isNamed }: Share, { trusted, named }: Scope): Exposure =>
  exposureOf(reach, (isNamed ? named : trusted).addresses);

/** Addresses are numbers of 128 bits, in several sets of a reach. */
const STEPS_OF_BLOCK = 60;
const STEPS_OF_SHARE = 100;

/** The deeds a Deny forbids go on in a narrower reach, the others as before. */
function narrow(share: Share, denial: Denial, effort: Effort): readonly Share[] {
  if (!effort.spend(STEPS_OF_SHARE)) return [share];
  const denied = share.deeds.filter((deed) => forbids(denial.actions, deed, effort));
  if (denied.length === 0) return [share];
  const spared = share.deeds.filter((deed) => !denied.includes(deed));
  const spares = share.isNamed ? denial.sparesOfNamed : denial.spares;
  if (!effort.spend(blocksIn(share.reach, spares) * STEPS_OF_BLOCK)) return [share];
  const narrower: Share = {
    ...share,
    deeds: denied,
    isPart: share.isPart || spared.length > 0,
    reach: both(share.reach, spares),
    narrowedBy: { denial, ...(share.narrowedBy && { before: share.narrowedBy }) },
  };
  return spared.length > 0 ? [{ ...share, deeds: spared, isPart: true }, narrower] : [narrower];
}
