import { isObject } from '../base/members';
import { once } from '../base/once';

/** The members of an object by name in lower case. */
export type Members = ReadonlyMap<string, unknown>;

/** `undefined` where the value is no object. Of a name that is written in several letter cases the last one counts. */
export const readMembers = (value: unknown): Members | undefined => (isObject(value) ? membersOf(value) : undefined);

/** A statement is judged, compared with others and told. */
const membersOf = once((value: object): Members => {
  const members = new Map<string, unknown>();
  for (const [name, member] of Object.entries(value)) members.set(name.toLowerCase(), member);
  return members;
});

/** A list as itself, anything else as a list of one. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}
