import path from 'node:path';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { existsSync } from 'node:fs';
import { METRICS, STATE_METRICS } from '../../core/base/accounting';
import { RULES } from '../../core/rules';
import { KINDS } from '../../core/state/aspects';
import { deviationsIn, withKnownCode } from '../../core/state';
import { check } from '../../lambda/state-check/check';
import { PROP_NAMES } from '../../lib/props/names';
import { PROVOCATIONS } from '../../local/provocations';
import { stackWith, templateWith } from '../lib/stack-in';
import { NO_CHAINS, orderIn, wellBut, wellOf } from '../support/deployed';
import { ROOT } from '../support/root';
import { scripts } from '../../package.json';
import { THREAT_MODEL, threatRows } from '../support/threat-model';
import { judge } from '../../core/scan';
import { toCriteria } from '../../core/settings';
import { matchesEventPattern, readEventPattern } from '../../core/event-pattern';
import { memberOf } from '../../core/base/members';
import { environmentIn, physicalNames, resolvedIn } from '../support/physical-names';
import { STACK } from '../support/watched';
import { BLINDING_ACTS } from './blinding-acts';
import { blindingRecords, LOG_KEY } from './blinding-records';

const page = THREAT_MODEL;
const template = templateWith({
  subscribers: [{ subscription: new EmailSubscription('oncall@example.com') }],
  operationsSubscribers: [new EmailSubscription('ops@example.com')],
});
const order = orderIn(template);

const rows = threatRows('To blind it');

/** How a row says that the records of its act are data events: not there unless somebody asked for them. */
const OF_DATA = 'where data events are recorded: ';

/** What the records of an act lead to: the rules that tell them, worst first, and the rule that does within seconds. */
const told = ((): ReadonlyMap<string, string> => {
  const names = [...physicalNames(template, STACK)];
  const records = blindingRecords((wanted) => {
    const [, name] = names.find(([id]) => id.replace(/[0-9A-F]{8}$/, '') === wanted) ?? [];
    if (name === undefined) throw new Error(`the stack has no ${wanted}`);
    return name;
  });
  const criteria = toCriteria({}, [...(environmentIn(template, STACK).watched ?? []), LOG_KEY]);
  const [rule] = Object.values(template.findResources('AWS::Events::Rule'));
  const detail = memberOf(rule, 'Properties', 'EventPattern', 'detail');
  const pattern = readEventPattern(resolvedIn(template, STACK, detail));
  return new Map(
    Object.entries(records).map(([act, each]) => {
      const findings = each.map((record) => {
        const [first] = judge(record, criteria).findings;
        return first ? `\`${first.rule.id}\` ${first.severity}` : 'nothing';
      });
      const isWithinSeconds = each.every((record) => matchesEventPattern(pattern, record));
      const isOfData = each.every((record) => record['managementEvent'] === false);
      const tells = [...new Set(findings), ...(isWithinSeconds ? ['`StoppedRule`'] : [])].join(', ');
      return [act, isOfData ? OF_DATA + tells : tells];
    }),
  );
})();

describe('each act as a state, against the check', () => {
  const acts = BLINDING_ACTS.flatMap(({ act, state, member = 'missing' }) => (state ? [{ act, state, member }] : []));

  test.each(acts)('$act is told', ({ state: [kind, name, change], member }) => {
    // The code was seen at an earlier check.
    const { code } = withKnownCode(order.expected, wellOf(order));
    const found = wellBut(order, kind, name, change);
    const { expected } = withKnownCode(order.expected, found, { told: {}, others: [], code });
    expect(deviationsIn(expected, found).map(({ id }) => id)).toEqual([
      expect.stringMatching(new RegExp(`^${kind} ${name}.* ${member}$`)) as string,
    ]);
  });

  test.each(acts)('$act reaches somebody', async ({ state: [kind, name, change] }) => {
    const told: string[] = [];
    const { code } = withKnownCode(order.expected, wellOf(order));
    await check(order, {
      now: () => 0,
      stackStatus: async () => 'UPDATE_COMPLETE',
      beat: async () => undefined,
      look: async () => wellBut(order, kind, name, change),
      confirmedSubscribers: async () => [],
      readMemory: async () => ({ told: {}, others: [], code }),
      keep: async () => undefined,
      chains: NO_CHAINS,
      publish: async (topic) => {
        if (change === 'missing' && topic.startsWith(name)) throw new Error('no such topic');
        told.push(topic);
      },
      report: () => undefined,
    });
    const operations = expect.stringMatching(/^Operations/) as string;
    expect(told).toEqual([name === 'Operations' ? (expect.stringMatching(/^CriticalAlerts/) as string) : operations]);
  });
});

