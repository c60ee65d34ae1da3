/* Amazon EventBridge event patterns: read, checked as EventBridge checks them, and matched. */

import { checkComplexity } from './complexity';
import { leavesOf, wantedOf, type Leaf, type Wanted } from './leaves';
import { matchesFields, type Field } from './match';
import { itemAt, memberAt, mistake } from './mistake';
import { OPERATORS, RESERVED_NAMES } from './operators';
import { readValues, type Values } from './values';
import { isObject } from '../base/members';

/** An event pattern that EventBridge would take, ready to be matched. */
export interface CompiledPattern {
  /** The pattern with every `$or` multiplied out; each alternative has its fields in the order of their paths. */
  readonly alternatives: readonly (readonly Field[])[];
  readonly wanted: Wanted;
}

/**
 * The EventBridge event pattern `pattern`, over a CloudTrail record itself: what a rule writes under `detail`.
 * @throws Error naming the JSON path of the first mistake, what is there and what is allowed; also for the pattern of a
 * whole rule, and for everything that EventBridge refuses
 */
export function readEventPattern(pattern: unknown): CompiledPattern {
  if (!isObject(pattern)) throw mistake('$', pattern, 'an object of fields, as in {"eventName": ["DeleteDomain"]}');
  const envelope = ['detail', 'detail-type', 'detailType'].find((name) => Object.hasOwn(pattern, name));
  if (envelope !== undefined) {
    throw mistake(
      memberAt('$', envelope),
      pattern[envelope],
      'fields of a CloudTrail record; this is the pattern of an EventBridge rule, so write the members of its detail alone',
    );
  }
  return compilePattern(pattern);
}

/**
 * Whether a record matches. Total and quick on any JSON value: what is no object matches nothing, whatever the pattern.
 */
export function matchesEventPattern(pattern: CompiledPattern, record: unknown): boolean {
  if (!isObject(record)) return false;
  const root = leavesOf(record, pattern.wanted);
  return pattern.alternatives.some((fields) => matchesFields(fields, root));
}

/**
 * Whether the pattern matches records that have `value` at `path`, for all that it says of this field: `false` where no
 * alternative accepts it.
 */
export function acceptsAt(pattern: CompiledPattern, path: string, value: Leaf): boolean {
  return pattern.alternatives.some((fields) =>
    fields.every((field) => field.path !== path || field.values.accepts(value)),
  );
}

/**
 * As `readEventPattern`, over any event.
 *
 * `$or` is tried as the operator first. Where that cannot be, EventBridge takes every `$or` for the name of a field.
 */
export function compilePattern(pattern: Readonly<Record<string, unknown>>): CompiledPattern {
  try {
    checkCombinations(pattern);
    return compile(pattern, true);
  } catch (error) {
    try {
      return compile(pattern, false);
    } catch {
      throw error;
    }
  }
}

type Alternative = ReadonlyMap<string, Values>;

interface Place {
  readonly at: string;
  readonly path?: string;
  readonly isOrOperator: boolean;
  readonly isInsideOr: boolean;
}

function compile(pattern: Readonly<Record<string, unknown>>, isOrOperator: boolean): CompiledPattern {
  const alternatives = addFields([new Map()], pattern, { at: '$', isOrOperator, isInsideOr: false });
  const inOrder = alternatives.map((alternative) =>
    [...alternative].map(([path, values]) => ({ path, values })).sort((a, b) => (a.path < b.path ? -1 : 1)),
  );
  checkWildcards(inOrder);
  return {
    alternatives: inOrder,
    wanted: wantedOf(alternatives.flatMap((alternative) => [...alternative.keys()])),
  };
}

/**
 * The wildcards of one field count together over all alternatives that are alike up to that field, a list they share
 * once for each: EventBridge looks for them at once.
 * @throws Error for such a field that is too complex
 */
function checkWildcards(alternatives: readonly (readonly Field[])[]): void {
  const ids = new Map<Values, number>();
  const together = new Map<string, Values[]>();
  for (const fields of alternatives) {
    let before = '';
    for (const { path, values } of fields) {
      const id = ids.get(values) ?? ids.size;
      ids.set(values, id);
      const key = `${before} ${JSON.stringify(path)}`;
      if (values.wildcards.length > 0) {
        const lists = together.get(key) ?? [];
        lists.push(values);
        together.set(key, lists);
      }
      before = `${key} ${id}`;
    }
  }
  for (const lists of together.values()) {
    checkComplexity(
      lists.flatMap(({ wildcards }) => wildcards),
      lists[0]?.at ?? '$',
    );
  }
}

function addFields(
  alternatives: readonly Alternative[],
  object: Readonly<Record<string, unknown>>,
  reading: Place,
): readonly Alternative[] {
  const names = Object.keys(object);
  if (names.length === 0) throw mistake(reading.at, object, 'an object of at least one field');
  return names.reduce((sofar, name) => addField(sofar, name, object[name], reading), alternatives);
}

function addField(
  alternatives: readonly Alternative[],
  name: string,
  value: unknown,
  reading: Place,
): readonly Alternative[] {
  const at = memberAt(reading.at, name);
  if (name === '$or' && reading.isOrOperator) return addOr(alternatives, value, { ...reading, at, isInsideOr: true });
  if (reading.isInsideOr && RESERVED_NAMES.has(name)) {
    throw mistake(at, value, `a field by another name inside $or: EventBridge keeps ${name} for an operator`);
  }
  const path = reading.path === undefined ? name : `${reading.path}.${name}`;
  if (isObject(value)) return addFields(alternatives, value, { ...reading, at, path });
  if (!Array.isArray(value)) {
    const asOperator = Object.hasOwn(OPERATORS, name) ? `; for the operator, write [{"${name}": …}]` : '';
    throw mistake(
      at,
      value,
      `a list of values, as in ["DeleteDomain"] or [{"prefix": "Delete"}], or an object of fields${asOperator}`,
    );
  }
  const values = readValues(value, at);
  // Where a path comes up again, inside and outside `$or`, EventBridge keeps what is written last.
  return alternatives.map((alternative) => new Map(alternative).set(path, values));
}

function addOr(alternatives: readonly Alternative[], value: unknown, reading: Place): readonly Alternative[] {
  if (!Array.isArray(value) || value.length < 2)
    throw mistake(reading.at, value, 'a list of at least two objects of fields');
  return value.flatMap((item: unknown, index) => {
    const at = itemAt(reading.at, index);
    if (!isObject(item)) throw mistake(at, item, 'an object of fields');
    return addFields(alternatives, item, { ...reading, at });
  });
}

const MOST_COMBINATIONS = 1000;

function checkCombinations(pattern: Readonly<Record<string, unknown>>): void {
  const combinations = combinationsIn(pattern);
  if (combinations > MOST_COMBINATIONS) {
    throw new Error(
      `event pattern $ has ${combinations} combinations: the lengths of all its $or lists multiplied; allowed: ${MOST_COMBINATIONS}`,
    );
  }
}

function combinationsIn(value: unknown): number {
  if (!isObject(value)) return 1;
  return Object.entries(value).reduce((product, [name, member]) => {
    if (name !== '$or' || !Array.isArray(member)) return product * combinationsIn(member);
    return member.reduce(
      (inner: number, item: unknown) => inner * combinationsIn(item),
      product * Math.max(1, member.length),
    );
  }, 1);
}
