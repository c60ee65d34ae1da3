/* From a call to what is to be said about it: which rules object, and how severe that is. */

import { isDeletionOfNothing, isOfDomain, type Call } from '../call';
import { isOneOf } from '../base/event-source';
import { once } from '../base/once';
import type { CompiledWatchPattern, Criteria, Suppression } from '../settings';
import type { Change } from '../domain';
import {
  CONFIGURATION_CALL,
  RULES,
  toSituation,
  type Compared,
  type Evidence,
  type Rule,
  type Situation,
} from '../rules';
import { compareSeverity, oneStepHigher, oneStepLower, worstOf, type Severity } from '../base/severity';

/** What one rule objects to in one call. */
export interface Finding {
  readonly rule: Rule;
  /** `INFORMATIONAL` is counted and never sent. */
  readonly severity: Severity;
  /** How the severity came about, the rule's own first. Never empty. */
  readonly steps: readonly [SeverityStep, ...SeverityStep[]];
  /** What was seen, worst first. Never empty. */
  readonly evidence: readonly [Evidence, ...Evidence[]];
  /** Set where the finding is hidden: it is counted and logged, not sent. */
  readonly suppressedBy?: Suppression;
}

export interface SeverityStep {
  readonly to: Severity;
  /** A clause, such as `the call was denied`. */
  readonly because: string;
}

/**
 * What is to be said about a call, worst first; of one severity, in the order of the rule catalogue. Empty only for a
 * call that nobody asked to hear of. Pure, and total on any call.
 *
 * @param change what the call changes, where the configuration before it is known
 * @param rules the catalogue
 */
export function evaluate(call: Call, criteria: Criteria, change?: Change, rules = RULES): readonly Finding[] {
  return findingsIn(toSituation(call, criteria.trust, criteria.watched), criteria, change, rules);
}

/**
 * The same for a situation that is there already, so that its policy is not judged again.
 *
 * @param alone what is to be said about the call by itself, where that is known: rules that do not compare are not asked again
 */
export function findingsIn(
  { call, ...around }: Situation,
  criteria: Criteria,
  change?: Change,
  rules = RULES,
  alone?: readonly Finding[],
): readonly Finding[] {
  const situation: Compared = { call, ...around, before: change?.before, told: change?.told };
  const newFindingOf = (rule: Rule): readonly Finding[] => findingOf(rule, situation, criteria, change);
  const findingOfRule = (rule: Rule): readonly Finding[] => {
    if (alone === undefined || rule.compares) return newFindingOf(rule);
    return alone
      .filter((finding) => finding.rule === rule)
      .map((finding) => steppedAnew(finding, call, criteria, change));
  };
  if (!isOfDomain(call)) return worstFirst(rules.flatMap(findingOfRule));
  const isWatched = criteria.watches(call);
  const found = [...(isWatched ? rules : []), ...criteria.watchPatterns.map(toRule)].flatMap(findingOfRule);
  return worstFirst(found.length === 0 && isWatched ? newFindingOf(CONFIGURATION_CALL) : found);
}

const worstFirst = (findings: readonly Finding[]): readonly Finding[] =>
  findings.toSorted((a, b) => compareSeverity(b.severity, a.severity));

/** Whether the rule asks about calls that are judged as this one is. */
export function looksAt({ operations, calls }: Rule, call: Call): boolean {
  if (!isOfDomain(call)) return calls !== undefined && isOneOf(calls, call);
  const { judgedAs } = call;
  if (calls !== undefined) return false;
  return operations === undefined || operations.some((operation) => operation === judgedAs);
}

function findingOf(rule: Rule, situation: Compared, criteria: Criteria, change?: Change): readonly Finding[] {
  const { call } = situation;
  if (!looksAt(rule, call)) return [];
  const evidence = rule.evidence(situation).toSorted((a, b) => compareSeverity(b.severity, a.severity));
  const [first, ...others] = evidence;
  if (first === undefined) return [];
  const steps = stepsOf(rule, worstOf(evidence.map(({ severity }) => severity)), call, criteria, change);
  const suppressedBy = criteria.suppressionOf(call, rule.id);
  return [
    { rule, severity: severityOf(steps), steps, evidence: [first, ...others], ...(suppressedBy && { suppressedBy }) },
  ];
}

const severityOf = (steps: Finding['steps']): Severity => (steps.at(-1) ?? steps[0]).to;

/** The same finding, now that it is known what the call changes. */
function steppedAnew(finding: Finding, call: Call, criteria: Criteria, change: Change | undefined): Finding {
  const steps = stepsOf(finding.rule, finding.steps[0].to, call, criteria, change);
  return { ...finding, severity: severityOf(steps), steps };
}

/** From the rule's own severity to the one that counts. */
function stepsOf(
  rule: Rule,
  own: Severity,
  call: Call,
  criteria: Criteria,
  change: Change | undefined,
): readonly [SeverityStep, ...SeverityStep[]] {
  const steps: [SeverityStep, ...SeverityStep[]] = [{ to: own, because: `the rule ${rule.id} says so` }];
  const step = (because: string, change: (severity: Severity) => Severity): void => {
    const before = steps.at(-1)?.to ?? own;
    const to = change(before);
    if (to !== before) steps.push({ to, because });
  };

  const ofRule = criteria.severityOfRule.get(rule.id);
  if (ofRule) step('the settings give the rule this severity', () => ofRule);
  const ofOperation = call.operation && criteria.severityOfOperation.get(call.operation);
  if (ofOperation) {
    step('the settings give the call this severity', (severity) =>
      rule === CONFIGURATION_CALL ? ofOperation : worstOf([severity, ofOperation]),
    );
  }
  if (change?.isUnchanged) step('everything it asks for held before', () => 'INFORMATIONAL');
  if (call.isRehearsal) step('a rehearsal changes nothing', () => 'INFORMATIONAL');
  if (call.isRefusedAsBusy) step('an earlier change is still being applied', () => 'INFORMATIONAL');
  if (isDeletionOfNothing(call)) step('what it would delete does not exist', () => 'INFORMATIONAL');
  if (call.outcome !== 'succeeded')
    step(`the call ${call.outcome === 'denied' ? 'was denied' : 'failed'}`, oneStepLower);
  if (change?.isRepeat) {
    step(
      'the same caller sent the same within a day; whether the secret in it is another one cannot be seen',
      oneStepLower,
    );
  }
  if (call.caller.isRoot) step('the root user called', oneStepHigher);
  if (criteria.isTrusted(call.caller)) step('the caller is trusted', oneStepLower);
  return steps;
}

/** A watch pattern as a rule, the same each time: it objects to whatever it matches. */
const toRule = once(({ name, severity, matches }: CompiledWatchPattern): Rule => ({
  id: name,
  title: `The watch pattern ${name} matched`,
  severities: { [severity]: 'always' },
  why: 'Somebody who runs this monitor asked to be told of such calls.',
  remediation: { text: 'Check that the call was planned.' },
  attack: [],
  evidence: ({ call }) => (matches(call.record) ? [{ severity, says: `the record matches the pattern ${name}` }] : []),
}));
