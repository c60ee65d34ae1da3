import * as fc from 'fast-check';
import type { AlertSeverity } from '../../../core/base/severity';
import { once, type Claim, type SentAlerts } from '../../../lambda/delivery/once';
import { sentAlertsInMemory } from '../../support/sent-alerts';

const claim = (uid: string, severity: AlertSeverity = 'HIGH'): Claim => ({ kind: 'call', uid, severity });

/** Sends by noting the uid. */
const noting =
  (sent: string[], uid: string): (() => Promise<'sent'>) =>
  async () => {
    sent.push(uid);
    return 'sent';
  };

test('an alert that was sent before is not sent again', async () => {
  const sent: string[] = [];
  const shared = sentAlertsInMemory();
  expect(await once(shared)(claim('a'), noting(sent, 'a'))).toBe('sent');
  expect(await once(shared)(claim('a'), noting(sent, 'a'))).toBe('already-sent');
  expect(sent).toEqual(['a']);
});

test('one record in two files of a batch is one alert, and neither file fails', async () => {
  const sent: string[] = [];
  const sendOnce = once(sentAlertsInMemory());
  expect(await Promise.all(['a', 'a', 'b'].map((uid) => sendOnce(claim(uid), noting(sent, uid))))).toEqual([
    'sent',
    'already-sent',
    'sent',
  ]);
  expect(sent).toEqual(['a', 'b']);
});

test('an alert that could not be sent is claimed by nobody and can be tried again', async () => {
  const shared = sentAlertsInMemory();
  await expect(once(shared)(claim('a'), () => Promise.reject(new Error('topic is gone')))).rejects.toThrow(
    'topic is gone',
  );
  expect(await once(shared)(claim('a'), noting([], 'a'))).toBe('sent');
});

test('while another invocation is sending an alert, ours fails and says so', async () => {
  const shared = sentAlertsInMemory();
  shared.takeAway(claim('a'));
  await expect(once(shared)(claim('a'), noting([], 'a'))).rejects.toThrow('is being sent by another invocation');
});

test('an alert that was sent is not failed by its bookkeeping: it is recorded as soon as that works', async () => {
  const shared = sentAlertsInMemory();
  let failures = 3;
  const throttled: SentAlerts = {
    ...shared,
    confirm: async (each) => {
      failures -= 1;
      if (failures >= 0) throw new Error('throttled');
      await shared.confirm(each);
    },
  };
  const sent: string[] = [];
  expect(await once(throttled, async () => undefined)(claim('a'), noting(sent, 'a'))).toBe('sent');
  expect(await once(shared)(claim('a'), noting(sent, 'a'))).toBe('already-sent');
  expect(sent).toEqual(['a']);
});

test('an alert that cannot be recorded is told, says so, and keeps its claim', async () => {
  const shared = sentAlertsInMemory();
  const failing: SentAlerts = { ...shared, confirm: () => Promise.reject(new Error('throttled')) };
  const pauses: number[] = [];
  const sendOnce = once(failing, async (milliseconds) => void pauses.push(milliseconds));
  expect(await sendOnce(claim('a'), noting([], 'a'))).toBe('unrecorded');
  expect(await sendOnce(claim('a'), noting([], 'a'))).toBe('already-sent');
  await expect(once(shared)(claim('a'), noting([], 'a'))).rejects.toThrow('is being sent by another invocation');
  expect(pauses.reduce((sum, each) => sum + each, 0)).toBeLessThan(5_000);
});

test('what is worse than was told is told again, with what it was told as; the same and what is milder is not', async () => {
  const shared = sentAlertsInMemory();
  const sent: string[] = [];
  const tell = (severity: AlertSeverity) =>
    once(shared)(claim('a', severity), async ({ told = 'nothing' }) => {
      sent.push(`${severity} after ${told}`);
      return 'sent';
    });
  for (const severity of ['LOW', 'LOW', 'HIGH', 'MEDIUM', 'CRITICAL', 'HIGH'] as const) await tell(severity);
  expect(sent).toEqual(['LOW after nothing', 'HIGH after LOW', 'CRITICAL after HIGH']);
});

test('of two verdicts in one batch the worse is told, whichever comes first', async () => {
  for (const severities of [
    ['LOW', 'CRITICAL'],
    ['CRITICAL', 'LOW'],
  ] as const) {
    const sent: string[] = [];
    const sendOnce = once(sentAlertsInMemory());
    await Promise.all(severities.map((severity) => sendOnce(claim('a', severity), noting(sent, severity))));
    expect(sent).toContain('CRITICAL');
  }
});

test('an attempt uses up neither the uid of a call nor that of a burst', async () => {
  const sent: string[] = [];
  const sendOnce = once(sentAlertsInMemory());
  for (const kind of ['attempt', 'call', 'burst'] as const)
    await sendOnce({ kind, uid: 'a', severity: 'HIGH' }, noting(sent, kind));
  expect(sent).toEqual(['attempt', 'call', 'burst']);
});

test('whatever fails and however often it is tried, every alert is sent once', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ uid: fc.constantFrom('a', 'b', 'c'), fails: fc.boolean() }), { maxLength: 30 }),
      async (attempts) => {
        const sent: string[] = [];
        const shared = sentAlertsInMemory();
        for (const { uid, fails } of attempts) {
          const send = fails ? () => Promise.reject(new Error('refused')) : noting(sent, uid);
          await once(shared)(claim(uid), send).catch(() => undefined);
        }
        expect(sent).toEqual([...new Set(attempts.filter(({ fails }) => !fails).map(({ uid }) => uid))]);
      },
    ),
  ));
