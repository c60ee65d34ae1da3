import { meaningOf } from './condition-key';
import { itemsOf, readMembers } from './members';
import { either, EVERYONE, NOBODY, type Reach } from './reach';
import type { Trusted } from './trusted';

/** One condition key under one operator. */
export interface Test {
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

const OPERATORS: ReadonlyMap<string, readonly [Comparison, negated?: 'negated']> = new Map([
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

/** The tests of a `Condition` element, all of which must hold; a text that says why there is no telling. */
export function readTests(condition: unknown): readonly Test[] | string {
  if (condition === undefined || condition === null) return [];
  const operators = readMembers(condition);
  if (operators === undefined) return 'has a condition that is no object';
  const tests: Test[] = [];
  for (const [operator, spelled] of operators) {
    const keys = spelled.length === 1 ? readMembers(spelled[0]) : undefined;
    if (keys === undefined) return 'has a condition operator that is written twice or holds no object';
    for (const [key, values] of keys) {
      if (values.length > 1) return 'has a condition key that is written twice under one operator';
      tests.push(toTest(operator, key, itemsOf(values[0])));
    }
  }
  return tests;
}

/** Operator and key in lower case. An operator that is not known, a value that is no scalar: neither limits anyone. */
function toTest(operator: string, key: string, values: readonly unknown[]): Test {
  const [, quantifier, base = '', ifExists] = /^(forallvalues:|foranyvalue:)?(.*?)(ifexists)?$/s.exec(operator) ?? [];
  const [compares, negated] = OPERATORS.get(base) ?? ['other'];
  const isNegated = negated !== undefined;
  const isAbsentTrue = quantifier === 'foranyvalue:' ? false : quantifier !== undefined || isNegated;
  return {
    operator,
    key,
    values: values.map((value) => (typeof value === 'object' ? '*' : String(value))),
    compares,
    isNegated,
    holdsWithoutKey: ifExists !== undefined || isAbsentTrue,
  };
}

/** Who meets the test, at most. */
export function whoMeets(test: Test, trusted: Trusted): Reach {
  const { within, outside, withoutKey } = meaningOf(test, trusted);
  return either(test.isNegated ? outside : within, test.holdsWithoutKey ? withoutKey : NOBODY);
}

/** Who fails the test, at most. Of a test without values it cannot be told. */
export function whoFails(test: Test, trusted: Trusted): Reach {
  if (test.values.length === 0) return EVERYONE;
  const { within, outside, withoutKey } = meaningOf(test, trusted);
  return either(test.isNegated ? within : outside, test.holdsWithoutKey ? NOBODY : withoutKey);
}
