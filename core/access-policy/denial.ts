import { once } from '../base/once';
import type { ConditionTest } from './condition';
import { readingOfKey, whoFails } from './condition-key';
import { forbids, type DataAction } from './data-action';
import { isNetworkKey } from './network-keys';
import { namesEveryone } from './principal';
import { namesUntoldId } from './principal-keys';
import { EVERYONE, intersectAll, isNobody, NOBODY, unite, type Requesters } from './requesters';
import { coversDomain } from './resource';
import type { Scope } from './scope';
import { covers, indexOf, inLowerCase, type Selection } from './selection';
import type { Statement } from './statement';
import type { Target } from './target';

/** What is known to be taken away by one Deny statement, or by several together. */
export interface Denial {
  /** The statements, by position. */
  readonly positions: readonly number[];
  /** Who is exempt from it, at most. */
  readonly exempts: Requesters;
  /** The same where the policy names accounts itself. */
  readonly exemptsOfNamed: Requesters;
  /** The networks that are exempt by name, as written. */
  readonly networks: readonly string[];
  /** It exempts principals by unique ids that do not tell their account. */
  readonly namesIds: boolean;
}

/** A denial with the actions and the resources it is about. */
interface Stated extends Denial {
  /** In lower case. */
  readonly actions: Selection;
  readonly resources: Selection;
}

/** Actions that the same denials cover. */
interface DeniedAlike {
  readonly actions: readonly DataAction[];
  readonly deniedBy: readonly Denial[];
}

/** The Deny statements of a policy, in a form that is quick to ask. */
export interface Denials {
  /**
   * The actions of a target in lots, each with the denials that certainly cover it on all resources of the target; the
   * first may stand for several. Without those that are denied to everyone.
   */
  readonly deniedAlike: (target: Target) => readonly DeniedAlike[];
  /** Why a Deny is not counted that names everyone, one clause for each. */
  readonly notCounted: readonly string[];
}

/** A Deny of named principals takes nothing away that could be proved, nor does one that may exempt everyone. */
export function denialsIn(statements: readonly Statement[], scope: Scope): Denials {
  const denials = new Map<string, Stated[]>();
  const notCounted: string[] = [];
  for (const statement of statements) {
    if (statement.effect !== 'deny' || !namesEveryone(statement.principals)) continue;
    // Whether the service takes a Deny that names something it does not know is not known.
    if (statement.principals.unreadable.length > 0 || !statement.principals.isRegular) continue;
    const denial = toStated(statement, scope);
    if (denial.exempts === EVERYONE) notCounted.push(...whyNotCounted(statement, scope));
    else addTo(denials, JSON.stringify([denial.actions, denial.resources]), denial);
  }
  const covering = finder([...denials.values()].map(together), scope);
  return { deniedAlike: once((target: Target) => inLots(target.actions, covering(target))), notCounted };
}

/** The actions in lots that the same denials cover, where these exempt anybody. */
function inLots(actions: readonly DataAction[], covering: ReturnType<Covering>): readonly DeniedAlike[] {
  const lots: { readonly actions: DataAction[]; readonly deniedBy: readonly Denial[] }[] = [];
  for (const action of actions) {
    const deniedBy = covering(action);
    if (deniedBy.some(exemptsNobody)) continue;
    const lot = lots.find((other) => isSameList(other.deniedBy, deniedBy));
    if (lot) lot.actions.push(action);
    else lots.push({ actions: [action], deniedBy });
  }
  return lots;
}

const exemptsNobody = ({ exempts, exemptsOfNamed }: Denial): boolean => isNobody(exempts) && isNobody(exemptsOfNamed);

const isSameList = <Item>(a: readonly Item[], b: readonly Item[]): boolean =>
  a === b || (a.length === b.length && a.every((item, at) => item === b[at]));

/** The denials that certainly cover an action on all resources of a target. */
type Covering = (target: Target) => (action: DataAction) => readonly Denial[];

function addTo(denials: Map<string, Stated[]>, key: string, denial: Stated): void {
  const alike = denials.get(key);
  if (alike) alike.push(denial);
  else denials.set(key, [denial]);
}

