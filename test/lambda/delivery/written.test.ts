import { toPublishInput, type Alert } from '../../../core/alert';
import { toCall, type Call } from '../../../core/call';
import { conclude, considerCall, type Judgement } from '../../../core/scan/judge';
import { toCriteria } from '../../../core/settings';
import { inBursts } from '../../../lambda/delivery/burst';
import { once, type Claim } from '../../../lambda/delivery/once';
import { publishAll, publisher, type PublishedAlerts } from '../../../lambda/delivery/publish';
import { recordOf, type JsonObject } from '../../support/records';
import { sentAlertsInMemory } from '../../support/sent-alerts';

/** A judgement, and how often a text was made that tells what the call was made with. */
function judged(record: JsonObject): { readonly judgement: Judgement; readonly written: () => number } {
  let written = 0;
  const call = { ...toCall(record) } as Call;
  Object.defineProperty(call, 'userAgent', {
    get: () => {
      written += 1;
      return 'aws-cli/2';
    },
  });
  const criteria = toCriteria();
  return { judgement: conclude(considerCall(call, criteria), criteria), written: () => written };
}

/** Delivery with everything shared kept in memory; `before` are calls of the burst that are known. */
function telling(before = 0) {
  const sent: Alert[] = [];
  const shared = sentAlertsInMemory();
  const send = async (alert: Alert): Promise<void> => {
    toPublishInput(alert);
    sent.push(alert);
  };
  const sendOnce = once(shared);
  return {
    sent,
    shared,
    publish: async ({ judgement }: ReturnType<typeof judged>): Promise<PublishedAlerts> =>
      publishAll([judgement], {
        publish: publisher(send, sendOnce),
        publishInBurst: inBursts(send, sendOnce, async () => before),
      }),
  };
}

const OPENED = recordOf('es_UpdateDomainConfig_https_off');

/** The texts of one alert: the e-mail and the machine body tell what the call was made with. */
const ONCE = 2;

test('an alert is written when it is sent, and once', async () => {
  const one = judged(OPENED);
  expect(one.written()).toBe(0);
  expect(await telling().publish(one)).toMatchObject({ sent: 1 });
  expect(one.written()).toBe(ONCE);
});

test('an alert that was sent before is not written', async () => {
  const { publish } = telling();
  await publish(judged(OPENED));
  const again = judged(OPENED);
  expect(await publish(again)).toMatchObject({ alreadySent: 1, sent: 0 });
  expect(again.written()).toBe(0);
});

test('a call of a burst that was told is counted, and not written', async () => {
  const { publish, sent } = telling(1);
  const denied = { errorCode: 'AccessDenied', errorMessage: '[User: x is not authorized]' };
  await publish(judged({ ...OPENED, ...denied, eventID: 'the second' }));
  const third = judged({ ...OPENED, ...denied, eventID: 'the third' });
  expect(await publish(third)).toMatchObject({ grouped: 1 });
  expect(third.written()).toBe(0);
  expect(sent).toHaveLength(1);
});

test('what is told as a correction is written as that alone', async () => {
  const { publish, sent, shared } = telling();
  const worse = judged(OPENED);
  const { uid = '' } = worse.judgement.alert ?? {};
  const milder: Claim = { kind: 'call', uid, severity: 'LOW' };
  await shared.claim(milder);
  await shared.confirm(milder);
  const { told } = await publish(worse);
  expect(sent[0]?.body.unmapped.correction).toEqual({ told: 'LOW' });
  expect(worse.written()).toBe(ONCE);
  expect(told[0]?.attributes).toEqual(sent[0]?.attributes);
});
