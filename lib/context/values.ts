import { CONTEXT_KEYS, type ContextKey } from './keys';

export type Context = Readonly<Record<string, unknown>>;

/** What was read, and what is wrong with it; a value that is wrong is left out. */
export interface Read<Value> {
  readonly value: Value;
  readonly problems: readonly string[];
}

/** The context without keys of ours whose value is blank, which are told instead. */
export function withoutBlanks(context: Context): Read<Context> {
  const blank = CONTEXT_KEYS.filter((key) => context[key] !== undefined && listAt(context, key).length === 0);
  return {
    value: Object.fromEntries(Object.entries(context).filter(([key]) => !blank.some((other) => other === key))),
    problems: blank.map((key) => `context key '${key}' is blank: give it a value or leave it out`),
  };
}

export function textAt(context: Context, key: ContextKey): string | undefined {
  const value = context[key];
  return value === undefined ? undefined : asText(value);
}

/** The items of a list, or of a text with commas, that are not blank. */
export function listAt(context: Context, key: ContextKey): readonly string[] {
  const value = context[key];
  const items: readonly string[] = Array.isArray(value) ? value.map(asText) : asText(value).split(',');
  return items.map((item) => item.trim()).filter((item) => item !== '');
}

/** `-c` gives texts only; cdk.json may hold anything. */
function asText(value: unknown): string {
  return typeof value === 'string' ? value.trim() : JSON.stringify(value);
}
