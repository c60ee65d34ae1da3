import { operationOf, toCall } from '../../../core/call';
import { memberOf, textOf } from '../../../core/base/members';
import { judge } from '../../../core/scan';
import { toCriteria } from '../../../core/settings';
import { CONFIGURATION_CALL, RULE_IDS, RULES, type Rule } from '../../../core/rules';
import { isCallOf, isOfService } from '../../../core/base/event-source';
import { CALLS_ON_ANY, WATCHED_CALLS } from '../../../core/base/watched-calls';
import { isSeverity, SEVERITIES } from '../../../core/base/severity';
import { FIXTURES, recordOf } from '../../support/records';
import { findingsOf, RULE_CASES, type RuleCase } from './cases';
import { CONTRACT } from './contract';

/** What stands for values of a call in the commands of the rules. */
const STAND_INS = [
  '{account}',
  '{connection}',
  '{domain}',
  '{endpoint}',
  '{grantee}',
  '{package}',
  '{packages}',
  '{region}',
  '{resource}',
  '{source}',
  '{users}',
];

const ALL_RULES = [...RULES, CONFIGURATION_CALL];

function severityOf(ruleCase: RuleCase): string {
  return findingsOf(ruleCase).find((finding) => finding.rule.id === ruleCase.rule)?.severity ?? 'none';
}

const caseNames = (rule: string): readonly string[] =>
  RULE_CASES.filter((ruleCase) => ruleCase.rule === rule).map(({ name }) => name);

describe.each(RULE_IDS)('%s', (rule) => {
  test.each(
    RULE_CASES.filter((ruleCase) => ruleCase.rule === rule).map((ruleCase) => [ruleCase.name, ruleCase] as const),
  )('%s', (_, ruleCase) => {
    expect(severityOf(ruleCase)).toBe(ruleCase.severity);
  });
});

test('calls of other services are told of nothing that is not named, but of trails', () => {
  const unnamed = toCriteria();
  const told = RULE_CASES.map(({ record }) => record).filter(
    (record) => !isOfService(record) && judge(record, unnamed)?.alert !== undefined,
  );
  expect(told.length).toBeGreaterThan(10);
  expect(told.filter((record) => !isCallOf(CALLS_ON_ANY, record))).toEqual([]);
});

describe('the table of rule cases', () => {
  test('is about rules of the catalogue alone', () => {
    expect(RULE_CASES.filter(({ rule }) => !RULE_IDS.includes(rule))).toEqual([]);
  });

  test.each(ALL_RULES)('has $id match with every severity it can have, and not match', ({ id, severities }) => {
    const cases = RULE_CASES.filter(({ rule }) => rule === id);
    const shown = new Set<string>(cases.filter(({ record }) => isPlain(record)).map(({ severity }) => severity));
    expect(Object.keys(severities).filter((severity) => !shown.has(severity))).toEqual([]);
    expect(shown).toContain('none');
  });

  test.each(RULE_IDS)('has no name of %s twice', (rule) => {
    expect(caseNames(rule)).toEqual([...new Set(caseNames(rule))]);
  });

  test('has cases whose evidence has one of the severities that the rule is documented with', () => {
    const undocumented = RULE_CASES.flatMap((ruleCase) => {
      const finding = findingsOf(ruleCase).find((found) => found.rule.id === ruleCase.rule);
      const isDocumented = !finding || Object.hasOwn(finding.rule.severities, finding.steps[0].to);
      return isDocumented ? [] : [`${ruleCase.rule}: ${ruleCase.name}`];
    });
    expect(undocumented).toEqual([]);
  });
});

/** Nothing but the rule itself decides the severity: the call succeeded, and was meant. */
function isPlain(record: unknown): boolean {
  const call = toCall(record);
  return call === undefined || (call.outcome === 'succeeded' && !call.isRehearsal && !call.caller.isRoot);
}

describe('the rules', () => {
  test('have ids in kebab case, each once', () => {
    expect(RULE_IDS.filter((id) => !/^[a-z]+(-[a-z]+)*$/.test(id))).toEqual([]);
    expect(RULE_IDS).toEqual([...new Set(RULE_IDS)]);
  });

  test('are those people were promised, all of them and no other', () => {
    const severitiesOf = ({ severities }: Rule): string =>
      SEVERITIES.toReversed()
        .filter((severity) => Object.hasOwn(severities, severity))
        .join(' ');
    expect(ALL_RULES.map((rule) => [rule.id, severitiesOf(rule)])).toEqual(Object.entries(CONTRACT));
  });

  test.each(ALL_RULES)('$id says what it is, why it matters and what to do next', (rule) => {
    expect(Object.keys(rule.severities).filter((severity) => !isSeverity(severity))).toEqual([]);
    expect(Object.keys(rule.severities)).not.toHaveLength(0);
    expect(rule.title).toMatch(/^[A-Z].*[^.]$/);
    expect(rule.why).toMatch(/^[A-Z].*\.$/);
    expect(rule.remediation.text).toMatch(/^[A-Z].*\.$/);
    const { command, commands = {} } = rule.remediation;
    const all = [...(command ? [command] : []), ...Object.values(commands)];
    expect(all.filter((each) => !/^aws [a-z0-9]+ /.test(each))).toEqual([]);
    const { operations = rule.calls ? Object.values(rule.calls).flat() : Object.keys(commands) } = rule;
    expect(Object.keys(commands).filter((name) => !operations.some((operation) => operation === name))).toEqual([]);
    // Words in capitals are for the reader to put in.
    const standIns = all.flatMap((each) => each.match(/\{[a-z]\w*\}/g) ?? []);
    expect(all.filter((each) => each.includes('file://'))).toEqual([]);
    expect(STAND_INS).toEqual(expect.arrayContaining([...new Set(standIns)]));
    expect(rule.attack.length).toBeGreaterThan(0);
  });
});

test('every call of another service that is read is looked at by a rule', () => {
  const looked = RULES.flatMap(({ calls = {} }) =>
    Object.entries(calls).flatMap(([source, names]) => names.map((name) => `${source} ${name}`)),
  );
  const read = Object.entries(WATCHED_CALLS).flatMap(([source, names]) => names.map((name) => `${source} ${name}`));
  expect(read.filter((each) => !looked.includes(each))).toEqual([]);
});

describe('the fixtures', () => {
  test.each(FIXTURES)('%s is a whole record of the call it is named after', (fixture) => {
    const record = recordOf(fixture);
    expect(record['eventSource']).toBe('es.amazonaws.com');
    expect(record['eventName']).toBe(fixture.split('_')[1]);
    expect(textOf(memberOf(record, 'userIdentity', 'type'))).toBeDefined();
    expect(Object.keys(record)).toEqual(
      expect.arrayContaining(['eventVersion', 'eventTime', 'awsRegion', 'requestParameters', 'eventID']),
    );
  });

  test('know both API generations', () => {
    const names = FIXTURES.map((fixture) => fixture.split('_')[1] ?? '');
    expect(names.filter((name) => operationOf(name) !== name && operationOf(name) !== undefined)).not.toEqual([]);
  });
});
