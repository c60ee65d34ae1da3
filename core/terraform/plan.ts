import { isObject, memberOf, textOf } from '../base/members';
import { plain } from '../base/plain-text';
import { holdsUnknown, isUnknown, type Declared, type Kind, type Request } from '../declared';
import { changesIn, type ResourceChange } from './changes';
import { expressionAt, expressionsOf, referencesOf } from './expressions';
import { placeOfPlan, placeOfResource } from './place';
import { documentBehind } from './policy-document';
import { requestOf } from './request';
import { attributesAfter } from './values';

/** What is known of the deployment beside the plan, and goes before what the plan tells. */
export interface PlanContext {
  readonly accountId?: string | undefined;
  readonly region?: string | undefined;
}

/** Resources of the providers by their short names. */
const KINDS: Readonly<Record<string, Kind>> = {
  domain: 'domain',
  application: 'application',
  vpc_endpoint: 'vpc-endpoint',
  authorize_vpc_endpoint_access: 'vpc-endpoint-access',
  outbound_connection: 'outbound-connection',
  inbound_connection_accepter: 'inbound-connection',
  package: 'package',
  package_association: 'package-association',
};

/** Whether a document is a plan or a state of Terraform or OpenTofu, by its shape. */
export const isPlan = (value: unknown): boolean =>
  ['resource_changes', 'planned_values'].some((name) => memberOf(value, name) !== undefined) ||
  (memberOf(value, 'format_version') !== undefined && isObject(memberOf(value, 'values')));

/** What a plan does to domains and what belongs to them; settings in resources of their own are joined to their domain. */
export function declaredInPlan(plan: unknown, context: PlanContext): readonly Declared[] {
  const changes = changesIn(plan);
  const managed = changes.filter(({ isData, actions }) => !isData && !actions.includes('forget'));
  const settings = managed.filter(
    ({ type }) => shortName(type) === 'domain_policy' || shortName(type) === 'domain_saml_options',
  );
  const settingsOf = settingsByDomain(plan, settings);
  const place = placeOfPlan(plan);
  const joined = new Set<ResourceChange>();

  const declared = managed.flatMap((change) => {
    const kind = KINDS[shortName(change.type)];
    if (kind === undefined) return [];
    const own = kind === 'domain' ? settingsOf(change) : [];
    for (const each of own) joined.add(each);
    return sidesOf(plan, changes, kind, change, own).map((sides) => ({
      ...base(change, kind, own),
      ...place,
      ...placeOfResource(change),
      ...given(context),
      ...sides,
    }));
  });
  const alone = settings
    .filter((each) => !joined.has(each))
    .map((change): Declared => {
      const name = memberOf(change.after ?? change.before, 'domain_name');
      const sides = settingOf(plan, changes, change);
      const nothing = shortName(change.type) === 'domain_policy' ? { AccessPolicies: '' } : {};
      return {
        ...base(change, 'domain', []),
        ...place,
        ...placeOfResource(change),
        ...given(context),
        isAddition: true,
        ...(sides.before && { before: () => ({ DomainName: name, ...sides.before }) }),
        after: () => ({ DomainName: name, ...(sides.after ?? nothing) }),
      };
    });
  return [...declared, ...alone];
}

/** Without what tells the provider: `awscc_opensearchservice_domain` is that of CloudFormation, in its words. */
const shortName = (type: string): string =>
  /^(?:aws_(?:opensearch|elasticsearch)|awscc_(?:opensearchservice|elasticsearch))_(.*)$/.exec(type)?.[1] ?? '';

const given = ({ accountId, region }: PlanContext) => ({
  ...(accountId !== undefined && { accountId }),
  ...(region !== undefined && { region }),
});

function base(change: ResourceChange, kind: Kind, settings: readonly ResourceChange[]): Declared {
  const policy = settings.find(({ type }) => shortName(type) === 'domain_policy');
  return {
    address: plain(change.address, 200),
    type: change.type,
    kind,
    path: [],
    ...(policy && { policy: { address: plain(policy.address, 200), path: [] } }),
  };
}

