import { once as eventOnce } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { historyInMemory } from '../../../core/scan';
import { deliveryOf, type Clients } from '../../../lambda/delivery';
import { recordNamed } from '../../support/golden';
import { sentAlertsInMemory } from '../../support/sent-alerts';

const FILE = { bucket: 'trail', key: 'a.json.gz' };
const TOPICS = { LOW: 'arn:low', MEDIUM: 'arn:medium', HIGH: 'arn:high', CRITICAL: 'arn:critical' };

/** A topic that counts what reaches it. */
async function topic() {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    request.resume().on('end', () => response.end('<PublishResponse/>'));
  }).listen(0, '127.0.0.1');
  await eventOnce(server, 'listening');
  const client = new SNSClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const close = (): void => {
    client.destroy();
    server.close();
  };
  return { client, requests: () => requests, close };
}

/** Delivery to a topic, and a table in memory, where claiming an alert takes as long as `whenClaimed`. */
function deliveryTo(client: SNSClient, ended: AbortSignal, whenClaimed: () => void = () => undefined) {
  const sentAlerts = sentAlertsInMemory();
  const tables = async () => ({
    sentAlertsIn: () => ({
      ...sentAlerts,
      claim: async (claim: Parameters<typeof sentAlerts.claim>[0]) => {
        const claimed = await sentAlerts.claim(claim);
        whenClaimed();
        return claimed;
      },
    }),
    historyIn: () => historyInMemory(sentAlerts.isTold).of(FILE),
    countIn: () => async () => 0,
    placesIn: () => ({ of: async () => undefined }),
  });
  const clients = { topics: async () => ({ client, PublishCommand }), tables } as unknown as Clients;
  const environment = { topicArns: TOPICS, tableName: 'table', service: 'test' };
  return deliveryOf(environment, {}, clients)(Date.now() + 60_000, ended).deliver;
}

test('an alert is sent while its invocation lives', async () => {
  const { client, requests, close } = await topic();
  const deliver = deliveryTo(client, new AbortController().signal);
  expect(await deliver([recordNamed('tags-added')], FILE)).toMatchObject({ counts: { alerted: 1 }, unpublished: [] });
  expect(requests()).toBe(1);
  close();
});

test('an alert that was claimed and not sent when the invocation ended is not sent by what goes on of it', async () => {
  const { client, requests, close } = await topic();
  const ended = new AbortController();
  const deliver = deliveryTo(client, ended.signal, () => ended.abort());
  const { unpublished } = await deliver([recordNamed('tags-added')], FILE);
  expect(unpublished).toMatchObject([{ name: 'AbortError' }]);
  expect(requests()).toBe(0);
  close();
});

test('settings that cannot be are refused with everything that is wrong with them, but for a day that has passed', () => {
  const expired = { rule: 'domain-deleted', reason: 'a migration', expires: '2020-01-31' };
  const clients = {} as unknown as Clients;
  const environment = { topicArns: TOPICS, tableName: 'table', service: 'test' };
  expect(() => deliveryOf(environment, { suppressions: [expired] }, clients)).not.toThrow();
  expect(() =>
    deliveryOf(environment, { suppressions: [expired], trustedAccount: [], trustedAccounts: ['1'] }, clients),
  ).toThrow(
    /^the settings cannot be used: "trustedAccount" is no setting; did you mean .*; trustedAccounts "1" is no account id/,
  );
});
