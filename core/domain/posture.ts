import type { Call } from '../call';
import { flagOf, isObject, memberOf, textOf, textsOf } from '../base/members';

/** How a domain can be reached and whether signing in is asked of those who reach it, as far as one call tells. */
export interface Posture {
  readonly endpoint: Reading<'public' | 'vpc'>;
  readonly fineGrainedAccess: Reading<'on' | 'off'>;
  readonly anonymousAccess: Reading<'on' | 'off'>;
}

export interface Reading<Value> {
  /** `unknown` is judged as the worst plausible. */
  readonly value: Value | 'unknown';
  readonly from: 'request' | 'response' | 'nowhere';
}

/** Whether such a call tells of a domain's posture. Others have blocks of the same names about something else. */
export function tellsPosture({ judgedAs }: Call): boolean {
  return judgedAs === 'CreateDomain' || judgedAs === 'UpdateDomainConfig' || judgedAs === 'DeleteDomain';
}

const UNKNOWN = { value: 'unknown', from: 'nowhere' } as const;

/** The posture that `call` leaves behind: what the request sets, else what the response shows, else unknown. */
export function toPosture(call: Call): Posture {
  if (!tellsPosture(call)) {
    return { endpoint: UNKNOWN, fineGrainedAccess: UNKNOWN, anonymousAccess: UNKNOWN };
  }
  return {
    endpoint: endpointOf(call),
    fineGrainedAccess: flagReading(call, 'enabled'),
    anonymousAccess: flagReading(call, 'anonymousAuthEnabled'),
  };
}

/**
 * A block of the domain's configuration after the call, from the response. Create and delete answer
 * `domainStatus.<block>`, an update answers `domainConfig.<block>.options`.
 */
export function resultingBlock(call: Call, block: string): unknown {
  return memberOf(call.response, 'domainStatus', block) ?? memberOf(call.response, 'domainConfig', block, 'options');
}

/** A domain created now has what the call did not ask for only by default; a domain that exists keeps what it had. */
const isCreation = (call: Call): boolean => call.operation === 'CreateDomain';

function endpointOf(call: Call): Posture['endpoint'] {
  if (isInVpc(memberOf(call.request, 'vPCOptions'))) return { value: 'vpc', from: 'request' };
  const resulting = resultingBlock(call, 'vPCOptions');
  if (isInVpc(resulting)) return { value: 'vpc', from: 'response' };
  // A public domain answers a creation without the block, an update with an empty one.
  if (isObject(resulting) || isObject(memberOf(call.response, 'domainStatus')))
    return { value: 'public', from: 'response' };
  if (isCreation(call) && isReadableRequest(call)) return { value: 'public', from: 'request' };
  return UNKNOWN;
}

function isInVpc(block: unknown): boolean {
  return textsOf(memberOf(block, 'subnetIds')).length > 0 || textOf(memberOf(block, 'vPCId')) !== undefined;
}

function flagReading(call: Call, member: string): Reading<'on' | 'off'> {
  const asked = flagOf(memberOf(call.request, 'advancedSecurityOptions', member));
  if (asked !== undefined) return { value: asked ? 'on' : 'off', from: 'request' };
  const resulting = resultingBlock(call, 'advancedSecurityOptions');
  if (isObject(resulting) || isObject(memberOf(call.response, 'domainStatus'))) {
    return { value: flagOf(memberOf(resulting, member)) === true ? 'on' : 'off', from: 'response' };
  }
  if (isCreation(call) && isReadableRequest(call)) return { value: 'off', from: 'request' };
  return UNKNOWN;
}

/** The request is there to be read: neither null, as on a denied call, nor left out for its size. */
export function isReadableRequest(call: Call): boolean {
  return isObject(call.request) && !call.parametersOmitted;
}
