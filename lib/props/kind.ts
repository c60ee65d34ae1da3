import type { Duration } from 'aws-cdk-lib';
import { isObject } from '../../core/base/members';
import { shown, unknownSetting } from '../../core/settings';

/** What a value of a prop must be, as the rest of a sentence, and whether one is. */
export interface Kind {
  readonly mustBe: string;
  readonly is: (value: unknown) => boolean;
}

/** The props whose values are of another kind than they must be, with a sentence for each. */
export function wrongAmong(
  props: Readonly<Record<string, unknown>>,
  kinds: Readonly<Record<string, Kind>>,
): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(kinds)
      .filter(([name, { is }]) => props[name] !== undefined && !is(props[name]))
      .map(([name, { mustBe }]) => [name, `'${name}' must be ${mustBe}, got ${shown(asText(props[name]))}`]),
  );
}

/** A sentence for each name in `props` that is none of `names`. */
export const namesAmong = (props: object, names: readonly string[]): string[] =>
  Object.keys(props)
    .filter((name) => !names.includes(name))
    .map((name) => unknownSetting(name, names));

/** A duration tells itself best, where it is known. */
function asText(value: unknown): unknown {
  if (isUnknownYet(value)) return 'what only the deployment knows';
  return hasMethod(value, 'toIsoString') ? (value as Duration).toIsoString() : value;
}

export function isTopic(value: unknown): boolean {
  return hasText(value, 'topicArn') && hasMethod(value, 'addSubscription');
}

/** A duration that is known at deployment only. */
export function isUnknownYet(value: unknown): boolean {
  return hasMethod(value, 'isUnresolved') && (value as Duration).isUnresolved();
}

type Unit = 'toDays' | 'toHours' | 'toMinutes' | 'toSeconds';

/** A duration of a whole number of a unit, from `least` to `most`. */
export function isWhole(value: unknown, unit: Unit, most: number, least = 1): boolean {
  if (!hasMethod(value, unit) || isUnknownYet(value)) return false;
  const length = (value as Duration)[unit]({ integral: false });
  return Number.isInteger(length) && length >= least && length <= most;
}

/** Members of classes are inherited, and may be getters. */
export function hasText(value: unknown, name: string): boolean {
  return isObject(value) && typeof value[name] === 'string';
}

export function textIn(value: unknown, name: string): string {
  return isObject(value) ? String(value[name]) : '';
}

export function hasMethod(value: unknown, name: string): boolean {
  return isObject(value) && typeof value[name] === 'function';
}
