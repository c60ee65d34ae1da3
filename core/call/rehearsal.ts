import { flagOf, memberOf } from '../base/members';
import type { Operation } from './catalogue';

/**
 * The operations that can be rehearsed, each with the one member of its request that says so. `dryRunMode` says what a dry
 * run reports and not that the call is one, and on another operation either flag says nothing: a test holds the table
 * against the models of the API.
 */
export const REHEARSED_BY: ReadonlyMap<Operation | undefined, 'dryRun' | 'performCheckOnly'> = new Map([
  ['AddReplicationPeer', 'dryRun'],
  ['CancelDomainConfigChange', 'dryRun'],
  ['UpdateDomainConfig', 'dryRun'],
  ['UpgradeDomain', 'performCheckOnly'],
]);

/**
 * Whether a call asks only what it would do: then it changes nothing, whatever else it holds.
 *
 * @param operation by its current name; `undefined` for one that no catalogue knows, which is never taken for a rehearsal
 */
export function isRehearsal(operation: Operation | undefined, request: unknown): boolean {
  const flag = REHEARSED_BY.get(operation);
  return flag !== undefined && flagOf(memberOf(request, flag)) === true;
}
