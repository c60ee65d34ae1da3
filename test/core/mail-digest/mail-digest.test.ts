import * as fc from 'fast-check';
import { ALERT_SEVERITIES } from '../../../core/base/severity';
import { readDigested, toMailDigest, type DigestedAlert } from '../../../core/mail-digest';
import { GOLDEN, GOLDEN_NAMES } from '../../support/golden';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const alert = (more: Partial<DigestedAlert> = {}): DigestedAlert => ({
  uid: 'a',
  severity: 'LOW',
  time: Date.UTC(2026, 10, 24, 10),
  account: '111122223333',
  region: 'eu-west-1',
  domain: 'logs',
  title: 'Tags were changed',
  operation: 'AddTags',
  caller: 'role deploy',
  calls: 1,
  ...more,
});

const textOf = (...alerts: readonly DigestedAlert[]): string => toMailDigest(alerts, 0, 'weekly').Message;

test('reads what it says from the machine bodies of alerts', () => {
  const read = GOLDEN_NAMES.map((name) => readDigested(readFileSync(join(GOLDEN, `${name}.ocsf.json`), 'utf8')));
  expect(read).not.toContain(undefined);
  expect(read.find((one) => one?.operation === 'AddTags')).toMatchObject({ severity: 'LOW', calls: 1 });
  expect(read.map((one) => one?.attempt)).toContain('denied');
});

test.each(['no json', '{}', '{"severity":"Low"}', '[]', 'null', '{"severity":"Low","finding_info":{"uid":1}}'])(
  '%s is no alert',
  (text) => {
    expect(readDigested(text)).toBeUndefined();
  },
);

describe('a mail digest', () => {
  test('begins with how many calls there were of which severity, worst first', () => {
    const { Subject, Message } = toMailDigest(
      [
        alert(),
        alert({ uid: 'b' }),
        alert({ uid: 'c', severity: 'CRITICAL', title: 'The access policy lets anyone in' }),
      ],
      0,
      'weekly',
    );
    expect(Subject).toBe('es-config-monitor: 3 calls in a week, 1 CRITICAL, 2 LOW');
    expect(Message).toMatchInlineSnapshot(`
      "es-config-monitor: 3 calls in a week, 1 CRITICAL, 2 LOW.

      The first at 2026-11-24 10:00, the last at 2026-11-24 10:00 UTC.

      CRITICAL: 1 call
      ----------------

      logs, 111122223333 eu-west-1
        2026-11-24 10:00  AddTags by role deploy: The access policy lets anyone in

      LOW: 2 calls
      ------------

      logs, 111122223333 eu-west-1
        2026-11-24 10:00  2 times AddTags by role deploy: Tags were changed

      Each of them was told to the topic of its severity when it happened.
      "
    `);
  });

  test('is never more than SNS takes, however long the texts are', () => {
    const long = '\u6f22'.repeat(300);
    const alerts = Array.from({ length: 300 }, (_, at) =>
      alert({
        uid: `${at}`,
        account: `${at}${long}`,
        accountName: long,
        region: long,
        domain: `${at}${long}`,
        title: long,
        operation: long,
        caller: long,
        attempt: long,
      }),
    );
    const { Message } = toMailDigest(alerts, 0, 'weekly');
    expect(Buffer.byteLength(Message)).toBeLessThan(256 * 1024);
    expect(Message).toMatch(/And \d+ more of \d+ other domains/);
  });

  test('tells a call once, as the worst that was told of it', () => {
    const text = textOf(alert(), alert({ severity: 'HIGH', title: 'Corrected' }), alert());
    expect(text).toContain('1 call in a week, 1 HIGH');
    expect(text).not.toContain('Tags were changed');
  });

  test('names the account where its name is known', () => {
    expect(textOf(alert({ accountName: 'search-prod' }))).toContain('logs, 111122223333 (search-prod) eu-west-1');
  });

  test('counts the calls of a burst', () => {
    expect(textOf(alert({ calls: 30, attempt: 'denied' }))).toContain('30 times AddTags (denied) by role deploy');
  });

  test('says what it could not read', () => {
    expect(toMailDigest([alert()], 2, 'daily').Message).toContain('Beside these 2 messages came');
  });

  test('leaves out the mildest where there are too many, and counts them', () => {
    const many = Array.from({ length: 3000 }, (_, at) =>
      alert({ uid: `${at}`, domain: `domain-${at % 300}`, operation: `Call${at}` }),
    );
    const text = textOf(...many, alert({ uid: 'worst', severity: 'CRITICAL', title: 'Worst' }));
    expect(text.split('\n').length).toBeLessThan(300);
    expect(text).toContain('Worst');
    expect(text).toMatch(/And \d+ more of \d+ other domains\./);
    const shown = text.split('\n').filter((line) => /^ {2}2026-/.test(line)).length;
    const more = [...text.matchAll(/and (\d+) more/gi)].reduce((sum, [, count]) => sum + Number(count), 0);
    expect(shown + more).toBe(3001);
  });

  test('shows no link, line or direction of a stranger’s', () => {
    const hostile = 'a\nCRITICAL: 9 calls\n\u202Ehttps://evil.example.com www.evil.example.com';
    const text = textOf(alert({ caller: hostile, domain: hostile, accountName: hostile, operation: hostile }));
    expect(text).not.toMatch(/^CRITICAL/m);
    expect(text).not.toMatch(/https:\/\/|www\.evil|\u202E/);
  });

  test('fits into a message of SNS, whatever comes, and counts every call', () => {
    const any = fc.record({
      uid: fc.uuid(),
      severity: fc.constantFrom(...ALERT_SEVERITIES),
      time: fc.nat(),
      account: fc.string({ maxLength: 300 }),
      region: fc.string({ maxLength: 300 }),
      domain: fc.string({ maxLength: 3000, unit: 'binary' }),
      title: fc.string({ maxLength: 3000, unit: 'binary' }),
      operation: fc.string({ maxLength: 300, unit: 'binary' }),
      caller: fc.string({ maxLength: 3000, unit: 'binary' }),
      calls: fc.integer({ min: 1, max: 100 }),
    });
    fc.assert(
      fc.property(fc.array(any, { minLength: 1, maxLength: 20 }), (alerts) => {
        const { Subject, Message } = toMailDigest(alerts, 0, 'daily');
        expect(Buffer.byteLength(Message)).toBeLessThan((256 * 1024 * alerts.length) / 100);
        expect(Subject).toMatch(/^[\x20-\x7e]{1,99}$/);
        expect(Subject).toContain(String(alerts.reduce((sum, { calls }) => sum + calls, 0)));
      }),
      { numRuns: 50 },
    );
  });
});
