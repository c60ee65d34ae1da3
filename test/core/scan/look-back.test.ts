import { baselineCall, domainOfState, lookBack, statesIn } from '../../../core/scan';
import { toCriteria } from '../../../core/settings';
import { recordNamed } from '../../support/golden';
import { changed, OWN, policyOf, type JsonObject } from '../../support/records';

const OPEN = policyOf('*');
const CLOSED = policyOf({ AWS: OWN });

const setPolicy = (minute: string, policy: string, more: JsonObject = {}): JsonObject => ({
  eventSource: 'es.amazonaws.com',
  eventName: 'UpdateDomainConfig',
  eventTime: `2026-11-20T14:${minute}:00Z`,
  eventID: `at-${minute}`,
  awsRegion: 'eu-west-1',
  recipientAccountId: OWN,
  requestParameters: { domainName: 'logs', accessPolicies: policy },
  responseElements: { domainConfig: { accessPolicies: { options: policy } } },
  ...more,
});

async function judged(
  files: Readonly<Record<string, readonly unknown[]>>,
  baseline: unknown = [],
  keeps: 'calls' | 'all' = 'calls',
) {
  const back = lookBack(toCriteria(), keeps);
  for (const [name, records] of Object.entries(files)) back.add(records, name);
  const arn = `arn:aws:es:eu-west-1:${OWN}:domain/logs`;
  return back.judged(statesIn(baseline).map((state) => baselineCall(state, { name: 'logs', arn })));
}

const told = ({ calls }: Awaited<ReturnType<typeof judged>>) =>
  calls.map(({ call, alert }) => [call.eventID, alert?.severity]);

test('calls are judged in the order of time, whatever order files come in, with what held before', async () => {
  const files = { b: [setPolicy('03', CLOSED)], a: [setPolicy('02', OPEN), setPolicy('01', CLOSED)] };
  const { calls } = await judged(files);
  expect(calls.map(({ call, sources }) => [call.eventID, sources])).toEqual([
    ['at-01', [{ name: 'a', position: 2 }]],
    ['at-02', [{ name: 'a', position: 1 }]],
    ['at-03', [{ name: 'b', position: 1 }]],
  ]);
  expect(calls[2]?.alert?.email).toContain('What changed');
  expect(calls[1]?.alert?.body.unmapped.restore_command).toContain('aws opensearch update-domain-config');
  // A repair is not undone.
  expect(calls[2]?.alert?.body.unmapped.restore_command).toBeUndefined();
});

test('what is set again and was told of is no news', async () => {
  const { calls } = await judged({ a: [setPolicy('01', OPEN), setPolicy('02', OPEN)] });
  expect(calls.map(({ disposition }) => disposition)).toEqual(['alerted', 'informational']);
});

describe('a call is told once', () => {
  const original = setPolicy('01', OPEN);

  test('with all the files its copies are in', async () => {
    const { calls } = await judged({ a: [original, original], b: [original] });
    expect(calls).toHaveLength(1);
    expect(calls[0]?.sources).toEqual([
      { name: 'a', position: 1 },
      { name: 'a', position: 2 },
      { name: 'b', position: 1 },
    ]);
  });

  test('by the worst verdict on its copies, wherever that is found', async () => {
    const milder = { ...original, requestParameters: { domainName: 'logs', accessPolicies: CLOSED } };
    for (const files of [
      { a: [original], b: [milder] },
      { a: [milder], b: [original] },
    ]) {
      expect(told(await judged(files))).toEqual([['at-01', 'CRITICAL']]);
    }
  });

  test('under the id of the record that an addendum corrects, and as it was corrected', async () => {
    const corrected = {
      ...original,
      eventID: 'another',
      addendum: { reason: 'UPDATED_DATA', originalEventID: 'at-01' },
      userIdentity: { type: 'IAMUser', userName: 'ann' },
    };
    for (const files of [
      { a: [original], b: [corrected] },
      { a: [corrected], b: [original] },
    ]) {
      const { calls } = await judged(files);
      expect(calls.map(({ call }) => call.caller.name)).toEqual(['ann']);
    }
  });

  test('but an attempt is another call than one that took effect', async () => {
    const denied = { ...original, errorCode: 'AccessDenied', requestParameters: null, responseElements: null };
    const { calls } = await judged({ a: [original, denied] });
    expect(calls.map(({ call }) => call.outcome).toSorted()).toEqual(['denied', 'succeeded']);
  });

  test('a copy that tells less does not hide from later calls what held', async () => {
    const poorer = { ...original, responseElements: null };
    const { calls } = await judged({ a: [original, setPolicy('02', CLOSED)], b: [poorer] });
    expect(calls[1]?.change?.before).toBeDefined();
  });
});

