import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import {
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  ScanCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { changeOf, configurationAfter, keysSetBy } from '../../../core/domain';
import type { AlertSeverity } from '../../../core/base/severity';
import { shownIn, type Entry, type History } from '../../../core/scan';
import { toEntry } from '../../../core/scan/history';
import { consider, type Considered } from '../../../core/scan/judge';
import { toCriteria } from '../../../core/settings';
import type { Claim } from '../../../lambda/delivery';
import { PARTITION_KEY, SORT_KEY } from '../../../lambda/environment';
import { countIn, historyIn, knownDigestsIn, placesIn, sentAlertsIn } from '../../../lambda/table';
import { heardChainsIn } from '../../../lambda/state-check/heard-chains';
import { newsSpans, toChainNews, type Digest } from '../../../core/digest';
import { startTableServer } from '../../../local/table-server';

const NOON = Date.parse('2026-11-24T12:00:00Z');
const FILE = { bucket: 'trail', key: 'a.json.gz' };

let server: Server;
let client: DynamoDBClient;
let tables = 0;

beforeAll(async () => {
  server = await startTableServer();
  client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});

afterAll(() => {
  client.destroy();
  server.close();
});

async function emptyTable(): Promise<string> {
  const TableName = `table-${tables++}`;
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: PARTITION_KEY, AttributeType: 'S' },
        { AttributeName: SORT_KEY, AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: PARTITION_KEY, KeyType: 'HASH' },
        { AttributeName: SORT_KEY, KeyType: 'RANGE' },
      ],
    }),
  );
  // Created at once, but not before the answer.
  await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 1, maxDelay: 1 }, { TableName });
  return TableName;
}

