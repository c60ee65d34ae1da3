import { isObject, memberOf } from '../core/base/members';
import type { Resource, Template } from './template';

const NESTED = 'AWS::CloudFormation::Stack';

/**
 * `template` with the resources of its nested stacks in their places, under ids that begin with that of their stack.
 * @param read reads a nested template, given its address as JSON
 * @throws Error for what a nested stack refers to and is not given
 */
export function withNested(template: Template, read: (url: string) => Template): Template {
  const resources = Object.entries(template.Resources).flatMap(([id, resource]): [string, Resource][] => {
    if (resource.Type !== NESTED) return [[id, resource]];
    const nested = withNested(read(JSON.stringify(memberOf(resource.Properties, 'TemplateURL'))), read);
    const given = memberOf(resource.Properties, 'Parameters');
    return Object.entries(nested.Resources).map(([inner, one]) => [
      `${id}${inner}`,
      seenFromOutside(one, { id, nested, given: isObject(given) ? given : {} }) as Resource,
    ]);
  });
  return { ...template, Resources: Object.fromEntries(resources) };
}

interface Within {
  /** That of the nested stack. */
  readonly id: string;
  readonly nested: Template;
  /** The parameters it is given. */
  readonly given: Readonly<Record<string, unknown>>;
}

/** A value of a nested template, with parameters replaced by what they are given and its own resources under their new ids. */
function seenFromOutside(value: unknown, within: Within): unknown {
  if (Array.isArray(value)) return value.map((item) => seenFromOutside(item, within));
  if (!isObject(value)) return value;
  const { Ref: ref, 'Fn::GetAtt': attribute } = value;
  if (typeof ref === 'string') return refFromOutside(ref, within);
  if (Array.isArray(attribute))
    return { 'Fn::GetAtt': [`${within.id}${String(attribute[0])}`, attribute[1] as unknown] };
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, seenFromOutside(member, within)]));
}

function refFromOutside(ref: string, { id, nested, given }: Within): unknown {
  if (ref.startsWith('AWS::')) return { Ref: ref };
  if (nested.Resources[ref]) return { Ref: `${id}${ref}` };
  const value = given[ref];
  if (value === undefined) throw new Error(`the nested stack ${id} is not given ${ref}`);
  return value;
}
