import type { Found, Memory, Order } from '../../../core/state';
import { NOTHING_KEPT } from '../../../core/state';
import type { ChainEffects } from '../../../lambda/state-check/chains';
import { check, type CheckEffects, type CheckReport } from '../../../lambda/state-check/check';
import { templateWith } from '../../lib/stack-in';
import { NO_CHAINS, orderIn, wellBut, wellOf } from '../../support/deployed';

const order = orderIn(templateWith());
const NOW = Date.parse('2026-11-29T00:00:00Z');
const stopped = wellBut(order, 'trail', 'Trail', { isLogging: false });

/** What a check did, by what it found. */
async function checked(
  found: readonly Found[],
  effects: Partial<CheckEffects> = {},
  memory = NOTHING_KEPT,
  of = order,
) {
  const published: (readonly [string, string])[] = [];
  const reports: CheckReport[] = [];
  const kept: Memory[] = [];
  const failure = await check(
    { ...of, ...('beat' in effects ? { heartbeatQueue: 'queue' } : {}) },
    {
      now: () => NOW,
      stackStatus: async () => 'UPDATE_COMPLETE',
      beat: async () => undefined,
      look: async () => found,
      confirmedSubscribers: async () => [],
      readMemory: async () => memory,
      keep: async (one) => void kept.push(one),
      chains: NO_CHAINS,
      publish: async (topic, { Subject }) => void published.push([topic, Subject]),
      report: (told) => void reports.push(told),
      ...effects,
    },
  ).then(
    () => undefined,
    (error: unknown) => String(error),
  );
  return { published, reports, kept, failure };
}

const OPERATIONS = expect.stringMatching(/^Operations/) as string;
const CRITICAL = expect.stringMatching(/^CriticalAlerts/) as string;

test('says nothing where nothing deviates, and counts the check', async () => {
  const { published, reports, failure } = await checked(wellOf(order));
  expect(published).toEqual([]);
  expect(failure).toBeUndefined();
  expect(reports).toMatchObject([{ outcome: 'checked', looked: order.expected.length, deviations: [] }]);
});

test('tells the operations topic of what deviates, and the next check does not', async () => {
  const { published, kept } = await checked(stopped);
  expect(published).toEqual([[OPERATIONS, expect.stringContaining('1 deviation')]]);
  expect((await checked(stopped, {}, kept[0])).published).toEqual([]);
});

test('keeps nothing of what nobody was told', async () => {
  const { kept, reports, failure } = await checked(stopped, {
    publish: async () => Promise.reject(new Error('refused')),
  });
  expect(failure).toMatch(/nobody was told of what deviates: operations topic: refused; CRITICAL topic: refused/);
  expect({ kept, reports }).toEqual({ kept: [], reports: [] });
});

test('tells the CRITICAL topic where the operations topic cannot be told', async () => {
  const told: string[] = [];
  const publish = async (topic: string): Promise<void> => {
    if (topic === order.operationsTopic) throw new Error('no such topic');
    told.push(topic);
  };
  const { failure } = await checked(wellBut(order, 'topic', 'Operations', 'missing'), { publish });
  expect({ told, failure }).toEqual({ told: [CRITICAL], failure: undefined });
});

test('tells the CRITICAL topic as well where nobody hears the operations topic', async () => {
  const unheard = wellBut(order, 'topic', 'Operations', { isHeard: false });
  const trail = order.expected.findIndex(({ kind }) => kind === 'trail');
  const { published } = await checked(unheard.map((one, at) => (at === trail ? (stopped[at] ?? one) : one)));
  expect(published.map(([topic]) => topic)).toEqual([OPERATIONS, CRITICAL]);
});

test('waits while the stack is changed', async () => {
  const { published, reports } = await checked(stopped, { stackStatus: async () => 'UPDATE_IN_PROGRESS' });
  expect({ published, reports }).toEqual({
    published: [],
    reports: [{ outcome: 'waited', stackStatus: 'UPDATE_IN_PROGRESS' }],
  });
});

test.each(['UPDATE_COMPLETE', 'UPDATE_ROLLBACK_FAILED', 'CREATE_COMPLETE', 'unknown'])(
  'looks where the stack is %s',
  async (status) => {
    expect((await checked(stopped, { stackStatus: async () => status })).published).toHaveLength(1);
  },
);

test('tells at each check where there is no table to remember in', async () => {
  const readMemory = async (): Promise<Memory> => Promise.reject(new Error('no such table'));
  const { published, kept, failure } = await checked(wellBut(order, 'table', 'AlertTable', 'missing'), { readMemory });
  expect({ told: published.length, kept, failure }).toEqual({ told: 1, kept: [], failure: undefined });
});

