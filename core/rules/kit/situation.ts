import { judgeAccessPolicy, type PolicyVerdict } from '../../access-policy';
import type { WatchedNames } from '../../base/resource-name';
import type { Trust } from '../../base/trust';
import type { Call } from '../../call';
import { toPosture, type Configuration, type Posture } from '../../domain';
import { policyIn } from './policy-in-call';

/** A configuration call with what is known around it: all that a rule may look at. */
export interface Situation {
  readonly call: Call;
  readonly posture: Posture;
  readonly trust: Trust;
  /** The resources of other services that the monitor stands on. */
  readonly watched: WatchedNames;
  /** The verdict on the access policy the call sets. @default - it sets none */
  readonly policy?: PolicyVerdict;
  /** What the domain's configuration was before the call. @default - not known */
  readonly before?: Configuration;
  /** Of what the call asks for again, what people had been told of before. @default - not known */
  readonly told?: Configuration;
}

/** What a call leaves behind, each part of it judged once, whichever rules ask. */
export function toSituation(call: Call, trust: Trust, watched: WatchedNames = []): Situation {
  const posture = toPosture(call);
  const policy = verdictOn(call, posture, trust);
  return { call, posture, trust, watched, ...(policy && { policy }) };
}

function verdictOn(call: Call, posture: Posture, trust: Trust): PolicyVerdict | undefined {
  const set = policyIn({ call });
  if (set === undefined) return undefined;
  const { accountId = call.accountId, arn } = call.domain ?? {};
  return judgeAccessPolicy(set.policy, {
    accountId,
    dataPlane: set.dataPlane,
    trustedAccounts: trust.accounts,
    trustedOrganizations: trust.organizations,
    trustedNetworks: trust.networks,
    ...(set.counterpart !== undefined && { counterpart: set.counterpart }),
    ...(set.dataPlane === 'domain' && { endpoint: posture.endpoint.value }),
    ...(arn && set.dataPlane === 'domain' && { domainArn: arn }),
  });
}
