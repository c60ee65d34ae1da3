import { isObject, listOf, memberOf, textOf, textsOf } from '../base/members';
import { once } from '../base/once';
import type { ResourceChange } from './changes';

type Written = Pick<ResourceChange, 'module' | 'type' | 'name' | 'isData'>;

/** How a resource is written in the configuration; `undefined` where the plan does not hold it. */
function configurationOf(plan: unknown, { module, type, name, isData }: Written): unknown {
  const configuration = moduleAt(plan, namesIn(module));
  return isObject(configuration) ? resourcesOf(configuration).get(keyOf(isData, type, name)) : undefined;
}

/** Its expressions by attribute. */
export const expressionsOf = (plan: unknown, resource: Written): unknown =>
  memberOf(configurationOf(plan, resource), 'expressions');

/** Which configuration of a provider it is made by, and so in whose account. @returns `undefined` where the plan does not tell */
export function providerOf(plan: unknown, resource: Written): string | undefined {
  const key = textOf(memberOf(configurationOf(plan, resource), 'provider_config_key'));
  const configured = memberOf(plan, 'configuration', 'provider_config');
  // Before Terraform 1.2, a module that has the only one from the root names it as its own.
  const isFromRoot =
    key !== undefined && (!isObject(configured) || (isOnly(configured) && !Object.hasOwn(configured, key)));
  const name = isFromRoot ? key.replace(/^.*:/s, '') : key;
  // Terraform has two providers of AWS; those without an alias are of one account.
  return name === 'awscc' ? 'aws' : name;
}

/** Whether no configuration of the provider has an alias, or is that of a module; found once. */
const isOnly = once((configured: object): boolean =>
  Object.keys(configured).every((each) => !/(?:^|:)aws\.|:aws$/.test(each)),
);

/** The resource or data source that a reference leads to, where it is one. */
export function resourceBehind({ to, module }: Reference): Written | undefined {
  const [, data, type, name] = /^(data\.)?(\w+)\.([\w-]+)/.exec(to) ?? [];
  return type === undefined || name === undefined ? undefined : { module, type, name, isData: data !== undefined };
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

/** Something that an expression refers to, and the module it is in. */
export interface Reference {
  readonly to: string;
  /** Its address, as `module.search["a"]`; empty for the root. */
  readonly module: string;
}

/** So many references are followed: of more, as where a plan leads in circles or to ever more, the rest stay as they are. */
const MOST_FOLLOWED = 200;

/**
 * What an expression refers to, each once. A variable is what the call of the module gives it, an output of a module what it
 * refers to there, through any number of modules; where that is a constant, it stays the variable or the output.
 * @param isThroughOutputs whether outputs are followed. @default true
 */
export function referencesOf(
  plan: unknown,
  module: string,
  expression: unknown,
  isThroughOutputs = true,
): readonly Reference[] {
  const seen = new Set<string>();
  const found: Reference[] = [];
  const open = endsOf({ expression, module });
  for (let next = open.pop(); next; next = open.pop()) {
    const key = keyOf(false, next.module, next.to);
    if (seen.has(key)) continue;
    seen.add(key);
    const further =
      seen.size > MOST_FOLLOWED
        ? undefined
        : (givenBy(plan, next) ?? (isThroughOutputs ? outputOf(plan, next) : undefined));
    const ends = further ? endsOf(further) : [];
    if (ends.length === 0) found.push(next);
    open.push(...ends);
  }
  return found;
}

/** What leads to a reference of more characters is not looked for: it stays beside it. */
const LONGEST_WAY = 1000;

/** Without what only leads there: `a.b` beside `a.b.c`. The first is the last. */
function endsOf({ expression, module }: Expression): Reference[] {
  const references = textsOf(memberOf(expression, 'references'));
  const short = references.filter(({ length }) => length <= LONGEST_WAY);
  const ways = new Set(short.flatMap((to) => [...to.matchAll(/[.[]/g)].map(({ index }) => to.slice(0, index))));
  return references
    .filter((to) => !ways.has(to))
    .map((to) => ({ to, module }))
    .toReversed();
}

/** An expression, and the module it is in. */
interface Expression {
  readonly expression: unknown;
  readonly module: string;
}

/** What the call of the module gives a variable of it. */
function givenBy(plan: unknown, { to, module }: Reference): Expression | undefined {
  const variable = VARIABLE.exec(to)?.[1];
  const names = namesIn(module);
  const call = names.at(-1);
  if (variable === undefined || call === undefined) return undefined;
  const given = own(memberOf(moduleAt(plan, names.slice(0, -1)), 'module_calls'), call, 'expressions');
  const expression = isObject(given) && Object.hasOwn(given, variable) ? given[variable] : undefined;
  return expression === undefined ? undefined : { expression, module: parentOf(module) };
}

/** What a module that is called says of an output. */
function outputOf(plan: unknown, { to, module }: Reference): Expression | undefined {
  const [, call = '', output = ''] = OUTPUT.exec(to) ?? [];
  if (output === '') return undefined;
  const called = module === '' ? call : `${module}.${call}`;
  const expression = own(memberOf(moduleAt(plan, namesIn(called)), 'outputs'), output, 'expression');
  return expression === undefined ? undefined : { expression, module: called };
}

const VARIABLE = /^var\.([\w-]+)$/;
const OUTPUT = /^(module\.[\w-]+(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?)\.([\w-]+)$/s;

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
