import type { Effort } from './effort';
import { itemsOf } from './elements';
import { contains, hasVariable, hasWildcard, matchesWildcard, matchesWithin } from '../base/iam-wildcard';

/** What `Action` or `Resource` select, or, inverted, what `NotAction` or `NotResource` leave. */
export interface Selection {
  readonly isInverted: boolean;
  /** As written, each once. */
  readonly patterns: readonly string[];
}

/** `undefined` where the value is neither a text nor a list of texts. */
export function readSelection(value: unknown, isInverted: boolean): Selection | undefined {
  const patterns = itemsOf(value);
  if (!patterns.every((pattern) => typeof pattern === 'string')) return undefined;
  return { isInverted, patterns: [...new Set(patterns)] };
}

/** The same selection in lower case, as actions are compared. */
export function inLowerCase({ isInverted, patterns }: Selection): Selection {
  return { isInverted, patterns: [...new Set(patterns.map((pattern) => pattern.toLowerCase()))] };
}

/** Whether `text`, which holds no wildcard, is among what is selected. Compared letter by letter, case included. */
export function selects({ isInverted, patterns }: Selection, text: string): boolean {
  return patterns.some((pattern) => matchesWildcard(pattern, text)) !== isInverted;
}

/**
 * Whether the selection certainly holds all that `pattern` matches. Where telling would take more than is left of
 * `effort`, that is not certain.
 */
export function covers({ isInverted, patterns }: Selection, pattern: string, effort: Effort): boolean {
  const isFixed = !hasWildcard(pattern) && !hasVariable(pattern);
  const matches = (wider: string): boolean | undefined => {
    const tried = matchesWithin(wider, pattern, effort.left());
    return effort.spend(tried.steps) ? tried.matches : undefined;
  };
  if (isInverted) {
    return isFixed && patterns.every((spared) => !hasVariable(spared) && matches(spared) === false);
  }
  return patterns.some((wider) => {
    if (wider === pattern || wider === '*') return true;
    if (!effort.spend(wider.length + pattern.length)) return false;
    if (contains(wider, pattern)) return true;
    // Without `?`, one pattern containing the other says all there is to say.
    return isFixed && wider.includes('?') && matches(wider) === true;
  });
}

/** As written, in words. */
export function describeSelection({ isInverted, patterns }: Selection): readonly string[] {
  if (!isInverted) return patterns;
  return patterns.length > 0 ? [`everything but ${patterns.join(', ')}`] : ['everything'];
}
