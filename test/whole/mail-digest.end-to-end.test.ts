import { keyOf, logFileOf, OPEN, updateOf, type RiskyRecord } from '../../local/risky-log-file';
import { startStack, type RunningStack } from '../../local/running-stack';

const TEAM = 'team@example.com';
const PAGER = 'pager@example.com';

jest.setTimeout(60_000);

describe('the mail digest, on this machine', () => {
  let monitor: RunningStack;

  beforeAll(async () => {
    monitor = await startStack({
      subscribers: [{ protocol: 'email', endpoint: PAGER, minimumSeverity: 'HIGH' }],
      digest: { period: 'daily', subscribers: [TEAM] },
    });
  }, 60_000);

  afterAll(() => monitor.close());

  const mailsTo = (address: string) => monitor.inbox.filter(({ endpoint }) => endpoint === address);
  const queue = (): string => monitor.plan.queues.find(({ name }) => name.includes('MailDigestQueue'))?.arn ?? '';
  const tagged = (domain: string, at: number): RiskyRecord => ({
    ...updateOf({ domain, eventID: `tags-${domain}-${at}`, eventTime: `2026-11-24T1${at}:00:00Z` }, {}),
    eventName: 'AddTags',
    requestParameters: {
      aRN: `arn:aws:es:eu-central-1:123456789012:domain/${domain}`,
      tagList: [{ key: 'a', value: 'b' }],
    },
    responseElements: null,
  });

  test('is not sent where nothing happened', async () => {
    expect(await monitor.sendDigest()).toMatchObject({ outcome: 'returned' });
    expect(mailsTo(TEAM)).toEqual([]);
  });

  test('tells in one mail what nobody had in the inbox, and the rest', async () => {
    const calls = [0, 1, 2, 3].flatMap((at) => [tagged('apple', at), tagged('pear', at)]);
    const opened = updateOf(
      { domain: 'plum', eventID: 'opened', eventTime: '2026-11-24T12:00:00Z' },
      { accessPolicies: OPEN },
    );
    await monitor.upload(keyOf('week'), logFileOf([...calls, opened]));
    await monitor.until('all of them wait', async () => (await monitor.resources.visibleMessages(queue())) === 9);
    expect(await monitor.sendDigest()).toMatchObject({ outcome: 'returned' });
    await monitor.until('the mail arrives', () => mailsTo(TEAM).length > 0);
    const [mail, ...others] = mailsTo(TEAM);
    expect(others).toEqual([]);
    expect(mail?.subject).toBe('es-config-monitor: 9 calls in a day, 1 CRITICAL, 8 LOW');
    expect(mail?.message).toContain('apple, 123456789012 eu-central-1\n  2026-11-24 13:00  4 times AddTags by ');
    expect(mailsTo(PAGER)).toHaveLength(1);
    expect(await monitor.resources.pendingMessages(queue())).toBe(0);
  });

  test('and is not sent again', async () => {
    await monitor.sendDigest();
    expect(mailsTo(TEAM)).toHaveLength(1);
  });
});
