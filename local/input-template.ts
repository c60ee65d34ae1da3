import { isObject, memberOf, textOf } from '../core/base/members';

/**
 * What EventBridge makes of an input template: `<…>` outside of a text is a value as JSON, within one it is the value's text.
 * @param valueOf the value of what stands between `<` and `>`; `undefined` where there is none
 * @throws Error where something is not there: EventBridge leaves it out, and what remains may be no JSON
 */
export function fillTemplate(template: string, valueOf: (name: string) => unknown): string {
  let isInText = false;
  return template.replaceAll(/<([^<>]+)>|\\.|"/g, (found, name: string | undefined) => {
    if (found === '"') isInText = !isInText;
    if (name === undefined) return found;
    const value = valueOf(name);
    if (value === undefined) throw new Error(`input template asks for <${name}>, which is not there`);
    if (!isInText) return JSON.stringify(value);
    return typeof value === 'string' ? JSON.stringify(value).slice(1, -1) : JSON.stringify(value);
  });
}

/** The value at a path of members and indices, such as `$.detail.resources[0].uid`. */
export function valueAt(event: unknown, path: string): unknown {
  const steps = path.match(/[\w-]+/g) ?? [];
  if (!path.startsWith('$')) throw new Error(`the local run knows no path ${path}, allowed: $.member and [index]`);
  let value = event;
  for (const step of steps) value = Array.isArray(value) ? (value[Number(step)] as unknown) : memberOf(value, step);
  return value;
}

/** What the target of a rule is given. @param target as in the template, with everything resolved */
export function inputOf(target: unknown, event: object): string {
  const transformer = memberOf(target, 'InputTransformer');
  if (!isObject(transformer)) return JSON.stringify(event);
  const paths = memberOf(transformer, 'InputPathsMap');
  return fillTemplate(String(transformer['InputTemplate']), (name) =>
    valueAt(event, textOf(memberOf(paths, name)) ?? `$.${name}`),
  );
}

/** What the target of a pipe is given of a message of a queue, whose body is read as JSON where it is some. */
export function pipedOf(template: string, message: Readonly<Record<string, unknown>>): string {
  return fillTemplate(template, (path) => valueAt({ ...message, body: parsed(message['body']) }, path));
}

function parsed(body: unknown): unknown {
  try {
    return JSON.parse(String(body));
  } catch {
    return body;
  }
}
