import { isObject } from '../base/members';
import { itemsOf } from './elements';

/** One condition key under one operator. */
export interface ConditionTest {
  /** As written. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
  readonly compares: Comparison;
  readonly isNegated: boolean;
  /** The test holds for a request that does not have the key. */
  readonly holdsWithoutKey: boolean;
}

export type Comparison = 'text' | 'arn' | 'address' | 'truth' | 'other';

const COMPARISONS: ReadonlyMap<string, readonly [Comparison, negated?: 'negated']> = new Map([
  ['stringequals', ['text']],
  ['stringequalsignorecase', ['text']],
  ['stringlike', ['text']],
  ['stringnotequals', ['text', 'negated']],
  ['stringnotequalsignorecase', ['text', 'negated']],
  ['stringnotlike', ['text', 'negated']],
  ['arnequals', ['arn']],
  ['arnlike', ['arn']],
  ['arnnotequals', ['arn', 'negated']],
  ['arnnotlike', ['arn', 'negated']],
  ['ipaddress', ['address']],
  ['notipaddress', ['address', 'negated']],
  ['bool', ['truth']],
]);

/** The tests of a `Condition` element, all of which must hold; a clause where there is no telling. */
export function readTests(condition: unknown): readonly ConditionTest[] | string {
  if (condition === undefined || condition === null) return [];
  if (!isObject(condition)) return 'has a condition that is no object';
  if (hasTwins(condition)) return 'has a condition operator more than once';
  const tests: ConditionTest[] = [];
  for (const [operator, keys] of Object.entries(condition)) {
    if (!isObject(keys)) return 'has a condition operator that holds no object';
    if (hasTwins(keys)) return 'has a condition key more than once under one operator';
    for (const [key, values] of Object.entries(keys)) tests.push(toTest(operator, key, itemsOf(values)));
  }
  return tests;
}

/** Names that differ in letter case only are the same name to the service. */
function hasTwins(object: object): boolean {
  const names = Object.keys(object);
  return new Set(names.map((name) => name.toLowerCase())).size < names.length;
}

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** An operator that is not known, or a value that is no scalar, limits nobody. */
function toTest(operator: string, key: string, values: readonly unknown[]): ConditionTest {
  const [, quantifier, base = '', ifExists] =
    /^(forallvalues:|foranyvalue:)?(.*?)(ifexists)?$/s.exec(operator.toLowerCase()) ?? [];
  const [compares, negated] = COMPARISONS.get(base) ?? ['other'];
  const isNegated = negated !== undefined;
  const isTrueOfNothing = quantifier === undefined ? isNegated : quantifier === 'forallvalues:';
  return {
    operator,
    key,
    values: values.map((value) => (isScalar(value) ? String(value) : '*')),
    compares,
    isNegated,
    holdsWithoutKey: ifExists !== undefined || isTrueOfNothing,
  };
}
