import type { Alert } from '../../../core/alert';
import { burstOf, inBursts } from '../../../lambda/delivery/burst';
import { once } from '../../../lambda/delivery/once';
import { judge, type Judgement } from '../../../core/scan';
import { toCriteria } from '../../../core/settings';
import { sentAlertsInMemory } from '../../support/sent-alerts';
import { checked } from '../../support/alert-schema';

/** A denied deletion, as CloudTrail writes it: the domain is only in the message. */
function denied(eventID: string, eventTime: string, user = 'intruder', more: object = {}): Judgement {
  return judge(
    {
      eventSource: 'es.amazonaws.com',
      eventName: 'DeleteDomain',
      eventTime,
      eventID,
      awsRegion: 'us-east-1',
      recipientAccountId: '123456789012',
      userIdentity: { type: 'IAMUser', userName: user, arn: `arn:aws:iam::123456789012:user/${user}` },
      errorCode: 'AccessDenied',
      errorMessage: `[User: arn:aws:iam::123456789012:user/${user} is not authorized to perform: es:DeleteDomain on resource: arn:aws:es:us-east-1:123456789012:domain/logs]`,
      requestParameters: null,
      responseElements: null,
      ...more,
    },
    toCriteria(),
  );
}

/** Publishing with everything shared kept in memory. */
function publisher() {
  const sent: Alert[] = [];
  const bursts = new Map<string, Set<string>>();
  const sendOnce = once(sentAlertsInMemory());
  const publishInBurst = inBursts(
    async (alert) => void sent.push(checked(alert)),
    sendOnce,
    async ({ uid }, callUid) => {
      const calls = (bursts.get(uid) ?? new Set()).add(callUid);
      bursts.set(uid, calls);
      const [first] = calls;
      return first === callUid ? 0 : calls.size - 1;
    },
  );
  const publish = async (judgements: readonly Judgement[]): Promise<readonly string[]> => {
    const results: string[] = [];
    for (const judgement of judgements) {
      const burst = burstOf(judgement);
      if (burst) results.push(await publishInBurst(judgement, burst, judgements.length));
    }
    return results;
  };
  return { sent, publish };
}

test('of a burst the first call is told as itself, the others in one alert that counts them', async () => {
  const { sent, publish } = publisher();
  const calls = [1, 2, 3, 4].map((n) => denied(`e${n}`, `2026-11-24T12:0${n}:00Z`));
  expect(await publish(calls)).toEqual(['sent', 'grouped', 'grouped', 'grouped']);
  expect(sent.map(({ body }) => [body.finding_info.uid.slice(0, 6), body.count])).toEqual([
    ['e1', undefined],
    ['burst-', 4],
  ]);
  expect(sent[1]?.body.message).toContain(
    '4 such calls of this caller were denied so far in the hour from 2026-11-24T12:00Z',
  );
});

test('a redelivered burst is silent', async () => {
  const { sent, publish } = publisher();
  const calls = [1, 2, 3].map((n) => denied(`e${n}`, `2026-11-24T12:0${n}:00Z`));
  await publish(calls);
  expect(await publish(calls)).toEqual(['already-sent', 'already-sent', 'already-sent']);
  expect(sent).toHaveLength(2);
});

test.each([
  ['another caller', denied('e2', '2026-11-24T12:02:00Z', 'somebody-else')],
  ['another hour', denied('e2', '2026-11-24T13:02:00Z')],
  ['another severity', denied('e2', '2026-11-24T12:02:00Z', 'intruder', { eventName: 'DeletePackage' })],
  ['another account', denied('e2', '2026-11-24T12:02:00Z', 'intruder', { recipientAccountId: '210987654321' })],
])('%s is another burst', async (_, other) => {
  const { publish } = publisher();
  expect(await publish([denied('e1', '2026-11-24T12:01:00Z'), other])).toEqual(['sent', 'sent']);
});

test('a call that succeeded belongs to no burst', () => {
  const succeeded = { errorCode: undefined, requestParameters: { domainName: 'logs' } };
  expect(burstOf(denied('e1', '2026-11-24T12:01:00Z', 'intruder', succeeded))).toBeUndefined();
});

test('failed calls flood as denied ones do, in a burst of their own', async () => {
  const { sent, publish } = publisher();
  const failed = { errorCode: 'LimitExceededException' };
  const calls = [
    denied('e1', '2026-11-24T12:01:00Z'),
    ...[2, 3, 4].map((n) => denied(`e${n}`, `2026-11-24T12:0${n}:00Z`, 'intruder', failed)),
  ];
  expect(await publish(calls)).toEqual(['sent', 'sent', 'grouped', 'grouped']);
  expect(sent).toHaveLength(3);
});

test('a call whose id is that of its burst is told, and nothing waits for itself', async () => {
  const { publish } = publisher();
  const first = denied('e1', '2026-11-24T12:01:00Z');
  const uid = burstOf(first)?.uid ?? '';
  expect(await publish([first, denied(uid, '2026-11-24T12:02:00Z')])).toEqual(['sent', 'grouped']);
});
