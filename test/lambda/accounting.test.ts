import { gzipSync } from 'node:zlib';
import { EQUATIONS, imbalanceOf, type Counters, type MetricName } from '../../core/base/accounting';
import { historyInMemory } from '../../core/scan';
import { toCriteria } from '../../core/settings';
import { countersOf } from '../../lambda/counters';
import { monitor } from '../../lambda/monitor';
import type { Report } from '../../lambda/report';
import { timeForOne } from '../../lambda/time-for-one';
import { recordNamed } from '../support/golden';
import { monitorWith, type AllEffects } from '../support/monitoring';
import { otherRecord, QUEUE, queueUrl, WATCHED_NAMES } from '../support/watched';

/* What is received is the sum of what became of it, however an invocation ends. */

const PUBLIC = recordNamed('policy-opened-to-everyone');
const TAGS = recordNamed('tags-added');
const READ = { ...TAGS, eventName: 'DescribeDomain', readOnly: true };

const keyOf = (name: string): string =>
  `AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/20/111122223333_CloudTrail_eu-west-1_20261120T1405Z_${name}.json.gz`;

const batch = (...messages: readonly (readonly string[])[]) => ({
  Records: messages.map((names, at) => ({
    eventSource: 'aws:sqs',
    messageId: `message-${at}`,
    body: JSON.stringify({ s3Bucket: 'trail', s3ObjectKey: names.map(keyOf) }),
  })),
});

/** The function on log files by name, and all it reported. */
function world(files: Readonly<Record<string, readonly object[]>>) {
  const reports: Report[] = [];
  const effects: AllEffects = {
    openObject: async ({ key }) => {
      const records = Object.entries(files).find(([name]) => key === keyOf(name))?.[1];
      if (!records) throw new Error('no such key');
      const bytes = gzipSync(JSON.stringify({ Records: records }));
      return { size: bytes.length, read: async () => bytes };
    },
    publish: async () => 'sent',
    report: (report) => reports.push(report),
  };
  return { effects, reports };
}

function totalOf(reports: readonly Report[]): Counters {
  const total: Partial<Record<MetricName, number>> = {};
  for (const report of reports) {
    for (const [name, count] of Object.entries(countersOf(report)) as [MetricName, number][]) {
      total[name] = (total[name] ?? 0) + count;
    }
  }
  return total;
}

const imbalances = (reports: readonly Report[]): readonly number[] =>
  EQUATIONS.map((equation) => imbalanceOf(equation, totalOf(reports)));

const BALANCED = EQUATIONS.map(() => 0);

test('each call is told, grouped, told before, failed, informational or suppressed; each record is that or ignored', async () => {
  const { effects, reports } = world({ a: [PUBLIC, TAGS, READ, { ...PUBLIC, eventID: 'second' }] });
  const fates = ['sent', 'already-sent', 'grouped'] as const;
  let at = 0;
  await monitorWith(batch(['a']), toCriteria(), { ...effects, publish: async () => fates[at++ % 3] ?? 'sent' });
  expect(totalOf(reports)).toMatchObject({
    LogFilesReceived: 1,
    LogFilesScanned: 1,
    RecordsReceived: 4,
    RecordsIgnored: 1,
    CallsFound: 3,
    AlertsSent: 1,
    AlertsAlreadySent: 1,
    CallsGrouped: 1,
  });
  expect(imbalances(reports)).toEqual(BALANCED);
});

test('one that was told and not recorded is one that was told', async () => {
  const { effects, reports } = world({ a: [PUBLIC] });
  await monitorWith(batch(['a']), toCriteria(), { ...effects, publish: async () => 'unrecorded' });
  expect(totalOf(reports)).toMatchObject({ AlertsSent: 1, AlertsUnrecorded: 1 });
  expect(imbalances(reports)).toEqual(BALANCED);
});

test('each call that an owner is to be told of is told, known or failed, and its failure has the file come again', async () => {
  const second = { ...PUBLIC, eventID: 'second' };
  const { effects, reports } = world({ a: [PUBLIC, TAGS, second, { ...PUBLIC, eventID: 'third' }] });
  const accounts = { [PUBLIC['recipientAccountId'] as string]: { owner: 'search', minimumSeverity: 'HIGH' } } as const;
  const result = await monitorWith(batch(['a']), toCriteria({ accounts }), {
    ...effects,
    tellsOwners: true,
    publish: async (_, { call }, to) => {
      if (to !== undefined && call?.uid === 'second') throw new Error('no such topic');
      return to !== undefined && call?.uid === 'third' ? 'already-sent' : 'sent';
    },
  });
  expect(totalOf(reports)).toMatchObject({
    LogFilesFailed: 1,
    AlertsSent: 4,
    AlertsFailed: 0,
    OwnerAlertsDue: 3,
    OwnerAlertsSent: 1,
    OwnerAlertsKnown: 1,
    OwnerAlertsFailed: 1,
  });
  expect(imbalances(reports)).toEqual(BALANCED);
  expect(result).toMatchObject({ batchItemFailures: [{}] });
});

