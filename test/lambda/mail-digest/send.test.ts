import type { MailDigest } from '../../../core/mail-digest';
import { sendMailDigests, type DigestEffects, type Sent } from '../../../lambda/mail-digest/send';
import { readMailDigestEnvironment, toMailDigestVariables } from '../../../lambda/environment';

const bodyOf = (uid: string, severity = 'Low'): string =>
  JSON.stringify({ severity, time: 1_795_000_000_000, finding_info: { uid, title: `Title of ${uid}` } });

/** A queue that hides what it hands out until `reappear`, as SQS does. */
function world(bodies: readonly string[]) {
  const waiting = new Map(bodies.map((body, at) => [`receipt-${at}`, body]));
  const hidden = new Set<string>();
  const mails: MailDigest[] = [];
  const reports: Sent[] = [];
  const effects: DigestEffects = {
    receive: async () => {
      const some = [...waiting].filter(([receipt]) => !hidden.has(receipt)).slice(0, 10);
      for (const [receipt] of some) hidden.add(receipt);
      return some.map(([receipt, body]) => ({ receipt, body }));
    },
    publish: async (mail) => void mails.push(mail),
    remove: async (receipts) => {
      for (const receipt of receipts) waiting.delete(receipt);
      return 0;
    },
    isOver: () => false,
    report: (sent) => void reports.push(sent),
  };
  return { effects, mails, reports, left: () => waiting.size, reappear: () => hidden.clear() };
}

const bodies = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => bodyOf(`call-${at}`));

describe('the mail digest', () => {
  test('is one mail of all that waits, which is gone from the queue then', async () => {
    const { effects, mails, left, reports } = world([...bodies(25), 'no alert']);
    await sendMailDigests('daily', effects);
    expect(mails.map(({ Subject }) => Subject)).toEqual(['es-config-monitor: 25 calls in a day, 25 LOW']);
    expect(left()).toBe(0);
    expect(reports).toEqual([{ alerts: 25, unreadable: 1, notRemoved: 0 }]);
  });

  test('is not sent where nothing waits', async () => {
    const { effects, mails } = world([]);
    await sendMailDigests('daily', effects);
    expect(mails).toEqual([]);
  });

  test('goes on where one answer is empty though something waits', async () => {
    const { effects, mails } = world(bodies(3));
    let asked = 0;
    await sendMailDigests('daily', { ...effects, receive: async () => (asked++ === 0 ? [] : effects.receive()) });
    expect(mails).toHaveLength(1);
  });

  test('that could not be published is sent next time, with all that was in it', async () => {
    const { effects, mails, left, reappear } = world(bodies(12));
    const down = { ...effects, publish: async () => Promise.reject(new Error('topic is down')) };
    await expect(sendMailDigests('daily', down)).rejects.toThrow('topic is down');
    expect(left()).toBe(12);
    reappear();
    await sendMailDigests('daily', effects);
    expect(mails.map(({ Subject }) => Subject)).toEqual(['es-config-monitor: 12 calls in a day, 12 LOW']);
  });

  test('repeats what it could not remove, and loses nothing', async () => {
    const { effects, mails, left, reports, reappear } = world(bodies(12));
    await sendMailDigests('daily', { ...effects, remove: async () => Promise.reject(new Error('crashed')) });
    expect(left()).toBe(12);
    expect(reports[0]).toMatchObject({ notRemoved: 12 });
    reappear();
    await sendMailDigests('daily', effects);
    expect(mails).toHaveLength(2);
    expect(left()).toBe(0);
  });

  test('of more than fits one is several, and each call is in one of them', async () => {
    const { effects, mails, left } = world(bodies(10_050));
    await sendMailDigests('weekly', effects);
    expect(mails.map(({ Subject }) => /(\d+) calls?/.exec(Subject)?.[1])).toEqual(['10000', '50']);
    expect(left()).toBe(0);
  });

  test('is removed in ten requests at once: one after the other, there would be no time for all of a large one', async () => {
    const { effects, left } = world(bodies(250));
    let underWay = 0;
    let most = 0;
    const remove = async (receipts: readonly string[]): Promise<number> => {
      most = Math.max(most, (underWay += 1));
      await new Promise(setImmediate);
      underWay -= 1;
      return effects.remove(receipts);
    };
    await sendMailDigests('daily', { ...effects, remove });
    expect([most, left()]).toEqual([10, 0]);
  });

  test('tells what it has when the time is over, and fails, so that it is tried again with the rest', async () => {
    const { effects, mails, left, reappear } = world(bodies(50));
    let asked = 0;
    const late = { ...effects, isOver: () => (asked += 1) > 2 };
    await expect(sendMailDigests('daily', late)).rejects.toThrow('there is no time for all alerts');
    expect([mails.length, left()]).toEqual([1, 30]);
    reappear();
    await sendMailDigests('daily', effects);
    expect(left()).toBe(0);
  });
});

describe('its environment', () => {
  const environment = { queueUrl: 'https://queue', topicArn: 'arn', period: 'weekly', service: 'Other' } as const;

  test('is read as it was written', () => {
    expect(readMailDigestEnvironment(toMailDigestVariables(environment))).toEqual(environment);
  });

  test('without its variables is told with their names', () => {
    expect(() => readMailDigestEnvironment({})).toThrow(
      'environment variables are not set: QUEUE_URL, TOPIC_ARN, PERIOD',
    );
  });
});
