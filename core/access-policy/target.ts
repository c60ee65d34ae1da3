import { once } from '../base/once';
import { domainActionsOf, httpActionsOf, queryActionsOf, type DataAction } from './data-action';
import { domainsThemselves, givesWhole, reachedResources } from './resource';
import type { Scope } from './scope';
import { inLowerCase, type Selection } from './selection';
import type { Statement } from './statement';

/** What an Allow gives access to, before anything is denied. */
export interface Target {
  readonly actions: readonly DataAction[];
  readonly resources: readonly string[];
  /** They are all there is in the domain. */
  readonly isWhole: boolean;
  /** The domain itself is searched, through a connection from another domain. @default - what is in it is reached, over HTTP */
  readonly through?: 'cross-cluster';
}

/** What an Allow gives access to: what is in the domain, and the domain itself; nothing where no data is reached. */
export function targetsOf({ actions, resources }: Statement, scope: Scope): readonly Target[] {
  const known = targetsIn(scope);
  const key = JSON.stringify([actions, resources]);
  const same = known.get(key);
  if (same !== undefined) return same;
  const targets = toTargets(actions, resources, scope);
  known.set(key, targets);
  return targets;
}

/** Statements repeat each other's actions and resources, by the thousand where somebody means to take time. */
const targetsIn = once<Scope, Map<string, readonly Target[]>>(() => new Map());

function toTargets(actions: Selection, resources: Selection, scope: Scope): readonly Target[] {
  const { domainArn, dataPlane, effort } = scope;
  const isDomain = dataPlane === 'domain';
  const compared = inLowerCase(actions);
  const within: Target = {
    actions: isDomain ? httpActionsOf(compared) : queryActionsOf(compared, effort),
    resources: reachedResources(resources, domainArn),
    isWhole: givesWhole(resources, domainArn, effort),
  };
  const itself: Target = {
    actions: isDomain ? domainActionsOf(compared) : [],
    resources: domainsThemselves(resources, domainArn),
    isWhole: true,
    through: 'cross-cluster',
  };
  return [within, itself].filter((target) => target.actions.length > 0 && target.resources.length > 0);
}
