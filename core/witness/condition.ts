import { readAddressBlock } from '../base/address';
import { matchesWildcard } from '../base/iam-wildcard';
import { isObject, listOf } from '../base/members';
import { UNKNOWN, valueOfKey, type KeyValue, type Request } from './request';

/** Whether something holds; `undefined` where there is no telling. */
export type Truth = boolean | undefined;

/** All of them hold: one that does not settles it. */
export function every(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes(undefined) ? undefined : true;
}

/** One of them holds: one that does settles it. */
export function some(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true;
  return truths.includes(undefined) ? undefined : false;
}

/** Whether a `Condition` element holds of a request. */
export function conditionHolds(condition: unknown, request: Request): Truth {
  if (condition === undefined || condition === null) return true;
  if (!isObject(condition)) return undefined;
  return every(
    Object.entries(condition).flatMap(([operator, keys]): Truth[] => {
      if (!isObject(keys)) return [undefined];
      return Object.entries(keys).map(([key, values]) =>
        testHolds(operator, listOf(values).map(String), valueOfKey(key, request)),
      );
    }),
  );
}

function testHolds(operator: string, values: readonly string[], value: KeyValue): Truth {
  const [, quantifier, name = '', ifExists] =
    /^(forallvalues:|foranyvalue:)?(.*?)(ifexists)?$/s.exec(operator.toLowerCase()) ?? [];
  if (value === UNKNOWN || values.some((each) => each.includes('${'))) return undefined;
  if (name === 'null') return some(values.map((each) => (each === 'true') === (value === undefined)));
  const isNegated = /^(string|arn|numeric|date)not|^notip/.test(name);
  const compares = COMPARISONS[name.replace(/^(string|arn|numeric|date)not/, '$1').replace(/^notip/, 'ip')];
  if (compares === undefined) return undefined;
  if (value === undefined) {
    if (ifExists !== undefined || quantifier === 'forallvalues:') return true;
    return isNegated && quantifier !== 'foranyvalue:';
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
