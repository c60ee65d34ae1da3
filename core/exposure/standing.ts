import { judgeAccessPolicy, type Exposure } from '../access-policy';
import type { Trust } from '../base/trust';
import { flagOf, isAbsent, isBlank, isObject, memberOf } from '../base/members';
import type { Call, Domain } from '../call';
import {
  isReadableRequest,
  resultingBlock,
  toPosture,
  valueIn,
  type Configuration,
  type Posture,
  type Reading,
} from '../domain';

/** What is known of a domain between two calls, as far as it bears on who reaches its data. */
export interface Known {
  /** As the API takes it, the empty text for none. @default - not known */
  readonly policy?: unknown;
  readonly endpoint: Posture['endpoint']['value'];
  readonly fineGrainedAccess: Posture['fineGrainedAccess']['value'];
  readonly anonymousAccess: Posture['anonymousAccess']['value'];
}

export const NOTHING_KNOWN: Known = { endpoint: 'unknown', fineGrainedAccess: 'unknown', anonymousAccess: 'unknown' };

/** Who reaches the data of a domain. */
export interface Standing {
  /** Whom the access policy lets in; `unknown` where no record tells what it is, or what it says cannot be told. */
  readonly exposure: Exposure | 'unknown';
  readonly endpoint: Known['endpoint'];
  /** Whether whoever is let in has to sign in as well: fine-grained access control asks for it, anonymous access does not. */
  readonly signIn: 'required' | 'not-required' | 'unknown';
}

/**
 * What is known after a call that set the configuration, given what was known before. What an update does not mention
 * stays as it was; where its request cannot be read, only what its response shows is known.
 */
export function knownAfter(call: Call, before: Known): Known {
  // A domain keeps its kind of endpoint as long as it lives.
  if (call.operation === 'CancelDomainConfigChange') return { ...NOTHING_KNOWN, endpoint: before.endpoint };
  const isCreation = call.operation === 'CreateDomain';
  const kept = isReadableRequest(call) && !isCreation ? before : NOTHING_KNOWN;
  const { endpoint, fineGrainedAccess, anonymousAccess } = toPosture(call);
  const policy = policyAfter(call) ?? kept.policy ?? (isCreation && isTold(call) ? '' : undefined);
  return {
    ...(policy !== undefined && { policy }),
    endpoint: valueOr(endpoint, isCreation ? 'unknown' : before.endpoint),
    fineGrainedAccess: valueOr(fineGrainedAccess, kept.fineGrainedAccess),
    anonymousAccess: valueOr(anonymousAccess, kept.anonymousAccess),
  };
}

/** The policy a call leaves behind: the one it asks for, else the one its response shows; a creation's is the service's own. */
function policyAfter(call: Call): unknown {
  const asked = call.parametersOmitted ? undefined : memberOf(call.request, 'accessPolicies');
  const shown = resultingBlock(call, 'accessPolicies');
  const first = call.operation === 'CreateDomain' && !isAbsent(shown) && !isBlank(shown) ? shown : asked;
  return isAbsent(first) ? (isAbsent(shown) ? undefined : shown) : first;
}

const isTold = (call: Call): boolean => isReadableRequest(call) || isObject(memberOf(call.response, 'domainStatus'));

const valueOr = <Value>({ value, from }: Reading<Value>, otherwise: Value | 'unknown'): Value | 'unknown' =>
  from === 'nowhere' ? otherwise : value;

/** What a configuration tells. Whether its endpoint is public it does not: a call of the domain does. */
export function knownIn(configuration: Configuration, endpoint: Known['endpoint']): Known {
  const policy = valueIn(configuration, 'accessPolicies');
  const stateOf = (member: string): 'on' | 'off' | 'unknown' => {
    const flag = flagOf(valueIn(configuration, 'advancedSecurityOptions', member));
    return flag === undefined ? 'unknown' : flag ? 'on' : 'off';
  };
  return {
    ...(policy !== undefined && { policy }),
    endpoint,
    fineGrainedAccess: stateOf('enabled'),
    anonymousAccess: stateOf('anonymousAuthEnabled'),
  };
}

/** Who reaches the data, given what is known. Nobody is exposed to whom the settings trust. */
export function standingOf(known: Known, { domain }: Pick<Call, 'domain'>, trust: Trust): Standing {
  return {
    exposure: exposureOf(known, domain ?? { accountId: '' }, trust),
    endpoint: known.endpoint,
    signIn: signInOf(known),
  };
}

function exposureOf({ policy, endpoint }: Known, { accountId, arn }: Domain, trust: Trust): Standing['exposure'] {
  if (policy === undefined) return 'unknown';
  const { exposure, unreadable } = judgeAccessPolicy(policy, {
    accountId,
    trustedAccounts: trust.accounts,
    trustedOrganizations: trust.organizations,
    trustedNetworks: trust.networks,
    endpoint,
    ...(arn && { domainArn: arn }),
  });
  return unreadable.length > 0 && exposure !== 'public' ? 'unknown' : exposure;
}

function signInOf({ fineGrainedAccess, anonymousAccess }: Known): Standing['signIn'] {
  if (fineGrainedAccess === 'off' || anonymousAccess === 'on') return 'not-required';
  return fineGrainedAccess === 'on' ? 'required' : 'unknown';
}

/** Whether people beyond the own account and those who are trusted reach the data without signing in, as far as is known. */
export const isOpen = ({ exposure, signIn }: Standing): boolean =>
  exposure !== 'unknown' && !isClosed(exposure) && signIn !== 'required';

/** Nobody beyond the own account and those who are trusted is let in. */
export const isClosed = (exposure: Standing['exposure']): boolean => exposure === 'same-account' || exposure === 'none';

/** What stands between a closed domain and the network does not matter. */
export function isSameStanding(a: Standing, b: Standing): boolean {
  if (a.exposure !== b.exposure) return false;
  return isClosed(a.exposure) || (a.endpoint === b.endpoint && a.signIn === b.signIn);
}
