import { partitionOf } from '../base/arn';
import { isObject, memberOf, textOf } from '../base/members';
import { plain } from '../base/plain-text';
import { ACCOUNT, REGION, unknownText, type Choose, type Declared, type Kind } from '../declared';
import { domainNameOf } from './attributes';
import { KINDS } from './kinds';
import { macrosOf, macrosOfAll } from './macros';
import { stackResource } from './nested';
import { policiesIn, type SeparatePolicy } from './policies';
import { conditionHolds, newEffort, ownMember, resolve, type Effort, type Scope } from './resolve';
import { resourcesIn, type Found } from './resources';

/** What is known of the stack. */
export interface TemplateContext {
  /** Values given for parameters. @default - none */
  readonly parameters?: ReadonlyMap<string, string>;
  /** Twelve digits. @default - not known */
  readonly accountId?: string | undefined;
  /** @default - not known */
  readonly region?: string | undefined;
  /** What people call the template where there are several: `Prod/Search`. @default - nothing */
  readonly stack?: string;
  /** The stack around this one, and what makes this one in it: its parameters are what that passes. @default - it is no nested stack */
  readonly within?: { readonly template: unknown; readonly context: TemplateContext; readonly logicalId: string };
  /** The template that is deployed now. @default - none: everything is created */
  readonly before?: unknown;
}

type Within = NonNullable<TemplateContext['within']>;

/** Whether a document is a template, by its shape. */
export function isTemplate(value: unknown): boolean {
  const resources = memberOf(value, 'Resources');
  return isObject(resources) && Object.values(resources).every((each) => isObject(each) || Array.isArray(each));
}

/** The domains and applications that a template declares, with the policies that stand in resources of their own. */
export function declaredInTemplate(template: unknown, context: TemplateContext): readonly Declared[] {
  const now = resourcesIn(template, context.parameters);
  const before = context.before === undefined ? [] : resourcesIn(context.before, context.parameters);
  const [nowByName, beforeByName] = [now, before].map(byName);
  const sideNow = sidesIn(template, context);
  const sideBefore = sidesIn(context.before, context);
  const sides = now.flatMap((found) => {
    const kind = KINDS.get(found.type);
    const was = beforeByName?.get(nameOf(found));
    return kind === undefined ? [] : [toDeclared(kind, sideNow(found), was && sideBefore(was), context)];
  });
  const gone = before.flatMap((was) => {
    const kind = KINDS.get(was.type);
    const isKept = nowByName?.has(nameOf(was)) ?? false;
    const isRetained = /^Retain/.test(textOf(was.resource['DeletionPolicy']) ?? '');
    return kind === undefined || isKept || isRetained ? [] : [toDeclared(kind, undefined, sideBefore(was), context)];
  });
  return [...sides, ...gone];
}

const nameOf = ({ logicalId, type }: Found): string => `${type} ${logicalId}`;

const byName = (all: readonly Found[]): ReadonlyMap<string, Found> =>
  new Map(all.toReversed().map((each) => [nameOf(each), each]));

/** A resource in one of two templates. */
interface Side extends Found {
  readonly policy?: SeparatePolicy;
  readonly request: (choose: Choose) => Readonly<Record<string, unknown>> | undefined;
}

/** Reads resources of one template; what is the same for all of them is looked for once. */
function sidesIn(template: unknown, context: TemplateContext): (found: Found) => Side {
  const policies = policiesIn(template, context.parameters).toReversed();
  const policyOf = new Map(policies.map((each) => [each.domain, each]));
  const macros = macrosOfAll(template);
  return (found) => toSide(found, template, context, policyOf.get(found.logicalId), macros);
}

function toSide(
  found: Found,
  template: unknown,
  context: TemplateContext,
  policy: SeparatePolicy | undefined,
  macrosOfTemplate: readonly string[],
): Side {
  const macros = [...macrosOfTemplate, ...macrosOf(found.resource)].map((name) => plain(name, 100));
  return {
    ...found,
    ...(policy && { policy }),
    request: (choose) => {
      if (!isStackMade(context, choose)) return undefined;
      const scope = { ...scopeOf(template, context, choose), variables: found.variables };
      const { resource, logicalId, type } = found;
      const condition = textOf(resource['Condition']);
      if (condition !== undefined && !conditionHolds(condition, scope)) return undefined;
      const properties = resolve(resource['Properties'] ?? {}, scope);
      const written = isObject(properties) ? properties : { unknown: properties };
      const request =
        macros.length === 0
          ? written
          : { unknown: unknownText(`what ${macros.join(' and ')} makes of it`), ...written };
      if (KINDS.get(type) !== 'domain') return request;
      const name = domainNameOf({ logicalId, type, property: (each) => ownMember(request, each) });
      const set = policy && resolve(policy.policy, scope);
      return { ...request, DomainName: name, ...(set !== undefined && { AccessPolicies: set }) };
    },
  };
}

function scopeOf(template: unknown, context: TemplateContext, choose: Choose, effort = newEffort()): Scope {
  const { within, accountId, region, parameters } = context;
  return {
    template,
    effort,
    parameters: parameters ?? new Map(),
    place: { accountId: accountId ?? ACCOUNT, region: region ?? REGION, partition: partitionOf(region ?? '') },
    // Both stacks may have a parameter or a condition of one name.
    choose: within ? (name, candidates) => choose(`${within.logicalId}: ${name}`, candidates) : choose,
    ...(within && { passed: passedBy(within, choose, effort) }),
  };
}

/** What a stack passes to one within it, by the names of parameters. */
function passedBy({ template, context, logicalId }: Within, choose: Choose, effort: Effort): (name: string) => unknown {
  const given = memberOf(stackResource(template, logicalId), 'Properties', 'Parameters');
  const scope = scopeOf(template, context, choose, effort);
  return (name) => resolve(ownMember(given, name), scope);
}

/** Whether the stacks around one are made, and it in them. */
function isStackMade({ within }: TemplateContext, choose: Choose): boolean {
  if (within === undefined) return true;
  const condition = textOf(stackResource(within.template, within.logicalId)?.['Condition']);
  const scope = scopeOf(within.template, within.context, choose);
  return isStackMade(within.context, choose) && (condition === undefined || conditionHolds(condition, scope));
}

function toDeclared(kind: Kind, now: Side | undefined, was: Side | undefined, context: TemplateContext): Declared {
  const side = now ?? was;
  if (side === undefined) throw new Error('a resource is declared on neither side');
  // The path of a construct begins with its stack.
  const addressOf = ({ name }: Found): string =>
    context.stack === undefined || name.includes('/') ? name : `${context.stack}/${name}`;
  return {
    address: addressOf(side),
    type: side.type,
    kind,
    path: side.path,
    members: ['Properties'],
    ...(side.policy && { policy: { address: side.policy.logicalId, path: ['Resources', side.policy.logicalId] } }),
    ...(context.accountId !== undefined && { accountId: context.accountId }),
    ...(context.region !== undefined && { region: context.region }),
    ...(was && { before: was.request }),
    ...(now && { after: now.request }),
  };
}