describe('sent alerts', () => {
  test('to an owner are recorded apart from those to everybody, and what is asked of the history is the latter', async () => {
    const tableName = await emptyTable();
    const sent = sentAlertsIn(client, tableName, NOON + 60_000, () => NOON);
    const [central, owner, other] = [alert('a'), { ...alert('a'), to: 'search' }, { ...alert('a'), to: 'shop' }];
    expect(await sent.claim(owner)).toEqual({});
    await sent.confirm(owner);
    const history = historyIn(client, tableName, FILE, () => NOON);
    expect(await history.isTold({ uid: 'a', asked: [] })).toBeUndefined();
    expect(await sent.claim(central)).toEqual({});
    expect(await sent.claim(other)).toEqual({});
    expect(await sent.claim(owner)).toBe('sent');
    await sent.release(central);
    expect(await sent.claim(central)).toEqual({});
    expect(await sent.claim({ ...owner, severity: 'CRITICAL' })).toEqual({ told: 'HIGH' });
  });

  const MINUTE = 60_000;
  const alert = (uid: string, severity: AlertSeverity = 'HIGH', kind: Claim['kind'] = 'call'): Claim => ({
    kind,
    uid,
    severity,
  });

  test('of two invocations that race for an alert, one claims it and the other is told to come again', async () => {
    const table = await emptyTable();
    const claims = await Promise.allSettled(
      [1, 2].map((n) => sentAlertsIn(client, table, NOON + n * MINUTE, () => NOON).claim(alert('a'))),
    );
    expect(claims.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(claims.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { message: 'alert a is being sent by another invocation' },
    });
  });

  test('an alert recorded as sent stays sent', async () => {
    const table = await emptyTable();
    const sent = sentAlertsIn(client, table, NOON + MINUTE, () => NOON);
    expect(await sent.claim(alert('a'))).toEqual({});
    await sent.confirm(alert('a'));
    expect(await sentAlertsIn(client, table, NOON + 9 * MINUTE, () => NOON + 5 * MINUTE).claim(alert('a'))).toBe(
      'sent',
    );
    expect(await sent.claim(alert('b'))).toEqual({});
  });

  test('the claim of an invocation that died runs out with it', async () => {
    const table = await emptyTable();
    await sentAlertsIn(client, table, NOON + MINUTE, () => NOON).claim(alert('a'));
    expect(await sentAlertsIn(client, table, NOON + 9 * MINUTE, () => NOON + 2 * MINUTE).claim(alert('a'))).toEqual({});
  });

  test('a claim given back can be taken at once, and giving back does not undo another claim', async () => {
    const table = await emptyTable();
    const ours = sentAlertsIn(client, table, NOON + MINUTE, () => NOON);
    await ours.claim(alert('a'));
    await ours.release(alert('a'));
    const theirs = sentAlertsIn(client, table, NOON + 2 * MINUTE, () => NOON);
    expect(await theirs.claim(alert('a'))).toEqual({});
    await ours.release(alert('a'));
    await theirs.confirm(alert('a'));
    await ours.release(alert('a'));
    expect(await ours.claim(alert('a'))).toBe('sent');
  });

  test('a claim whose answer was lost is given again to the invocation that asks again, and to no other', async () => {
    const table = await emptyTable();
    const [ours, theirs] = [1, 2].map(() => sentAlertsIn(client, table, NOON + MINUTE, () => NOON));
    expect([await ours?.claim(alert('a')), await ours?.claim(alert('a'))]).toEqual([{}, {}]);
    await expect(theirs?.claim(alert('a'))).rejects.toThrow('is being sent by another invocation');
    await theirs?.release(alert('a'));
    await expect(theirs?.claim(alert('a'))).rejects.toThrow('is being sent by another invocation');
  });

  test('that an alert was sent is kept for 400 days', async () => {
    const table = await emptyTable();
    const sent = sentAlertsIn(client, table, NOON + MINUTE, () => NOON);
    await sent.claim(alert('a'));
    await sent.confirm(alert('a'));
    const { Items } = await client.send(new ScanCommand({ TableName: table }));
    expect(Items?.[0]?.['expires']).toEqual({ N: String(NOON / 1000 + 400 * 24 * 3600) });
  });

  test('what is worse than was told may be told again, the same and what is milder may not', async () => {
    const sent = sentAlertsIn(client, await emptyTable(), NOON + MINUTE, () => NOON);
    await sent.claim(alert('a', 'LOW'));
    await sent.confirm(alert('a', 'LOW'));
    expect(await sent.claim(alert('a', 'LOW'))).toBe('sent');
    expect(await sent.claim(alert('a', 'HIGH'))).toEqual({ told: 'LOW' });
    await sent.confirm(alert('a', 'HIGH'));
    expect(await sent.claim(alert('a', 'MEDIUM'))).toBe('sent');
    expect(await sent.claim(alert('a', 'CRITICAL'))).toEqual({ told: 'HIGH' });
  });

  test('what was told stays told where a correction could not be sent', async () => {
    const sent = sentAlertsIn(client, await emptyTable(), NOON + MINUTE, () => NOON);
    await sent.claim(alert('a', 'LOW'));
    await sent.confirm(alert('a', 'LOW'));
    await sent.claim(alert('a', 'HIGH'));
    await sent.release(alert('a', 'HIGH'));
    expect(await sent.claim(alert('a', 'LOW'))).toBe('sent');
    expect(await sent.claim(alert('a', 'HIGH'))).toEqual({ told: 'LOW' });
  });

  test('while a correction is being sent, a worse one has to come again and a milder one is silent', async () => {
    const table = await emptyTable();
    const [ours, theirs] = [1, 2].map(() => sentAlertsIn(client, table, NOON + MINUTE, () => NOON));
    await ours?.claim(alert('a', 'LOW'));
    await ours?.confirm(alert('a', 'LOW'));
    await ours?.claim(alert('a', 'HIGH'));
    expect(await theirs?.claim(alert('a', 'LOW'))).toBe('sent');
    await expect(theirs?.claim(alert('a', 'CRITICAL'))).rejects.toThrow('is being sent by another invocation');
  });

  test('a milder verdict that is recorded late does not undo a worse one', async () => {
    const sent = sentAlertsIn(client, await emptyTable(), NOON + MINUTE, () => NOON);
    await sent.claim(alert('a', 'HIGH'));
    await sent.confirm(alert('a', 'HIGH'));
    await sent.confirm(alert('a', 'LOW'));
    expect(await sent.claim(alert('a', 'HIGH'))).toBe('sent');
  });

  test('an attempt does not use up the uid of a call that succeeded, nor the other way round', async () => {
    const sent = sentAlertsIn(client, await emptyTable(), NOON + MINUTE, () => NOON);
    await sent.claim(alert('a', 'CRITICAL', 'attempt'));
    await sent.confirm(alert('a', 'CRITICAL', 'attempt'));
    expect(await sent.claim(alert('a', 'LOW'))).toEqual({});
    await sent.confirm(alert('a', 'LOW'));
    expect(await sent.claim(alert('a', 'LOW', 'attempt'))).toBe('sent');
    expect(await sent.claim(alert('a', 'LOW', 'burst'))).toEqual({});
  });

  test('an attempt and a call of one uid that one invocation sends at a time are claimed and given back apart', async () => {
    const table = await emptyTable();
    const [ours, theirs] = [1, 2].map(() => sentAlertsIn(client, table, NOON + MINUTE, () => NOON));
    for (const [one, other] of [
      [alert('a'), alert('a', 'HIGH', 'attempt')],
      [alert('b', 'HIGH', 'attempt'), alert('b')],
    ] as const) {
      await ours?.claim(one);
      await ours?.claim(other);
      await ours?.release(one);
      await expect(theirs?.claim(other)).rejects.toThrow('is being sent by another invocation');
      await ours?.claim(one);
      await ours?.confirm(one);
      await expect(theirs?.claim(other)).rejects.toThrow('is being sent by another invocation');
      expect(await theirs?.claim(one)).toBe('sent');
    }
  });

  test('what version 0.1 sent counts as told, whatever it was', async () => {
    const table = await emptyTable();
    const item = { pk: { S: 'alert#a' }, sk: { S: '-' }, expires: { N: String(NOON / 1000 + 3600) } };
    await client.send(new PutItemCommand({ TableName: table, Item: item }));
    const sent = sentAlertsIn(client, table, NOON + MINUTE, () => NOON);
    for (const kind of ['call', 'attempt'] as const)
      expect(await sent.claim(alert('a', 'CRITICAL', kind))).toBe('sent');
    expect(await historyIn(client, table, FILE).isTold({ uid: 'a', asked: ['tls'] })).toBe(true);
  });

  test('a call is told of once its alert was sent, and not while it is claimed or was only attempted', async () => {
    const table = await emptyTable();
    const sent = sentAlertsIn(client, table, NOON + MINUTE, () => NOON);
    const isTold = (asked: readonly string[] = []) => historyIn(client, table, FILE).isTold({ uid: 'a', asked });
    expect(await isTold()).toBeUndefined();
    await sent.claim(alert('a'));
    expect(await isTold()).toBeUndefined();
    await sent.release(alert('a'));
    expect(await isTold()).toBeUndefined();
    await sent.claim(alert('a', 'HIGH', 'attempt'));
    await sent.confirm(alert('a', 'HIGH', 'attempt'));
    expect(await isTold()).toBeUndefined();
    await sent.claim(alert('a'));
    await sent.confirm({ ...alert('a'), shown: shownIn({ asked: ['tls'] }) });
    expect([await isTold(['tls']), await isTold(['tls', 'policy'])]).toEqual([true, false]);
  });
});