test('fails where something cannot be looked at, and is counted as no check', async () => {
  const { failure, reports } = await checked([], { look: async () => Promise.reject(new Error('throttled')) });
  expect({ failure, reports }).toEqual({ failure: 'Error: throttled', reports: [] });
});

test('has something written that is recorded, also while the stack is changed', async () => {
  const beats: (readonly [string, number])[] = [];
  const beat = async (queue: string, now: number): Promise<void> => void beats.push([queue, now]);
  await checked(wellOf(order), { beat });
  await checked(wellOf(order), { beat, stackStatus: async () => 'UPDATE_IN_PROGRESS' });
  expect(beats).toEqual([
    ['queue', NOW],
    ['queue', NOW],
  ]);
  expect(order.heartbeatQueue).toBeUndefined();
});

test('tells once of a subscriber whom the stack did not make and who is gone', async () => {
  const neighbour = { topicArn: order.criticalTopic, protocol: 'email', endpoint: 'neighbour@example.com' };
  const there = await checked(wellOf(order), {
    confirmedSubscribers: async (topic) => (topic === order.criticalTopic ? [neighbour] : []),
  });
  expect(there.published).toEqual([]);
  const gone = await checked(wellOf(order), {}, there.kept[0]);
  expect(gone.published).toEqual([[OPERATIONS, expect.stringContaining('1 deviation')]]);
  expect((await checked(wellOf(order), {}, gone.kept[0])).published).toEqual([]);
});

describe('chains of digests', () => {
  const following = { ...order, followsDigests: true };
  const QUARTER = 900_000;
  const name = 'trail-bucket/AWSLogs/111122223333//eu-west-1/a_trail/us-east-1/false';
  const silent = { name, heard: new Date(NOW - 3 * 3_600_000 - 60_000).toISOString() };

  /** What looks a quarter of an hour apart tell, and what each keeps. */
  async function looked(chains: Partial<ChainEffects>, effects: Partial<CheckEffects> = {}, of: Order = following) {
    const looks: string[] = [];
    const kept = {
      lastLook: async () => looks.at(-1) ?? new Date(NOW - QUARTER).toISOString(),
      newsIn: async () => [silent],
      keepLook: async (at: string) => void looks.push(at),
      ...chains,
    };
    const first = await checked(wellOf(of), { chains: { ...NO_CHAINS, ...kept }, ...effects }, NOTHING_KEPT, of);
    const later = { now: () => NOW + QUARTER, ...effects };
    const second = await checked(wellOf(of), { chains: { ...NO_CHAINS, ...kept }, ...later }, NOTHING_KEPT, of);
    return { first, second, looks };
  }

  test('that fell silent are told once, to the operations topic', async () => {
    const { first, second, looks } = await looked({});
    expect(first.published).toEqual([
      [OPERATIONS, 'No digests of CloudTrail: 1 account, 1 chain, in ' + order.monitor],
    ]);
    expect(second.published).toEqual([]);
    expect(looks).toEqual(['2026-11-29T00:00:00.000Z', '2026-11-29T00:15:00.000Z']);
    expect(first.reports).toMatchObject([{ outcome: 'checked', chains: { silent: [{ account: '111122223333' }] } }]);
  });

  test('are told again at the next look where nobody could be told', async () => {
    const { first, second, looks } = await looked({}, { publish: async () => Promise.reject(new Error('refused')) });
    expect([first.failure, second.failure]).toEqual([
      expect.stringContaining('nobody was told'),
      expect.stringContaining('nobody was told'),
    ]);
    expect({ looks, reports: first.reports }).toEqual({ looks: [], reports: [] });
  });

  test('that cannot be looked through fail the check, and keep nothing else from being told and remembered', async () => {
    const newsIn = async () => Promise.reject(new Error('throttled'));
    const { published, kept, failure } = await checked(
      wellBut(following, 'trail', 'Trail', { isLogging: false }),
      { chains: { ...NO_CHAINS, newsIn } },
      NOTHING_KEPT,
      following,
    );
    expect({ told: published.length, kept: kept.length, failure }).toEqual({
      told: 1,
      kept: 1,
      failure: 'Error: throttled',
    });
  });

  test('are not looked at where digests are not followed, and where there is no table', async () => {
    const newsIn = async () => Promise.reject(new Error('looked'));
    const chains = { ...NO_CHAINS, newsIn };
    expect((await checked(wellOf(order), { chains })).failure).toBeUndefined();
    const gone = wellBut(following, 'table', 'AlertTable', 'missing');
    expect((await checked(gone, { chains }, NOTHING_KEPT, following)).failure).toBeUndefined();
  });
});