test('reads that nobody watches are counted; with all, they are there', async () => {
  const tags = recordNamed('tags-added');
  const read = { ...tags, eventName: 'DescribeDomain', eventID: 'read' };
  const copy = { ...tags, eventCategory: 'Data', eventID: 'copy' };
  const some = await judged({ a: [read, copy, tags] });
  expect([some.calls.length, some.ignored, some.copies]).toEqual([1, 2, [{ name: 'a', position: 2 }]]);
  const all = await judged({ a: [read, copy, tags] }, [], 'all');
  expect(all.calls.map(({ disposition }) => disposition).toSorted()).toEqual(['alerted', 'ignored']);
});

test('three thousand calls of one domain take seconds of the processor', async () => {
  const records = Array.from({ length: 3000 }, (_, at) =>
    setPolicy('00', at % 2 ? OPEN : CLOSED, {
      eventID: `id-${String(at).padStart(5, '0')}`,
      eventTime: new Date(Date.UTC(2026, 10, 20) + at * 1000).toISOString().replace('.000', ''),
    }),
  );
  // In microseconds; the clock would tell how busy the machine is. With work for each pair of calls it would be an hour.
  const before = process.cpuUsage();
  expect((await judged({ a: records.toReversed() })).calls).toHaveLength(3000);
  expect(process.cpuUsage(before).user).toBeLessThan(60_000_000);
}, 240_000);

describe('a baseline', () => {
  const config = (policy: string) => ({
    DomainConfig: { AccessPolicies: { Options: policy, Status: {} }, ClusterConfig: { Options: { InstanceCount: 3 } } },
  });
  const status = (policy: string) => ({
    DomainStatus: {
      DomainName: 'logs',
      ARN: `arn:aws:es:eu-west-1:${OWN}:domain/logs`,
      AccessPolicies: policy,
      ClusterConfig: { InstanceCount: 3 },
    },
  });

  test.each<[string, unknown]>([
    ['describe-domain', status(CLOSED)],
    ['describe-domains', { DomainStatusList: [status(CLOSED).DomainStatus] }],
    ['describe-domain-config', config(CLOSED)],
    [
      'describe-elasticsearch-domain-config',
      { DomainConfig: { ...config(CLOSED).DomainConfig, ElasticsearchVersion: { Options: '7.10' } } },
    ],
  ])('of %s is what the first call is compared with', async (_, baseline) => {
    const { calls } = await judged({ a: [setPolicy('01', OPEN)] }, baseline);
    expect(calls[0]?.change?.differences).toEqual([
      expect.objectContaining({ key: 'accesspolicies', before: CLOSED, after: OPEN }),
    ]);
    expect(calls[0]?.alert?.body.unmapped.restore_command).toContain('AccessPolicies');
  });

  test('tells nobody of anything: what it has is news when it is set again', async () => {
    const { calls } = await judged({ a: [setPolicy('01', OPEN)] }, status(OPEN));
    expect(calls.map(({ alert }) => alert?.severity)).toEqual(['CRITICAL']);
  });

  describe('is of the domain', () => {
    const LOGS = { name: 'logs', arn: `arn:aws:es:eu-west-1:${OWN}:domain/logs` };
    const ARCHIVE = { name: 'archive', arn: `arn:aws:es:eu-west-1:${OWN}:domain/archive` };
    const FAR = { name: 'logs', arn: `arn:aws:es:us-east-1:${OWN}:domain/logs` };
    const [named] = statesIn(status(CLOSED));
    const [nameless] = statesIn(config(policyOf({ AWS: OWN }, { Resource: '*' })));
    const [hinting] = statesIn(config(CLOSED));

    test.each([
      ['that its ARN names', named, 'archive', [ARCHIVE], LOGS],
      ['that its file is called after', nameless, 'archive', [LOGS, ARCHIVE], ARCHIVE],
      ['that its file is called after, whatever its policy names', hinting, 'archive', [LOGS, ARCHIVE], ARCHIVE],
      ['that its policy names', hinting, 'before', [ARCHIVE], LOGS],
      ['that is the only one', nameless, 'before', [LOGS], LOGS],
    ])('%s', (_, state, title, domains, expected) => {
      expect(state && domainOfState(state, title, domains)).toEqual(expected);
    });

    test.each([
      ['several', nameless, 'before', [LOGS, ARCHIVE], '2 domains are in what was read'],
      ['several of one name', nameless, 'logs', [LOGS, FAR], '2 domains are called so in what was read'],
      ['none', nameless, 'logs', [], 'none is in what was read'],
    ])('or is refused where there are %s', (_, state, title, domains, message) => {
      expect(state && domainOfState(state, title, domains)).toContain(message);
    });
  });

  test('is nothing else', () => {
    expect(statesIn(changed(recordNamed('tags-added'), { eventID: 'x' }))).toEqual([]);
    expect(statesIn(null)).toEqual([]);
  });
});