describe('bursts', () => {
  const burst = { uid: 'burst-1', hour: '2026-11-24T12' };

  test('the first call stays the first and no call is counted twice, however often they are added', async () => {
    const count = countIn(client, await emptyTable());
    const places = [];
    for (const uid of ['a', 'b', 'b', 'a', 'c', 'a', 'c']) places.push(await count(burst, uid));
    expect(places).toEqual([0, 1, 1, 0, 2, 0, 2]);
    expect(await count({ ...burst, uid: 'burst-2' }, 'b')).toBe(0);
  });

  test('calls beyond the hundredth are told as a hundred others, and the first is still the first', async () => {
    const count = countIn(client, await emptyTable());
    for (let call = 0; call < 100; call++) expect(await count(burst, `call-${call}`)).toBe(call);
    expect([await count(burst, 'call-100'), await count(burst, 'call-101')]).toEqual([100, 100]);
    expect(await count(burst, 'call-0')).toBe(0);
  });
});

describe('history', () => {
  /** An update of one setting, and the whole configuration in the response, as the service answers. */
  function update(minute: number, tls: string, eventName = 'UpdateDomainConfig'): Considered {
    const domainEndpointOptions = { enforceHTTPS: true, tLSSecurityPolicy: tls };
    const considered = consider(
      {
        eventSource: 'es.amazonaws.com',
        eventName,
        eventTime: `2026-11-24T12:${String(minute).padStart(2, '0')}:00Z`,
        eventID: `event-${minute}`,
        awsRegion: 'us-east-1',
        recipientAccountId: '123456789012',
        requestParameters: { domainName: 'logs', domainEndpointOptions: { tLSSecurityPolicy: tls } },
        responseElements: { domainConfig: { domainEndpointOptions: { options: domainEndpointOptions } } },
      },
      toCriteria(),
    );
    if (!considered) throw new Error('the record is no configuration call');
    return considered;
  }

  const record = (history: History, considered: Considered) => history.record(considered.call, toEntry(considered));

  async function earlierThan(history: History, { call }: Considered): Promise<readonly Entry[]> {
    const entries: Entry[] = [];
    for await (const entry of history.earlier(call)) entries.push(entry);
    return entries;
  }

  test('an entry comes back as it was recorded, the latest first', async () => {
    const history = historyIn(client, await emptyTable(), FILE, () => NOON);
    const calls = [1, 3, 2, 5, 4].map((minute) => update(minute, `policy-${minute}`));
    for (const each of calls) await record(history, each);
    const expected = [4, 3, 2, 1].map((minute) => ({ ...toEntry(update(minute, `policy-${minute}`)), told: [] }));
    expect(await earlierThan(history, update(5, 'A'))).toEqual(expected);
    expect(await earlierThan(history, update(1, 'A'))).toEqual([]);
  });

  test('of a long history the hundred latest entries are read, page by page', async () => {
    const history = historyIn(client, await emptyTable(), FILE, () => NOON);
    const { call } = update(1, 'A');
    for (let at = 0; at < 105; at++) {
      const uid = String(at).padStart(3, '0');
      await history.record({ ...call, uid }, { ...toEntry(update(1, 'A')), uid });
    }
    const uids = (await earlierThan(history, update(2, 'A'))).map(({ uid }) => uid);
    expect(uids).toEqual(Array.from({ length: 100 }, (_, at) => String(104 - at).padStart(3, '0')));
  });

  test('what had been told of is kept with the entry, until it is recorded again', async () => {
    const history = historyIn(client, await emptyTable(), FILE, () => NOON);
    const [first, second] = [update(1, 'A'), update(2, 'A')];
    await record(history, first);
    await history.note(first.call, ['a', 'b']);
    expect((await earlierThan(history, second))[0]?.told).toEqual(['a', 'b']);
    await record(history, first);
    expect((await earlierThan(history, second))[0]?.told).toEqual([]);
  });

  test('recording a call tells where later ones were found that were judged without it', async () => {
    const table = await emptyTable();
    const at = (key: string) => historyIn(client, table, { bucket: 'trail', key }, () => NOON);
    expect(await record(at('5'), update(5, 'E'))).toEqual([]);
    expect(await record(at('3'), update(3, 'C'))).toEqual([{ bucket: 'trail', key: '5' }]);
    expect(await record(at('2'), update(2, 'B'))).toEqual([{ bucket: 'trail', key: '3' }]);
  });

  test('a record that came as an event gives way to its log file, and not the other way round', async () => {
    const table = await emptyTable();
    const ofEvents = historyIn(client, table, undefined, () => NOON);
    const ofFile = historyIn(client, table, { bucket: 'trail', key: 'a' }, () => NOON);
    const [first, second] = [update(1, 'A'), update(2, 'B')];
    await record(ofEvents, second);
    // Its log file is not known: it is judged again when that arrives.
    expect(await record(ofFile, first)).toEqual([]);
    await record(ofFile, second);
    await ofFile.note(second.call, ['a']);
    expect(await record(ofEvents, update(2, 'X'))).toEqual([]);
    await ofEvents.note(second.call, []);
    const [kept] = await earlierThan(ofFile, update(3, 'C'));
    expect(kept?.told).toEqual(['a']);
    expect(JSON.stringify(kept)).not.toContain('X');
    expect(await record(ofFile, first)).toEqual([{ bucket: 'trail', key: 'a' }]);
  });

  test('what was replaced expires, what holds does not', async () => {
    const table = await emptyTable();
    const history = historyIn(client, table, FILE, () => 0);
    for (const each of [update(1, 'A'), update(2, 'B')]) {
      await earlierThan(history, each);
      await record(history, each);
    }
    const { Items } = await client.send(new ScanCommand({ TableName: table }));
    expect(Items?.map((item) => [item['sk']?.S, item['expires']?.N]).toSorted()).toEqual([
      ['2026-11-24T12:01:00Z#event-1', String(35 * 24 * 3600)],
      ['2026-11-24T12:02:00Z#event-2', undefined],
    ]);
  });

  test('behind an entry that may have replaced what ran out nothing counts, in whatever order the table deletes', async () => {
    const table = await emptyTable();
    let now = NOON;
    const history = historyIn(client, table, FILE, () => now);
    const [opened, unknown, again, later] = [1, 2, 3, 4].map((minute) =>
      update(minute, 'A', minute === 2 ? 'CancelDomainConfigChange' : 'UpdateDomainConfig'),
    ) as [Considered, Considered, Considered, Considered];
    for (const each of [opened, unknown, again]) await record(history, each);
    expect((await earlierThan(history, later)).map(({ uid }) => uid)).toEqual(['event-3', 'event-2', 'event-1']);
    const { Items } = await client.send(new ScanCommand({ TableName: table }));
    const { pk, sk } = Items?.find((item) => item['sk']?.S?.endsWith('event-2')) ?? {};
    if (!pk || !sk) throw new Error('nothing to delete');
    await client.send(new DeleteItemCommand({ TableName: table, Key: { pk, sk } }));
    now += 36 * 24 * 3600_000;
    expect((await earlierThan(history, later)).map(({ uid }) => uid)).toEqual(['event-3']);
  });

  test('a call of which the configuration is not known hides what held before it', async () => {
    const history = historyIn(client, await emptyTable(), FILE, () => NOON);
    const [first, second, third] = [update(1, 'A'), update(2, 'B', 'DeleteDomain'), update(3, 'A')];
    await record(history, first);
    await record(history, second);
    expect((await earlierThan(history, third))[0]?.configuration).toBeUndefined();
    expect((await earlierThan(history, second))[0]?.configuration).toEqual(configurationAfter(first.call));
  });

  test('what was replaced still expires when its log file is delivered again', async () => {
    const table = await emptyTable();
    const history = historyIn(client, table, FILE, () => 0);
    const [first, second] = [update(1, 'A'), update(2, 'B')];
    for (const each of [first, second]) await record(history, each);
    await earlierThan(history, second);
    await record(history, first);
    const { Items } = await client.send(new ScanCommand({ TableName: table }));
    expect(Items?.filter((item) => item['expires']).map((item) => item['sk']?.S)).toEqual([
      '2026-11-24T12:01:00Z#event-1',
    ]);
  });

  test.each([1_000, 1_500, 1_900])(
    'a configuration of %d settings is larger than an item may be: it is not known, and its call is recorded',
    async (count) => {
      const history = historyIn(client, await emptyTable(), FILE, () => NOON);
      const options = Object.fromEntries(
        Array.from({ length: count }, (_, at) => [`option-${at}`, 'a value'.repeat(60)]),
      );
      const call = { ...update(1, 'A').call, request: { domainName: 'logs', advancedOptions: options } };
      const [asked, configuration] = [keysSetBy(call), configurationAfter(call)];
      await history.record(call, { ...toEntry(update(1, 'A')), asked, configuration });
      await history.note(call, asked);
      const [entry] = await earlierThan(history, update(2, 'A'));
      expect(entry).toMatchObject({ uid: 'event-1' });
      expect(entry?.configuration).toBeUndefined();
    },
  );

  test('what version 0.1 recorded tells what held, and of nothing that it was told', async () => {
    const table = await emptyTable();
    const { call } = update(1, 'A');
    const item = {
      pk: { S: `domain#${call.domain?.arn ?? ''}` },
      sk: { S: `${call.eventTime}#${call.uid}` },
      configuration: { S: JSON.stringify(configurationAfter(call)) },
      logFile: { S: 'null' },
    };
    await client.send(new PutItemCommand({ TableName: table, Item: item }));
    const [entry] = await earlierThan(
      historyIn(client, table, FILE, () => NOON),
      update(2, 'A'),
    );
    expect(entry).toMatchObject({ configuration: configurationAfter(call), isMentioned: false, asked: [] });
  });

  test('in whatever order updates arrive, each is compared with the latest earlier one that had arrived', () =>
    fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.record({ minute: fc.nat(59), tls: fc.constantFrom('A', 'B', 'C') }), {
          selector: ({ minute }) => minute,
          minLength: 1,
          maxLength: 6,
        }),
        async (updates) => {
          const history = historyIn(client, await emptyTable(), FILE, () => NOON);
          const arrived: typeof updates = [];
          for (const { minute, tls } of updates) {
            const considered = update(minute, tls);
            const [before] = await earlierThan(history, considered);
            await record(history, considered);
            const expected = arrived
              .filter((earlier) => earlier.minute < minute)
              .toSorted((a, b) => b.minute - a.minute)[0];
            const change = before?.configuration && changeOf(considered.call, before.configuration);
            expect(change?.isUnchanged).toBe(expected && expected.tls === tls);
            expect(change?.differences.map((difference) => difference.before)).toEqual(
              expected && (expected.tls === tls ? [] : [expected.tls]),
            );
            arrived.push({ minute, tls });
          }
        },
      ),
      { numRuns: 25 },
    ));
});

