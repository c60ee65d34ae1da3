import { resourceNameIn } from '../core/base/resource-name';
import { FREQUENT_CALLS } from '../core/base/watched-calls';
import type { Narrowing } from '../core/log-file';

/** CloudFormation shortens the names it makes of a stack's, but not below this. */
const KEPT = 16;

/** Shorter texts stand in too many records to leave any out. */
const LEAST = 6;

/**
 * What to read of calls that are made all day: the names of a stack's resources begin with the stack's own.
 * @param watched names and ARNs, that of the stack among them
 * @returns `undefined` where they do not tell the stack
 */
export function narrowingTo(watched: readonly string[]): Narrowing | undefined {
  const stack = watched.find((name) => /^arn:[a-z0-9-]+:cloudformation:/.test(name));
  const holding = stack === undefined ? '' : resourceNameIn(stack).slice(0, KEPT);
  return holding.length < LEAST ? undefined : { calls: FREQUENT_CALLS, holding };
}
