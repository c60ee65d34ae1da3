import { itemsOf } from './members';
import { contains, hasVariable, hasWildcard, matchesWildcard } from './wildcard';

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

/** Whether the selection certainly holds all that `pattern` matches. */
export function covers({ isInverted, patterns }: Selection, pattern: string): boolean {
  const isFixed = !hasWildcard(pattern) && !hasVariable(pattern);
  if (!isInverted) {
    return patterns.some((wider) => contains(wider, pattern) || (isFixed && matchesWildcard(wider, pattern)));
  }
  return isFixed && patterns.every((spared) => !hasVariable(spared) && !matchesWildcard(spared, pattern));
}

/** As written, in words. */
export function describeSelection({ isInverted, patterns }: Selection): readonly string[] {
  return isInverted ? [`everything but ${patterns.join(', ')}`] : patterns;
}
