import { isObject } from '../base/members';
import { didYouMean } from '../base/nearest';
import { readCidr } from './cidr';
import type { Leaf } from './leaves';
import { endsInEitherCase, equalsInEitherCase, inEitherCase, startsInEitherCase } from './letter-case';
import { itemAt, memberAt, mistake } from './mistake';
import { matchesPieces, readWildcard } from './wildcard';

/** Whether a value is accepted. */
export type Test = (leaf: Leaf) => boolean;

/** Reads what stands under the name of an operator; throws for what EventBridge would refuse. */
type Operator = (operand: unknown, at: string) => Test;

const never: Test = () => false;

/** Whether any of the tests accepts. */
export function anyTest(tests: readonly Test[]): Test {
  const [only, ...others] = tests;
  return only && others.length === 0 ? only : (leaf) => tests.some((test) => test(leaf));
}

/** What JSON can hold that is neither list nor object. */
export function isLeaf(value: unknown): value is Leaf {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

/**
 * The test of an object with one operator in it.
 * @throws Error for any other object, and for an operand that EventBridge would refuse
 */
export function readOperator(
  operators: Readonly<Record<string, Operator>>,
  expression: Readonly<Record<string, unknown>>,
  at: string,
): Test {
  const [name, ...others] = Object.keys(expression);
  const names = Object.keys(operators);
  if (name === undefined || others.length > 0) throw mistake(at, expression, `one operator of ${names.join(', ')}`);
  const read = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (!read) throw mistake(at, expression, `one operator of ${names.join(', ')}${didYouMean(name, names)}`);
  return read(expression[name], memberAt(at, name));
}

/** Tests of texts fail on anything else: a number has no beginning. */
const onTexts =
  (test: (text: string) => boolean): Test =>
  (leaf) =>
    typeof leaf === 'string' && test(leaf);

function readText(operand: unknown, at: string): string {
  if (typeof operand !== 'string') throw mistake(at, operand, 'a text');
  return operand;
}

const equalsIgnoreCase: Operator = (operand, at) => {
  const wanted = inEitherCase(readText(operand, at));
  return onTexts((text) => equalsInEitherCase(wanted, text));
};

/** `prefix` or `suffix`: a text, or `{"equals-ignore-case": text}`. An empty text accepts every text. */
const affix =
  (
    fits: (text: string, wanted: string) => boolean,
    fitsInEitherCase: (wanted: ReturnType<typeof inEitherCase>, text: string) => boolean,
  ): Operator =>
  (operand, at) => {
    if (isObject(operand)) {
      const ignoreCase: Operator = (inner, innerAt) => {
        const wanted = inEitherCase(readText(inner, innerAt));
        return onTexts((text) => fitsInEitherCase(wanted, text));
      };
      return readOperator({ 'equals-ignore-case': ignoreCase }, operand, at);
    }
    if (typeof operand !== 'string') throw mistake(at, operand, 'a text, or {"equals-ignore-case": text}');
    return onTexts((text) => fits(text, operand));
  };

const prefix = affix((text, wanted) => text.startsWith(wanted), startsInEitherCase);
const suffix = affix((text, wanted) => text.endsWith(wanted), endsInEitherCase);

const wildcard: Operator = (operand, at) => {
  const pieces = readWildcard(operand, at);
  return onTexts((text) => matchesPieces(pieces, text));
};

const exactly: Operator = (operand, at) => {
  const wanted = readText(operand, at);
  return (leaf) => leaf === wanted;
};

const exists: Operator = (operand, at) => {
  if (typeof operand !== 'boolean') throw mistake(at, operand, 'true or false');
  return operand ? () => true : never;
};

const cidr: Operator = (operand, at) => onTexts(readCidr(operand, at));

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};
const LARGEST = 5e9;
const NUMERIC =
  'one comparison, as in ["=", 5] with =, <, <=, > or >=, or a range with its lower bound first, as in [">", 0, "<=", 5]';

const numeric: Operator = (operand, at) => {
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) throw mistake(at, operand, NUMERIC);
  const terms: readonly unknown[] = operand;
  const [first, low, second, high] = terms;
  const compare = readComparison(first, Object.keys(COMPARISONS), terms, at);
  const bound = readBound(low, itemAt(at, 1));
  if (terms.length === 2) return (leaf) => typeof leaf === 'number' && compare(leaf, bound);
  readComparison(first, ['>', '>='], terms, at);
  const compareTop = readComparison(second, ['<', '<='], terms, at);
  const top = readBound(high, itemAt(at, 3));
  if (bound >= top) throw mistake(at, terms, 'a lower bound that is less than the upper one');
  return (leaf) => typeof leaf === 'number' && compare(leaf, bound) && compareTop(leaf, top);
};

function readComparison(name: unknown, allowed: readonly string[], terms: readonly unknown[], at: string) {
  const compare = typeof name === 'string' && allowed.includes(name) ? COMPARISONS[name] : undefined;
  if (!compare) throw mistake(at, terms, NUMERIC);
  return compare;
}

function readBound(value: unknown, at: string): number {
  if (typeof value !== 'number' || !(Math.abs(value) <= LARGEST)) {
    throw mistake(at, value, 'a number from -5000000000 to 5000000000');
  }
  return value;
}

/** Accepts every value, of whatever type, that is not excluded. A field that is absent has no value to accept. */
const anythingBut: Operator = (operand, at) => {
  if (isObject(operand)) {
    const excluded = readOperator(EXCLUSIONS, operand, at);
    return (leaf) => !excluded(leaf);
  }
  const items: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  const isOneType = ['string', 'number'].some((type) => items.every((item) => typeof item === type && isLeaf(item)));
  if (items.length === 0 || !isOneType) {
    const names = Object.keys(EXCLUSIONS).join(', ');
    throw mistake(at, operand, `a text, a number, a list of texts, a list of numbers, or one operator of ${names}`);
  }
  const excluded = new Set(items);
  return (leaf) => !excluded.has(leaf);
};

/** An operator on one operand or any of a list. */
const anyOf =
  (operator: Operator): Operator =>
  (operand, at) => {
    if (!Array.isArray(operand)) return operator(operand, at);
    if (operand.length === 0) throw mistake(at, operand, 'a list of at least one text');
    const tests = operand.map((item: unknown, index) => operator(item, itemAt(at, index)));
    return anyTest(tests);
  };

const notEmpty =
  (operator: Operator): Operator =>
  (operand, at) => {
    if (typeof operand !== 'string' || operand === '') throw mistake(at, operand, 'a text that is not empty');
    return operator(operand, at);
  };

const EXCLUSIONS: Readonly<Record<string, Operator>> = {
  prefix: anyOf(notEmpty(prefix)),
  suffix: anyOf(notEmpty(suffix)),
  'equals-ignore-case': anyOf(equalsIgnoreCase),
  wildcard: anyOf(wildcard),
};

export const OPERATORS: Readonly<Record<string, Operator>> = {
  'anything-but': anythingBut,
  cidr,
  'equals-ignore-case': equalsIgnoreCase,
  exactly,
  exists,
  numeric,
  prefix,
  suffix,
  wildcard,
};

/** The names that EventBridge keeps for operators, now or later; inside `$or` no field may have one. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set([
  ...Object.keys(OPERATORS),
  ...Object.keys(COMPARISONS),
  'regex',
  'not-wildcard',
  'not-equals-ignore-case',
  'date-after',
  'date-on-or-after',
  'date-before',
  'date-on-or-before',
  'in-date-range',
  'ip-address-in-range',
  'ip-address-not-in-range',
]);
