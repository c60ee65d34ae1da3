import * as fc from 'fast-check';
import { matchesEventPattern, readEventPattern } from '../../../core/event-pattern';

type Leaf = string | number | boolean | null;

const matches = (pattern: unknown, record: unknown): boolean => matchesEventPattern(readEventPattern(pattern), record);

// Few letters and few names, so that what is drawn twice meets often. No text of these letters is an address.
const text = fc.string({ unit: fc.constantFrom('x', 'y', 'X', '*', '\\', '"', '-'), maxLength: 6 });
const leaf: fc.Arbitrary<Leaf> = fc.oneof(text, fc.integer({ min: -3, max: 3 }), fc.boolean(), fc.constant(null));
const name = fc.constantFrom('a', 'b', 'c', 'a.b', 'b.c');

const { value: json } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 3 }),
  ),
}));
const record = fc.dictionary(name, json, { maxKeys: 3 }).map((members) => ({ ...members }));

const escaped = (wanted: string): string => wanted.replace(/[*\\]/g, '\\$&');
const wildcard = fc
  .array(text.map(escaped), { minLength: 1, maxLength: 4 })
  .map((pieces) => pieces.filter((piece, at) => piece !== '' || at === 0 || at === pieces.length - 1).join('*'))
  .filter((joined) => !joined.includes('**'));

const operator: fc.Arbitrary<unknown> = fc.oneof(
  fc.boolean().map((exists) => ({ exists })),
  text.map((prefix) => ({ prefix })),
  text.map((suffix) => ({ suffix })),
  text.map((wanted) => ({ 'equals-ignore-case': wanted })),
  fc.integer({ min: -3, max: 3 }).map((bound) => ({ numeric: ['>', bound] })),
  fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 3 })).map((excluded) => ({ 'anything-but': excluded })),
);
const values = fc.array(fc.oneof(leaf, operator), { minLength: 1, maxLength: 3 });
const { fields } = fc.letrec<{ fields: unknown; field: unknown }>((tie) => ({
  fields: fc.dictionary(name, tie('field'), { minKeys: 1, maxKeys: 3 }).map((members) => ({ ...members })),
  field: fc.oneof({ depthSize: 'small' }, { weight: 3, arbitrary: values }, { weight: 1, arbitrary: tie('fields') }),
}));
const objectOf = (pattern: unknown): Record<string, unknown> => pattern as Record<string, unknown>;

describe('reading', () => {
  test('of any value ends in a pattern or in an error with a path', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), json, fields), (value) => {
        try {
          readEventPattern(value);
        } catch (error) {
          expect((error as Error).message).toMatch(/^event pattern \$/);
        }
      }),
    );
  });

  test('takes every pattern that is made of fields and operators', () => {
    fc.assert(fc.property(fields, (pattern) => expect(() => readEventPattern(pattern)).not.toThrow()));
  });
});

