import { HIDDEN, type Change, type Difference } from '../domain';
import { isDeeperThan } from '../base/members';
import { plain } from '../base/plain-text';
import { policyDifference } from '../access-policy';

const MAX_LINES = 30;

/** What a call changed, one clause for each setting, safe to show. */
export function changeLines({ differences, closes }: Change): readonly string[] {
  const closing = closes === undefined ? [] : [`the domain was ${closes}`];
  const lines = [...closing, ...differences.slice(0, MAX_LINES).flatMap(linesOf)];
  const told = lines.slice(0, MAX_LINES).map((line) => plain(line, 500));
  const more = Math.max(lines.length, differences.length) - told.length;
  return more > 0 ? [...told, `and ${more} more`] : told;
}

function linesOf({ path, before, after }: Difference): readonly string[] {
  if (isAccessPolicies(path)) {
    if (before === undefined) return ['the access policy: none was known before'];
    if (after === '') return ['the access policy is removed'];
    return policyDifference(before, after).map((clause) => `the access policy, ${clause}`);
  }
  const was = before === undefined ? (after === HIDDEN ? 'hidden' : 'not known') : shown(before);
  return [`${path.join('.')}: ${was} -> ${after === HIDDEN ? 'hidden' : shown(after)}`];
}

/** The setting a path leads to, in whichever spelling: `advancedsecurityoptions.enabled`. */
export const settingAt = (path: readonly string[]): string => path.join('.').toLowerCase();

/** Whether the path is that of the domain's access policy. */
export const isAccessPolicies = (path: readonly string[]): boolean => settingAt(path) === 'accesspolicies';

/** No setting nests so deeply, and what does would exhaust its reader. */
const DEEPEST = 100;

function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  return isDeeperThan(DEEPEST, value) ? 'nested too deeply to be shown' : (JSON.stringify(value) ?? 'nothing');
}
