import { judgeAccessPolicy, type PolicyVerdict } from '../../access-policy';
import type { Operation } from '../../call/catalogue';
import { isAbsent, isBlank, isObject } from '../../base/members';
import { resultingBlock } from '../../domain/posture';
import type { Trust } from '../../base/trust';
import { asked, isCreation, isUpdate } from './reading';
import type { Situation } from './rule';

/** The operations whose request can hold an access policy: a domain's own, or that of a direct-query data source. */
export const POLICY_OPERATIONS: readonly Operation[] = [
  'CreateDomain',
  'UpdateDomainConfig',
  'AddDirectQueryDataSource',
  'UpdateDirectQueryDataSource',
];

/** The policy is a domain's own, not that of a data source. */
export const isOfDomain = (situation: Situation): boolean => isCreation(situation) || isUpdate(situation);

interface PolicyInCall {
  readonly policy: unknown;
  readonly dataPlane: 'domain' | 'direct-query';
  /** The same policy as the other side of the record shows it. @default - it does not */
  readonly counterpart?: unknown;
  /** The request is left out of the record, so the policy that now holds stands in for what was asked. */
  readonly isResulting?: boolean;
}

/** The access policy the call sets, `undefined` where it sets none. */
export function policyIn(situation: Situation): PolicyInCall | undefined {
  const { call } = situation;
  const requested = asked(situation, 'accessPolicies');
  const resulting = resultingBlock(call, 'accessPolicies');
  const holds = !isAbsent(resulting) && !isBlank(resulting);
  if (isUpdate(situation)) {
    if (call.parametersOmitted)
      return holds ? { policy: resulting, dataPlane: 'domain', isResulting: true } : undefined;
    return isAbsent(requested)
      ? undefined
      : { policy: requested, dataPlane: 'domain', ...(holds && { counterpart: resulting }) };
  }
  if (isCreation(situation)) {
    if (holds) {
      return { policy: resulting, dataPlane: 'domain', ...(!isAbsent(requested) && { counterpart: requested }) };
    }
    return isAbsent(requested) ? undefined : { policy: requested, dataPlane: 'domain' };
  }
  const ofSource = asked(situation, 'dataSourceAccessPolicy');
  return isAbsent(ofSource) ? undefined : { policy: ofSource, dataPlane: 'direct-query' };
}

/** The verdict on the policy the call sets. A policy is judged once, whichever rules ask. */
export function judgementOf(situation: Situation): PolicyVerdict | undefined {
  const { call, posture, trust } = situation;
  const key = isObject(call.record) ? call.record : call;
  const before = judged.get(key);
  if (before?.trust === trust) return before.judgement;
  const set = policyIn(situation);
  const judgement =
    set &&
    judgeAccessPolicy(set.policy, {
      accountId: call.domain.accountId,
      dataPlane: set.dataPlane,
      trustedAccounts: trust.accounts,
      trustedOrganizations: trust.organizations,
      trustedNetworks: trust.networks,
      ...(set.counterpart !== undefined && { counterpart: set.counterpart }),
      ...(set.dataPlane === 'domain' && { endpoint: posture.endpoint.value }),
      ...(call.domain.arn && set.dataPlane === 'domain' && { domainArn: call.domain.arn }),
    });
  judged.set(key, { trust, judgement });
  return judgement;
}

/** By record: a record may be looked at more than once, as when it is recorded and then judged. */
const judged = new WeakMap<object, { readonly trust: Trust; readonly judgement: PolicyVerdict | undefined }>();
