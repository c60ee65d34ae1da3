import { isObject } from '../base/members';
import { readAddress } from './cidr';
import type { WildcardItem } from './complexity';
import type { Leaf } from './leaves';
import { itemAt, mistake } from './mistake';
import { anyTest, isLeaf, OPERATORS, readOperator, type Test } from './operators';
import { readWildcard } from './wildcard';

/** What a list of values in an event pattern accepts. */
export interface Values {
  readonly accepts: Test;
  /** `{"exists": false}` is in the list. */
  readonly acceptsAbsence: boolean;
  readonly wildcards: readonly WildcardItem[];
  /** Where the list stands, as a JSON path. */
  readonly at: string;
}

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
  return {
    accepts: anyTest([...(exact.length > 0 ? [equalsAny(exact)] : []), ...tests]),
    acceptsAbsence: list.some((item) => isObject(item) && item['exists'] === false),
    wildcards: wildcardsIn(list),
    at,
  };
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
