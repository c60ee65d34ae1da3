import { resourceNameIn } from '../core/base/resource-name';
import { FREQUENT_CALLS } from '../core/base/watched-calls';
import type { Narrowing } from '../core/log-file';

/** CloudFormation shortens the names it makes of a stack's, but not below this. */
const KEPT = 16;

/** Shorter texts stand in too many records to leave any out, and others may be written in more than one way. */
const TELLING = /^[A-Za-z0-9._-]{6,}$/;

/** Names of what has no calls that are narrowed: by its service, as ARNs call it, and keys, which are told by their ids. */
const READ_WHOLE = /^(?:arn:[a-z0-9-]+:(?:cloudtrail|kms|cloudformation):|(?:mrk-)?[0-9a-f-]{32,36}$)/;

/**
 * What to read of calls that are made all day: the names of a stack's resources begin with the stack's own, but for some, such as
 * that of the bucket.
 * @param watched names and ARNs, that of the stack among them
 * @returns `undefined` where they do not tell the stack, or one of them cannot be looked for
 */
export function narrowingTo(watched: readonly string[]): Narrowing | undefined {
  const stack = watched.find((name) => /^arn:[a-z0-9-]+:cloudformation:/.test(name));
  if (stack === undefined) return undefined;
  const beginning = resourceNameIn(stack).slice(0, KEPT);
  const others = watched
    .filter((name) => !name.includes('*') && !READ_WHOLE.test(name))
    .map(resourceNameIn)
    .filter((name) => !name.startsWith(beginning));
  const holding = [...new Set([beginning, ...others])];
  return holding.every((text) => TELLING.test(text)) ? { calls: FREQUENT_CALLS, holding } : undefined;
}
