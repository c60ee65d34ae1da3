import { readAddressBlock } from '../base/address';
import { matchesWildcard } from '../base/iam-wildcard';
import { isAbsent, isObject, listOf } from '../base/members';
import { UNKNOWN, valueOfKey, type Request } from './request';
import { some, type Truth } from './truth';

/** One condition key under one operator. */
export interface Test {
  /** `stringequals`, without what is said beside. */
  readonly name: string;
  readonly quantifier: string | undefined;
  readonly isIfExists: boolean;
  readonly key: string;
  readonly values: readonly string[];
}

/** The tests of a `Condition` element, `undefined` where it cannot be read. */
export function readTests(condition: unknown): readonly Test[] | undefined {
  if (isAbsent(condition)) return [];
  if (!isObject(condition) || !Object.values(condition).every(isObject)) return undefined;
  return Object.entries(condition).flatMap(([operator, keys]) => {
    const [, quantifier, name = '', ifExists] =
      /^(forallvalues:|foranyvalue:)?(.*?)(ifexists)?$/s.exec(operator.toLowerCase()) ?? [];
    return Object.entries(isObject(keys) ? keys : {}).map(([key, values]) => ({
      name,
      quantifier,
      isIfExists: ifExists !== undefined,
      key: key.toLowerCase(),
      values: listOf(values).map(String),
    }));
  });
}

/** Whether a test holds of a request. */
export function testHolds({ name, quantifier, isIfExists, key, values }: Test, request: Request): Truth {
  const value = valueOfKey(key, request);
  if (value === UNKNOWN || values.some((each) => each.includes('${'))) return undefined;
  if (name === 'null') return some(values.map((each) => (each === 'true') === (value === undefined)));
  const isNegated = /^(string|arn|numeric|date)not|^notip/.test(name);
  const compares = COMPARISONS[name.replace(/^(string|arn|numeric|date)not/, '$1').replace(/^notip/, 'ip')];
  if (compares === undefined) return undefined;
  if (value === undefined) {
    return isIfExists || quantifier === 'forallvalues:' || (isNegated && quantifier !== 'foranyvalue:');
  }
  const matches = some(values.map((each) => compares(each, value)));
  return isNegated && matches !== undefined ? !matches : matches;
}

type Comparison = (wanted: string, value: string) => Truth;

const isEqual: Comparison = (wanted, value) => wanted === value;
const isLike: Comparison = (wanted, value) => matchesWildcard(wanted, value);

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  stringequals: isEqual,
  stringequalsignorecase: (wanted, value) => wanted.toLowerCase() === value.toLowerCase(),
  stringlike: isLike,
  arnequals: isLike,
  arnlike: isLike,
  bool: (wanted, value) => wanted.toLowerCase() === value,
  ipaddress: (wanted, value) => isIn(wanted, value),
  ...ordered('numeric', Number),
  ...ordered('date', (text) => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text))),
};

function isIn(range: string, address: string): Truth {
  const [block, at] = [readAddressBlock(range), readAddressBlock(address)];
  return block && at ? block[0] <= at[0] && at[1] <= block[1] : undefined;
}

/** Comparisons of what is put in an order by `read`. */
function ordered(kind: 'numeric' | 'date', read: (text: string) => number): Readonly<Record<string, Comparison>> {
  const comparison =
    (holds: (value: number, wanted: number) => boolean): Comparison =>
    (wanted, value) => {
      const [first, second] = [read(value), read(wanted)];
      return Number.isNaN(first) || Number.isNaN(second) ? undefined : holds(first, second);
    };
  return {
    [`${kind}equals`]: comparison((value, wanted) => value === wanted),
    [`${kind}lessthan`]: comparison((value, wanted) => value < wanted),
    [`${kind}lessthanequals`]: comparison((value, wanted) => value <= wanted),
    [`${kind}greaterthan`]: comparison((value, wanted) => value > wanted),
    [`${kind}greaterthanequals`]: comparison((value, wanted) => value >= wanted),
  };
}
