import * as fc from 'fast-check';
import { restoreCommand } from '../../../core/alert/restore';
import { setsConfiguration, type Change } from '../../../core/domain';
import { toCall, type Call } from '../../../core/call';
import { memberOf } from '../../../core/base/members';
import { saysTheSame } from '../../../core/access-policy';
import { historyInMemory, scan, type History } from '../../../core/scan';
import { toEntry } from '../../../core/scan/history';
import { consider } from '../../../core/scan/judge';
import { changeSince } from '../../../core/scan/told';
import { toCriteria } from '../../../core/settings';

const ACCOUNT = '123456789012';

/** The settings of a domain as its owner thinks of them, by the API's own names. */
type Domain = Readonly<Record<Name, Value>>;
type Value = string | number | boolean;
type Name = keyof typeof SETTINGS;

/** Where each setting stands in the API, what it may be, and how it may be written beside as itself. */
const SETTINGS = {
  policy: { path: ['AccessPolicies'], values: ['own', 'partner', 'everyone'] },
  https: { path: ['DomainEndpointOptions', 'EnforceHTTPS'], values: [true, false] },
  tls: {
    path: ['DomainEndpointOptions', 'TLSSecurityPolicy'],
    values: ['Policy-Min-TLS-1-0-2019-07', 'Policy-Min-TLS-1-2-2019-07'],
  },
  nodes: { path: ['ClusterConfig', 'InstanceCount'], values: [1, 3, 6] },
  type: { path: ['ClusterConfig', 'InstanceType'], values: ['m5.large.search', 'r6g.xlarge.search'] },
  zones: { path: ['ClusterConfig', 'ZoneAwarenessEnabled'], values: [true, false] },
  audit: { path: ['LogPublishingOptions', 'AUDIT_LOGS', 'Enabled'], values: [true, false] },
  slow: { path: ['LogPublishingOptions', 'SEARCH_SLOW_LOGS', 'Enabled'], values: [true, false] },
} as const;

const NAMES = Object.keys(SETTINGS) as Name[];

/** An update at a second of its own, in one of the spellings. */
interface Update {
  readonly second: number;
  readonly asked: Partial<Domain>;
  readonly spelling: Spelling;
}

interface Spelling {
  /** The names of the 2015 API. */
  readonly isOld: boolean;
  /** Booleans and numbers as text. */
  readonly asText: boolean;
}

const spellings: fc.Arbitrary<Spelling> = fc.record({ isOld: fc.boolean(), asText: fc.boolean() });

const domains: fc.Arbitrary<Domain> = fc.record(
  Object.fromEntries(NAMES.map((name) => [name, fc.constantFrom<Value>(...SETTINGS[name].values)])) as Record<
    Name,
    fc.Arbitrary<Value>
  >,
);

/** One or more settings of a domain. */
const asked: fc.Arbitrary<Partial<Domain>> = fc
  .tuple(domains, fc.subarray(NAMES, { minLength: 1 }))
  .map(([domain, names]) => Object.fromEntries(names.map((name) => [name, domain[name]])));

const updates: fc.Arbitrary<readonly Update[]> = fc
  .array(fc.record({ asked, spelling: spellings }), { minLength: 1, maxLength: 8 })
  .map((list) => list.map((update, at) => ({ ...update, second: at + 1 })));

/** The updates in some order, some of them more than once. */
const deliveries = (list: readonly Update[]): fc.Arbitrary<readonly Update[]> =>
  fc
    .tuple(fc.subarray([...list]), fc.array(fc.nat(), { minLength: 2 * list.length, maxLength: 2 * list.length }))
    .map(([again, places]) =>
      [...list, ...again]
        .map((update, at) => ({ update, place: places[at] ?? 0 }))
        .toSorted((a, b) => a.place - b.place)
        .map(({ update }) => update),
    );

const PRINCIPALS: Readonly<Record<string, readonly [unknown, unknown]>> = {
  own: [{ AWS: ACCOUNT }, { AWS: [`arn:aws:iam::${ACCOUNT}:root`] }],
  partner: [{ AWS: [ACCOUNT, '210987654321'] }, { AWS: ['210987654321', `arn:aws:iam::${ACCOUNT}:root`] }],
  everyone: ['*', { AWS: ['*'] }],
};

/** A policy as its author writes it, or as the service does. */
function policyOf(name: Value, isOld: boolean): string {
  const Principal = PRINCIPALS[String(name)]?.[isOld ? 1 : 0];
  const statement = { Effect: 'Allow', Principal, Action: isOld ? ['ES:*'] : 'es:*', Resource: '*' };
  return JSON.stringify({ Version: '2012-10-17', Statement: isOld ? statement : [statement] });
}

/** Criteria as CloudTrail writes them: the first letter of each name is lowered, but not that of a log type. */
function blocksOf(settings: Partial<Domain>, { isOld, asText }: Spelling): Record<string, unknown> {
  const blocks: Record<string, unknown> = {};
  for (const name of NAMES.filter((one) => settings[one] !== undefined)) {
    const value = settings[name] ?? '';
    const text =
      name === 'policy' ? policyOf(value, isOld) : isOld ? String(value).replace(/search$/, 'elasticsearch') : value;
    const path = SETTINGS[name].path.map((part, at, { length }) => {
      if (isOld && part === 'ClusterConfig') return 'elasticsearchClusterConfig';
      return at === 1 && length === 3 ? part : part.charAt(0).toLowerCase() + part.slice(1);
    });
    put(blocks, path, typeof value === 'string' ? text : asText ? String(value) : value);
  }
  return blocks;
}

