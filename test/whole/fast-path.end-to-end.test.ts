import { startStack, type RunningStack } from '../../local/running-stack';
import { keyOf, logFileOf, OPEN, updateOf, type RiskyRecord } from '../../local/risky-log-file';
import type { WireListener } from '../../local/wire';

const ARCHIVE = 'arn:aws:sqs:us-east-1:000000000000:archive';

jest.setTimeout(90_000);

/** Seconds for which a function that was killed keeps its claims; what it was given comes back after that. */
const TIMEOUT = 3;

describe('a call, by event and by log file', () => {
  let monitor: RunningStack;
  let listeners: readonly WireListener[] = [];

  beforeAll(async () => {
    monitor = await startStack({
      subscribers: [{ protocol: 'sqs', endpoint: ARCHIVE }],
      fastPath: true,
      functions: 2,
      timeoutSeconds: TIMEOUT,
      haste: { redeliverAfterSeconds: TIMEOUT + 1, longestWindowSeconds: 0.1 },
      listener: (index) => ({
        asked: (request) => listeners[index]?.asked?.(request),
        answered: (...answer) => listeners[index]?.answered?.(...answer),
      }),
    });
  }, 60_000);

  afterEach(() => {
    listeners = [];
  });

  afterAll(() => monitor.close());

  const timesTold = ({ eventID }: RiskyRecord): number =>
    monitor.inbox.filter(({ endpoint, message }) => endpoint === ARCHIVE && message.includes(`"${eventID}"`)).length;

  const idle = (): Promise<void> =>
    monitor.until('the queue is empty', async () => (await monitor.pending()) === 0, 60);

  const putEvent = (detail: RiskyRecord, source = 'aws.es'): Promise<void> =>
    monitor.putEvent({ 'detail-type': 'AWS API Call via CloudTrail', source, account: '111122223333', detail });

  const upload = (name: string, record: RiskyRecord): Promise<void> => monitor.upload(keyOf(name), logFileOf([record]));

  test('is told by the event, and the log file that comes later says it not again', async () => {
    const call = opened('early');
    const start = performance.now();
    await putEvent(call);
    await monitor.until('it is told', () => timesTold(call) > 0);
    expect(performance.now() - start).toBeLessThan(10_000);
    await upload('early', call);
    await idle();
    expect(timesTold(call)).toBe(1);
  });

  test('of the other event source is the same call', async () => {
    const call = { ...opened('renamed'), eventSource: 'opensearchservice.amazonaws.com' };
    await putEvent(call, 'aws.opensearchservice');
    await monitor.until('it is told', () => timesTold(call) > 0);
    await upload('renamed', { ...call, eventSource: 'es.amazonaws.com' });
    await idle();
    expect(timesTold(call)).toBe(1);
  });

  test('of a source that anybody may put is not told', async () => {
    const forged = opened('forged');
    await putEvent(forged, 'my.es');
    await idle();
    expect(timesTold(forged)).toBe(0);
  });

  test('is one alert in any order, with functions that are killed before they publish', async () => {
    const calls = Array.from({ length: 12 }, (_, at) => opened(`orchard-${at}`));
    const killed = new Set<string>();
    const recorded: string[] = [];
    listeners = [0, 1].map((index) => ({
      // Every fourth call costs the life of the first function that claims it.
      answered: ({ kind, uid = '' }) => {
        if (kind === 'confirm') recorded.push(uid);
        const at = calls.findIndex(({ eventID }) => eventID === uid);
        if (kind !== 'claim' || at % 4 !== 0 || killed.has(uid)) return;
        killed.add(uid);
        monitor.functions[index]?.kill();
      },
    }));
    for (const [at, call] of calls.entries()) {
      const ways = [() => putEvent(call), () => upload(`orchard-${at}`, call)];
      for (const way of at % 2 === 0 ? ways : ways.toReversed()) await way();
    }
    await idle();
    expect(killed.size).toBe(3);
    // What a function had published and not recorded when it was killed for another call is told again, and nothing else is.
    expect(recorded.toSorted()).toEqual(calls.map(({ eventID }) => eventID).toSorted());
    expect(Math.min(...calls.map(timesTold))).toBe(1);
  });

  test('gave up on nothing, and all of it adds up', () => {
    expect(monitor.logs()).toContain('"message":"record judged"');
    expect(monitor.logs()).not.toContain('fastPath is off');
  });
});

let callCount = 0;

function opened(domain: string): RiskyRecord {
  callCount += 1;
  const eventID = `00000000-0000-4000-9000-${String(callCount).padStart(12, '0')}`;
  return updateOf({ domain, eventID, eventTime: '2026-11-24T10:00:00Z' }, { accessPolicies: OPEN });
}
