import type { Input, Model, Shape } from './model';

/**
 * The model inside an SDK client for JavaScript, which exports each operation's schema as `<name>$`: a list whose first
 * item is its kind. Types of texts and numbers are not told apart, and enumerations not at all.
 *
 * @param client what the package exports
 * @param source its name and version
 * @throws Error where it exports no operation in that form
 */
export function readNpmClient(client: object, source: string): Model {
  const operations = Object.values(client)
    .filter(isSchema)
    .filter(([kind]) => kind === OPERATION);
  if (operations.length === 0) throw new Error(`${source} exports no operation whose schema can be read`);
  const inputs = operations.map((operation): readonly [string, Input] => {
    const input = shapeOf(operation[4], []);
    return [String(operation[2]), typeof input === 'object' && !Array.isArray(input) ? (input as Input) : {}];
  });
  return { source, operations: Object.fromEntries(inputs.toSorted(([a], [b]) => (a < b ? -1 : 1))) };
}

type Schema = readonly unknown[];

const isSchema = (value: unknown): value is Schema => Array.isArray(value);

/** The kinds of schema that hold others. */
const LIST = 1;
const MAP = 2;
const STRUCTURE = 3;
const UNION = 4;
const OPERATION = 9;

/** Added to the number of a type: a list or a map of it. */
const LIST_OF = 64;
const MAP_OF = 128;

function shapeOf(reference: unknown, within: readonly string[]): Shape {
  const schema = typeof reference === 'function' ? (reference as () => unknown)() : reference;
  if (typeof schema === 'number') {
    if (schema >= MAP_OF) return { '*': 'simple' };
    return schema >= LIST_OF ? ['simple'] : 'simple';
  }
  if (!isSchema(schema)) return 'simple';
  const [kind, , name] = schema;
  // A member with traits of its own: its schema, and the traits.
  if (typeof kind !== 'number' || typeof name !== 'string') return shapeOf(kind, within);
  if (within.includes(name)) return 'recursive';
  const inside = [...within, name];
  if (kind === LIST) return [shapeOf(schema[4], inside)];
  if (kind === MAP) return { '*': shapeOf(schema[5], inside) };
  if (kind !== STRUCTURE && kind !== UNION) return 'simple';
  const [names, members] = [schema[4], schema[5]];
  if (!isSchema(names) || !isSchema(members)) return {};
  return Object.fromEntries(names.map((member, at) => [String(member), shapeOf(members[at], inside)]));
}