test('how far a log file came is kept by its bucket and key', async () => {
  const places = placesIn(client, await emptyTable());
  expect(await places.of(FILE)).toBeUndefined();
  await places.keep(FILE, { done: 500, mark: 'a' });
  await places.keep(FILE, { done: 1000, mark: 'b', failed: 500 });
  expect(await places.of(FILE)).toEqual({ done: 1000, mark: 'b', failed: 500 });
  await places.keep(FILE, { done: 1000, mark: 'b' });
  expect(await places.of(FILE)).toEqual({ done: 1000, mark: 'b' });
  expect(await places.of({ ...FILE, key: 'another.json.gz' })).toBeUndefined();
});

describe('chains of digests', () => {
  const HOUR = 3600_000;
  const text = (time: number): string => new Date(time).toISOString();
  const digestOf = (end: number, suffix = ''): Digest =>
    ({
      key: `AWSLogs/1/CloudTrail-Digest/x/1_CloudTrail-Digest_x_t_x_20261124T120000Z${suffix}.json.gz`,
      start: text(end - HOUR),
      end: text(end),
    }) as Digest;
  const name = (region: string): string => `trail-bucket/AWSLogs/111122223333//${region}/a_trail/us-east-1/false`;

  /** A table in which digests come, and what a look at a time finds since a quarter of an hour before. */
  async function chains() {
    const tableName = await emptyTable();
    const heard = heardChainsIn(client, tableName);
    return {
      heard,
      comes: async (region: string, at: number, digest = digestOf(at)) =>
        knownDigestsIn(client, tableName, () => at).since(name(region), digest),
      look: async (at: number) => {
        const spans = newsSpans(text(at - HOUR / 4), at);
        const { silent, again } = toChainNews(await heard.newsIn(spans), spans);
        return { silent: silent.flatMap(({ regions }) => regions), again: again.flatMap(({ regions }) => regions) };
      },
    };
  }

  test('know since when their digests are followed', async () => {
    const { comes } = await chains();
    expect(await comes('one', NOON)).toBe(text(NOON - HOUR));
    expect(await comes('one', NOON + HOUR)).toBe(text(NOON - HOUR));
    expect(await comes('two', NOON + HOUR)).toBe(text(NOON));
  });

  test('that are heard no more are found, and no others', async () => {
    const { comes, look, heard } = await chains();
    await comes('stopped', NOON);
    for (const hour of [0, 1, 2, 3]) await comes('goes-on', NOON + hour * HOUR);
    expect(await look(NOON + 3 * HOUR)).toEqual({ silent: [], again: [] });
    expect(await look(NOON + 3.25 * HOUR)).toEqual({ silent: ['stopped'], again: [] });
    expect(await look(NOON + 3.5 * HOUR)).toEqual({ silent: [], again: [] });
    expect(await look(NOON + 24.25 * HOUR)).toEqual({ silent: ['stopped'], again: [] });
    expect(await heard.countHeard(text(NOON + HOUR))).toBe(1);
  });

  test('are not heard by digests that come again later, nor by those of late log files', async () => {
    const { comes, look } = await chains();
    await comes('stopped', NOON);
    await comes('stopped', NOON + 3 * HOUR, digestOf(NOON));
    await comes('stopped', NOON + 3 * HOUR, digestOf(NOON + 3 * HOUR, '_backfill'));
    expect((await look(NOON + 3.25 * HOUR)).silent).toEqual(['stopped']);
  });

  test('of which no timely digest ever came are no news', async () => {
    const { comes, look } = await chains();
    await comes('old', NOON, digestOf(NOON - 5 * HOUR));
    expect(await look(NOON + 3.25 * HOUR)).toEqual({ silent: [], again: [] });
  });

  test('that are heard again are found, also after more digests, and those that were never silent are not', async () => {
    const { comes, look } = await chains();
    for (const region of ['returned', 'goes-on']) await comes(region, NOON);
    await comes('goes-on', NOON + 2.9 * HOUR);
    for (const hour of [4, 5]) {
      await comes('returned', NOON + hour * HOUR);
      await comes('goes-on', NOON + hour * HOUR);
    }
    expect(await look(NOON + 4.25 * HOUR)).toEqual({ silent: [], again: ['returned'] });
    expect(await look(NOON + 5.25 * HOUR)).toEqual({ silent: [], again: [] });
  });

  test('keep when they were last looked at', async () => {
    const { heard } = await chains();
    expect(await heard.lastLook()).toBeUndefined();
    await heard.keepLook(text(NOON));
    expect(await heard.lastLook()).toBe(text(NOON));
  });
});