describe('docs/threat-model.md', () => {
  test.each(rows.map(([act = '', byRecord = '']) => [act, byRecord] as const))(
    'says by which rule the records of "%s" are told: %s',
    (act, byRecord) => {
      const rules = told.get(act);
      if (rules === undefined) expect(byRecord).toMatch(/^no: /);
      else expect(byRecord).toBe(rules);
    },
  );

  test('has a row for every act that there are records of', () => {
    const named = rows.map(([act = '']) => act);
    expect([...told.keys()].filter((act) => !named.includes(act))).toEqual([]);
  });

  test('has a row for each act, and each row of an act says by what it is noticed', () => {
    const named = rows.map(([act = '']) => act);
    expect(BLINDING_ACTS.map(({ act }) => act).filter((act) => !named.includes(act))).toEqual([]);
    for (const [act = '', ...cells] of rows)
      expect({ act, says: cells.join('').length > 3 }).toEqual({ act, says: true });
  });

  test.each(BLINDING_ACTS)('says of "$act" what the tests say', ({ act, state, member = 'missing', alarms = [] }) => {
    const [, , noticed = ''] = rows.find(([first]) => first === act) ?? [];
    const says = [...(state ? [`\`${state[0]}.${member}\``] : []), ...alarms.map((alarm) => `\`${alarm}\``)];
    expect(says.filter((one) => !noticed.includes(one))).toEqual([]);
    expect(says.length).toBeGreaterThan(0);
  });

  test('has no act that is noticed by nothing, unless it says why that is accepted', () => {
    const unnoticed = rows.filter(
      ([, byRecord = '', noticed = '']) =>
        (!byRecord.includes('`') || byRecord.startsWith(OF_DATA)) && !noticed.includes('`'),
    );
    for (const [act = '', , noticed = ''] of unnoticed)
      expect([act, noticed]).toEqual([act, expect.stringMatching(/^accepted: /)]);
  });

  test('names rules, alarms, members, settings, metrics, tests and commands that there are', () => {
    const checks = Object.entries(KINDS).flatMap(([kind, { aspects }]) =>
      ['missing', 'unreadable', ...Object.keys(aspects)].map((member) => `${kind}.${member}`),
    );
    const known = new Set([
      ...Object.keys(PROVOCATIONS),
      ...checks,
      ...PROP_NAMES,
      ...RULES.map(({ id }) => id),
      'StoppedRule',
      ...Object.keys({ ...METRICS, ...STATE_METRICS }),
    ]);
    const named = [...page.matchAll(/`([^`\n]+)`/g)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(50);
    const isThere = (name: string): boolean =>
      known.has(name) ||
      Object.hasOwn(scripts, name.replace(/^npm run /, '')) ||
      (/^[\w./-]+\.(?:ts|md)$/.test(name) && existsSync(path.join(ROOT, name)));
    // What AWS calls it: an operation, an action, or a part of a command.
    const isAws = (name: string): boolean =>
      /^[A-Z][A-Za-z]+$|^[a-z0-9]+:[A-Z]\w+$|^\.json\.gz$|^(?:verify|completeness)$/.test(name);
    expect(named.filter((name) => !isThere(name) && !isAws(name))).toEqual([]);
    const alarms = named.filter((name) => name.endsWith('Alarm'));
    expect(alarms.filter((name) => !known.has(name))).toEqual([]);
  });

  test('leaves out no alarm of the stack', () => {
    const { monitor } = stackWith();
    const ids = monitor.alarms.map((alarm) => alarm.node.id);
    expect(ids.filter((id) => !page.includes(`\`${id}\``))).toEqual([]);
  });
});
