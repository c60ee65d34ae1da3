import { isObject } from '../../base/members';
import { didYouMean } from '../../base/nearest';
import type { CompiledPattern } from '../../event-pattern';
import type { Watched } from './watched';

/** What is wrong with a setting, one sentence each. It gets the value, which is there, and whose shape is not known. */
export type Check = (value: unknown, known: Known) => readonly string[];

/** What a check compares with beyond the value. */
export interface Known {
  /** `YYYY-MM-DD`, in UTC. */
  readonly today: string;
  /** Ids of the rules and names of the watch patterns. */
  readonly rules: readonly string[];
  /** The watch patterns that can be read, by their names. */
  readonly patterns: ReadonlyMap<string, CompiledPattern>;
  readonly watched: Watched;
  /** The subscribers first given for each owner, as a text to compare with. */
  readonly subscribersOf: ReadonlyMap<unknown, string>;
  /** How each owner is written first, by what people take for the same. */
  readonly spellingOf: ReadonlyMap<string, string>;
}

/** What is wrong with one text, as the end of a sentence that begins with the text. */
export type TextProblem = (text: string) => string | undefined;

/** A check of the setting `member`, whose value is a list of texts. */
export function listOfTexts(member: string, problem: TextProblem): Check {
  return (value) => {
    if (!Array.isArray(value)) return [`${member} is ${shown(value)}; allowed: a list of texts`];
    return value.flatMap((item: unknown) => {
      if (typeof item !== 'string') return [`${member} has ${shown(item)}; allowed: texts`];
      return prefixed(member, item, problem);
    });
  };
}

/** A check of the setting `member`, whose value is a list of objects. */
export function listOfObjects(
  member: string,
  problems: (item: Readonly<Record<string, unknown>>, known: Known) => readonly string[],
): Check {
  return (value, known) => {
    if (!Array.isArray(value)) return [`${member} is ${shown(value)}; allowed: a list of objects`];
    return value.flatMap((item: unknown, at) => {
      const name = `${member}[${at}]`;
      if (!isObject(item)) return [`${name} is ${shown(item)}; allowed: an object`];
      return problems(item, known).map((problem) => `${name} ${problem}`);
    });
  };
}

/** The members of an object of a list that are none of `known`. */
export function unknownMembers(item: Readonly<Record<string, unknown>>, known: readonly string[]): string[] {
  return Object.keys(item)
    .filter((member) => !known.includes(member))
    .map((member) => `has ${shown(member)}${didYouMean(member, known) || `; allowed: ${known.join(', ')}`}`);
}

/** The sentence about `text`, if there is one and something is wrong with it. */
export function prefixed(prefix: string, text: string | undefined, problem: TextProblem): string[] {
  const found = text === undefined ? undefined : problem(text);
  return found === undefined ? [] : [`${prefix} ${shown(text)} ${found}`];
}

/** A value as JSON, cut to 80 characters. */
export function shown(value: unknown): string {
  const json = jsonOf(value);
  return json.length > 80 ? `${json.slice(0, 77)}...` : json;
}

/** What nests too deeply for JSON, or turns back on itself, is named by its kind; JSON has no name for some numbers. */
function jsonOf(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'number') return String(value);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return `a value of type ${typeof value} that cannot be shown`;
  }
}
