import { MOST_TOLD } from '../base/plain-text';
import { couldBegin, matchesWildcard } from '../base/iam-wildcard';
import type { Effort } from './effort';
import { covers, selects, type Selection } from './selection';

/** An action that reaches data: its patterns in lower case, and what whoever may do it can do with the data. */
export interface DataAction {
  readonly name: string;
  readonly patterns: readonly string[];
  readonly canRead: boolean;
  readonly canWrite: boolean;
}

/** A search is a POST, so POST both reads and writes. */
const HTTP_ACTIONS: readonly DataAction[] = [
  { name: 'es:ESHttpGet', patterns: ['es:eshttpget'], canRead: true, canWrite: false },
  { name: 'es:ESHttpHead', patterns: ['es:eshttphead'], canRead: true, canWrite: false },
  { name: 'es:ESHttpPost', patterns: ['es:eshttppost'], canRead: true, canWrite: true },
  { name: 'es:ESHttpPut', patterns: ['es:eshttpput'], canRead: false, canWrite: true },
  { name: 'es:ESHttpDelete', patterns: ['es:eshttpdelete'], canRead: false, canWrite: true },
  { name: 'es:ESHttpPatch', patterns: ['es:eshttppatch'], canRead: false, canWrite: true },
];

/**
 * Searching a domain from another one, through a connection that its owner accepted.
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/cross-cluster-search.html
 */
const CROSS_CLUSTER_SEARCH: DataAction = {
  name: 'es:ESCrossClusterGet',
  patterns: ['es:escrossclusterget'],
  canRead: true,
  canWrite: false,
};

const allowedOf = (candidates: readonly DataAction[], compared: Selection): readonly DataAction[] =>
  candidates.filter(({ patterns }) => patterns.every((name) => selects(compared, name)));

/**
 * What the actions of a statement, in lower case, allow on what is in a domain: only the HTTP methods reach data, whatever
 * else is listed.
 */
export const httpActionsOf = (actions: Selection): readonly DataAction[] => allowedOf(HTTP_ACTIONS, actions);

/** What the actions of a statement, in lower case, allow on a domain itself. */
export const domainActionsOf = (actions: Selection): readonly DataAction[] =>
  allowedOf([CROSS_CLUSTER_SEARCH], actions);

/**
 * What the actions of a statement, in lower case, allow on a direct-query data source: every action of the service reaches
 * its data.
 */
export function queryActionsOf(compared: Selection, effort: Effort): readonly DataAction[] {
  const patterns = compared.isInverted
    ? ['es:*', 'opensearch:*'].filter((all) => !covers({ ...compared, isInverted: false }, all, effort))
    : compared.patterns.filter((pattern) => couldBegin(pattern, 'es:') || couldBegin(pattern, 'opensearch:'));
  if (patterns.length === 0) return [];
  const canWrite = !patterns.every((pattern) => /^(es|opensearch):(get|list|describe)/.test(pattern));
  return [{ name: patterns.join(', '), patterns, canRead: true, canWrite }];
}

/** What a statement says of its actions, with those first that reach data: the first few are told. */
export function tellingFirst(written: readonly string[], actions: readonly DataAction[]): readonly string[] {
  if (written.length <= MOST_TOLD) return written;
  const patterns = new Set(actions.flatMap((action) => action.patterns));
  const known = [...HTTP_ACTIONS, CROSS_CLUSTER_SEARCH].flatMap((action) => action.patterns);
  const reached = known.filter((pattern) => patterns.has(pattern));
  const isTelling = (action: string): boolean =>
    patterns.has(action) || reached.some((pattern) => matchesWildcard(action, pattern));
  const telling = new Set(written.filter((action) => isTelling(action.toLowerCase())));
  return [...telling, ...written.filter((action) => !telling.has(action))];
}

/** Whether a Deny of these actions, in lower case, certainly covers the whole action. */
export const forbids = (denied: Selection, action: DataAction, effort: Effort): boolean =>
  action.patterns.every((pattern) => covers(denied, pattern, effort));
