import { MOST_TOLD } from '../base/plain-text';
import type { Effort } from './effort';
import { covers, inLowerCase, selects, type Selection } from './selection';
import { couldBegin, matchesWildcard } from '../base/iam-wildcard';

/** What a statement lets callers do with data: the action patterns in lower case, and what they amount to. */
export interface Deed {
  readonly name: string;
  readonly patterns: readonly string[];
  readonly canRead: boolean;
  readonly canWrite: boolean;
}

/** A search is a POST, so POST both reads and writes. */
const HTTP_DEEDS: readonly Deed[] = [
  { name: 'es:ESHttpGet', patterns: ['es:eshttpget'], canRead: true, canWrite: false },
  { name: 'es:ESHttpHead', patterns: ['es:eshttphead'], canRead: true, canWrite: false },
  { name: 'es:ESHttpPost', patterns: ['es:eshttppost'], canRead: true, canWrite: true },
  { name: 'es:ESHttpPut', patterns: ['es:eshttpput'], canRead: false, canWrite: true },
  { name: 'es:ESHttpDelete', patterns: ['es:eshttpdelete'], canRead: false, canWrite: true },
  { name: 'es:ESHttpPatch', patterns: ['es:eshttppatch'], canRead: false, canWrite: true },
];

/**
 * What the actions of a statement amount to. On a domain only the HTTP methods reach data, whatever else is listed. On
 * a direct-query data source every action of the service does.
 */
export function deedsOf(actions: Selection, dataPlane: 'domain' | 'direct-query', effort: Effort): readonly Deed[] {
  const compared = inLowerCase(actions);
  if (dataPlane === 'domain')
    return HTTP_DEEDS.filter(({ patterns }) => patterns.every((name) => selects(compared, name)));
  const patterns = compared.isInverted
    ? ['es:*', 'opensearch:*'].filter((all) => !covers({ ...compared, isInverted: false }, all, effort))
    : compared.patterns.filter((pattern) => couldBegin(pattern, 'es:') || couldBegin(pattern, 'opensearch:'));
  if (patterns.length === 0) return [];
  const canWrite = !patterns.every((pattern) => /^(es|opensearch):(get|list|describe)/.test(pattern));
  return [{ name: patterns.join(', '), patterns, canRead: true, canWrite }];
}

/** The actions with those first that amount to any of the deeds: the first few are told. */
export function tellingFirst(actions: readonly string[], deeds: readonly Deed[]): readonly string[] {
  if (actions.length <= MOST_TOLD) return actions;
  const patterns = new Set(deeds.flatMap((deed) => deed.patterns));
  const methods = HTTP_DEEDS.flatMap((deed) => deed.patterns).filter((pattern) => patterns.has(pattern));
  const isTelling = (action: string): boolean =>
    patterns.has(action) || methods.some((method) => matchesWildcard(action, method));
  const telling = new Set(actions.filter((action) => isTelling(action.toLowerCase())));
  return [...telling, ...actions.filter((action) => !telling.has(action))];
}

/** Whether a Deny of these actions, in lower case, takes away the whole deed. */
export function forbids(denied: Selection, deed: Deed, effort: Effort): boolean {
  return deed.patterns.every((pattern) => covers(denied, pattern, effort));
}
