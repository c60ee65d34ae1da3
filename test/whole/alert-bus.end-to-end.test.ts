import { keyOf, logFileOf, OPEN, updateOf } from '../../local/risky-log-file';
import { startStack, type RunningStack } from '../../local/running-stack';
import { schemaProblems } from '../support/alert-schema';

const TEAM = 'team@example.com';

jest.setTimeout(60_000);

describe('an alert on the event bus', () => {
  let monitor: RunningStack;

  beforeAll(async () => {
    monitor = await startStack({ subscribers: [{ protocol: 'email', endpoint: TEAM }], eventBus: true });
  }, 60_000);

  afterAll(() => monitor.close());

  test('is the machine body of what the topics told, under a source and a type that are documented', async () => {
    const calls = ['apple', 'pear', 'plum'].map((domain) =>
      updateOf({ domain, eventID: `call-${domain}`, eventTime: '2026-11-24T10:00:00Z' }, { accessPolicies: OPEN }),
    );
    await monitor.upload(keyOf('orchard'), logFileOf(calls));
    await monitor.until('the bus has all of them', () => monitor.events.length === calls.length);
    await monitor.until('and the inbox, too', () => monitor.inbox.length >= calls.length);
    const [bus] = monitor.plan.pipes.map((pipe) => pipe.bus);
    expect(monitor.events.map((one) => one.bus)).toEqual(calls.map(() => bus));
    const events = monitor.events.map(({ event }) => event as Record<string, unknown>);
    for (const event of events) {
      expect(event).toMatchObject({
        source: 'es-config-monitor',
        'detail-type': 'Alert',
        detail: { severity: 'Critical' },
      });
      expect(schemaProblems(event['detail'])).toEqual([]);
    }
    expect(
      events.map(({ detail }) => (detail as { finding_info: { uid: string } }).finding_info.uid).toSorted(),
    ).toEqual(calls.map(({ eventID }) => eventID).toSorted());
    expect(monitor.inbox.filter(({ endpoint }) => endpoint === TEAM)).toHaveLength(calls.length);
  });

  test('leaves nothing in the queue, and nothing with what was not delivered', async () => {
    const queue = monitor.plan.pipes[0]?.queueArn ?? '';
    await monitor.until('the queue is empty', async () => (await monitor.resources.pendingMessages(queue)) === 0);
    const undelivered = monitor.plan.queues.find(({ name }) => name.includes('UndeliveredAlerts'))?.arn ?? '';
    expect(await monitor.resources.pendingMessages(undelivered)).toBe(0);
  });
});
