import * as fc from 'fast-check';
import { once, type SentAlerts } from '../../../lambda/delivery/once';

/** The shared record of sent alerts as a map, for invocations that run in one process. */
function sentAlerts(): SentAlerts & { readonly states: Map<string, 'claimed' | 'sent'> } {
  const states = new Map<string, 'claimed' | 'sent'>();
  return {
    states,
    claim: async (uid) => {
      const state = states.get(uid);
      if (state === 'claimed') throw new Error('is being sent by another invocation');
      states.set(uid, state ?? 'claimed');
      return state ?? 'claimed';
    },
    confirm: async (uid) => void states.set(uid, 'sent'),
    release: async (uid) => void states.delete(uid),
  };
}

/** Sends by noting the uid. */
const noting =
  (sent: string[], uid: string): (() => Promise<'sent'>) =>
  async () => {
    sent.push(uid);
    return 'sent';
  };

test('an alert that was sent before is not sent again', async () => {
  const sent: string[] = [];
  const shared = sentAlerts();
  expect(await once(shared)('a', noting(sent, 'a'))).toBe('sent');
  expect(await once(shared)('a', noting(sent, 'a'))).toBe('already-sent');
  expect(sent).toEqual(['a']);
});

test('one record in two files of a batch is one alert, and neither file fails', async () => {
  const sent: string[] = [];
  const sendOnce = once(sentAlerts());
  expect(await Promise.all(['a', 'a', 'b'].map((uid) => sendOnce(uid, noting(sent, uid))))).toEqual([
    'sent',
    'already-sent',
    'sent',
  ]);
  expect(sent).toEqual(['a', 'b']);
});

test('an alert that could not be sent is claimed by nobody and can be tried again', async () => {
  const shared = sentAlerts();
  await expect(once(shared)('a', () => Promise.reject(new Error('topic is gone')))).rejects.toThrow('topic is gone');
  expect(await once(shared)('a', noting([], 'a'))).toBe('sent');
});

test('while another invocation is sending an alert, ours fails and says so', async () => {
  const shared = sentAlerts();
  shared.states.set('a', 'claimed');
  await expect(once(shared)('a', noting([], 'a'))).rejects.toThrow('is being sent by another invocation');
});

test('a crash between sending and recording makes two alerts, never none', async () => {
  const sent: string[] = [];
  const shared = sentAlerts();
  const crashing: SentAlerts = { ...shared, confirm: () => Promise.reject(new Error('killed')) };
  await expect(once(crashing)('a', noting(sent, 'a'))).rejects.toThrow('killed');
  await once(shared)('a', noting(sent, 'a'));
  expect(sent).toEqual(['a', 'a']);
});

test('whatever fails and however often it is tried, every alert is sent once', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ uid: fc.constantFrom('a', 'b', 'c'), fails: fc.boolean() }), { maxLength: 30 }),
      async (attempts) => {
        const sent: string[] = [];
        const shared = sentAlerts();
        for (const { uid, fails } of attempts) {
          const send = fails ? () => Promise.reject(new Error('refused')) : noting(sent, uid);
          await once(shared)(uid, send).catch(() => undefined);
        }
        expect(sent).toEqual([...new Set(attempts.filter(({ fails }) => !fails).map(({ uid }) => uid))]);
      },
    ),
  ));
