/*
 * IAM's wildcards: `*` is any run of characters, colons and slashes included, and `?` is one character. Nothing here
 * builds a regular expression, so no pattern can make it backtrack beyond pattern length times text length.
 */

const STAR = 42;
const QUESTION_MARK = 63;

export const hasWildcard = (text: string): boolean => text.includes('*') || text.includes('?');

/** A policy variable is filled in from the request, so it may become any text. */
export const hasVariable = (text: string): boolean => text.includes('${');

/** Whether `pattern` matches the whole of `text`, letter case included. */
export const matchesWildcard = (pattern: string, text: string): boolean =>
  matchesWithin(pattern, text, Number.POSITIVE_INFINITY).matches === true;

/**
 * The same, in at most so many steps.
 * @returns `matches` is `undefined` where they were not enough
 */
export function matchesWithin(
  pattern: string,
  text: string,
  most: number,
): { readonly matches: boolean | undefined; readonly steps: number } {
  // What stands before the first wildcard is compared at once, and counts as if it were letter by letter.
  const head = headOf(pattern);
  const alike = text.startsWith(pattern.slice(0, head)) ? head : lettersAlike(pattern, text);
  if (alike > most) return { matches: undefined, steps: alike };
  if (alike < head) return { matches: false, steps: Math.min(alike + 1, text.length) };
  let [at, position, star, retry, steps] = [head, head, -1, 0, head];
  while (position < text.length) {
    steps += 1;
    if (steps > most) return { matches: undefined, steps };
    const next = pattern.charCodeAt(at);
    if (next === STAR) {
      if (at === pattern.length - 1) return { matches: true, steps };
      star = at;
      at += 1;
      retry = position;
    } else if (next === QUESTION_MARK || next === text.charCodeAt(position)) {
      at += 1;
      position += 1;
    } else if (star >= 0) {
      retry += 1;
      at = star + 1;
      position = retry;
    } else return { matches: false, steps };
  }
  while (pattern[at] === '*') at += 1;
  return { matches: at === pattern.length, steps };
}

/** How many characters stand before the first wildcard. */
function headOf(pattern: string): number {
  const [star, mark] = [pattern.indexOf('*'), pattern.indexOf('?')];
  if (star < 0) return mark < 0 ? pattern.length : mark;
  return mark < 0 ? star : Math.min(star, mark);
}

/** How many letters two texts that differ begin with alike. */
function lettersAlike(a: string, b: string): number {
  let at = 0;
  while (a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  return at;
}

/** Whether some text that `pattern` matches begins with `prefix`. */
export function couldBegin(pattern: string, prefix: string): boolean {
  if (pattern.startsWith(prefix)) return true;
  for (let at = 0; at < prefix.length; at += 1) {
    if (pattern[at] === '*' || pattern.startsWith('${', at)) return true;
    if (pattern[at] !== '?' && pattern[at] !== prefix[at]) return false;
  }
  return true;
}

/**
 * Whether `pattern` certainly matches all that `text`, a pattern too, matches: its stars take up the other's wildcards
 * whole, and its `?` a `?`. A pattern with a variable is certain to contain only itself.
 */
export function contains(pattern: string, text: string): boolean {
  if (pattern === text || pattern === '*') return true;
  const firstStar = pattern.indexOf('*');
  if (firstStar < 0 || pattern.length > LONGEST_ARN || hasVariable(pattern)) return false;
  const lastStar = pattern.lastIndexOf('*');
  const narrower = withoutVariables(text);
  const end = narrower.length - (pattern.length - lastStar - 1);
  if (!narrower.startsWith(pattern.slice(0, firstStar)) || !narrower.endsWith(pattern.slice(lastStar + 1)))
    return false;
  let from = firstStar;
  for (let star = firstStar; star < lastStar;) {
    const next = pattern.indexOf('*', star + 1);
    const found = narrower.indexOf(pattern.slice(star + 1, next), from);
    if (found < 0) return false;
    from = found + next - star - 1;
    star = next;
  }
  return from <= end;
}

/** Whether `pattern` may match `text`, which holds no wildcard. */
export const couldMatch = (pattern: string, text: string): boolean => matchesWildcard(withoutVariables(pattern), text);

/** The pattern with a star for each variable: what one is filled in with has none of the letters of its name. */
export const withoutVariables = (pattern: string): string =>
  hasVariable(pattern) ? pattern.replace(VARIABLES, '*') : pattern;

const VARIABLES = /\$\{[^}]*(\}|$)/g;

/** Longer patterns match no ARN, and comparing them would take long. */
export const LONGEST_ARN = 2048;
