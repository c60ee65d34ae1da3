import { isObject } from '../members';
import { didYouMean } from '../nearest';
import { readAddress, readCidr } from './address';
import { checkComplexity, type WildcardItem } from './complexity';
import { endsInEitherCase, equalsInEitherCase, inEitherCase, startsInEitherCase } from './letter-case';
import { itemAt, memberAt, mistake } from './mistake';
import { matchesPieces, readWildcard } from './wildcard';

/** What a field of a record holds in the end, null included. */
export type Leaf = string | number | boolean | null;

/** What a list of values in an event pattern accepts. */
export interface Values {
  readonly accepts: Test;
  /** `{"exists": false}` is in the list. */
  readonly acceptsAbsence: boolean;
}

type Test = (leaf: Leaf) => boolean;
type Operator = (operand: unknown, at: string) => Test;

const never: Test = () => false;

/** @throws Error for the first item that EventBridge would refuse */
export function readValues(list: readonly unknown[], at: string): Values {
  if (list.length === 0) throw mistake(at, list, 'a list of at least one value');
  const exact: Leaf[] = [];
  const tests: Test[] = [];
  for (const [index, item] of list.entries()) {
    if (isObject(item)) tests.push(readOperator(OPERATORS, item, itemAt(at, index)));
    else if (isLeaf(item)) exact.push(item);
    else throw mistake(itemAt(at, index), item, 'a text, a number, true, false, null or an object of one operator');
  }
  checkComplexity(wildcardsIn(list), at);
  return {
    accepts: anyTest([...(exact.length > 0 ? [equalsAny(exact)] : []), ...tests]),
    acceptsAbsence: list.some((item) => isObject(item) && item['exists'] === false),
  };
}

function anyTest(tests: readonly Test[]): Test {
  const [only, ...others] = tests;
  return only && others.length === 0 ? only : (leaf) => tests.some((test) => test(leaf));
}

/** Numbers are equal by value, texts that are addresses by address, and nothing equals a value of another type. */
function equalsAny(wanted: readonly Leaf[]): Test {
  const leaves = new Set(wanted);
  const addresses = new Set(wanted.flatMap((leaf) => addressBits(leaf) ?? []));
  if (addresses.size === 0) return (leaf) => leaves.has(leaf);
  return (leaf) => {
    if (leaves.has(leaf)) return true;
    const bits = addressBits(leaf);
    return bits !== undefined && addresses.has(bits);
  };
}

const addressBits = (leaf: Leaf): bigint | undefined =>
  typeof leaf === 'string' ? readAddress(leaf)?.bits : undefined;

function isLeaf(value: unknown): value is Leaf {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

/** The test of an object with one operator in it. */
function readOperator(
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

const OPERATORS: Readonly<Record<string, Operator>> = {
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

/** The wildcards in a list that has been read before. */
function wildcardsIn(list: readonly unknown[]): readonly WildcardItem[] {
  return list.filter(isObject).flatMap((item) => {
    const but = item['anything-but'];
    const operand = isObject(but) ? but['wildcard'] : item['wildcard'];
    if (operand === undefined) return [];
    const texts: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
    return [[...new Set(texts)].map((text) => readWildcard(text, ''))];
  });
}
