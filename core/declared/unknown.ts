import { isObject } from '../base/members';

/*
 * What cannot be known before a deployment is a text, alone or within another one, between two characters that no template
 * holds: so it passes through whatever texts are joined, split or encoded from.
 */

const BEGIN = '\uE000';
const END = '\uE001';

/** One unknown within a text. What is between the characters says what it is. */
export const UNKNOWN_PART = new RegExp(`${BEGIN}([^${BEGIN}${END}]*)${END}`, 'gu');

/** @param what the unknown is, for people: `the import SharedKey` */
export const unknownText = (what: string): string => `${BEGIN}${what.replace(/[\uE000\uE001]/gu, '')}${END}`;

/** Whether a value is not known at all. */
export const isUnknown = (value: unknown): boolean =>
  typeof value === 'string' && new RegExp(`^${UNKNOWN_PART.source}$`, 'u').test(value);

/** Whether a text is not known, or not all of it. */
export const holdsUnknown = (value: unknown): boolean => typeof value === 'string' && value.includes(BEGIN);

/** What is not known in a value, at any depth, each once. */
export function unknownsIn(value: unknown): readonly string[] {
  const found = new Set<string>();
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next === 'string') for (const [, what = ''] of next.matchAll(UNKNOWN_PART)) found.add(what);
    else if (Array.isArray(next)) open.push(...(next as readonly unknown[]).toReversed());
    else if (isObject(next)) {
      for (const [name, member] of Object.entries(next).toReversed()) open.push(member, name);
    }
  }
  return [...found];
}

/** A text as people read it: what is not known is named. */
export const told = (text: string): string => text.replace(UNKNOWN_PART, '($1)');
