import type { ChainGroup } from '../../../core/digest';
import { toChainMessage, type Message } from '../../../core/state';

const order = { monitor: 'EsConfigMonitor', region: 'eu-west-1' };
const group = (account: string, ...regions: string[]): ChainGroup => ({
  account,
  trail: 'a_trail',
  place: 'trail-bucket/AWSLogs/o-a1b2c3d4e5',
  regions,
  since: '2026-11-29T09:00:00.000Z',
});
const bodiesOf = ({ Message: text }: Message) => JSON.parse(text) as Record<string, string>;
const one = group('111122223333', 'eu-west-1', 'us-east-1');

test('says of which accounts and regions no digest comes, since when, and that of others they do', () => {
  const message = toChainMessage(order, { silent: [one], again: [] }, 32);
  expect(message.Subject).toBe('No digests of CloudTrail: 1 account, 2 chains, in EsConfigMonitor');
  const { email = '', default: data = '', https = '', sms } = bodiesOf(message);
  expect(email).toContain(
    '- account 111122223333, trail a_trail in trail-bucket/AWSLogs/o-a1b2c3d4e5: no digest for eu-west-1, us-east-1 since 2026-11-29T09:00:00.000Z.',
  );
  expect(email).toContain('From 32 other chains digests come as ever.');
  expect(email).toContain('docs/runbook.md#no-digests');
  expect(JSON.parse(data)).toEqual({
    source: 'es-config-monitor',
    ...order,
    silentChains: [one],
    chainsAgain: [],
    counts: { silent: 2, again: 0, others: 32 },
  });
  expect(JSON.parse(https)).toMatchObject({ source: 'custom', content: { title: message.Subject } });
  expect(sms).toBe(message.Subject);
});

test('says that the trail itself may be it where no digests come at all', () => {
  expect(bodiesOf(toChainMessage(order, { silent: [one], again: [] }, 0))['email']).toContain(
    'look at the trail first',
  );
});

test('says that digests come again, and nothing of why they might not', () => {
  const message = toChainMessage(order, { silent: [], again: [one] }, 2);
  expect(message.Subject).toBe('Digests of CloudTrail again: 1 account, 2 chains, in EsConfigMonitor');
  expect(bodiesOf(message)['email']).toContain('digests for eu-west-1, us-east-1 again since');
  expect(bodiesOf(message)['email']).not.toContain('not logged any more');
});

test('of five thousand accounts is one message that SNS takes, with their number', () => {
  const regions = Array.from({ length: 17 }, (_, at) => `eu-region-${at}`);
  const silent = Array.from({ length: 5000 }, (_, at) => group(String(100_000_000_000 + at), ...regions));
  const message = toChainMessage(order, { silent, again: [] }, 0);
  expect(message.Subject).toBe('No digests of CloudTrail: 5000 accounts, 85000 chains, in EsConfigMonitor');
  expect(bodiesOf(message)['email']).toContain('And 4988 accounts more, with 84796 chains.');
  expect(Buffer.byteLength(message.Message)).toBeLessThan(64 * 1024);
});

test('shows a folder that somebody made up as plain text that links nowhere', () => {
  const hostile = { ...one, place: 'b/https://evil.example.com/\n\u202Ex/AWSLogs' };
  const { email = '' } = bodiesOf(toChainMessage(order, { silent: [hostile], again: [] }, 1));
  expect(email).not.toMatch(/https:\/\/evil|\u202E/);
  expect(email.split('\n').filter((line) => line.startsWith('- '))).toHaveLength(1);
});
