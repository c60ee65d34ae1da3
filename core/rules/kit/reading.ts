import { readArn } from '../../base/arn';
import { flagOf, isAbsent, isObject, memberOf } from '../../base/members';
import { isReadableRequest, resultingBlock, valueIn } from '../../domain';
import type { Evidence } from './rule';
import type { Compared, Situation } from './situation';
import type { Severity } from '../../base/severity';

/** One piece of evidence if `holds`, none otherwise. */
export function evidenceIf<Level extends Severity>(
  holds: boolean,
  severity: Level,
  says: string,
): readonly Evidence<Level>[] {
  return holds ? [{ severity, says }] : [];
}

export const isCreation = ({ call }: Pick<Situation, 'call'>): boolean => call.judgedAs === 'CreateDomain';
export const isUpdate = ({ call }: Pick<Situation, 'call'>): boolean => call.judgedAs === 'UpdateDomainConfig';

/** What the call asked for: on an update, what is absent stays as it was. */
export function asked({ call }: Pick<Situation, 'call'>, ...path: readonly string[]): unknown {
  return memberOf(call.request, ...path);
}

/**
 * What holds after a creation: the response tells, the request stands in where it does not. `undefined` for a call whose
 * parameters are not known, as when it was denied.
 */
function created({ call }: Situation, block: string, ...path: readonly string[]): unknown {
  return memberOf(resultingBlock(call, block), ...path) ?? memberOf(call.request, block, ...path);
}

/** A creation whose settings can be read, so that an absent one is known to be absent. */
function isReadableCreation(situation: Situation): boolean {
  const { call } = situation;
  return isCreation(situation) && (isObject(memberOf(call.response, 'domainStatus')) || isReadableRequest(call));
}

/** The value a creation or an update gives to a setting, from wherever that is read. */
export function given(situation: Situation, block: string, ...path: readonly string[]): unknown {
  if (isCreation(situation)) return created(situation, block, ...path);
  return isUpdate(situation) ? asked(situation, block, ...path) : undefined;
}

/** Created without it, or asked to be turned off later. */
export function isOff(situation: Situation, block: string, flag: string): 'at creation' | 'on request' | undefined {
  if (isReadableCreation(situation) && flagOf(created(situation, block, flag)) !== true) return 'at creation';
  return isUpdate(situation) && flagOf(asked(situation, block, flag)) === false ? 'on request' : undefined;
}

/** Turned off by the call, and known to have been on: of flags that tools send turned off with every change. */
export function isTurnedOff(situation: Compared, ...path: readonly string[]): boolean {
  return flagOf(asked(situation, ...path)) === false && flagOf(valueIn(situation.before, ...path)) === true;
}

/** A block that specifies something: the console sends `{}` for blocks that were left alone. */
export function isSpecified(block: unknown): boolean {
  if (isAbsent(block) || block === '') return false;
  return !isObject(block) || !Object.values(block).every(isAbsent);
}

/** An account other than the domain's that nobody said to trust. */
export function isForeignAccount({ call, trust }: Situation, accountId: string | undefined): accountId is string {
  return Boolean(accountId) && accountId !== call.domain?.accountId && !trust.accounts.includes(accountId ?? '');
}

/** The foreign account an ARN belongs to; `undefined` for a trusted one, and for a bare id or alias, which is the domain's own. */
export function foreignAccountOf(situation: Situation, arn: string | undefined): string | undefined {
  const accountId = readArn(arn)?.accountId;
  return isForeignAccount(situation, accountId) ? accountId : undefined;
}
