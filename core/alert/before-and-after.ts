import type { Call } from '../call';
import { HIDDEN, type Change, type Difference } from '../domain';
import { isObject } from '../base/members';
import { plain } from '../base/plain-text';
import { policyDifference } from '../access-policy';
import { isSafe } from './remediation';

const MAX_LINES = 30;

/** What a call changed, one clause for each setting, safe to show. */
export function changeLines({ differences, closes }: Change): readonly string[] {
  const closing = closes === undefined ? [] : [`the domain was ${closes}`];
  const lines = [...closing, ...differences.flatMap(linesOf)].map((line) => plain(line, 500));
  return lines.length > MAX_LINES ? [...lines.slice(0, MAX_LINES), `and ${lines.length - MAX_LINES} more`] : lines;
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

/** A command longer than this is not pasted from an e-mail. */
const MAX_COMMAND_LENGTH = 4000;

/** The AWS CLI call that gives every setting the value it had before, `undefined` where one is not known. */
export function restoreCommand(call: Call, { differences }: Change): string | undefined {
  const { name } = call.domain;
  if (differences.length === 0 || !isSafe(name) || !isSafe(call.region)) return undefined;
  if (differences.some(({ before }) => before === undefined)) return undefined;
  const input = Object.assign(newTree(), { DomainName: name });
  for (const { path, before } of differences) setAt(input, toApiPath(path), before);
  // JSON may spell an apostrophe as an escape, so that nothing ends the shell's quotes.
  // A link in the policy is spelt so that no mail program offers it; JSON reads it as the same.
  const json = JSON.stringify(input)
    .replace(/'/g, '\\u0027')
    .replace(/:\/\//g, ':\\/\\/')
    .replace(/\b(www|ftp)\./gi, '$1\\u002e')
    .replace(/mailto:/gi, 'mailto\\u003a');
  const command = `aws opensearch update-domain-config --region ${call.region} --cli-input-json '${json}'`;
  return command.length <= MAX_COMMAND_LENGTH && plain(command, MAX_COMMAND_LENGTH) === command ? command : undefined;
}

const isAccessPolicies = (path: readonly string[]): boolean => path.join('.').toLowerCase() === 'accesspolicies';

/** CloudTrail lowers the first letter of the API's names; the keys of `advancedOptions` are the user's own. */
function toApiPath(path: readonly string[]): readonly string[] {
  const isVerbatim = path[0]?.toLowerCase() === 'advancedoptions';
  return path.map((name, at) => (isVerbatim && at > 0 ? name : name.charAt(0).toUpperCase() + name.slice(1)));
}

/** A member may have any name of a stranger's choice, `__proto__` too. */
function setAt(tree: Record<string, unknown>, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    tree[name] = value;
    return;
  }
  const there = tree[name];
  const branch: Record<string, unknown> = isObject(there) ? there : newTree();
  tree[name] = branch;
  setAt(branch, rest, value);
}

const newTree = (): Record<string, unknown> => Object.create(null) as Record<string, unknown>;

const shown = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing'));
