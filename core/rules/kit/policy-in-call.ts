import type { Operation } from '../../call';
import { isAbsent, isBlank } from '../../base/members';
import { resultingBlock } from '../../domain';
import { asked, isCreation, isUpdate } from './reading';
import type { Situation } from './situation';

/** The operations whose request can hold an access policy: a domain's own, or that of a direct-query data source. */
export const POLICY_OPERATIONS: readonly Operation[] = [
  'CreateDomain',
  'UpdateDomainConfig',
  'AddDirectQueryDataSource',
  'UpdateDirectQueryDataSource',
];

/** The policy is a domain's own, not that of a data source. */
export const isOfDomain = (situation: Pick<Situation, 'call'>): boolean => isCreation(situation) || isUpdate(situation);

interface PolicyInCall {
  readonly policy: unknown;
  readonly dataPlane: 'domain' | 'direct-query';
  /** The same policy as the other side of the record shows it. @default - it does not */
  readonly counterpart?: unknown;
  /** The request is left out of the record, so the policy that now holds stands in for what was asked. */
  readonly isResulting?: boolean;
}

/** The access policy the call sets, `undefined` where it sets none. */
export function policyIn(situation: Pick<Situation, 'call'>): PolicyInCall | undefined {
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