describe('matching', () => {
  test('is true or false for any value', () => {
    fc.assert(
      fc.property(fields, fc.oneof(fc.anything(), fc.jsonValue(), record), (pattern, value) => {
        expect(typeof matches(pattern, value)).toBe('boolean');
      }),
    );
  });

  test('agrees with every way of taking one value for each field', () => {
    fc.assert(
      fc.property(fields, record, (pattern, value) => {
        expect(matches(pattern, value)).toBe(matchesByTrying(objectOf(pattern), value));
      }),
      { numRuns: 2_000 },
    );
  });

  test('agrees with every way of taking one value for each field of crowded lists', () => {
    const digit = fc.constantFrom<Leaf>(0, 1);
    const item = fc.dictionary(fc.constantFrom('x', 'y', 'z'), fc.oneof(digit, fc.array(digit, { maxLength: 2 })));
    const items = fc.array(fc.oneof(item, fc.array(item, { maxLength: 3 }), digit), { maxLength: 5 });
    const nested = fc.array(fc.record({ p: digit, q: items, r: items }, { requiredKeys: [] }), { maxLength: 4 });
    const asked = fc.oneof(
      digit,
      fc.boolean().map((exists) => ({ exists })),
    );
    const wanted = fc.array(asked, { minLength: 1, maxLength: 2 });
    const inner = fc.dictionary(fc.constantFrom('x', 'y', 'z'), wanted, { minKeys: 1 });
    const outer = fc.record({ p: wanted, q: inner, r: inner }, { requiredKeys: [] });
    const pattern = fc.record({ a: inner, b: outer }, { requiredKeys: ['a'] });
    fc.assert(
      fc.property(pattern, fc.record({ a: items, b: nested }), (fieldsOfLists, value) => {
        fc.pre(fieldsOfLists.b === undefined || Object.keys(fieldsOfLists.b).length > 0);
        expect(matches(fieldsOfLists, value)).toBe(matchesByTrying(fieldsOfLists, value));
      }),
      { numRuns: 3_000 },
    );
  });

  test('finds each value of a record under its own path', () => {
    fc.assert(
      fc.property(record, (value) => {
        for (const { path, leaf: found } of flattened(value)) expect(matches({ [path]: [found] }, value)).toBe(true);
      }),
    );
  });

  test('accepts the pattern made of all values of a record without lists', () => {
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof({ depthSize: 'small' }, leaf, fc.dictionary(fc.string(), tie('tree'), { minKeys: 1, maxKeys: 4 })),
    }));
    const listed = (value: unknown): unknown =>
      typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, listed(member)]))
        : [value];
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), tree, { minKeys: 1, maxKeys: 4 }), (value) => {
        fc.pre(
          !['detail', 'detail-type', 'detailType', '$or'].some((key) => JSON.stringify(value).includes(`"${key}"`)),
        );
        // Two names that join to one path would ask one field for two values.
        fc.pre(new Set(flattened(value).map(({ path }) => path)).size === flattened(value).length);
        expect(matches(listed(value), value)).toBe(true);
      }),
    );
  });

  test('does not depend on the order of values', () => {
    fc.assert(
      fc.property(values, json, (list, value) => {
        expect(matches({ v: list.toReversed() }, { v: value })).toBe(matches({ v: list }, { v: value }));
      }),
    );
  });

  test('does not depend on the order of fields', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('p', 'q', 'r'), values, { minKeys: 1 }),
        record,
        json,
        (pattern, rest, v) => {
          const turned = Object.fromEntries(Object.entries(pattern).toReversed());
          const value = { ...rest, p: v, q: rest['a'] };
          expect(matches(turned, value)).toBe(matches(pattern, value));
        },
      ),
    );
  });

  test('takes dots for nesting', () => {
    fc.assert(
      fc.property(values, record, (list, value) => {
        expect(matches({ 'a.b.c': list }, value)).toBe(matches({ a: { b: { c: list } } }, value));
      }),
    );
  });
});

describe('$or', () => {
  test('is the union of its alternatives', () => {
    fc.assert(
      fc.property(fc.array(fields, { minLength: 2, maxLength: 4 }), record, (alternatives, value) => {
        const any = alternatives.some((pattern) => matches(pattern, value));
        expect(matches({ $or: alternatives }, value)).toBe(any);
      }),
    );
  });

  test('of operators is the union of all their alternatives', () => {
    fc.assert(
      fc.property(fields, fields, fields, record, (a, b, c, value) => {
        expect(matches({ $or: [a, { $or: [b, c] }] }, value)).toBe(matches({ $or: [a, b, c] }, value));
      }),
    );
  });

  test('beside a field asks for both, where no list binds them', () => {
    fc.assert(
      fc.property(values, values, values, leaf, leaf, leaf, (v, w, x, p, q, s) => {
        const value = { p, q, s };
        const both = matches({ p: v }, value) && (matches({ q: w }, value) || matches({ s: x }, value));
        expect(matches({ p: v, $or: [{ q: w }, { s: x }] }, value)).toBe(both);
      }),
    );
  });
});

describe('anything-but is the complement on a value that is there', () => {
  test('of texts', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), leaf, (excluded, value) => {
        expect(matches({ v: [{ 'anything-but': excluded }] }, { v: value })).toBe(
          !matches({ v: excluded }, { v: value }),
        );
      }),
    );
  });

  test('of numbers', () => {
    const number = fc.integer({ min: -3, max: 3 });
    fc.assert(
      fc.property(fc.array(number, { minLength: 1 }), leaf, (excluded, value) => {
        expect(matches({ v: [{ 'anything-but': excluded }] }, { v: value })).toBe(
          !matches({ v: excluded }, { v: value }),
        );
      }),
    );
  });

  test.each([['prefix'], ['suffix'], ['equals-ignore-case']])('of %s', (kind) => {
    fc.assert(
      fc.property(
        fc.array(
          text.filter((wanted) => wanted !== ''),
          { minLength: 1, maxLength: 3 },
        ),
        leaf,
        (texts, value) => {
          const excluded = texts.map((wanted) => ({ [kind]: wanted }));
          expect(matches({ v: [{ 'anything-but': { [kind]: texts } }] }, { v: value })).toBe(
            !matches({ v: excluded }, { v: value }),
          );
        },
      ),
    );
  });

  test('of a wildcard', () => {
    fc.assert(
      fc.property(wildcard, leaf, (wanted, value) => {
        expect(matches({ v: [{ 'anything-but': { wildcard: wanted } }] }, { v: value })).toBe(
          !matches({ v: [{ wildcard: wanted }] }, { v: value }),
        );
      }),
    );
  });

  test('and never accepts what is absent', () => {
    fc.assert(fc.property(text, (excluded) => !matches({ v: [{ 'anything-but': excluded }] }, { w: excluded })));
  });
});

