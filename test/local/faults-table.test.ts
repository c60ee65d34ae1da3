import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { textOfError } from '../../core/base/error-text';
import { toEntry } from '../../core/scan/history';
import { consider } from '../../core/scan/judge';
import { toCriteria } from '../../core/settings';
import type { Claim } from '../../lambda/delivery';
import { PARTITION_KEY, SORT_KEY } from '../../lambda/environment';
import { countIn, historyIn, placesIn, sentAlertsIn } from '../../lambda/table';
import { openTable } from '../../local/faults/table';
import { OPEN, updateOf } from '../../local/risky-log-file';
import { startTableServer } from '../../local/table-server';

/* The table of the model answers as dynalite does, whatever the function asks. */

let server: Server;
let client: DynamoDBClient;

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

const NOON = Date.parse('2026-11-24T12:00:00Z');

const calls = Array.from({ length: 4 }, (_, at) => {
  const call = { eventID: `call-${at}`, eventTime: `2026-11-24T10:0${at}:00Z`, domain: 'logs' };
  const considered = consider(updateOf(call, { accessPolicies: OPEN }), toCriteria());
  if (!considered) throw new Error('the record is no call');
  return { call: considered.call, entry: toEntry(considered) };
});

/** What the function does with its table: two invocations, the second of which starts when the claims of the first have run out. */
function functionOn(client: DynamoDBClient, tableName: string) {
  const invocations = [0, 60_000].map((later) => {
    const now = () => NOON + later;
    return {
      alerts: sentAlertsIn(client, tableName, NOON + later + 30_000, now),
      count: countIn(client, tableName, now),
      history: historyIn(client, tableName, { bucket: 'trail', key: `a-${later}.json.gz` }, now),
      places: placesIn(client, tableName, now),
    };
  });
  return async ({ what, invocation, at, severity, kind }: Step): Promise<unknown> => {
    const [asked, [about]] = [invocations[invocation], calls.slice(at)];
    if (!asked || !about) throw new Error('there is no such invocation or call');
    const { alerts, count, history, places } = asked;
    const { call, entry } = about;
    const claim: Claim = { kind, uid: call.uid, severity, shown: 'what it shows' };
    if (what === 'claim') return alerts.claim(claim);
    if (what === 'confirm') return alerts.confirm(claim);
    if (what === 'release') return alerts.release(claim);
    if (what === 'count') return count({ uid: 'burst', hour: '2026-11-24T10' }, call.uid);
    if (what === 'record') return history.record(call, entry);
    if (what === 'note') return history.note(call, entry.asked);
    if (what === 'told') return history.isTold(entry);
    if (what === 'place') {
      await places.keep({ bucket: 'trail', key: 'a' }, { done: at, mark: 'mark', ...(invocation && { failed: 1 }) });
      return places.of({ bucket: 'trail', key: 'a' });
    }
    const earlier: unknown[] = [];
    for await (const one of history.earlier(call)) earlier.push(one);
    return earlier;
  };
}

const step = fc.record({
  what: fc.constantFrom('claim', 'confirm', 'release', 'count', 'record', 'note', 'told', 'place', 'earlier'),
  invocation: fc.nat(1),
  at: fc.nat(3),
  severity: fc.constantFrom('LOW' as const, 'HIGH' as const, 'CRITICAL' as const),
  kind: fc.constantFrom('call' as const, 'attempt' as const, 'burst' as const),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

let tables = 0;

test('whatever the function does with it, in any order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const TableName = `table-${(tables += 1)}`;
      await client.send(
        new CreateTableCommand({
          TableName,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [PARTITION_KEY, SORT_KEY].map((AttributeName) => ({
            AttributeName,
            AttributeType: 'S',
          })),
          KeySchema: [
            { AttributeName: PARTITION_KEY, KeyType: 'HASH' },
            { AttributeName: SORT_KEY, KeyType: 'RANGE' },
          ],
        }),
      );
      const table = openTable();
      const inMemory = {
        send: async (command: { readonly input: object }) =>
          table.ask(command.constructor.name.replace(/Command$/, ''), command.input),
      } as unknown as DynamoDBClient;
      const [theirs, ours] = [functionOn(client, TableName), functionOn(inMemory, TableName)];
      for (const one of steps) {
        const outcomeOf = async (work: Promise<unknown>): Promise<unknown> => work.catch(textOfError);
        expect([one, await outcomeOf(ours(one))]).toEqual([one, await outcomeOf(theirs(one))]);
      }
    }),
    { numRuns: 30 },
  );
});
