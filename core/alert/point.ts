import type { Call } from '../call';
import type { Finding, SeverityStep } from '../findings';
import type { Evidence, Rule } from '../rules';
import { optional } from '../base/members';
import { plain, shortened } from '../base/plain-text';
import type { Severity } from '../base/severity';
import type { Advice, Step } from './advice';
import { attemptOf, conditional } from './attempt';
import { LEVELS } from './detail';

/** One finding, as it is told. */
export interface Point {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly steps: readonly SeverityStep[];
  /** As much as is told at any level of detail: safe to show, without secrets, in the conditional after an attempt. */
  readonly evidence: readonly [string, ...string[]];
  /** How many pieces there are beyond those. */
  readonly more: number;
  /** Why it matters; not told of an attempt, as it tells what has happened. */
  readonly why?: string;
  readonly advice: Advice;
}

/** Longer than anything that is told of a piece. */
const READ_OF_EVIDENCE = 20_000;

/**
 * @param redacted takes secrets out of what quotes the record
 */
export function pointOf(
  { rule, severity, steps, evidence }: Finding,
  call: Call,
  redacted: (text: string) => string,
  advice: Advice,
): Point {
  const attempt = attemptOf(call);
  const [{ evidence: most, characters }] = LEVELS;
  const toldOf = ({ says }: Evidence): string => {
    const beginning = says.length > READ_OF_EVIDENCE ? `${says.slice(0, READ_OF_EVIDENCE)}…` : says;
    const shown = plain(redacted(beginning), characters);
    return attempt ? shortened(conditional(shown), characters) : shown;
  };
  const [first, ...others] = evidence;
  // The first is told in the sentence, so that a list may begin with the second.
  const told = others.slice(0, most);
  return {
    rule,
    severity,
    steps,
    evidence: [toldOf(first), ...told.map(toldOf)],
    more: others.length - told.length,
    ...optional('why', attempt ? undefined : rule.why),
    advice,
  };
}

/** Nothing where the step quotes a secret. */
export function withoutSecrets(step: Step | undefined, redacted: (text: string) => string): Step | undefined {
  const { says = '', command = '' } = step ?? {};
  return redacted(says) === says && redacted(command) === command ? step : undefined;
}
