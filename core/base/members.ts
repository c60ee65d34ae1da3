/*
 * Reading outside data whose spelling cannot be trusted. CloudTrail lowers only the first letter of a member
 * (`eBSOptions`, `vPCOptions`, `aRN`, but `vpcOptions` where the API says `VpcOptions`), and writes booleans and numbers
 * now as themselves, now as text. So members are found in any letter case and values are read in either form.
 */

/** The own member at the end of a path of names, `undefined` where the path ends early. The exact spelling goes first. */
export function memberOf(value: unknown, ...path: readonly string[]): unknown {
  let member = value;
  for (const name of path) member = ownMember(member, name);
  return member;
}

function ownMember(value: unknown, name: string): unknown {
  if (!isObject(value)) return undefined;
  if (Object.hasOwn(value, name)) return value[name];
  const key = keyInAnyCase(value, name.toLowerCase());
  return key === undefined ? undefined : value[key];
}

/** An object with more members was made to be slow to look through, once for every name that somebody asks for. */
const WIDE = 100;

/** The members of wide objects by their names in lower case; of names that differ in letter case only, the first. */
const wideObjects = new WeakMap<object, ReadonlyMap<string, string>>();

function keyInAnyCase(value: object, wanted: string): string | undefined {
  const known = wideObjects.get(value);
  if (known !== undefined) return known.get(wanted);
  const keys = Object.keys(value);
  if (keys.length <= WIDE) return keys.find((candidate) => candidate.toLowerCase() === wanted);
  const byName = new Map(keys.toReversed().map((key) => [key.toLowerCase(), key] as const));
  wideObjects.set(value, byName);
  return byName.get(wanted);
}

/** A member where there is a value, nothing where there is none: to be spread into an object. */
export function optional<Name extends string, Value>(name: Name, value: Value | undefined): { [N in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [N in Name]?: Value });
}

/** An object that is no list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text that says something: `undefined` for what is no text, and for blank text. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** `null` says no more than nothing at all. */
export const isAbsent = (value: unknown): value is undefined | null => value === undefined || value === null;

/** A text of nothing but spaces, or of nothing. */
export function isBlank(value: unknown): boolean {
  return typeof value === 'string' && value.trim() === '';
}

/** A number as itself or as digits; anything else is `undefined`. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'string' && /^\d{1,15}$/.test(value.trim())) return Number(value);
  return typeof value === 'number' ? value : undefined;
}

/** `true` and `false` as themselves or as text; anything else is `undefined`, so that absent is never read as off. */
export function flagOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.trim().toLowerCase() : undefined;
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

/** A list as itself, one value as a list of one, nothing as an empty list. */
export function listOf(value: unknown): readonly unknown[] {
  if (isAbsent(value)) return [];
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}

/** The texts of a list or of one value. */
export function textsOf(value: unknown): readonly string[] {
  return listOf(value).flatMap((item) => textOf(item) ?? []);
}

/**
 * Whether objects and lists are nested deeper than `depth`. The API nests a handful; what is nested by the thousand was
 * made to exhaust a reader, so whoever reads by recursion asks first.
 */
export function isDeeperThan(depth: number, value: unknown): boolean {
  const isNest = (item: unknown): item is object => typeof item === 'object' && item !== null;
  let level: readonly object[] = isNest(value) ? [value] : [];
  for (let at = 1; level.length > 0; at++) {
    const next: object[] = [];
    for (const nest of level) {
      const members: readonly unknown[] = Array.isArray(nest) ? nest : Object.values(nest);
      if (members.length > 0 && at > depth) return true;
      // What ends here is not kept: a level of a large plan has millions.
      for (const member of members) if (isNest(member)) next.push(member);
    }
    level = next;
  }
  return false;
}

/** How large a value is: how deep its objects and lists nest, how many members and items they have, how long the names are. */
export interface Size {
  readonly depth: number;
  readonly members: number;
  readonly name: number;
}

/** Whether a value is larger in any way: whoever goes through a value whole, for each of its members, asks first. */
export function isLargerThan({ depth, members, name }: Size, value: unknown): boolean {
  const open: [item: unknown, depth: number][] = [[value, 0]];
  let left = members;
  for (let next = open.pop(); next; next = open.pop()) {
    const [item, at] = next;
    if (typeof item !== 'object' || item === null) continue;
    const names = Array.isArray(item) ? [] : Object.keys(item);
    left -= Array.isArray(item) ? item.length : names.length;
    if (at > depth || left < 0 || names.some((each) => each.length > name)) return true;
    for (const inner of Object.values(item)) open.push([inner, at + 1]);
  }
  return false;
}

/** A value that may also be written as a text of JSON: what the text says; `undefined` where it is no JSON. */
export function unwrapped(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
