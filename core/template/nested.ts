import { isObject, memberOf, textOf } from '../base/members';
import { plain } from '../base/plain-text';
import { resourcesIn } from './resources';

const STACK = 'AWS::CloudFormation::Stack';

/** A stack within a stack. */
export interface NestedStack {
  readonly logicalId: string;
  /** Its template, as a file beside that of the stack. @default - it is elsewhere, or its place is not known */
  readonly file?: string;
}

/** The stacks within that of a template. The CDK tells their files, and people write them in place of an address. */
export const nestedStacksIn = (template: unknown): readonly NestedStack[] =>
  resourcesIn(template)
    .filter(({ type }) => type === STACK)
    .map(({ logicalId, resource }) => {
      const written = textOf(memberOf(resource, 'Properties', 'TemplateURL'));
      const file = textOf(memberOf(resource, 'Metadata', 'aws:asset:path')) ?? written;
      return { logicalId, ...(file !== undefined && !/^[a-z][a-z0-9+.-]*:/i.test(file) && { file }) };
    });

/** What stacks within that of a template declare, where their templates were not read. Safe to show. */
export const unseenStacksIn = (template: unknown, read: ReadonlySet<string>): readonly string[] =>
  nestedStacksIn(template)
    .filter(({ logicalId }) => !read.has(logicalId))
    .map(({ logicalId }) => `the nested stack ${plain(logicalId, 100)} has a template of its own, which was not read`);

/** The resource that makes a nested stack. */
export function stackResource(template: unknown, logicalId: string): Readonly<Record<string, unknown>> | undefined {
  const resources = memberOf(template, 'Resources');
  const resource = isObject(resources) && Object.hasOwn(resources, logicalId) ? resources[logicalId] : undefined;
  return isObject(resource) ? resource : undefined;
}