/** Refused, as EventBridge refuses wildcards that repeat themselves too often. */
function isTooComplex(wanted: string): boolean {
  try {
    readEventPattern({ v: [{ wildcard: wanted }] });
    return false;
  } catch (error) {
    expect((error as Error).message).toContain('complex');
    return true;
  }
}

describe('operators', () => {
  test('a wildcard agrees with trying every run of characters', () => {
    fc.assert(
      fc.property(fc.oneof(wildcard, crowded(3)), fc.oneof(text, crowded(9)), (wanted, value) => {
        fc.pre(!wanted.includes('**') && !isTooComplex(wanted));
        expect(matches({ v: [{ wildcard: wanted }] }, { v: value })).toBe(fitsByTrying(wanted, value));
      }),
      { numRuns: 3_000 },
    );
  });

  test('a wildcard accepts what its stars are replaced with', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 4 }), (parts) => {
        const kept = parts.map(([piece, run]) => [piece === '' ? 'y' : piece, run] as const);
        const wanted = kept.map(([piece]) => escaped(piece)).join('*');
        const value = kept.map(([piece, run], at) => (at < kept.length - 1 ? piece + run : piece)).join('');
        expect(matches({ v: [{ wildcard: wanted }] }, { v: value })).toBe(true);
      }),
    );
  });

  test('without regard to case, the case of ASCII letters does not matter', () => {
    const ascii = fc.string({ unit: fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)) });
    fc.assert(
      fc.property(ascii, ascii, (wanted, value) => {
        for (const form of [value, value.toUpperCase(), value.toLowerCase()]) {
          const record = { v: form };
          const [small, smallForm] = [wanted.toLowerCase(), form.toLowerCase()];
          expect(matches({ v: [{ 'equals-ignore-case': wanted }] }, record)).toBe(small === smallForm);
          expect(matches({ v: [{ prefix: { 'equals-ignore-case': wanted } }] }, record)).toBe(
            smallForm.startsWith(small),
          );
          expect(matches({ v: [{ suffix: { 'equals-ignore-case': wanted } }] }, record)).toBe(
            smallForm.endsWith(small),
          );
        }
        expect(matches({ v: [{ 'equals-ignore-case': wanted }] }, { v: wanted.toUpperCase() })).toBe(true);
      }),
    );
  });

  test('without regard to case, a text equals its own upper and lower form in any script', () => {
    const character = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
    fc.assert(
      fc.property(fc.array(character, { maxLength: 5 }), (characters) => {
        const wanted = { v: [{ 'equals-ignore-case': characters.join('') }] };
        expect(matches(wanted, { v: characters.map((one) => one.toUpperCase()).join('') })).toBe(true);
        expect(matches(wanted, { v: characters.map((one) => one.toLowerCase()).join('') })).toBe(true);
      }),
    );
  });

  test('a numeric range agrees with comparing', () => {
    const number = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ min: -5e9, max: 5e9, noNaN: true }));
    fc.assert(
      fc.property(number, number, number, fc.boolean(), fc.boolean(), (a, b, value, openLow, openHigh) => {
        fc.pre(a < b);
        const pattern = { v: [{ numeric: [openLow ? '>' : '>=', a, openHigh ? '<' : '<=', b] }] };
        const isIn = (openLow ? value > a : value >= a) && (openHigh ? value < b : value <= b);
        expect(matches(pattern, { v: value })).toBe(isIn);
        expect(matches(pattern, { v: `${value}` })).toBe(false);
      }),
    );
  });

  test('a CIDR block agrees with comparing the first bits', () => {
    const bits = fc.bigInt({ min: 0n, max: (1n << 32n) - 1n });
    const quad = (address: bigint): string => [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join('.');
    fc.assert(
      fc.property(
        bits,
        fc.integer({ min: 0, max: 31 }),
        bits,
        fc.integer({ min: 0, max: 32 }),
        (block, prefix, mask, kept) => {
          // Many addresses share the first bits with the block, or nearly.
          const address = block ^ (mask >> BigInt(kept));
          const rest = BigInt(32 - prefix);
          expect(matches({ v: [{ cidr: `${quad(block)}/${prefix}` }] }, { v: quad(address) })).toBe(
            block >> rest === address >> rest,
          );
          expect(matches({ v: [quad(block)] }, { v: quad(address) })).toBe(block === address);
        },
      ),
    );
  });

  test('exists is presence, and its two forms are opposite, in a record without lists', () => {
    fc.assert(
      fc.property(fc.dictionary(name, leaf), name, (value, key) => {
        const isThere = flattened(value).some(({ path }) => path === key);
        expect(matches({ [key]: [{ exists: true }] }, value)).toBe(isThere);
        expect(matches({ [key]: [{ exists: false }] }, value)).toBe(!isThere);
      }),
    );
  });
});

