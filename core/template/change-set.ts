import { readArn } from '../base/arn';
import { isObject, listOf, memberOf, textOf, unwrapped } from '../base/members';
import { plain } from '../base/plain-text';
import { unknownText, type Declared, type Request } from '../declared';
import { domainNameOf } from './attributes';
import { KINDS } from './kinds';
import { ownMember } from './resolve';
import type { TemplateContext } from './template';

/** Whether a document is what `describe-change-set` answers, by its shape. */
export const isChangeSet = (value: unknown): boolean =>
  memberOf(value, 'ChangeSetName') !== undefined && Array.isArray(memberOf(value, 'Changes'));

/** What a change set does to domains and applications: the properties before and after, as CloudFormation resolved them. */
export function declaredInChangeSet(changeSet: unknown, context: TemplateContext): readonly Declared[] {
  const stack = readArn(textOf(memberOf(changeSet, 'StackId')));
  const accountId = context.accountId ?? stack?.accountId;
  const region = context.region ?? stack?.region;
  return listOf(memberOf(changeSet, 'Changes')).flatMap((each): readonly Declared[] => {
    const change = memberOf(each, 'ResourceChange');
    const text = (name: string): string => textOf(memberOf(change, name)) ?? '';
    const type = text('ResourceType');
    const kind = KINDS.get(type);
    if (kind === undefined) return [];
    const logicalId = text('LogicalResourceId');
    const sideOf = (name: 'BeforeContext' | 'AfterContext'): Request =>
      requestOf(memberOf(change, name), logicalId, type, text('PhysicalResourceId'));
    const base = {
      address: plain(logicalId, 200),
      type,
      kind,
      path: [],
      ...(accountId !== undefined && { accountId }),
      ...(region !== undefined && { region }),
    };
    const [before, after] = [sideOf('BeforeContext'), sideOf('AfterContext')];
    const action = text('Action');
    if (action === 'Add' || action === 'Import') return [{ ...base, after: () => after }];
    if (action === 'Remove') return /^Retain/.test(text('PolicyAction')) ? [] : [{ ...base, before: () => before }];
    if (text('Replacement') === 'True')
      return [
        { ...base, before: () => before },
        { ...base, after: () => after },
      ];
    return [{ ...base, before: () => before, after: () => after }];
  });
}

/** The properties in a context, a text of JSON. Without one, which is the default of the command, they are not known. */
function requestOf(context: unknown, logicalId: string, type: string, physicalId: string): Request {
  const properties = memberOf(unwrapped(context), 'Properties');
  const known = isObject(properties)
    ? (withUnknowns(properties) as Request)
    : { unknown: unknownText('a change set made without --include-property-values') };
  if (KINDS.get(type) !== 'domain') return known;
  const name = domainNameOf({ logicalId, type, property: (each) => ownMember(known, each) });
  return { ...known, DomainName: ownMember(known, 'DomainName') ?? (physicalId || name) };
}

/** What only the deployment tells, as CloudFormation writes it. */
function withUnknowns(value: unknown): unknown {
  if (typeof value === 'string')
    return value.replaceAll(
      '{{changeSet:KNOWN_AFTER_APPLY}}',
      unknownText('a value known after the change set is executed'),
    );
  if (Array.isArray(value)) return value.map(withUnknowns);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withUnknowns(member)]));
}
