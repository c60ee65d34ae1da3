import { auditCases } from './rule-cases/audit';
import { authenticationCases } from './rule-cases/authentication';
import { availabilityCases } from './rule-cases/availability';
import { destructionCases } from './rule-cases/destruction';
import { encryptionCases } from './rule-cases/encryption';
import { exposureCases } from './rule-cases/exposure';
import { netCases } from './rule-cases/nets';
import type { RuleCase } from './rule-cases/rule-case';
import { sharingCases } from './rule-cases/sharing';
import { supplyChainCases } from './rule-cases/supply-chain';
import { toConfigCall } from '../lambda/config-call';
import { changeOf, configurationAfter } from '../lambda/configuration';
import { evaluate, type Finding } from '../lambda/findings';
import type { Rule } from '../lambda/rules';
import { toSettings } from '../lambda/settings';
import { PARTNER } from './records';

export type { RuleCase } from './rule-cases/rule-case';

/** Every rule on whole records: those it matches, with the severity, and the nearest ones it does not. */
export const RULE_CASES: readonly RuleCase[] = [
  ...exposureCases,
  ...encryptionCases,
  ...authenticationCases,
  ...destructionCases,
  ...availabilityCases,
  ...auditCases,
  ...sharingCases,
  ...supplyChainCases,
  ...netCases,
];

/** What the cases are judged with. */
export const RULE_CASE_SETTINGS = toSettings({ trustedAccounts: [PARTNER] });

/** The findings of the record of a case, with `rules` in place of the catalogue. */
export function findingsOf({ record, before }: RuleCase, rules?: readonly Rule[]): readonly Finding[] {
  const call = toConfigCall(record);
  const earlier = toConfigCall(before);
  const change = call && earlier && changeOf(call, configurationAfter(earlier));
  return call ? evaluate(call, RULE_CASE_SETTINGS, change, rules) : [];
}