/** The two sides of a change; of a replacement, a deletion and a creation. */
function sidesOf(
  plan: unknown,
  changes: readonly ResourceChange[],
  kind: Kind,
  change: ResourceChange,
  settings: readonly ResourceChange[],
): readonly Pick<Declared, 'before' | 'after'>[] {
  const joined = settings.map((each) => settingOf(plan, changes, each));
  const was =
    change.before &&
    (change.actions.includes('create') && !change.actions.includes('delete') ? undefined : change.before);
  const before =
    was &&
    merged(
      requestOf(kind, was),
      joined.map((each) => each.before),
    );
  const after =
    change.after && !isOnlyDeleted(change)
      ? merged(
          withPolicy(plan, changes, change, requestOf(kind, attributesAfter(plan, change))),
          joined.map((each) => each.after),
        )
      : undefined;
  const [sideBefore, sideAfter] = [before && { before: () => before }, after && { after: () => after }];
  if (isReplaced(change)) return [{ ...sideBefore }, { ...sideAfter }];
  return sideBefore || sideAfter ? [{ ...sideBefore, ...sideAfter }] : [];
}

const isReplaced = ({ actions }: ResourceChange): boolean => actions.includes('create') && actions.includes('delete');
const isOnlyDeleted = ({ actions }: ResourceChange): boolean => actions.length === 1 && actions[0] === 'delete';

/** What a resource that holds one setting of a domain sets. */
function settingOf(
  plan: unknown,
  changes: readonly ResourceChange[],
  change: ResourceChange,
): { readonly before?: Request; readonly after?: Request } {
  const toRequest = (attributes: Readonly<Record<string, unknown>>): Request => {
    const { DomainName: _, SamlOptions, ...others } = requestOf('domain', attributes);
    return SamlOptions === undefined ? others : { AdvancedSecurityOptions: { SAMLOptions: SamlOptions }, ...others };
  };
  const after =
    change.after && !isOnlyDeleted(change)
      ? withPolicy(plan, changes, change, toRequest(attributesAfter(plan, change)))
      : undefined;
  return {
    ...(change.before && { before: toRequest(change.before) }),
    ...(after && { after }),
  };
}

/** With the policy that the plan holds in a data source of its own. */
function withPolicy(
  plan: unknown,
  changes: readonly ResourceChange[],
  change: ResourceChange,
  request: Request,
): Request {
  if (!isUnknown(request['AccessPolicies'])) return request;
  const policy = documentBehind(plan, changes, change, 'access_policies');
  return policy === undefined ? request : { ...request, AccessPolicies: policy };
}

/** A setting of its own goes before what the domain says of it, which is what was there before. */
function merged(request: Request, settings: readonly (Request | undefined)[]): Request {
  return settings.reduce<Request>((all, setting) => {
    const { AdvancedSecurityOptions: security, ...others } = setting ?? {};
    const own = all['AdvancedSecurityOptions'];
    const joined = isObject(security)
      ? { AdvancedSecurityOptions: { ...(isObject(own) ? own : {}), ...security } }
      : {};
    return { ...all, ...others, ...joined };
  }, request);
}

/** A setting is of the domain it names, or whose name it refers to. Each is looked at once: plans hold thousands of both. */
function settingsByDomain(
  plan: unknown,
  settings: readonly ResourceChange[],
): (domain: ResourceChange) => readonly ResourceChange[] {
  const byName = new Map<string, ResourceChange[]>();
  const byReference = new Map<string, Set<ResourceChange>>();
  for (const setting of settings) {
    const name = nameIn(setting);
    if (name === undefined || holdsUnknown(name)) {
      const expression = expressionAt(expressionsOf(plan, setting), ['domain_name']);
      // An output does not tell which of several domains it is of: such a setting is judged alone.
      for (const { to, module } of referencesOf(plan, setting.module, expression, false)) {
        const key = keyOf(module, resourceIn(to));
        byReference.set(key, (byReference.get(key) ?? new Set()).add(setting));
      }
    } else byName.set(name, [...(byName.get(name) ?? []), setting]);
  }
  return (domain) => [
    ...(byName.get(nameIn(domain) ?? '') ?? []),
    ...(byReference.get(keyOf(domain.module, `${domain.type}.${domain.name}`)) ?? []),
  ];
}

const nameIn = ({ before, after }: ResourceChange): string | undefined =>
  textOf(memberOf(after ?? before, 'domain_name'));

const keyOf = (module: string, resource: string): string => JSON.stringify([module, resource]);

/** `aws_opensearch_domain.logs` is not `aws_opensearch_domain.logs_old`. */
const resourceIn = (reference: string): string => reference.split(/[.[]/, 2).join('.');