test('a call whose fate publishing does not know is missing in the sum', async () => {
  const { effects, reports } = world({ a: [PUBLIC, TAGS] });
  const unheardOf = 'lost' as unknown as 'sent';
  await monitorWith(batch(['a']), toCriteria(), {
    ...effects,
    publish: async ({ uid }) => (uid === PUBLIC['eventID'] ? unheardOf : 'sent'),
  });
  expect(imbalances(reports)).toEqual([0, 0, 0, 1, 0, 0]);
});

test('of a message with three files, of which one is done when the invocation ends, two are told as failed, and later nothing', async () => {
  const { effects, reports } = world({ a: [PUBLIC], b: [TAGS], c: [TAGS] });
  let goOn: () => void = () => undefined;
  const later = new Promise<void>((resolve) => (goOn = resolve));
  const response = await monitorWith(batch(['a', 'b', 'c'], ['a']), toCriteria(), {
    ...effects,
    openObject: async (ref, signal) => {
      if (ref.key !== keyOf('a')) await later;
      return effects.openObject(ref, signal);
    },
    over: new Promise((resolve) => setTimeout(resolve, 100)),
  });
  expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-0' }] });
  expect(totalOf(reports)).toMatchObject({ LogFilesReceived: 4, LogFilesScanned: 2, LogFilesFailed: 2 });
  const failed = reports.filter(({ outcome }) => outcome === 'failed');
  expect(failed).toMatchObject([
    { logFile: { key: keyOf('b') }, messageId: 'message-0' },
    { logFile: { key: keyOf('c') }, messageId: 'message-0' },
  ]);
  goOn();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(reports).toHaveLength(4);
});

test('a later file that cannot be scanned again fails as itself, beside the one that was scanned', async () => {
  const policy = (eventID: string, eventTime: string) => ({ ...PUBLIC, eventID, eventTime });
  const { effects, reports } = world({
    later: [policy('later', '2026-11-24T12:00:00Z')],
    earlier: [policy('earlier', '2026-11-24T11:00:00Z')],
  });
  const historyOf = historyInMemory(async () => undefined).of;
  await monitorWith(batch(['later']), toCriteria(), { ...effects, historyOf });
  const response = await monitorWith(batch(['earlier']), toCriteria(), {
    ...effects,
    historyOf,
    openObject: async (ref, signal) => {
      if (ref.key === keyOf('later')) throw new Error('gone');
      return effects.openObject(ref, signal);
    },
  });
  expect(response.batchItemFailures).toHaveLength(1);
  expect(totalOf(reports)).toMatchObject({ LogFilesReceived: 3, LogFilesScanned: 2, LogFilesFailed: 1 });
  expect(reports.at(-1)).toMatchObject({ outcome: 'failed', isAgain: true, logFile: { key: keyOf('later') } });
});

test('what cannot be read as a notification is received and failed, and found by its message', async () => {
  const { effects, reports } = world({});
  const event = { Records: [{ eventSource: 'aws:sqs', messageId: 'strange', body: 'no notification' }] };
  await monitorWith(event, toCriteria(), effects);
  expect(totalOf(reports)).toEqual({ LogFilesReceived: 1, LogFilesFailed: 1 });
  expect(reports).toMatchObject([{ messageId: 'strange' }]);
});

describe('calls of other services', () => {
  const stopped = otherRecord('cloudtrail', 'StopLogging', { name: 'EsConfigMonitor-Trail1A2B3C4D-AbCdEfGhIjKl' });
  const purged = otherRecord('sqs', 'PurgeQueue', { queueUrl: queueUrl(QUEUE) });
  const elsewhere = otherRecord('sqs', 'PurgeQueue', { queueUrl: queueUrl('orders') });

  test('have counters of their own, and leave those of the service alone', async () => {
    const { effects, reports } = world({ a: [PUBLIC, stopped, READ, purged, elsewhere] });
    await monitorWith(batch(['a']), toCriteria({}, WATCHED_NAMES), effects);
    expect(totalOf(reports)).toMatchObject({
      LogFilesScanned: 1,
      RecordsReceived: 2,
      CallsFound: 1,
      AlertsSent: 1,
      WatchedCallsFound: 2,
      WatchedAlertsSent: 2,
    });
    expect(imbalances(reports)).toEqual(BALANCED);
  });

  test('of which one is not told make the log file fail, and both sums hold', async () => {
    const { effects, reports } = world({ a: [PUBLIC, stopped] });
    const publish: AllEffects['publish'] = async ({ body }) => {
      if (body.finding_info.analytic.uid === 'trail-stopped') throw new Error('not now');
      return 'sent';
    };
    const answer = await monitorWith(batch(['a']), toCriteria({}, WATCHED_NAMES), { ...effects, publish });
    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: 'message-0' }]);
    expect(totalOf(reports)).toMatchObject({ LogFilesFailed: 1, AlertsSent: 1, WatchedAlertsFailed: 1 });
    expect(imbalances(reports)).toEqual(BALANCED);
  });

  test('that are suppressed are found and not told', async () => {
    const { effects, reports } = world({ a: [stopped] });
    const suppressions = [{ rule: 'trail-stopped', reason: 'a drill', expires: '2099-01-01' }];
    await monitorWith(batch(['a']), toCriteria({ suppressions }, WATCHED_NAMES), effects);
    expect(totalOf(reports)).toMatchObject({ WatchedCallsFound: 1, WatchedCallsNotTold: 1 });
    expect(imbalances(reports)).toEqual(BALANCED);
  });
});

