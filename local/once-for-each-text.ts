import type { Parse, ParseContext } from 'dynalite/db/conditionParser';
import { isObject } from '../core/base/members';

/** What was made of a text, to be made again with other values. */
interface Parsed {
  readonly withValues: (values: ParseContext['attrVals']) => unknown;
  readonly names: readonly string[];
  readonly values: readonly string[];
}

/** A parser that reads a text once: what it makes of it hangs on the names and on the types of the values, not on the values. */
export function onceForEachText(parse: Parse): Parse {
  const known = new Map<string, Parsed>();

  function parsed(text: string, context: ParseContext): Parsed {
    const { attrNames: names = {}, attrVals: values = {} } = context;
    const types = Object.entries(values).map(([name, value]) => [name, Object.keys(value)]);
    const key = JSON.stringify([text, names, types]);
    const before = known.get(key);
    if (before) return before;
    const [unusedAttrNames, unusedAttrVals] = [{ ...names }, { ...values }];
    const tree = parse(text, { context: { ...context, unusedAttrNames, unusedAttrVals } });
    const made: Parsed = {
      withValues: isObject(tree) ? templateOf(tree, values) : () => tree,
      names: Object.keys(names).filter((name) => !(name in unusedAttrNames)),
      values: Object.keys(values).filter((name) => !(name in unusedAttrVals)),
    };
    known.set(key, made);
    return made;
  }

  return (text, options) => {
    // These two look at the values.
    if (/between|attribute_type/i.test(text)) return parse(text, options);
    const { context } = options;
    const { withValues, names, values } = parsed(text, context);
    for (const name of names) delete context.unusedAttrNames[name];
    for (const name of values) delete context.unusedAttrVals[name];
    return withValues(context.attrVals);
  };
}

/** `tree` anew for each call, with the values of that call where it has those of `values`. */
function templateOf(tree: unknown, values: NonNullable<ParseContext['attrVals']>): Parsed['withValues'] {
  const nameOf = new Map<unknown, string>(Object.entries(values).map(([name, value]) => [value, name]));
  const filled = (node: unknown, given: ParseContext['attrVals']): unknown => {
    const name = nameOf.get(node);
    if (name !== undefined) return given?.[name];
    if (Array.isArray(node)) return node.map((one) => filled(one, given));
    if (!isObject(node)) return node;
    return Object.fromEntries(Object.entries(node).map(([key, one]) => [key, filled(one, given)]));
  };
  return (given) => filled(tree, given);
}