function toStated({ position, tests, actions, resources }: Statement, { keys, keysOfNamed }: Scope): Stated {
  const exempts = (context: Scope['keys']): Requesters =>
    tests.map((test) => whoFails(test, context)).reduce(unite, NOBODY);
  const namesIds = tests.some((test) => namesUntoldId(test, keys));
  const exempted = exempts(keys);
  return {
    positions: [position],
    exempts: exempted,
    exemptsOfNamed: namesIds ? exempts(keysOfNamed) : exempted,
    networks: networksIn(tests, 'negated'),
    namesIds,
    actions: inLowerCase(actions),
    resources,
  };
}

/** Denials of the same actions on the same resources as one. */
function together(denials: readonly Stated[]): Stated {
  const [first, ...others] = denials as readonly [Stated, ...Stated[]];
  return others.length === 0 ? first : { ...first, ...joined(denials) };
}

/** What denials take away together. */
const joined = (denials: readonly Denial[]): Denial => ({
  positions: denials.flatMap(({ positions }) => positions),
  exempts: intersectAll(denials.map(({ exempts }) => exempts)),
  exemptsOfNamed: intersectAll(denials.map(({ exemptsOfNamed }) => exemptsOfNamed)),
  networks: denials.flatMap(({ networks }) => networks),
  namesIds: denials.some(({ namesIds }) => namesIds),
});

/**
 * Finds the denials that cover a target. A policy may have as many Deny statements as Allow statements, so not each is
 * compared with each: those that cover a whole domain are joined once, and the others found by their resources.
 */
function finder(denials: readonly Stated[], { domainArn, effort }: Scope): Covering {
  if (denials.length === 0) return () => () => NO_DENIALS;
  const whole = denials.filter(({ resources }) => coversDomain(resources, domainArn, effort));
  const itself = denials.filter(({ resources }) => domainArn !== undefined && covers(resources, domainArn, effort));
  const everywhere = { http: joiner(whole), 'cross-cluster': joiner(itself) };
  const parts = indexOf(denials, ({ resources }) => resources);
  const wholeDomain = new Set(whole);
  return ({ resources, through }) => {
    const [first = '', ...others] = resources;
    const isOnDomainItself = through === 'cross-cluster' && domainArn !== undefined;
    const local = isOnDomainItself
      ? []
      : parts
          .covering(first, effort)
          .filter(
            (denial) =>
              !wholeDomain.has(denial) && others.every((resource) => covers(denial.resources, resource, effort)),
          );
    return (action) => {
      const here = local.filter(({ actions }) => forbids(actions, action, effort));
      const onWholeDomain = everywhere[through ?? 'http'](action, effort);
      return onWholeDomain === undefined ? here : [onWholeDomain, ...here];
    };
  };
}

const NO_DENIALS: readonly Denial[] = [];

/** Joins the denials that forbid an action, once for all actions that the same denials forbid. */
function joiner(denials: readonly Stated[]) {
  const byAction = new Map<string, Denial | undefined>();
  const byDenials = new Map<string, Denial | undefined>();
  return (action: DataAction, effort: Scope['effort']): Denial | undefined => {
    if (byAction.has(action.name)) return byAction.get(action.name);
    const forbidding = denials.filter(({ actions }) => forbids(actions, action, effort));
    const key = forbidding.map(({ positions: [position] }) => position).join(' ');
    if (!byDenials.has(key)) byDenials.set(key, forbidding.length === 0 ? undefined : joined(forbidding));
    byAction.set(action.name, byDenials.get(key));
    return byDenials.get(key);
  };
}

/** The networks that tests name, as written: those that are negated, or the others. */
export function networksIn(tests: readonly ConditionTest[], which: 'negated' | 'others'): readonly string[] {
  return tests
    .filter((test) => test.isNegated === (which === 'negated') && isNetworkKey(test))
    .filter(({ compares }) => !['amount', 'presence', 'unknown'].includes(compares))
    .flatMap(({ values }) => values);
}

/** Keys that no request to the domain has, or that are not known, protect nobody. */
function whyNotCounted({ position, tests }: Statement, { keys }: Scope): readonly string[] {
  return tests.flatMap((test) => {
    const reading = readingOfKey(test, keys);
    return reading === undefined
      ? []
      : [`the Deny of statement ${position} is not counted on, as it rests on ${test.key}, ${reading}`];
  });
}
