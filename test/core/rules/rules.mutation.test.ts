import { CONFIGURATION_CALL, RULES, type Rule } from '../../../core/rules';
import { SEVERITIES, type Severity } from '../../../core/base/severity';
import { findingsOf, RULE_CASES, type RuleCase } from './cases';

/**
 * Each rule is broken on purpose, and the table of rule cases is run with the broken rule in place of the whole one. A
 * table that stays green would not notice the defect.
 *
 * RULE_MUTATIONS=1 prints how many cases notice each.
 */
interface Mutation {
  readonly name: string;
  /** `undefined` where the rule is so by design. */
  readonly broken: (rule: Rule) => Rule | undefined;
}

const MUTATIONS: readonly Mutation[] = [
  { name: 'never matches', broken: (rule) => ({ ...rule, evidence: () => [] }) },
  { name: 'always matches', broken: (rule) => withoutOperations({ ...rule, evidence: () => evidenceOf(rule) }) },
  {
    name: 'always matches the calls it looks at',
    broken: (rule) => (isAboutTheCallItself(rule) ? undefined : { ...rule, evidence: () => evidenceOf(rule) }),
  },
  { name: 'is one step milder', broken: (rule) => withSeverities(rule, -1) },
  { name: 'is one step worse', broken: (rule) => withSeverities(rule, 1) },
  ...SEVERITIES.map((severity) => ({
    name: `knows ${severity} alone`,
    broken: (rule: Rule) =>
      Object.keys(rule.severities).length > 1 && severity in rule.severities
        ? withEvidence(rule, () => severity)
        : undefined,
  })),
];

const evidenceOf = (rule: Rule) => [{ severity: mildestOf(rule), says: 'broken on purpose' }];

const mildestOf = (rule: Rule): Severity => SEVERITIES.find((severity) => severity in rule.severities) ?? 'LOW';

function withoutOperations(rule: Rule): Rule {
  const { operations, ...others } = rule;
  return operations ? others : rule;
}

function withEvidence(rule: Rule, change: (severity: Severity) => Severity): Rule {
  return {
    ...rule,
    evidence: (situation) =>
      rule.evidence(situation).map(({ severity, says }) => ({ severity: change(severity), says })),
  };
}

function withSeverities(rule: Rule, steps: -1 | 1): Rule | undefined {
  return withEvidence(rule, (severity) => SEVERITIES[SEVERITIES.indexOf(severity) + steps] ?? 'INFORMATIONAL');
}

/** Whether the rule objects to every call it looks at: then nothing but the name of the call can keep it silent. */
function isAboutTheCallItself({ id }: Rule): boolean {
  return CALL_RULES.includes(id);
}

const CALL_RULES: readonly string[] = [
  'domain-deleted',
  'index-deleted',
  'service-role-deleted',
  'replication-changed',
  'replication-peer-added',
  'application-deleted',
  'data-source-deleted',
  'upgrade-started',
  'config-change-cancelled',
  'domain-maintenance-started',
  'connectivity-removed',
  'vpc-endpoint-access-authorized',
  'vpc-endpoint-created',
  'cross-cluster-connection-requested',
  'cross-cluster-connection-accepted',
  'package-associated',
  'reserved-instances-purchased',
];

/** The cases of `rule` that `broken` in its place gives another severity than the table says. */
function noticing(rule: Rule, broken: Rule): readonly RuleCase[] {
  return RULE_CASES.filter(
    (ruleCase) => ruleCase.rule === rule.id && severityOf(ruleCase, broken) !== ruleCase.severity,
  );
}

/** `configuration-call` speaks where no rule of the catalogue does, so in the catalogue it would always speak. */
function severityOf(ruleCase: RuleCase, broken: Rule): Severity | 'none' {
  const isStandIn = ruleCase.rule === CONFIGURATION_CALL.id;
  const rules = isStandIn ? [...RULES, broken] : RULES.map((rule) => (rule.id === ruleCase.rule ? broken : rule));
  return findingsOf(ruleCase, rules).find(({ rule }) => rule === broken)?.severity ?? 'none';
}

const RUNS = [...RULES, CONFIGURATION_CALL].map((rule) => ({
  id: rule.id,
  runs: MUTATIONS.flatMap(({ name, broken }) => {
    const mutant = broken(rule);
    return mutant ? [{ name, noticed: noticing(rule, mutant).length }] : [];
  }),
}));

test.each(RULES)('the whole rule $id leaves the table green', (rule) => {
  expect(noticing(rule, { ...rule })).toEqual([]);
});

describe.each(RUNS)('the table turns red when $id', ({ runs }) => {
  test.each(runs)('$name', ({ noticed }) => {
    expect(noticed).toBeGreaterThan(0);
  });
});

test('a rule that objects to the call itself says so of all its calls', () => {
  const unknown = CALL_RULES.filter((id) => !RULES.some((rule) => rule.id === id && rule.operations));
  expect(unknown).toEqual([]);
});

if (process.env['RULE_MUTATIONS'] === '1') {
  const names = MUTATIONS.map(({ name }) => name);
  const rows = RUNS.map(({ id, runs }) =>
    [
      id.padEnd(34),
      ...names.map((name) => `${runs.find((run) => run.name === name)?.noticed ?? '-'}`.padStart(3)),
    ].join(' '),
  );
  const legend = names.map((name, at) => `${at + 1} ${name}`).join(', ');
  const total = RUNS.flatMap(({ runs }) => runs);
  process.stdout.write(
    `${[
      'cases of the rule that notice the mutation',
      `${' '.repeat(34)} ${names.map((_, at) => `${at + 1}`.padStart(3)).join(' ')}`,
      ...rows,
      legend,
      `${RUNS.length} rules, ${RULE_CASES.length} cases, ${total.length} mutations, ${total.filter(({ noticed }) => noticed > 0).length} noticed`,
    ].join('\n')}\n`,
  );
}
