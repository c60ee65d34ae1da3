/*
 * What the catalogue is held against: the operations of an API with the members of their requests, by name and type
 * alone. Extracts in this form are kept in test/fixtures/models/.
 */

/** A type's name, `enum A B` for a choice of a few texts, `[item]` for a list, `{ '*': value }` for a map. */
export type Shape = string | readonly [Shape] | { readonly [member: string]: Shape };

/** The members of the request, by the API's own names. */
export type Input = Readonly<Record<string, Shape>>;

export interface Model {
  /** Where it was read: `botocore 1.44.8, opensearch/2021-01-01`. */
  readonly source: string;
  readonly operations: Readonly<Record<string, Input>>;
}

/** One member of a request, however deep: `ClusterConfig.NodeOptions[].NodeType`, `AdvancedOptions.*`. */
export interface Member {
  readonly path: string;
  /** The name of its type; `structure`, `list` or `map` for what holds others. */
  readonly type: string;
}

/** All members of a request, those that hold others before what they hold. */
export function membersOf(input: Input): readonly Member[] {
  return Object.entries(input).flatMap(([name, shape]) => membersAt(name, shape));
}

function membersAt(path: string, shape: Shape): readonly Member[] {
  if (typeof shape === 'string') return [{ path, type: shape }];
  if (isList(shape)) {
    const [item] = shape;
    return [{ path, type: 'list' }, ...(typeof item === 'string' ? [] : membersAt(`${path}[]`, item).slice(1))];
  }
  const isMap = '*' in shape;
  const inside = Object.entries(shape).flatMap(([name, member]) => membersAt(`${path}.${name}`, member));
  return [{ path, type: isMap ? 'map' : 'structure' }, ...inside];
}

const isList = (shape: Exclude<Shape, string>): shape is readonly [Shape] => Array.isArray(shape);

/** The values of an enumeration; none for another type. */
export const valuesOf = ({ type }: Member): readonly string[] =>
  type.startsWith('enum ') ? type.split(' ').slice(1) : [];
