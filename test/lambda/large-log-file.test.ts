import { gzipSync } from 'node:zlib';
import { historyInMemory } from '../../core/scan';
import { toCriteria } from '../../core/settings';
import { once, publisher, type Place } from '../../lambda/delivery';
import type { ScannedReport } from '../../lambda/report';
import { recordNamed } from '../support/golden';
import { monitorWith } from '../support/monitoring';
import { sentAlertsInMemory } from '../support/sent-alerts';

/* A log file with more alerts than one invocation can send is continued by the next, and nothing is told twice. */

const TAGS = recordNamed('tags-added');
const KEY =
  'AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/20/111122223333_CloudTrail_eu-west-1_20261120T1405Z_a.json.gz';

const calls = (count: number, name = 'call'): readonly object[] =>
  Array.from({ length: count }, (_, at) => ({
    ...TAGS,
    eventID: `${name}-${at}`,
    eventTime: `2026-11-24T12:00:00.${String(at).padStart(6, '0')}Z`,
  }));

const ARN = 'arn:aws:es:eu-west-1:111122223333:domain/logs';

/** An update of the access policy: who is let in, and at which time; calls at one time are in the order of their ids. */
function update(eventID: string, eventTime: string, principal: string): object {
  const Statement = [{ Effect: 'Allow', Principal: { AWS: principal }, Action: 'es:*', Resource: `${ARN}/*` }];
  const accessPolicies = JSON.stringify({ Statement });
  return {
    eventSource: 'es.amazonaws.com',
    eventName: 'UpdateDomainConfig',
    eventTime,
    eventID,
    awsRegion: 'eu-west-1',
    recipientAccountId: '111122223333',
    userIdentity: { type: 'IAMUser', userName: 'jane', arn: 'arn:aws:iam::111122223333:user/jane' },
    requestParameters: { domainName: 'logs', accessPolicies },
    responseElements: { domainConfig: { accessPolicies: { options: accessPolicies } } },
  };
}

/** The function, whose invocations are over once they have sent `most` alerts. */
function deployed(most: number, cannotSend = (_uid: string): boolean => false) {
  const sent: string[] = [];
  const reports: ScannedReport[] = [];
  const places = new Map<string, Place>();
  const sentAlerts = sentAlertsInMemory();
  const history = historyInMemory(sentAlerts.isTold);
  const files = new Map<string, readonly object[]>();
  const deliver = async (
    logFile = KEY,
    isOver = (sentNow: number) => sentNow >= most,
  ): Promise<'done' | 'comes again'> => {
    const before = sent.length;
    const { batchItemFailures } = await monitorWith(
      {
        Records: [
          {
            eventSource: 'aws:sqs',
            messageId: 'message',
            body: JSON.stringify({ s3Bucket: 'trail', s3ObjectKey: [logFile] }),
          },
        ],
      },
      toCriteria(),
      {
        openObject: async ({ key }) => {
          const bytes = gzipSync(JSON.stringify({ Records: files.get(key) ?? [] }));
          return { size: bytes.length, read: async () => bytes };
        },
        publish: publisher(async ({ uid }) => {
          if (cannotSend(uid)) throw new Error('refused');
          sent.push(uid);
        }, once(sentAlerts)),
        historyOf: history.of,
        places: { of: async ({ key }) => places.get(key) },
        keepPlace: async ({ key }, place) => void places.set(key, place),
        isOver: () => isOver(sent.length - before),
        report: (report) => {
          if (report.outcome === 'scanned') reports.push(report);
        },
      },
    );
    return batchItemFailures.length === 0 ? 'done' : 'comes again';
  };
  const hold = (records: readonly object[], key = KEY): void => void files.set(key, records);
  return { deliver, sent, reports, places, hold };
}

test('in each invocation it goes on where it came to, until all is told, once', async () => {
  const { deliver, sent, reports, hold } = deployed(900);
  hold(calls(2600));
  const outcomes = [];
  for (let delivery = 0; delivery < 3; delivery++) outcomes.push(await deliver());
  expect(outcomes).toEqual(['comes again', 'comes again', 'done']);
  expect(sent).toEqual(calls(2600).map((_, at) => `call-${at}`));
  expect(reports.map(({ counts }) => counts.alerted)).toEqual([1000, 1000, 600]);
});

test('an alert that cannot be sent keeps none behind it from being sent, and is tried again', async () => {
  let isRefused = true;
  const { deliver, sent, hold } = deployed(10_000, (uid) => isRefused && uid === 'call-3');
  hold(calls(1200));
  expect(await deliver()).toBe('comes again');
  expect(sent).toHaveLength(1199);
  isRefused = false;
  expect(await deliver()).toBe('done');
  expect(sent).toHaveLength(1200);
});

test('an alert that can never be sent keeps none in later invocations from being sent, and is tried again after them', async () => {
  let tried = 0;
  const { deliver, sent, hold } = deployed(10_000, (uid) => uid === 'call-3' && ++tried > 0);
  hold(calls(2600));
  for (let delivery = 0; delivery < 4; delivery++) {
    let parts = 0;
    expect(await deliver(KEY, () => ++parts > 2)).toBe('comes again');
  }
  expect(sent).toHaveLength(2599);
  expect(tried).toBe(2);
});

test('a file that was written over since is begun anew', async () => {
  const { deliver, sent, hold } = deployed(400);
  hold(calls(1200));
  expect(await deliver()).toBe('comes again');
  hold(calls(1200, 'other'));
  while ((await deliver()) !== 'done');
  expect(sent.filter((uid) => uid.startsWith('other'))).toHaveLength(1200);
});

test('calls at one time that two parts of a file share are judged in their order', async () => {
  const { deliver, sent, hold } = deployed(10_000);
  hold([
    update('first', '2026-11-24T11:00:00Z', '*'),
    ...calls(498),
    update('z-opens', '2026-11-24T13:00:00Z', '*'),
    update('a-closes', '2026-11-24T13:00:00Z', '111122223333'),
  ]);
  expect(await deliver()).toBe('done');
  expect(sent.filter((uid) => !uid.startsWith('call'))).toEqual(['first', 'a-closes', 'z-opens']);
});

test('a large file that has to be judged anew and cannot be to its end, as the invocation ends, is judged anew again', async () => {
  const { deliver, sent, hold } = deployed(10_000);
  const LATE = KEY.replace('_a.', '_b.');
  hold([update('first', '2026-11-24T11:00:00Z', '*'), ...calls(700), update('again', '2026-11-24T13:00:00Z', '*')]);
  hold([update('closes', '2026-11-24T11:30:00Z', '111122223333')], LATE);
  expect(await deliver()).toBe('done');
  expect(sent).not.toContain('again');
  expect(await deliver(LATE, () => true)).toBe('comes again');
  expect(await deliver(LATE)).toBe('done');
  expect(sent.slice(-2)).toEqual(['closes', 'again']);
});

test('a file of usual size keeps no place', async () => {
  const { deliver, places, hold } = deployed(1);
  hold(calls(20));
  expect(await deliver()).toBe('done');
  expect(places.size).toBe(0);
});
