import { isObject, listOf, memberOf, textOf, textsOf } from '../base/members';

/** What a plan does to one resource, or to a data source that is read at the apply. */
export interface ResourceChange {
  /** With its modules and its index: `module.search.aws_opensearch_domain.this[0]`. */
  readonly address: string;
  /** That of its module, empty for the root's. */
  readonly module: string;
  readonly type: string;
  readonly name: string;
  readonly isData: boolean;
  /** `create`, `update`, `delete`, `no-op`, `read`, `forget`; two of them for a replacement. */
  readonly actions: readonly string[];
  readonly before: Attributes | undefined;
  readonly after: Attributes | undefined;
  /** In the shape of `after`: `true` for what only the apply tells. */
  readonly afterUnknown: unknown;
}

export type Attributes = Readonly<Record<string, unknown>>;

/** Modules hold modules. */
const DEEPEST = 50;

/** The changes of a plan; of one without, and of a state, its resources as if they were made. */
export function changesIn(plan: unknown): readonly ResourceChange[] {
  const changes = memberOf(plan, 'resource_changes');
  if (Array.isArray(changes)) return changes.map(toChange);
  const values = memberOf(plan, 'planned_values') ?? memberOf(plan, 'values');
  return resourcesIn(memberOf(values, 'root_module'), 0);
}

function toChange(value: unknown): ResourceChange {
  const change = memberOf(value, 'change');
  const text = (name: string): string => textOf(memberOf(value, name)) ?? '';
  return {
    address: text('address'),
    module: text('module_address'),
    type: text('type'),
    name: text('name'),
    isData: text('mode') === 'data',
    actions: textsOf(memberOf(change, 'actions')),
    before: attributesOf(memberOf(change, 'before')),
    after: attributesOf(memberOf(change, 'after')),
    afterUnknown: memberOf(change, 'after_unknown'),
  };
}

const attributesOf = (value: unknown): Attributes | undefined => (isObject(value) ? value : undefined);

function resourcesIn(module: unknown, depth: number): readonly ResourceChange[] {
  if (depth > DEEPEST) return [];
  const address = textOf(memberOf(module, 'address')) ?? '';
  const own = listOf(memberOf(module, 'resources')).map((resource): ResourceChange => {
    const text = (name: string): string => textOf(memberOf(resource, name)) ?? '';
    return {
      address: text('address'),
      module: address,
      type: text('type'),
      name: text('name'),
      isData: text('mode') === 'data',
      actions: ['create'],
      before: undefined,
      after: attributesOf(memberOf(resource, 'values')),
      afterUnknown: undefined,
    };
  });
  return [...own, ...listOf(memberOf(module, 'child_modules')).flatMap((child) => resourcesIn(child, depth + 1))];
}
