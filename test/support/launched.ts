import { isObject, memberOf } from '../../core/base/members';
import type { TemplateResource } from '../../local/release/merged';

/** What CloudFormation would make of a template. */
export interface Launched {
  /** Those whose condition holds, with parameters and conditions filled in; references between resources stay. */
  readonly resources: Readonly<Record<string, TemplateResource>>;
  /** References to what is not there. */
  readonly danglingReferences: readonly string[];
}

/**
 * `template` as it is launched with these values of its parameters. Written for this, beside the code that makes the template.
 * @throws Error for a parameter that must be given
 */
export function launched(template: unknown, given: Readonly<Record<string, string>>): Launched {
  const parameters = memberOf(template, 'Parameters');
  const valueOf = (name: string): unknown => {
    const value = given[name] ?? memberOf(parameters, name, 'Default');
    if (typeof value !== 'string') throw new Error(`no value for ${name}`);
    return value;
  };

  function holds(condition: unknown): boolean {
    const [[name, argument] = ['', undefined]] = Object.entries(isObject(condition) ? condition : {});
    const parts = Array.isArray(argument) ? (argument as readonly unknown[]) : [];
    switch (name) {
      case 'Condition':
        return holds(memberOf(template, 'Conditions', String(argument)));
      case 'Fn::Not':
        return !holds(parts[0]);
      case 'Fn::And':
        return parts.every(holds);
      case 'Fn::Or':
        return parts.some(holds);
      case 'Fn::Equals':
        return compared(parts[0]) === compared(parts[1]);
      default:
        throw new Error(`${name} is no condition`);
    }
  }

  /** AWS documents two things to compare: a text, and a parameter. */
  function compared(part: unknown): unknown {
    const name = memberOf(part, 'Ref');
    if (typeof part === 'string') return part;
    if (typeof name !== 'string') throw new Error(`${JSON.stringify(part)} cannot be compared`);
    return valueOf(name);
  }

  function filled(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(filled).filter((item) => item !== undefined);
    if (!isObject(value)) return value;
    const [[name, argument] = ['', undefined], ...others] = Object.entries(value);
    if (others.length === 0 && name === 'Ref') {
      if (argument === 'AWS::NoValue') return undefined;
      return memberOf(parameters, String(argument)) === undefined ? value : valueOf(String(argument));
    }
    if (others.length === 0 && name === 'Fn::If') {
      const [condition, then, otherwise] = argument as readonly unknown[];
      return filled(holds({ Condition: condition }) ? then : otherwise);
    }
    if (others.length === 0 && name === 'Fn::Split') {
      const [separator, text] = filled(argument) as [string, unknown];
      return typeof text === 'string' ? text.split(separator) : { 'Fn::Split': [separator, text] };
    }
    if (others.length === 0 && name === 'Fn::Join') {
      const [separator, parts] = filled(argument) as [string, readonly unknown[]];
      return parts.every((part) => typeof part === 'string')
        ? parts.join(separator)
        : { 'Fn::Join': [separator, parts] };
    }
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, member]) => [key, filled(member)] as const)
        .filter(([, member]) => member !== undefined),
    );
  }

  const all = Object.entries(memberOf(template, 'Resources') as Record<string, TemplateResource>);
  const resources = Object.fromEntries(
    all
      .filter(([, { Condition: condition }]) => condition === undefined || holds({ Condition: condition }))
      .map(([id, resource]) => [id, filled(resource) as TemplateResource]),
  );
  const refersTo = referencesIn([
    Object.values(resources).map(({ Properties: properties }) => properties),
    filled(memberOf(template, 'Outputs')),
  ]);
  return { resources, danglingReferences: refersTo.filter((id) => !(id in resources) && !id.startsWith('AWS::')) };
}

function referencesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    if (name === 'Ref') return [String(member)];
    if (name === 'Fn::GetAtt') return [String((member as readonly unknown[])[0])];
    if (name === 'Fn::Sub') {
      const text = Array.isArray(member) ? String((member as readonly unknown[])[0]) : String(member);
      return [...text.matchAll(/\$\{([A-Za-z0-9:]+)/g)].map(([, id = '']) => id);
    }
    return referencesIn(member);
  });
}