function put(tree: Record<string, unknown>, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) tree[name] = value;
  else put((tree[name] ??= {}) as Record<string, unknown>, rest, value);
}

const START: Domain = {
  policy: 'own',
  https: true,
  tls: 'Policy-Min-TLS-1-2-2019-07',
  nodes: 3,
  type: 'm5.large.search',
  zones: true,
  audit: true,
  slow: true,
};

/** The domain after the updates up to and without `second`. */
const domainBefore = (list: readonly Update[], second: number): Domain =>
  list
    .filter((update) => update.second < second)
    .toSorted((a, b) => a.second - b.second)
    .reduce((domain, update) => ({ ...domain, ...update.asked }), START);

/** The record of an update: what was asked, and in the response the whole domain. */
function recordOf(list: readonly Update[], { second, asked: request, spelling }: Update): object {
  const after = blocksOf({ ...domainBefore(list, second), ...request }, spelling);
  return {
    eventSource: 'es.amazonaws.com',
    eventName: spelling.isOld ? 'UpdateElasticsearchDomainConfig' : 'UpdateDomainConfig',
    eventTime: `2026-11-24T12:00:${String(second).padStart(2, '0')}Z`,
    eventID: `event-${second}`,
    awsRegion: 'us-east-1',
    recipientAccountId: ACCOUNT,
    requestParameters: { domainName: 'logs', ...blocksOf(request, spelling) },
    responseElements: {
      domainConfig: Object.fromEntries(Object.entries(after).map(([name, options]) => [name, { options }])),
    },
  };
}

/** The record of the creation the updates build on, before all of them. */
const creation = (): object => ({
  ...recordOf([], { second: 0, asked: {}, spelling: { isOld: false, asText: false } }),
  eventName: 'CreateDomain',
  eventID: 'event-0',
  requestParameters: { domainName: 'logs' },
  responseElements: {
    domainStatus: {
      aRN: `arn:aws:es:us-east-1:${ACCOUNT}:domain/logs`,
      ...blocksOf(START, { isOld: false, asText: false }),
    },
  },
});

const callOf = (record: object): Call => {
  const call = toCall(record);
  if (!call) throw new Error('the record is no configuration call');
  return call;
};

/** A history in which everybody was told of what was to be told. */
const memory = (): History => historyInMemory(async () => true).of({ bucket: 'trail', key: 'file' });

/** What a scan does with the history, one call at a time. */
async function changeAfter(history: History, record: object): Promise<Change | undefined> {
  const considered = consider(record, toCriteria());
  if (!considered || !setsConfiguration(considered.call)) throw new Error('the call sets nothing');
  const { call } = considered;
  const entry = toEntry(considered);
  await history.record(call, entry);
  if (call.operation !== 'UpdateDomainConfig') return undefined;
  return changeSince(call, entry.caller, history, async () => true);
}

/** Whether a person would set back what held before: a repair is not undone, and a policy that lets others in not put back. */
function isNoWorse(name: Name, before: Value, after: Value | undefined): boolean {
  if (name === 'policy') {
    const worst: readonly Value[] = SETTINGS.policy.values;
    return before === 'own' || worst.indexOf(before) < worst.indexOf(after ?? '');
  }
  if (name === 'tls') return before !== 'Policy-Min-TLS-1-0-2019-07';
  return name === 'nodes' ? before > (after ?? 0) : before !== false;
}

/** The domain after the command was run on it. @throws Error where the command holds what the API would not take */
function restored(domain: Domain, command: string): Domain {
  const [, json = ''] = /--cli-input-json '([^']*)'$/.exec(command) ?? [];
  const input = JSON.parse(json) as unknown;
  expect(memberOf(input, 'DomainName')).toBe('logs');
  const values = NAMES.map((name) => {
    const value = at(input, SETTINGS[name].path);
    return [name, value === undefined ? domain[name] : valueOf(name, value)] as const;
  });
  return Object.fromEntries(values) as Domain;
}

/** A member by its exact name: the API forgives no letter case. */
const at = (tree: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, name) => (inner as Record<string, unknown> | undefined)?.[name], tree);

/** The value the API takes for it, of the right type. */
function valueOf(name: Name, value: unknown): Value {
  const values: readonly Value[] = SETTINGS[name].values;
  const found = values.find((one) =>
    name === 'policy' ? typeof value === 'string' && saysTheSame(value, policyOf(one, false)) : one === value,
  );
  if (found === undefined) throw new Error(`the API takes no ${JSON.stringify(value)} for ${name}`);
  return found;
}

/** The names of the settings that a change tells. */
const namesIn = (change: Change): readonly string[] =>
  change.differences.map(({ path }) => path.join('.').toLowerCase()).toSorted();