/** Texts of two letters, with stars for the wildcards among them. */
function crowded(longest: number): fc.Arbitrary<string> {
  const piece = fc.string({ unit: fc.constantFrom('x', 'y'), maxLength: longest });
  return fc.array(piece, { minLength: 1, maxLength: longest === 3 ? 4 : 1 }).map((pieces) => pieces.join('*'));
}

/** The pattern's fields one by one over every value of the record, as the reference engine describes it. */
function matchesByTrying(pattern: Record<string, unknown>, value: Record<string, unknown>): boolean {
  const wanted = [...pathsOf(pattern)].sort(([a], [b]) => (a < b ? -1 : 1));
  const leaves = flattened(value);
  const isConsistent = (a: Membership, b: Membership): boolean =>
    [...a].every(([list, item]) => !b.has(list) || b.get(list) === item);
  const from = (at: number, taken: Membership): boolean => {
    const [path, list] = wanted[at] ?? [];
    if (path === undefined || list === undefined) return true;
    const there = leaves.filter((each) => each.path === path && isConsistent(each.membership, taken));
    const acceptsAbsence = list.some((item) => (item as { exists?: unknown } | null)?.exists === false);
    if (there.length === 0) return acceptsAbsence && from(at + 1, taken);
    return there.some((each) => accepts(list, each.leaf) && from(at + 1, new Map([...taken, ...each.membership])));
  };
  return from(0, new Map());
}

function pathsOf(pattern: Record<string, unknown>, above = ''): Map<string, readonly unknown[]> {
  return new Map(
    Object.entries(pattern).flatMap(([key, member]) => {
      const path = above + key;
      return Array.isArray(member) ? [[path, member as unknown[]]] : [...pathsOf(objectOf(member), `${path}.`)];
    }),
  );
}

type Membership = ReadonlyMap<object, number>;
interface Flat {
  readonly path: string;
  readonly leaf: Leaf;
  readonly membership: Membership;
}

function flattened(value: unknown, path = '', membership: Membership = new Map()): readonly Flat[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, at) => {
      const isLeaf = typeof item !== 'object' || item === null;
      return flattened(item, path, isLeaf ? membership : new Map([...membership, [value, at]]));
    });
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, member]) =>
      flattened(member, path === '' ? key : `${path}.${key}`, membership),
    );
  }
  return [{ path, leaf: value as Leaf, membership }];
}

function accepts(list: readonly unknown[], found: Leaf): boolean {
  return list.some((item) => {
    if (typeof item !== 'object' || item === null) return item === found;
    const [kind, operand] = Object.entries(item)[0] ?? [];
    const isText = typeof found === 'string';
    if (kind === 'exists') return operand === true;
    if (kind === 'prefix') return isText && found.startsWith(operand as string);
    if (kind === 'suffix') return isText && found.endsWith(operand as string);
    if (kind === 'equals-ignore-case') return isText && found.toLowerCase() === (operand as string).toLowerCase();
    if (kind === 'numeric') return typeof found === 'number' && found > (operand as [string, number])[1];
    return ![operand].flat().includes(found);
  });
}

function fitsByTrying(wanted: string, value: string): boolean {
  if (wanted === '') return value === '';
  if (wanted.startsWith('*')) {
    return Array.from({ length: value.length + 1 }, (_, at) => at).some((at) =>
      fitsByTrying(wanted.slice(1), value.slice(at)),
    );
  }
  const [letter, rest] = wanted.startsWith('\\') ? [wanted[1], wanted.slice(2)] : [wanted[0], wanted.slice(1)];
  return value !== '' && value[0] === letter && fitsByTrying(rest, value.slice(1));
}
