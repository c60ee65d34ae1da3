/* What there is to object to in a call: the catalogue of rules. */

import { accessRules } from './access';
import { auditRules } from './audit';
import { authenticationRules } from './authentication';
import { availabilityRules } from './availability';
import { destructionRules } from './destruction';
import { encryptionRules } from './encryption';
import { CONFIGURATION_CALL, unjudgedRules } from './unjudged';
import { foundationRules } from './own-foundations';
import { logBucketRules } from './log-bucket';
import { networkRules } from './network';
import { dataRules } from './own-data';
import { ownAlertRules } from './own-alerts';
import { processingRules } from './own-processing';
import { trailRules } from './trails';
import type { Rule } from './kit/rule';
import { sharingRules } from './sharing';
import { supplyChainRules } from './supply-chain';

export { ATTACK_VERSION } from './kit/attack';
export { defineRule, type Evidence, type Remediation, type Rule } from './kit/rule';
export { toSituation, type Compared, type Situation } from './kit/situation';
export { CONFIGURATION_CALL } from './unjudged';

/** The rules by concern, in the order they are documented and in which findings of one severity are told. */
export const RULE_GROUPS: readonly { readonly concern: string; readonly rules: readonly Rule[] }[] = [
  { concern: 'Exposure', rules: [...accessRules, ...networkRules] },
  { concern: 'Encryption', rules: encryptionRules },
  { concern: 'Authentication', rules: authenticationRules },
  { concern: 'Destruction and recovery', rules: destructionRules },
  { concern: 'Availability and patching', rules: availabilityRules },
  { concern: 'Audit', rules: auditRules },
  { concern: 'Other accounts, other doors', rules: sharingRules },
  { concern: 'Supply chain and cost', rules: supplyChainRules },
  {
    concern: 'The monitor itself',
    rules: [...trailRules, ...logBucketRules, ...processingRules, ...ownAlertRules, ...foundationRules, ...dataRules],
  },
  { concern: 'The nets under all of them', rules: [...unjudgedRules, CONFIGURATION_CALL] },
];

/** Every rule but `configuration-call`, which speaks only where none of these does. */
export const RULES: readonly Rule[] = RULE_GROUPS.flatMap(({ rules }) => rules).filter(
  (rule) => rule !== CONFIGURATION_CALL,
);

/** The ids of all rules, `configuration-call` last. */
export const RULE_IDS: readonly string[] = [...RULES, CONFIGURATION_CALL].map(({ id }) => id);
