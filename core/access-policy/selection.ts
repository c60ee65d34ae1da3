import type { Effort } from './effort';
import { itemsOf } from './elements';
import {
  contains,
  hasVariable,
  hasWildcard,
  LONGEST_ARN,
  matchesWildcard,
  matchesWithin,
  withoutVariables,
} from '../base/iam-wildcard';

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
export const covers = (selection: Selection, pattern: string, effort: Effort): boolean =>
  coversAll(selection, pattern, isPlainText(pattern), effort);

/** @param isFixed the pattern holds neither a wildcard nor a variable */
function coversAll({ isInverted, patterns }: Selection, pattern: string, isFixed: boolean, effort: Effort): boolean {
  if (isInverted) {
    return isFixed && patterns.every((spared) => !hasVariable(spared) && matchesFor(effort, spared, pattern) === false);
  }
  for (const wider of patterns) {
    if (wider === pattern || wider === '*') return true;
    if (!effort.spend(wider.length + pattern.length)) continue;
    if (contains(wider, pattern)) return true;
    // Without `?`, one pattern containing the other says all there is to say.
    if (isFixed && wider.includes('?') && matchesFor(effort, wider, pattern) === true) return true;
  }
  return false;
}

function matchesFor(effort: Effort, wider: string, text: string): boolean | undefined {
  const { matches, steps } = matchesWithin(wider, text, effort.left());
  return effort.spend(steps) ? matches : undefined;
}

/** Things by what they select, to be found without looking at all of them. */
interface SelectionIndex<Item> {
  /** Those whose selection certainly holds all that `pattern` matches, in their order. */
  readonly covering: (pattern: string, effort: Effort) => readonly Item[];
}

/**
 * Most patterns are texts, or end in their only star: these are looked up, by each length that there is. The others are
 * compared one by one.
 */
export function indexOf<Item>(items: readonly Item[], selectionOf: (item: Item) => Selection): SelectionIndex<Item> {
  const byText = new Map<string, number[]>();
  const byBeginning = new Map<string, number[]>();
  const others: number[] = [];
  for (const [at, item] of items.entries()) {
    const { isInverted, patterns } = selectionOf(item);
    for (const pattern of isInverted ? [] : patterns) {
      const beginning = beginningIn(pattern);
      addTo(byText, pattern, at);
      if (beginning !== undefined) addTo(byBeginning, beginning, at);
    }
    if (isInverted || !patterns.every(isSimple)) others.push(at);
  }
  const lengths = [...new Set([...byBeginning.keys()].map((beginning) => beginning.length))];
  return {
    covering: (pattern, effort) => {
      const found = new Set(byText.get(pattern));
      const [fixed, isFixed] = [withoutVariables(pattern), isPlainText(pattern)];
      for (const length of lengths) {
        if (length > fixed.length || !effort.spend(1 + length / CHARACTERS_A_STEP)) continue;
        for (const at of byBeginning.get(fixed.slice(0, length)) ?? []) found.add(at);
      }
      for (const at of others) {
        if (effort.isSpent()) break;
        const item = items[at];
        if (item !== undefined && coversAll(selectionOf(item), pattern, isFixed, effort)) found.add(at);
      }
      return [...found].toSorted((a, b) => a - b).flatMap((at) => items[at] ?? []);
    },
  };
}

/** A text is looked up much faster than it is compared with a pattern. */
const CHARACTERS_A_STEP = 16;

function addTo(lists: Map<string, number[]>, key: string, item: number): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

/** What stands before a star that ends a pattern and is its only wildcard. */
function beginningIn(pattern: string): string | undefined {
  const beginning = pattern.slice(0, -1);
  return pattern.endsWith('*') && isPlainText(beginning) && pattern.length <= LONGEST_ARN ? beginning : undefined;
}

const isPlainText = (text: string): boolean => !hasWildcard(text) && !hasVariable(text);

/** Whether looking a pattern up tells all that comparing would. */
const isSimple = (pattern: string): boolean => isPlainText(pattern) || beginningIn(pattern) !== undefined;

/** As written, in words. */
export function describeSelection({ isInverted, patterns }: Selection): readonly string[] {
  if (!isInverted) return patterns;
  return patterns.length > 0 ? [`everything but ${patterns.join(', ')}`] : ['everything'];
}