const changedBy = (before: Domain, request: Partial<Domain>): readonly Name[] =>
  NAMES.filter((name) => request[name] !== undefined && request[name] !== before[name]);

const expectedNames = (before: Domain, request: Partial<Domain>): readonly string[] =>
  changedBy(before, request)
    .map((name) => SETTINGS[name].path.join('.').toLowerCase())
    .toSorted();

test('in order and in whatever spelling, differences are those of the domain and the command brings back what was', () =>
  fc.assert(
    fc.asyncProperty(updates, async (list) => {
      const history = memory();
      await changeAfter(history, creation());
      for (const update of list) {
        const record = recordOf(list, update);
        const change = await changeAfter(history, record);
        const before = domainBefore(list, update.second);
        if (!change) throw new Error('nothing was known before');
        expect(namesIn(change)).toEqual(expectedNames(before, update.asked));
        expect(change.isUnchanged).toBe(expectedNames(before, update.asked).length === 0);
        const command = restoreCommand(callOf(record), change, change.differences);
        expect(command === undefined).toBe(change.isUnchanged);
        if (command) expect(restored({ ...before, ...update.asked }, command)).toEqual(before);
      }
    }),
  ));

test('out of order and repeatedly, each is compared with the last one before it that has arrived, and in the end with what held', () =>
  fc.assert(
    fc.asyncProperty(
      updates.chain((list) => deliveries(list).map((delivered) => ({ list, delivered }))),
      async ({ list, delivered }) => {
        const history = memory();
        const arrived = new Set<number>();
        for (const update of delivered) {
          const change = await changeAfter(history, recordOf(list, update));
          arrived.add(update.second);
          const last = Math.max(...[...arrived].filter((second) => second < update.second));
          const known = Number.isFinite(last) ? domainBefore(list, last + 1) : undefined;
          expect(change && namesIn(change)).toEqual(known && expectedNames(known, update.asked));
        }
        await changeAfter(history, creation());
        for (const update of list) {
          const change = await changeAfter(history, recordOf(list, update));
          expect(change && namesIn(change)).toEqual(expectedNames(domainBefore(list, update.second), update.asked));
        }
      },
    ),
  ));

test('the records of one file, in whatever order, are compared as in the order of time', () =>
  fc.assert(
    fc.asyncProperty(
      updates.chain((list) => deliveries(list).map((delivered) => ({ list, delivered }))),
      async ({ list, delivered }) => {
        const records = [...delivered.map((update) => recordOf(list, update)), creation()];
        const file = Buffer.from(JSON.stringify({ Records: records }));
        const { judgements } = await scan(file, toCriteria(), memory());
        expect(judgements).toHaveLength(records.length);
        for (const { call, disposition, alert } of judgements) {
          const update = list.find(({ second }) => call?.uid === `event-${second}`);
          if (!update) continue;
          const before = domainBefore(list, update.second);
          const changed = changedBy(before, update.asked);
          expect(disposition).toBe(changed.length === 0 ? 'informational' : 'alerted');
          const command = /aws opensearch update-domain-config[^\n]*--cli-input-json '[^']*'/.exec(alert?.email ?? '');
          const offered = changed.filter((name) => isNoWorse(name, before[name], update.asked[name]));
          expect(command !== null).toBe(offered.length > 0);
          const after = { ...before, ...update.asked };
          const setBack = Object.fromEntries(offered.map((name) => [name, before[name]]));
          if (command) expect(restored(after, command[0])).toEqual({ ...after, ...setBack });
        }
      },
    ),
    { numRuns: 50 },
  ));

test.each([
  ['a deletion', { eventName: 'DeleteDomain' }],
  ['a cancelled change', { eventName: 'CancelDomainConfigChange' }],
  ['an update without a response', { responseElements: null }],
  ['an update of which CloudTrail left the request out', { requestParameters: { omitted: true, domainName: 'logs' } }],
])('after %s, asking for what held before it is not called unchanged', async (_, more) => {
  const update: Update = { second: 1, asked: { policy: 'everyone' }, spelling: { isOld: false, asText: false } };
  const [first, between, again] = [1, 2, 3].map((second) => recordOf([], { ...update, second }));
  const file = Buffer.from(JSON.stringify({ Records: [first, { ...between, ...more }, again] }));
  const { judgements } = await scan(file, toCriteria(), memory());
  expect(judgements.map(({ disposition }) => disposition).at(-1)).toBe('alerted');
});

test('thousands of settings that held before are compared in the time that they take, not in that of all pairs', async () => {
  const advancedOptions = Object.fromEntries(Array.from({ length: 1_900 }, (_, at) => [`option-${at}`, 'x']));
  const none: Update = { second: 1, asked: {}, spelling: { isOld: false, asText: false } };
  const records = [1, 2].map((second) => ({
    ...recordOf([], { ...none, second }),
    requestParameters: { domainName: 'logs', advancedOptions },
  }));
  const { judgements } = await scan(Buffer.from(JSON.stringify({ Records: records })), toCriteria(), memory());
  expect(judgements.map(({ disposition }) => disposition)).toEqual(['alerted', 'informational']);
}, 20_000);
