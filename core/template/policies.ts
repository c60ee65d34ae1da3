import { isObject, memberOf, textOf } from '../base/members';
import { resourcesIn } from './resources';

/** An access policy in a resource of its own: the CDK sets that of a domain with a call of its own, behind the creation. */
export interface SeparatePolicy {
  readonly logicalId: string;
  /** The logical id of the domain. */
  readonly domain: string;
  /** With functions, as written. */
  readonly policy: unknown;
}

/** `Custom::OpenSearchAccessPolicy` and `Custom::ElasticsearchAccessPolicy` hold the call as a text of JSON with functions in it. */
export function policiesIn(template: unknown, given?: ReadonlyMap<string, string>): readonly SeparatePolicy[] {
  return resourcesIn(template, given).flatMap(({ logicalId, type, resource }) => {
    if (!/^Custom::(OpenSearch|Elasticsearch)AccessPolicy$/.test(type)) return [];
    const call = memberOf(resource, 'Properties', 'Update') ?? memberOf(resource, 'Properties', 'Create');
    const domain = firstReference(call);
    return domain === undefined ? [] : [{ logicalId, domain, policy: { [POLICY_IN_CALL]: call } }];
  });
}

/** A function of ours: the `AccessPolicies` of a call that is a text of JSON. */
export const POLICY_IN_CALL = 'Fn::AccessPoliciesInCall';

/** The first resource that functions in a value refer to. */
function firstReference(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.map(firstReference).find((each) => each !== undefined);
  if (!isObject(value)) return undefined;
  const reference = textOf(memberOf(value, 'Ref'));
  if (reference !== undefined && !reference.startsWith('AWS::')) return reference;
  return firstReference(Object.values(value));
}
