import type { Batch } from '../../local/event-source-mapping';
import { startStack, type RunningStack } from '../../local/running-stack';
import { denialOf, keyOf, logFileOf, OPEN, updateOf, type RiskyRecord } from '../../local/risky-log-file';
import type { WireListener } from '../../local/wire';

const ARCHIVE = 'arn:aws:sqs:us-east-1:000000000000:archive';
const TEAM = 'team@example.com';
const SECOND_BUCKET = 'second-trail';
const PARTNER = '210987654321';

jest.setTimeout(60_000);

describe('said once, on this machine', () => {
  let monitor: RunningStack;
  /** Set by a test that looks at the functions while they work; the index of the function comes first. */
  let listeners: readonly WireListener[] = [];

  beforeAll(async () => {
    monitor = await startStack({
      subscribers: [
        { protocol: 'sqs', endpoint: ARCHIVE },
        { protocol: 'email', endpoint: TEAM },
      ],
      moreBuckets: [SECOND_BUCKET],
      functions: 2,
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

  test('a log file delivered three times, through two buckets and under two keys, tells each risky call once', async () => {
    const calls = ['apple', 'pear', 'plum'].map((domain) => opened(domain));
    await upload('orchard', calls);
    await upload('orchard', calls);
    await upload('orchard', calls, SECOND_BUCKET);
    await upload('orchard-copy', calls);
    await done('orchard', 4);
    for (const one of calls) expect(timesTold(one)).toBe(1);
    expect(mailsAbout(calls[0])).toHaveLength(1);
  });

  test('the copies of one call in the log files of two accounts are one alert', async () => {
    const sharedEventID = 'shared-by-two-accounts';
    const own = { ...opened('shared'), sharedEventID };
    const copy = { ...own, eventID: `${own.eventID}-of-the-partner`, recipientAccountId: PARTNER };
    await upload('shared', [own]);
    await monitor.upload(keyOf('shared-partner', PARTNER), logFileOf([copy]), SECOND_BUCKET);
    await done('shared', 2);
    expect(alertsWith(sharedEventID)).toHaveLength(1);
    expect(timesTold(own) + timesTold(copy)).toBe(1);
  });

  test('of two invocations that race for a record one tells it, the other comes again and finds it told', async () => {
    const raced = opened('raced');
    const reached: number[] = [];
    let go: () => void = () => undefined;
    const refused = new Promise<void>((resolve) => (go = resolve));
    listeners = [0, 1].map((index) => ({
      asked: ({ kind, uid }) => {
        if (kind !== 'publish' || uid !== raced.eventID) return undefined;
        reached.push(index);
        return refused.then(() => undefined);
      },
    }));
    await upload('raced', [raced]);
    await monitor.until('one invocation is about to publish', () => reached.length === 1);
    await upload('raced-copy', [raced]);
    await monitor.until('the other one was refused the claim', () => failuresOf('raced-copy') > 0);
    expect(timesTold(raced)).toBe(0);
    go();
    await done('raced', 2);
    expect(reached).toHaveLength(1);
    expect(timesTold(raced)).toBe(1);
  });

  test('two invocations given the same file at the same moment tell each of its calls once', async () => {
    const calls = Array.from({ length: 12 }, (_, at) => opened(`twins-${at}`));
    let waiting = 0;
    let start: () => void = () => undefined;
    const both = new Promise<void>((resolve) => (start = resolve));
    listeners = [0, 1].map(() => ({
      asked: ({ kind }) => {
        if (kind !== 'read-object') return undefined;
        waiting += 1;
        if (waiting === 2) start();
        return both.then(() => undefined);
      },
    }));
    await upload('twins', calls);
    await monitor.until('one invocation reads', () => waiting === 1);
    await upload('twins-copy', calls);
    await done('twins', 2);
    for (const one of calls) expect(timesTold(one)).toBe(1);
  });

  test('a policy applied a hundred times in one file is told once', async () => {
    const calls = applications('garden', 100);
    await upload('garden', calls.toReversed());
    await done('garden', 1);
    expect(calls.filter((one) => timesTold(one) > 0)).toEqual(calls.slice(0, 1));
  });

  test('a policy applied a hundred times, in ten files that arrive one after the other, is told once', async () => {
    const calls = applications('meadow', 100);
    for (let file = 0; file < 10; file++) {
      await upload(`meadow-${file}`, calls.slice(file * 10, file * 10 + 10));
      await done('meadow', file + 1);
    }
    await upload('meadow-0', calls.slice(0, 10));
    await done('meadow', 11);
    expect(calls.filter((one) => timesTold(one) > 0)).toEqual(calls.slice(0, 1));
    expect(timesTold(calls[0])).toBe(1);
  });

  test('a policy applied again after another one held is told again, with what changed', async () => {
    const own = policyFor({ AWS: '123456789012' });
    const calls = [OPEN, own, OPEN].map((accessPolicies, at) => updateOf(callOn('hedge', at), { accessPolicies }));
    await upload('hedge', calls);
    await done('hedge', 1);
    expect(calls.map(timesTold)).toEqual([1, 1, 1]);
    expect(mailsAbout(calls[2])[0]).toMatch(/principals\s+removed:\s+123456789012/);
  });

  test('a burst of denied calls is its first alert and one that counts, and silent when it comes again', async () => {
    const calls = Array.from({ length: 30 }, (_, at) => denialOf(callOn(`door-${at}`, at), 'burglar'));
    await upload('burst', calls);
    await done('burst', 1);
    const told = (): readonly Body[] => alerts().filter((alert) => JSON.stringify(alert).includes('user/burglar'));
    expect(told()).toHaveLength(2);
    expect(told().map(({ count }) => count)).toEqual(expect.arrayContaining([undefined, 30]));
    await upload('burst', calls);
    await upload('burst-copy', calls, SECOND_BUCKET);
    await done('burst', 3);
    expect(told()).toHaveLength(2);
  });

  test('the first call of a burst is told as itself though that fails at first, and is counted once', async () => {
    const [first, second] = [0, 1].map((at) => denialOf(callOn(`gate-${at}`, at), 'climber'));
    await monitor.resources.deleteTopic(monitor.topicArns.HIGH);
    await upload('climber-1', first ? [first] : []);
    await monitor.until('it could not be told', () => failuresOf('climber-1') > 0);
    await monitor.resources.createTopic(monitor.topicArns.HIGH);
    await done('climber-1', 1);
    await upload('climber-2', second ? [second] : []);
    await done('climber-2', 1);
    const told = alerts().filter((alert) => JSON.stringify(alert).includes('user/climber'));
    expect(told.map(({ count }) => count)).toEqual([undefined, 2]);
    expect(told[0]?.finding_info.uid).toBe(first?.eventID);
  });

  test('no secret of a record is in an e-mail, in the log with its metrics, or in the table', async () => {
    const secrets = Array.from({ length: 8 }, (_, at) => `planted-${at}-do-not-tell`);
    const [accessKey, password, user, metadata, entity, token, publicKey, quoted] = secrets;
    const secretive = {
      advancedSecurityOptions: {
        enabled: true,
        masterUserOptions: { masterUserPassword: password, masterUserName: user },
        sAMLOptions: { enabled: true, idp: { metadataContent: metadata, entityId: entity } },
        jWTOptions: { publicKey },
      },
      domainEndpointOptions: { enforceHTTPS: false, customEndpoint: `${quoted}.example.com` },
      accessPolicies: OPEN,
    };
    const plant = (record: RiskyRecord): RiskyRecord => ({
      ...record,
      userIdentity: { ...(record['userIdentity'] as object), accessKeyId: accessKey, sessionToken: token },
      additionalEventData: { authToken: quoted },
    });
    const first = plant(updateOf(callOn('vault', 1), secretive));
    const next = updateOf(callOn('vault', 2), {
      domainEndpointOptions: { enforceHTTPS: true, customEndpoint: 'vault.example.com' },
    });
    const denied = plant({ ...denialOf(callOn('vault', 3), 'listener'), errorMessage: `${quoted} is too short` });
    const records = [first, next, denied];
    await upload('vault', records);
    await done('vault', 1);
    const text = JSON.stringify({ Records: records });
    const cut = text.indexOf(password ?? '') + 5;
    await monitor.upload(keyOf('vault-damaged'), Buffer.from(`${text.slice(0, cut)}\u0000${text.slice(cut)}`));
    await monitor.until('the damaged file failed', () => failuresOf('vault-damaged') > 0);
    expect(timesTold(first)).toBe(1);

    const items = JSON.stringify(await monitor.resources.tableItems());
    expect(items).toContain('domain/vault');
    expect(monitor.logs()).toContain('vault-damaged');
    expect(monitor.logs()).toContain('"AlertsSent"');
    for (const said of [
      ...monitor.inbox.map(({ subject, message }) => `${subject} ${message}`),
      monitor.logs(),
      items,
    ]) {
      for (const secret of secrets) expect(said).not.toContain(secret.slice(0, 9));
    }
  });

  const upload = (name: string, records: readonly object[], bucket?: string): Promise<void> =>
    monitor.upload(keyOf(name), logFileOf(records), bucket);

  const batchesOf = (name: string): readonly Batch[] =>
    monitor.mapping.batches.filter(({ messages }) => messages.some(({ Body }) => Body?.includes(`_${name}`)));

  /** Waits until `count` messages about files whose name begins with `name` are handled. */
  const done = (name: string, count: number): Promise<void> =>
    monitor.until(
      `${count} deliveries of ${name} are handled`,
      () =>
        new Set(
          batchesOf(name).flatMap(({ messages, failed }) =>
            messages.flatMap(({ Body, MessageId = '' }) =>
              Body?.includes(`_${name}`) && !failed.includes(MessageId) ? [MessageId] : [],
            ),
          ),
        ).size >= count,
      40,
    );

  /** How often a message about a file whose name begins with `name` went back to the queue. */
  const failuresOf = (name: string): number =>
    batchesOf(name).flatMap(({ messages, failed }) =>
      messages.filter(({ Body, MessageId = '' }) => Body?.includes(`_${name}`) && failed.includes(MessageId)),
    ).length;

  const alerts = (): readonly Body[] =>
    monitor.inbox.filter(({ endpoint }) => endpoint === ARCHIVE).map(({ message }) => JSON.parse(message) as Body);

  const alertsWith = (text: string): readonly Body[] =>
    alerts().filter((alert) => JSON.stringify(alert).includes(`"${text}"`));

  const timesTold = (record: RiskyRecord | undefined): number => alertsWith(record?.eventID ?? '').length;

  const mailsAbout = (record: RiskyRecord | undefined): readonly string[] =>
    monitor.inbox
      .filter(({ endpoint, message }) => endpoint === TEAM && message.includes(record?.eventID ?? ''))
      .map(({ message }) => message);
});

interface Body {
  readonly count?: number;
  readonly finding_info: { readonly uid: string };
}

let callCount = 0;

/** A call on a domain, `minute` minutes after ten. */
function callOn(domain: string, minute: number) {
  callCount += 1;
  const eventID = `00000000-0000-4000-8000-${String(callCount).padStart(12, '0')}`;
  return { domain, eventID, eventTime: new Date(Date.UTC(2026, 10, 24, 10, minute)).toISOString().replace('.000', '') };
}

const opened = (domain: string): RiskyRecord => updateOf(callOn(domain, 0), { accessPolicies: OPEN });

const policyFor = (principal: unknown): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: 'es:*', Resource: '*' }],
  });

/** One policy, as its author writes it and as the service and other tools spell it. */
const SPELLINGS = [
  policyFor({ AWS: ['*', '123456789012'] }),
  policyFor({ AWS: ['arn:aws:iam::123456789012:root', '*'] }),
  JSON.stringify(JSON.parse(policyFor({ AWS: ['*', '123456789012'] })), null, 2),
  JSON.stringify({
    Statement: {
      Sid: 'tools',
      Resource: ['*'],
      Action: ['ES:*'],
      Principal: { AWS: ['123456789012', '*'] },
      Effect: 'Allow',
    },
    Version: '2012-10-17',
  }),
];

/** The same policy applied minute by minute, each time in the next spelling. */
const applications = (domain: string, times: number): readonly RiskyRecord[] =>
  Array.from({ length: times }, (_, at) =>
    updateOf(callOn(domain, at), { accessPolicies: SPELLINGS[at % SPELLINGS.length] }),
  );
