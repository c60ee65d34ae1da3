import { isAbsent, isObject, listOf, memberOf, textOf } from '../base/members';
import type { ResourceChange } from './changes';
import { expressionAt, expressionsOf, referencesOf } from './expressions';
import { attributesAfter } from './values';

/**
 * The policy behind an attribute that only the apply tells, where it is one `aws_iam_policy_document` that is read then: its
 * statements stand in the plan as far as they are known. `undefined` where it is anything else.
 */
export function documentBehind(
  plan: unknown,
  changes: readonly ResourceChange[],
  change: ResourceChange,
  attribute: string,
): unknown {
  const expression = expressionAt(expressionsOf(plan, change), [attribute]);
  const [only, ...others] = referencesOf(plan, change.module, expression);
  if (only === undefined || others.length > 0) return undefined;
  // Of a splat, `document[*].json`, the plan tells the document alone.
  const [, name, index = ''] =
    /^data\.aws_iam_policy_document\.([\w-]+)(\[.*\])?(?:\.(?:minified_)?json)?$/s.exec(only.to) ?? [];
  const documents = changes.filter(
    (each) =>
      each.isData &&
      each.type === 'aws_iam_policy_document' &&
      each.name === name &&
      each.module === only.module &&
      each.address.endsWith(index),
  );
  const [document, another] = documents;
  // Of several, which it is is not told.
  if (document === undefined || another !== undefined) return undefined;
  const attributes = attributesAfter(plan, document, change);
  const isWhole = ['source_policy_documents', 'override_policy_documents', 'source_json', 'override_json'].every(
    (each) => isEmpty(attributes[each]),
  );
  return isWhole ? toPolicy(attributes) : undefined;
}

const isEmpty = (value: unknown): boolean =>
  isAbsent(value) || value === '' || (Array.isArray(value) && value.length === 0);

/** As the data source writes it. */
function toPolicy(attributes: unknown): unknown {
  return {
    Version: textOf(memberOf(attributes, 'version')) ?? '2012-10-17',
    Statement: listOf(memberOf(attributes, 'statement')).map(toStatement),
  };
}

function toStatement(statement: unknown): unknown {
  const list = (name: string): readonly unknown[] => listOf(memberOf(statement, name));
  const member = (name: string, from: string) => (list(from).length === 0 ? {} : { [name]: list(from) });
  return {
    Effect: memberOf(statement, 'effect') ?? 'Allow',
    ...principals('Principal', list('principals')),
    ...principals('NotPrincipal', list('not_principals')),
    ...member('Action', 'actions'),
    ...member('NotAction', 'not_actions'),
    ...member('Resource', 'resources'),
    ...member('NotResource', 'not_resources'),
    ...conditions(list('condition')),
  };
}

/** `type = "*"` is everyone, by itself. */
function principals(name: string, blocks: readonly unknown[]): Readonly<Record<string, unknown>> {
  if (blocks.length === 0) return {};
  const kinds = new Map<string, unknown[]>();
  for (const block of blocks) {
    const kind = textOf(memberOf(block, 'type')) ?? 'AWS';
    const names = listOf(memberOf(block, 'identifiers'));
    if (kind === '*' && names.includes('*')) return { [name]: '*' };
    kinds.set(kind, [...(kinds.get(kind) ?? []), ...names]);
  }
  return { [name]: Object.fromEntries(kinds) };
}

function conditions(blocks: readonly unknown[]): Readonly<Record<string, unknown>> {
  const tests = new Map<string, Record<string, unknown>>();
  for (const block of blocks.filter(isObject)) {
    const operator = textOf(memberOf(block, 'test')) ?? '';
    const key = textOf(memberOf(block, 'variable')) ?? '';
    tests.set(operator, { ...tests.get(operator), [key]: listOf(memberOf(block, 'values')) });
  }
  return tests.size === 0 ? {} : { Condition: Object.fromEntries(tests) };
}
