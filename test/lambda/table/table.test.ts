import { once as eventOnce } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { CreateTableCommand, DynamoDBClient, ScanCommand, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import * as fc from 'fast-check';
import { changeOf, configurationAfter } from '../../../core/domain/configuration';
import type { Call } from '../../../core/call';
import { toCall } from '../../../core/call';
import { PARTITION_KEY, SORT_KEY } from '../../../lambda/environment';
import { countIn, historyIn, sentAlertsIn } from '../../../lambda/table';

let server: Server;
let client: DynamoDBClient;
let tables = 0;

beforeAll(async () => {
  server = dynalite({ createTableMs: 0 }).listen(0, '127.0.0.1');
  await eventOnce(server, 'listening');
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
  const NOON = Date.parse('2026-11-24T12:00:00Z');
  const MINUTE = 60_000;

  test('of two invocations that race for an alert, one claims it and the other is told to come again', async () => {
    const table = await emptyTable();
    const claims = await Promise.allSettled(
      [1, 2].map((n) => sentAlertsIn(client, table, NOON + n * MINUTE, () => NOON).claim('a')),
    );
    expect(claims.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(claims.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { message: 'alert a is being sent by another invocation' },
    });
  });

  test('an alert recorded as sent stays sent', async () => {
    const table = await emptyTable();
    const sent = sentAlertsIn(client, table, NOON + MINUTE, () => NOON);
    expect(await sent.claim('a')).toBe('claimed');
    await sent.confirm('a');
    expect(await sentAlertsIn(client, table, NOON + 9 * MINUTE, () => NOON + 5 * MINUTE).claim('a')).toBe('sent');
    expect(await sent.claim('b')).toBe('claimed');
  });

  test('the claim of an invocation that died runs out with it', async () => {
    const table = await emptyTable();
    await sentAlertsIn(client, table, NOON + MINUTE, () => NOON).claim('a');
    expect(await sentAlertsIn(client, table, NOON + 9 * MINUTE, () => NOON + 2 * MINUTE).claim('a')).toBe('claimed');
  });

  test('a claim given back can be taken at once, and giving back does not undo another claim', async () => {
    const table = await emptyTable();
    const ours = sentAlertsIn(client, table, NOON + MINUTE, () => NOON);
    await ours.claim('a');
    await ours.release('a');
    const theirs = sentAlertsIn(client, table, NOON + 2 * MINUTE, () => NOON);
    expect(await theirs.claim('a')).toBe('claimed');
    await ours.release('a');
    await theirs.confirm('a');
    await ours.release('a');
    expect(await ours.claim('a')).toBe('sent');
  });

  test('a claim whose answer was lost is given again to the invocation that asks again, and to no other', async () => {
    const table = await emptyTable();
    const [ours, theirs] = [1, 2].map(() => sentAlertsIn(client, table, NOON + MINUTE, () => NOON));
    expect([await ours?.claim('a'), await ours?.claim('a')]).toEqual(['claimed', 'claimed']);
    await expect(theirs?.claim('a')).rejects.toThrow('is being sent by another invocation');
    await theirs?.release('a');
    await expect(theirs?.claim('a')).rejects.toThrow('is being sent by another invocation');
  });

  test('alerts are kept for 35 days', async () => {
    const table = await emptyTable();
    const sent = sentAlertsIn(client, table, NOON + MINUTE, () => NOON);
    await sent.claim('a');
    await sent.confirm('a');
    const { Items } = await client.send(new ScanCommand({ TableName: table }));
    expect(Items?.[0]?.['expires']).toEqual({ N: String(NOON / 1000 + 35 * 24 * 3600) });
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
  function update(minute: number, tls: string, others: Record<string, string> = {}): Call {
    const domainEndpointOptions = { enforceHTTPS: true, tLSSecurityPolicy: tls };
    const call = toCall({
      eventSource: 'es.amazonaws.com',
      eventName: 'UpdateDomainConfig',
      eventTime: `2026-11-24T12:${String(minute).padStart(2, '0')}:00Z`,
      eventID: `event-${minute}`,
      awsRegion: 'us-east-1',
      recipientAccountId: '123456789012',
      requestParameters: { domainName: 'logs', domainEndpointOptions: { tLSSecurityPolicy: tls } },
      responseElements: { domainConfig: { domainEndpointOptions: { options: domainEndpointOptions }, ...others } },
    });
    if (!call) throw new Error('the record is no configuration call');
    return call;
  }

  test('a call is compared with what the last call before it left behind', async () => {
    const history = historyIn(client, await emptyTable());
    const [first, second] = [update(1, 'A'), update(2, 'B')];
    expect(await history.before(first)).toBeUndefined();
    await history.record(first, configurationAfter(first));
    const before = await history.before(second);
    expect(before && changeOf(second, before).differences).toEqual([
      { path: ['domainEndpointOptions', 'tLSSecurityPolicy'], before: 'A', after: 'B' },
    ]);
  });

  test('recording a call tells where the next later one was found', async () => {
    const history = historyIn(client, await emptyTable());
    const later = { bucket: 'trail', key: 'later.json.gz' };
    expect(await history.record(update(2, 'B'), undefined, later)).toBeUndefined();
    expect(await history.record(update(1, 'A'), undefined, { bucket: 'trail', key: 'earlier.json.gz' })).toEqual(later);
    expect(await history.record(update(3, 'C'), undefined, later)).toBeUndefined();
  });

  test('what was replaced expires, what holds does not', async () => {
    const table = await emptyTable();
    const history = historyIn(client, table, () => 0);
    for (const call of [update(1, 'A'), update(2, 'B')]) {
      await history.before(call);
      await history.record(call, configurationAfter(call));
    }
    const { Items } = await client.send(new ScanCommand({ TableName: table }));
    expect(Items?.map((item) => [item['sk']?.S, item['expires']?.N]).toSorted()).toEqual([
      ['2026-11-24T12:01:00Z#event-1', String(35 * 24 * 3600)],
      ['2026-11-24T12:02:00Z#event-2', undefined],
    ]);
  });

  test('a call of which the configuration is not known hides what held before it', async () => {
    const history = historyIn(client, await emptyTable());
    const [first, second, third] = [update(1, 'A'), update(2, 'B'), update(3, 'A')];
    await history.record(first, configurationAfter(first));
    await history.record(second, undefined);
    expect(await history.before(third)).toBeUndefined();
    expect(await history.before(second)).toEqual(configurationAfter(first));
  });

  test('what was replaced still expires when its log file is delivered again', async () => {
    const table = await emptyTable();
    const history = historyIn(client, table, () => 0);
    const [first, second] = [update(1, 'A'), update(2, 'B')];
    for (const call of [first, second]) await history.record(call, configurationAfter(call));
    await history.before(second);
    await history.record(first, configurationAfter(first));
    const { Items } = await client.send(new ScanCommand({ TableName: table }));
    expect(Items?.filter((item) => item['expires']).map((item) => item['sk']?.S)).toEqual([
      '2026-11-24T12:01:00Z#event-1',
    ]);
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
          const history = historyIn(client, await emptyTable());
          const arrived: typeof updates = [];
          for (const { minute, tls } of updates) {
            const call = update(minute, tls);
            const before = await history.before(call);
            await history.record(call, configurationAfter(call));
            const expected = arrived
              .filter((earlier) => earlier.minute < minute)
              .toSorted((a, b) => b.minute - a.minute)[0];
            const change = before && changeOf(call, before);
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
