import { isObject } from '../base/members';
import { itemsOf } from './elements';

/** One condition key under one operator. */
export interface ConditionTest {
  /** As written. */
  readonly operator: string;
  readonly key: string;
  /** The key in lower case, as keys are compared. */
  readonly name: string;
  readonly values: readonly string[];
  readonly compares: Comparison;
  /** Letter case does not matter to the operator. */
  readonly foldsCase: boolean;
  readonly isNegated: boolean;
  /** The test holds for a request that does not have the key. */
  readonly holdsWithoutKey: boolean;
}

/**
 * What an operator compares: `text` letter by letter, `pattern` with wildcards, `arn` part by part, `amount` numbers,
 * dates and bytes, `presence` whether the key is there at all. What an `unknown` one does is not known.
 */
type Comparison = 'text' | 'pattern' | 'arn' | 'address' | 'truth' | 'presence' | 'amount' | 'unknown';

/**
 * IAM's operators, without what stands before and behind them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
const OPERATORS: ReadonlyMap<string, readonly [Comparison, ...('negated' | 'folds')[]]> = new Map([
  ['stringequals', ['text']],
  ['stringnotequals', ['text', 'negated']],
  ['stringequalsignorecase', ['text', 'folds']],
  ['stringnotequalsignorecase', ['text', 'negated', 'folds']],
  ['stringlike', ['pattern']],
  ['stringnotlike', ['pattern', 'negated']],
  ['arnequals', ['arn']],
  ['arnlike', ['arn']],
  ['arnnotequals', ['arn', 'negated']],
  ['arnnotlike', ['arn', 'negated']],
  ['ipaddress', ['address']],
  ['notipaddress', ['address', 'negated']],
  ['bool', ['truth', 'folds']],
  ['null', ['presence', 'folds']],
  ['numericequals', ['amount']],
  ['numericnotequals', ['amount', 'negated']],
  ['numericlessthan', ['amount']],
  ['numericlessthanequals', ['amount']],
  ['numericgreaterthan', ['amount']],
  ['numericgreaterthanequals', ['amount']],
  ['dateequals', ['amount']],
  ['datenotequals', ['amount', 'negated']],
  ['datelessthan', ['amount']],
  ['datelessthanequals', ['amount']],
  ['dategreaterthan', ['amount']],
  ['dategreaterthanequals', ['amount']],
  ['binaryequals', ['amount']],
]);

/** The tests of a `Condition` element, all of which must hold; a clause where there is no telling. */
export function readTests(condition: unknown): readonly ConditionTest[] | string {
  if (condition === undefined || condition === null) return [];
  if (!isObject(condition)) return 'has a condition that is no object';
  const tests: ConditionTest[] = [];
  for (const [operator, keys] of Object.entries(condition)) {
    if (!isObject(keys)) return 'has a condition operator that holds no object';
    // Spelled out: copied member by member, an object takes many times as long, and there may be thousands.
    const { compares, foldsCase, isNegated, holdsWithoutKey } = readOperator(operator);
    for (const [key, values] of Object.entries(keys)) {
      const [name, texts] = [key.toLowerCase(), itemsOf(values).map(textOf)];
      tests.push({ operator, key, name, values: texts, compares, foldsCase, isNegated, holdsWithoutKey });
    }
  }
  return tests;
}

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** A value that is no scalar may stand for any. */
const textOf = (value: unknown): string => (isScalar(value) ? String(value) : '*');

function readOperator(operator: string): Omit<ConditionTest, 'operator' | 'key' | 'name' | 'values'> {
  const [, quantifier, name = '', ifExists] =
    /^(forallvalues:|foranyvalue:)?(.*?)(ifexists)?$/s.exec(operator.toLowerCase()) ?? [];
  const [compares, ...traits] = OPERATORS.get(name) ?? (['unknown'] as const);
  const isNegated = traits.includes('negated');
  const isTrueOfNothing = quantifier === undefined ? isNegated : quantifier === 'forallvalues:';
  return {
    compares,
    foldsCase: traits.includes('folds'),
    isNegated,
    holdsWithoutKey: ifExists !== undefined || isTrueOfNothing,
  };
}
