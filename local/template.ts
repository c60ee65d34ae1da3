import { isObject, memberOf } from '../core/base/members';

/** A synthesized CloudFormation template, as far as the local run reads it. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>;
}

export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** What a reference means on this machine. */
export interface Names {
  /** Values of `AWS::Region` and its like. */
  readonly pseudo: Readonly<Record<string, string>>;
  /** Per resource: what `Ref` and `Fn::GetAtt` answer; `Ref` under the name `Ref`. */
  readonly attributes: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

/**
 * `value` with its intrinsic functions replaced by what they stand for.
 * @throws Error for a function or a reference that has no meaning here
 */
export function resolve(value: unknown, template: Template, names: Names): unknown {
  const inner = (part: unknown): unknown => resolve(part, template, names);
  if (Array.isArray(value)) return value.map(inner).filter((item) => item !== undefined);
  if (!isObject(value)) return value;
  const [[key, argument] = [], ...more] = Object.entries(value);
  if (more.length === 0 && key !== undefined && (key === 'Ref' || key.startsWith('Fn::'))) {
    return resolveIntrinsic(key, argument, template, names);
  }
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, member]) => [name, inner(member)] as const)
      .filter(([, member]) => member !== undefined),
  );
}

function resolveIntrinsic(name: string, argument: unknown, template: Template, names: Names): unknown {
  const inner = (part: unknown): unknown => resolve(part, template, names);
  const parts = Array.isArray(argument) ? (argument as readonly unknown[]) : [];
  switch (name) {
    case 'Ref':
      return reference(String(argument), 'Ref', template, names);
    case 'Fn::GetAtt':
      return reference(String(parts[0]), String(parts[1]), template, names);
    case 'Fn::Join':
      return (inner(parts[1]) as readonly unknown[]).join(String(parts[0]));
    case 'Fn::Split':
      return String(inner(parts[1])).split(String(parts[0]));
    case 'Fn::Select':
      return (inner(parts[1]) as readonly unknown[])[Number(inner(parts[0]))];
    case 'Fn::Sub':
      return substitute(argument, template, names);
    default:
      throw new Error(`the local run cannot resolve ${name}`);
  }
}

function substitute(argument: unknown, template: Template, names: Names): string {
  const [text, variables] = Array.isArray(argument) ? (argument as readonly unknown[]) : [argument, {}];
  return String(text).replaceAll(/\$\{(!?)([^}]+)\}/g, (_, isLiteral: string, name: string) => {
    if (isLiteral) return `\${${name}}`;
    const given = memberOf(variables, name);
    if (given !== undefined) return String(resolve(given, template, names));
    const [id = '', ...attribute] = name.split('.');
    return String(reference(id, attribute.join('.') || 'Ref', template, names));
  });
}

function reference(id: string, attribute: string, template: Template, names: Names): unknown {
  if (id === 'AWS::NoValue') return undefined;
  const known = names.pseudo[id] ?? names.attributes.get(id)?.[attribute] ?? template.Parameters?.[id]?.Default;
  if (known !== undefined) return known;
  const type = template.Resources[id]?.Type ?? 'no resource of the template';
  throw new Error(`the local run has no value for ${attribute} of ${id} (${type})`);
}
