import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../../core/base/members';
import type { Intrinsic } from './conditions';

/** One resource of a template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: readonly string[];
  readonly Condition?: string;
  readonly [attribute: string]: unknown;
}

export type Resources = Readonly<Record<string, TemplateResource>>;

/** What a template has where the condition holds; exactly one of several conditions does. */
export interface Variant<Value> {
  readonly condition: string;
  readonly value: Value;
}

/**
 * The resources of all variants in one: what all have in common as it is, what only some have under their condition, and what
 * differs within a resource by property.
 * @param either the name of the condition that one of several holds; it is added to the template by whoever gives this
 * @throws Error where a resource differs in what no condition can decide, such as its type
 */
export function merged(
  variants: readonly Variant<Resources>[],
  either: (conditions: readonly string[]) => string,
): Resources {
  const ids = [...new Set(variants.flatMap(({ value }) => Object.keys(value)))].sort();
  return Object.fromEntries(ids.map((id) => [id, mergedResource(id, presentIn(variants, id))]));

  function mergedResource(id: string, present: readonly Variant<TemplateResource>[]): TemplateResource {
    const [first] = present;
    if (first === undefined) throw new Error(`no variant has ${id}`);
    const { Properties: _, DependsOn: __, Condition: own, ...attributes } = first.value;
    for (const { condition, value } of present) {
      const { Properties: ___, DependsOn: ____, ...others } = value;
      if (!isDeepStrictEqual({ ...attributes, ...(own !== undefined && { Condition: own }) }, others)) {
        throw new Error(`${id} is another resource under ${condition} than under ${first.condition}`);
      }
    }
    const isEverywhere = present.length === variants.length;
    if (own !== undefined && !isEverywhere) throw new Error(`${id} has the condition ${own} already`);
    const condition = isEverywhere ? own : either(present.map((variant) => variant.condition));
    const dependencies = [...new Set(present.flatMap(({ value }) => value.DependsOn ?? []))].sort();
    const properties = mergedProperties(
      present.map(({ condition: name, value }) => ({ condition: name, value: value.Properties ?? {} })),
    );
    return {
      ...attributes,
      Type: first.value.Type,
      ...(condition !== undefined && { Condition: condition }),
      ...(Object.keys(properties).length > 0 && { Properties: properties }),
      // CloudFormation leaves out those whose condition does not hold.
      ...(dependencies.length > 0 && { DependsOn: dependencies }),
    };
  }
}

const presentIn = (variants: readonly Variant<Resources>[], id: string): readonly Variant<TemplateResource>[] =>
  variants.flatMap(({ condition, value }) => {
    const resource = Object.hasOwn(value, id) ? value[id] : undefined;
    return resource ? [{ condition, value: resource }] : [];
  });

function mergedProperties(variants: readonly Variant<Readonly<Record<string, unknown>>>[]): Record<string, unknown> {
  const names = [...new Set(variants.flatMap(({ value }) => Object.keys(value)))];
  return Object.fromEntries(
    names.map((name) => {
      const values = variants.map(({ condition, value }) => ({
        condition,
        value: Object.hasOwn(value, name) ? value[name] : NO_VALUE,
      }));
      return [name, chosen(values)];
    }),
  );
}

/** An object that is not an intrinsic function: what differs in it can be told by its members. */
const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  isObject(value) && !Object.keys(value).some((name) => name === 'Ref' || name.startsWith('Fn::'));

/** As if the property were not there. */
export const NO_VALUE: Intrinsic = { Ref: 'AWS::NoValue' };

/** The value of the variant whose condition holds; one of them does. What most have goes last, and needs no condition. */
export function chosen(variants: readonly Variant<unknown>[]): unknown {
  const likeIt = (value: unknown): number => variants.filter((other) => isDeepStrictEqual(other.value, value)).length;
  const most = Math.max(...variants.map(({ value }) => likeIt(value)));
  if (most < variants.length && variants.every(({ value }) => isPlain(value))) {
    return mergedProperties(variants as readonly Variant<Readonly<Record<string, unknown>>>[]);
  }
  const usual = variants.find(({ value }) => likeIt(value) === most)?.value;
  return variants
    .filter(({ value }) => !isDeepStrictEqual(value, usual))
    .reduce<unknown>((otherwise, { condition, value }) => ({ 'Fn::If': [condition, value, otherwise] }), usual);
}
