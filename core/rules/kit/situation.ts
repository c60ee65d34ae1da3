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
}

/** The same with what was known of the domain by then, for rules that compare. */
export interface Compared extends Situation {
  /** What the domain's configuration was before the call; `undefined` where that is not known. */
  readonly before: Configuration | undefined;
  /** Of what the call asks for again, what people had been told of before; `undefined` where that is not known. */
  readonly told: Configuration | undefined;
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
