import { isObject } from '../base/members';

/** The members of an object by name in lower case. */
export type Members = ReadonlyMap<string, unknown>;

/** `undefined` where the value is no object. Of a name that is written in several letter cases the last one counts. */
export function readMembers(value: unknown): Members | undefined {
  if (!isObject(value)) return undefined;
  return new Map(Object.entries(value).map(([name, member]) => [name.toLowerCase(), member]));
}

/** A list as itself, anything else as a list of one. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}
