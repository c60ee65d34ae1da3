import type { Operation } from '../../call';
import type { Severity } from '../../base/severity';
import type { Technique } from './attack';
import type { Remediation, Rule } from './rule';
import type { Situation } from './situation';

/** A rule that objects to the call itself, whatever its parameters. */
export function whenCalled({
  severity,
  says,
  ...rule
}: {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly why: string;
  readonly remediation: Remediation;
  readonly attack: readonly Technique[];
  readonly operations: readonly Operation[];
  readonly says: (situation: Situation) => string;
}): Rule {
  return {
    ...rule,
    severities: { [severity]: 'always' },
    evidence: (situation) => [{ severity, says: says(situation) }],
  };
}
