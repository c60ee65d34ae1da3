import { oncePerPair } from '../base/once';
import type { ConditionTest } from './condition';
import { namesForeign, whoMeets } from './condition-key';
import type { DataAction } from './data-action';
import type { Denial, Denials } from './denial';
import { exposureOf, type Exposure } from './exposure';
import type { KeyContext } from './key';
import { isNetworkKey } from './network-keys';
import { isUserIdKey } from './principal-keys';
import type { PrincipalGroup } from './principal';
import { asSigners, blocksIn, hasSome, intersect, kinds, type Requesters } from './requesters';
import type { Scope } from './scope';
import type { Statement } from './statement';
import { targetsOf, type Target } from './target';

/** What remains of an Allow after every Deny, for some of the principals it names and some of the actions it allows. */
export interface Remainder {
  readonly statement: Statement;
  readonly group: PrincipalGroup;
  readonly target: Target;
  readonly actions: readonly DataAction[];
  readonly requesters: Requesters;
  /** The policy names their accounts. */
  readonly isNamed: boolean;
  /** What narrowed it. */
  readonly deniedBy: readonly Denial[];
  /** The conditions of the Allow. */
  readonly met: readonly Met[];
  /** The worst that it amounts to. */
  readonly exposure: Exposure;
}

/** A condition, with who meets it. */
export interface Met {
  readonly test: ConditionTest;
  readonly meets: Requesters;
}

/** Conditions with who meets each: asked for the verdict and for what is told of it. */
export const metOf = oncePerPair((tests: readonly ConditionTest[], keys: KeyContext): readonly Met[] =>
  tests.map((test) => ({ test, meets: whoMeets(test, keys) })),
);

/** What remains of an Allow: for each group of principals, one remainder for the actions that are denied alike. */
export function remaindersOf(statement: Statement, denials: Denials, scope: Scope): readonly Remainder[] {
  const reached = targetsOf(statement, scope).map((target) => ({ target, alike: denials.deniedAlike(target) }));
  if (reached.every(({ alike }) => alike.length === 0)) return [];
  const namesForeigners = statement.tests.some((test) => !test.isNegated && namesForeign(test, scope.keys));
  const met = metOf(statement.tests, scope.keys);
  return reached.flatMap(({ target, alike }) => {
    return statement.principals.groups.flatMap((group) => {
      const isNamed = namesAccounts(group, met);
      const allowed = intersect(letInBy(group, isNamed ? whereNamed(met, scope) : met), scope.everyone);
      return alike.flatMap(({ actions, deniedBy }): readonly Remainder[] => {
        const left = narrowed(allowed, deniedBy, isNamed, scope);
        const requesters = target.through === 'cross-cluster' ? asSigners(left) : left;
        const exposure = exposureOf(requesters, scope.keys.trusted.addresses, isNamed || namesForeigners);
        return exposure === 'none'
          ? []
          : [{ statement, group, target, actions, requesters, isNamed, deniedBy, met, exposure }];
      });
    });
  });
}

/** Whom an Allow lets in of a group, at most. */
const letInBy = ({ requesters }: PrincipalGroup, met: readonly Met[]): Requesters =>
  met.reduce((left, { meets }) => intersect(left, meets), requesters);

/** Who meets conditions where the policy names accounts, of which unique ids are then: nothing else is read otherwise. */
const whereNamed = (met: readonly Met[], { keysOfNamed }: Scope): readonly Met[] =>
  met.some(({ test }) => isUserIdKey(test))
    ? met.map((each) => (isUserIdKey(each.test) ? { ...each, meets: whoMeets(each.test, keysOfNamed) } : each))
    : met;

/** Whether an Allow names the accounts of a group, as principals or in its conditions. */
function namesAccounts(group: PrincipalGroup, met: readonly Met[]): boolean {
  if (!hasSome(group.requesters, UNNAMED)) return true;
  const others = met.filter(({ test }) => !isUserIdKey(test) && !isNetworkKey(test));
  return !hasSome(letInBy(group, others), UNNAMED);
}

const UNNAMED = kinds('unsigned', 'stranger');

/** Addresses are numbers of 128 bits, in several sets of requesters. */
const STEPS_OF_BLOCK = 60;
const STEPS_OF_DENIAL = 40;

/** Those who are left after the denials; after too many to compare, the others count as taking nothing away. */
function narrowed(allowed: Requesters, denials: readonly Denial[], isNamed: boolean, { effort }: Scope): Requesters {
  let left = allowed;
  for (const denial of denials) {
    if (!effort.spend(STEPS_OF_DENIAL)) return left;
    left = intersect(left, isNamed ? denial.exemptsOfNamed : denial.exempts);
    effort.spend(blocksIn(left) * STEPS_OF_BLOCK);
  }
  return left;
}
