import fc from 'fast-check';
import type { Alert } from '../lambda/alert';
import { once, type SentAlerts } from '../lambda/once';

const alert = (uid: string): Alert => ({ uid }) as Alert;

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

test('an alert that was sent before is not published again', async () => {
  const published: string[] = [];
  const shared = sentAlerts();
  const publish = async ({ uid }: Alert): Promise<void> => void published.push(uid);
  expect(await once(publish, shared)(alert('a'))).toBe('sent');
  expect(await once(publish, shared)(alert('a'))).toBe('already-sent');
  expect(published).toEqual(['a']);
});

test('one record in two files of a batch is one alert, and neither file fails', async () => {
  const published: string[] = [];
  const publish = once(async ({ uid }) => void published.push(uid), sentAlerts());
  expect(await Promise.all([publish(alert('a')), publish(alert('a')), publish(alert('b'))])).toEqual([
    'sent',
    'already-sent',
    'sent',
  ]);
  expect(published).toEqual(['a', 'b']);
});

test('an alert that could not be published is claimed by nobody and can be tried again', async () => {
  const shared = sentAlerts();
  const failing = once(() => Promise.reject(new Error('topic is gone')), shared);
  await expect(failing(alert('a'))).rejects.toThrow('topic is gone');
  expect(await once(async () => undefined, shared)(alert('a'))).toBe('sent');
});

test('while another invocation is sending an alert, ours fails and says so', async () => {
  const shared = sentAlerts();
  shared.states.set('a', 'claimed');
  await expect(once(async () => undefined, shared)(alert('a'))).rejects.toThrow('is being sent by another invocation');
});

test('a crash between publishing and recording makes two alerts, never none', async () => {
  let published = 0;
  const shared = sentAlerts();
  const crashing: SentAlerts = { ...shared, confirm: () => Promise.reject(new Error('killed')) };
  await expect(once(async () => void published++, crashing)(alert('a'))).rejects.toThrow('killed');
  shared.states.delete('a'); // The claim runs out with the invocation.
  await once(async () => void published++, shared)(alert('a'));
  expect(published).toBe(2);
});

test('whatever fails and however often it is tried, every alert is sent at least once and confirmed ones never again', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ uid: fc.constantFrom('a', 'b', 'c'), fails: fc.boolean() }), { maxLength: 30 }),
      async (attempts) => {
        const published: string[] = [];
        const shared = sentAlerts();
        for (const { uid, fails } of attempts) {
          const publish = async (): Promise<void> => {
            if (fails) throw new Error('refused');
            published.push(uid);
          };
          await once(publish, shared)(alert(uid)).catch(() => undefined);
        }
        const expected = [...new Set(attempts.filter(({ fails }) => !fails).map(({ uid }) => uid))];
        expect(published).toEqual(expected);
      },
    ),
  ));
