import { isObject, listOf, memberOf, textOf, textsOf } from '../base/members';
import { once } from '../base/once';
import type { ResourceChange } from './changes';

/** How a resource is written in the configuration: expressions by attribute. `undefined` where the plan does not hold it. */
export function expressionsOf(
  plan: unknown,
  { module, type, name, isData }: Pick<ResourceChange, 'module' | 'type' | 'name' | 'isData'>,
): unknown {
  const configuration = moduleAt(plan, namesIn(module));
  const found = isObject(configuration) ? resourcesOf(configuration).get(keyOf(isData, type, name)) : undefined;
  return memberOf(found, 'expressions');
}

/** The resources of a module, found once: plans hold thousands. */
const resourcesOf = once((module: object): ReadonlyMap<string, unknown> => {
  const resources = listOf(memberOf(module, 'resources')).toReversed();
  return new Map(
    resources.map((each) => [
      keyOf(memberOf(each, 'mode') === 'data', memberOf(each, 'type'), memberOf(each, 'name')),
      each,
    ]),
  );
});

const keyOf = (isData: boolean, type: unknown, name: unknown): string => JSON.stringify([isData, type, name]);

/** The names of the calls on the way to a module: `module.a["x"].module.b[0]` is a, b. */
const namesIn = (module: string): readonly string[] =>
  [...module.matchAll(/(?:^|\.)module\.([\w-]+)(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?/g)].flatMap(([, name]) => name ?? []);

function moduleAt(plan: unknown, names: readonly string[]): unknown {
  return names.reduce<unknown>(
    (module, name) => own(memberOf(module, 'module_calls'), name, 'module'),
    memberOf(plan, 'configuration', 'root_module'),
  );
}

const own = (value: unknown, name: string, member: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? memberOf(value[name], member) : undefined;

/** What an expression refers to, without what only leads there: `a.b` beside `a.b.c`. A variable is what the call of the module gives it. */
export function referencesOf(
  plan: unknown,
  module: string,
  expression: unknown,
): readonly { readonly to: string; readonly module: string }[] {
  const references = textsOf(memberOf(expression, 'references'));
  const ends = references.filter(
    (each) =>
      !references.some((other) => other !== each && (other.startsWith(`${each}.`) || other.startsWith(`${each}[`))),
  );
  const names = namesIn(module);
  return ends.flatMap((to) => {
    const variable = /^var\.([\w-]+)$/.exec(to)?.[1];
    const call = names.at(-1);
    if (variable === undefined || call === undefined) return [{ to, module }];
    const parent = names.slice(0, -1);
    const given = own(memberOf(moduleAt(plan, parent), 'module_calls'), call, 'expressions');
    const outer = isObject(given) && Object.hasOwn(given, variable) ? given[variable] : undefined;
    // One level is left each time, so this ends.
    return outer === undefined ? [{ to, module }] : referencesOf(plan, parentOf(module), outer);
  });
}

const parentOf = (module: string): string =>
  module.replace(/(?:^|\.)module\.[\w-]+(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?$/, '');

/** The expression at a path of attributes and blocks; `undefined` where nothing is written there. */
export function expressionAt(expressions: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((at, step) => {
    if (typeof step === 'number') return Array.isArray(at) ? at[step] : at;
    return isObject(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  }, expressions);
}

/**
 * Whether an attribute is written in the configuration, so that its value is the author's: what is not is left to the
 * service. Blocks that are made by a loop are not told, and count as written; so does what is in an object that refers to others.
 */
export function isWritten(expressions: unknown, path: readonly (string | number)[]): boolean {
  if (expressions === undefined) return true;
  const [name = '', ...within] = path;
  const block = expressionAt(expressions, [name]);
  if (within.length > 0 && (block === undefined || memberOf(block, 'references') !== undefined)) return true;
  return expressionAt(memberOf(block, 'constant_value') ?? block, within) !== undefined;
}

/** A text that is written as itself. */
export const constantOf = (expression: unknown): string | undefined => textOf(memberOf(expression, 'constant_value'));
