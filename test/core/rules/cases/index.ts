import { auditCases } from './audit';
import { authenticationCases } from './authentication';
import { availabilityCases } from './availability';
import { destructionCases } from './destruction';
import { encryptionCases } from './encryption';
import { accessCases } from './access';
import { logBucketCases } from './log-bucket';
import { networkCases } from './network';
import { ownDataCases } from './own-data';
import { ownResourceCases } from './own-resources';
import { trailCases } from './trails';
import { unjudgedCases } from './unjudged';
import type { RuleCase } from './rule-case';
import { sharingCases } from './sharing';
import { supplyChainCases } from './supply-chain';
import { toCall } from '../../../../core/call';
import { changeOf, configurationAfter, type Change } from '../../../../core/domain';
import { evaluate, type Finding } from '../../../../core/findings';
import type { Rule } from '../../../../core/rules';
import { toCriteria } from '../../../../core/settings';
import { PARTNER } from '../../../support/records';
import { WATCHED_NAMES } from '../../../support/watched';

export type { RuleCase } from './rule-case';

/** Every rule on whole records: those it matches, with the severity, and the nearest ones it does not. */
export const RULE_CASES: readonly RuleCase[] = [
  ...accessCases,
  ...networkCases,
  ...encryptionCases,
  ...authenticationCases,
  ...destructionCases,
  ...availabilityCases,
  ...auditCases,
  ...sharingCases,
  ...supplyChainCases,
  ...trailCases,
  ...logBucketCases,
  ...ownResourceCases,
  ...ownDataCases,
  ...unjudgedCases,
];

/** What the cases are judged with. */
export const RULE_CASE_SETTINGS = toCriteria({ trustedAccounts: [PARTNER] }, WATCHED_NAMES);

/** What the call of a case changes, where it is known what held before. */
export function changeIn({ record, before }: RuleCase): Change | undefined {
  const [call, earlier] = [toCall(record), toCall(before)];
  const held = earlier && configurationAfter(earlier);
  return call && held && { ...changeOf(call, held), told: held };
}

/** The findings of the record of a case, with `rules` in place of the catalogue. */
export function findingsOf(one: RuleCase, rules?: readonly Rule[]): readonly Finding[] {
  const call = toCall(one.record);
  return call ? evaluate(call, RULE_CASE_SETTINGS, changeIn(one), rules) : [];
}