describe('records that come as events', () => {
  const events = (...records: readonly object[]) => ({
    Records: records.map((detail, at) => ({
      eventSource: 'aws:sqs',
      messageId: `message-${at}`,
      body: JSON.stringify({ 'detail-type': 'AWS API Call via CloudTrail', source: 'aws.es', detail }),
    })),
  });

  test('are no log files, and their calls are calls like all others', async () => {
    const { effects, reports } = world({ a: [PUBLIC] });
    await monitorWith(events(PUBLIC, TAGS), toCriteria(), { ...effects, hasFastPath: true });
    await monitorWith(batch(['a']), toCriteria(), { ...effects, publish: async () => 'already-sent' });
    expect(totalOf(reports)).toMatchObject({
      FastRecordsReceived: 2,
      FastRecordsJudged: 2,
      LogFilesReceived: 1,
      LogFilesScanned: 1,
      RecordsReceived: 3,
      AlertsSent: 2,
      AlertsAlreadySent: 1,
    });
    expect(imbalances(reports)).toEqual(BALANCED);
  });

  test('fail by themselves where they are not told, and come again', async () => {
    const { effects, reports } = world({});
    const answer = await monitorWith(events(PUBLIC, TAGS), toCriteria(), {
      ...effects,
      hasFastPath: true,
      publish: async ({ uid }) => {
        if (uid === PUBLIC['eventID']) throw new Error('topic is down');
        return 'sent';
      },
    });
    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: 'message-0' }]);
    expect(totalOf(reports)).toMatchObject({ FastRecordsReceived: 2, FastRecordsJudged: 1, FastRecordsFailed: 1 });
    expect(imbalances(reports)).toEqual(BALANCED);
  });

  test('fail where there is no time for them', async () => {
    const { effects, reports } = world({});
    const publish = () => new Promise<'sent'>(() => undefined);
    await monitorWith(events(PUBLIC), toCriteria(), {
      ...effects,
      hasFastPath: true,
      publish,
      over: Promise.resolve(),
    });
    expect(totalOf(reports)).toEqual({ FastRecordsReceived: 1, FastRecordsFailed: 1 });
  });

  test('are not believed where none are expected: somebody may have sent them', async () => {
    const { effects, reports } = world({});
    const answer = await monitorWith(events(PUBLIC), toCriteria(), effects);
    expect(answer.batchItemFailures).toHaveLength(1);
    expect(totalOf(reports)).toEqual({ FastRecordsReceived: 1, FastRecordsFailed: 1 });
  });
});

test('objects that are forgotten are received and nothing else', () => {
  expect(imbalances([{ outcome: 'forgotten', count: 2 }])).toEqual([2, 0, 0, 0, 0, 0]);
});

describe('an object that takes too long', () => {
  const effects = {
    deliver: async () => Promise.reject(new Error('has no records')),
    report: () => undefined,
  };

  test('is given up when its time is over, and the others of the batch are done', async () => {
    const ended = new AbortController();
    const failures: Report[] = [];
    const response = await monitor(batch(['stuck'], ['good']), {
      ...effects,
      report: (report) => void (report.outcome === 'failed' && failures.push(report)),
      openObject: async ({ key }, signal) => {
        const bytes = Buffer.from('{"Records":[]}');
        if (key === keyOf('good')) return { size: bytes.length, read: async () => bytes };
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
      },
      timeForOne: timeForOne(() => 100, ended.signal),
    });
    expect(response.batchItemFailures).toEqual([{ itemIdentifier: 'message-0' }]);
    expect(failures).toMatchObject([
      { error: { message: 'log file takes longer than the 0 seconds there are for one' } },
    ]);
  });

  test('that fails by itself is told with its own error', async () => {
    const failing = timeForOne(
      () => 60_000,
      new AbortController().signal,
    )(async () => {
      throw new Error('access denied');
    });
    await expect(failing).rejects.toThrow('access denied');
  });
});
