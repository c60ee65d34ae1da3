import { readFileSync } from 'node:fs';
import path from 'node:path';
import { compareSeverity } from '../../core/base/severity';
import { readDigested, toMailDigest } from '../../core/mail-digest';
import { judge } from '../../core/scan';
import { toCriteria } from '../../core/settings';
import { recordNamed } from '../support/golden';
import type { JsonObject } from '../support/records';
import { ROOT } from '../support/root';

/* What a mail digest spares an inbox: a week of 300 calls, of which 95 % are ordinary. */

const DAYS = 7;
const CALLS = 300;
const RISKY = [
  'policy-opened-to-everyone',
  'master-user-reset',
  'update-refused',
  'deletion-denied',
  'connection-accepted',
] as const;

/** Of 20 domains, one call every half an hour or so; each twentieth of them is risky. */
const records: readonly JsonObject[] = Array.from({ length: CALLS }, (_, at) => {
  const name = at % 20 === 0 ? (RISKY[(at / 20) % RISKY.length] ?? 'tags-added') : 'tags-added';
  const time = Date.UTC(2026, 10, 16) + (at * DAYS * 24 * 3600_000) / CALLS;
  const record = recordNamed(name);
  const arn = `arn:aws:es:eu-west-1:111122223333:domain/domain-${at % 20}`;
  return {
    ...record,
    ...(name === 'tags-added' && { requestParameters: { ...(record['requestParameters'] as object), aRN: arn, arn } }),
    eventID: `call-${at}`,
    eventTime: new Date(time).toISOString().replace('.000', ''),
  };
});

const alerts = records.map((record) => judge(record, toCriteria()).alert);
const told = alerts.flatMap((alert) => (alert ? [alert] : []));

const aDay = (mails: number): string => (mails / DAYS).toFixed(1);

test('each of the calls is told, and 95 % of them as LOW', () => {
  expect(told).toHaveLength(CALLS);
  expect(told.filter(({ severity }) => severity === 'LOW')).toHaveLength(CALLS * 0.95);
});

const atOnce = told.filter(({ severity }) => compareSeverity(severity, 'MEDIUM') >= 0).length;
const figure = `${aDay(CALLS)} mails a day become ${aDay(atOnce + DAYS)} with a daily digest, and ${aDay(atOnce + 1)} with a weekly one`;

test(`for whoever had LOW in the inbox, ${figure}`, () => {
  expect(readFileSync(path.join(ROOT, 'docs', 'alerts.md'), 'utf8').replace(/\s+/g, ' ')).toContain(figure);
});

test('the digest of the week is one mail that names every call, alone or with others', () => {
  const digested = told.flatMap(({ body }) => readDigested(JSON.stringify(body)) ?? []);
  const { Subject, Message } = toMailDigest(digested, 0, 'weekly');
  expect(Subject).toContain(`${CALLS} calls in a week`);
  const lines = Message.split('\n').filter((line) => line.startsWith('  2026-'));
  const named = lines.map((line) => Number(/(\d+) times/.exec(line)?.[1] ?? 1));
  expect(named.reduce((sum, calls) => sum + calls, 0)).toBe(CALLS);
  expect(lines.length).toBeLessThan(40);
});
