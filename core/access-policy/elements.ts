import { isObject } from '../base/members';

/** The members of an object by name in lower case. A name written in several letter cases has several values. */
export type Members = ReadonlyMap<string, readonly unknown[]>;

/** `undefined` where the value is no object. */
export function readMembers(value: unknown): Members | undefined {
  if (!isObject(value)) return undefined;
  const members = new Map<string, unknown[]>();
  for (const [name, member] of Object.entries(value)) {
    const spelled = members.get(name.toLowerCase());
    if (spelled) spelled.push(member);
    else members.set(name.toLowerCase(), [member]);
  }
  return members;
}

/** A list as itself, anything else as a list of one. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}
