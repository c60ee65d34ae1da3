import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import type { Alert } from '../../core/alert';
import type { Report, ScannedReport } from '../../lambda/report';
import { monitorWith as monitor, type AllEffects as Effects } from '../support/monitoring';
import { toCriteria, type Criteria } from '../../core/settings';
import { checked } from '../support/alert-schema';
import { recordNamed } from '../support/golden';
import { changed, type JsonObject } from '../support/records';

const PUBLIC = recordNamed('policy-opened-to-everyone');
const TAGS = recordNamed('tags-added');
const DENIED = recordNamed('deletion-denied');
const READ = { ...TAGS, eventName: 'DescribeDomain', readOnly: true };
const REHEARSAL = changed(PUBLIC, { 'requestParameters/dryRun': true });
const OTHER = { eventSource: 's3.amazonaws.com', eventName: 'GetObject', eventID: 'of-another-service' };

const withId = (record: JsonObject, eventID: string): JsonObject => ({ ...record, eventID });
const logFile = (...records: readonly unknown[]): Uint8Array => gzipSync(JSON.stringify({ Records: records }));

/** A bucket of log files by key; what else the monitor did. */
function world(
  objects: Readonly<Record<string, Uint8Array>>,
  publish: (alert: Alert) => Promise<void> = async () => {},
) {
  const tried: Alert[] = [];
  const reports: Report[] = [];
  const effects: Effects = {
    openObject: async ({ key }) => {
      const bytes = objects[key];
      if (!bytes) throw new Error(`no such key ${key}`);
      return { size: bytes.length, read: async () => bytes };
    },
    publish: async (alert) => {
      tried.push(checked(alert));
      await publish(alert);
      return 'sent';
    },
    report: (report) => reports.push(report),
  };
  return { effects, tried, reports, triedIds: () => tried.map(({ uid }) => uid).sort() };
}

const keyOf = (name: string): string =>
  `AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/20/111122223333_CloudTrail_eu-west-1_20261120T1405Z_${name}.json.gz`;

const s3Event = (...keys: readonly string[]) => ({
  Records: keys.map((key) => ({
    eventSource: 'aws:s3',
    eventName: 'ObjectCreated:Put',
    awsRegion: 'eu-west-1',
    s3: { bucket: { name: 'trail' }, object: { key, size: 1000 } },
  })),
});

const batch = (...bodies: readonly unknown[]) => ({
  Records: bodies.map((body, at) => ({
    eventSource: 'aws:sqs',
    messageId: `message-${at}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })),
});

const settings = toCriteria();
const failedIn = async (event: unknown, effects: Effects, given: Criteria = settings): Promise<readonly string[]> =>
  (await monitor(event, given, effects)).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);

const scannedIn = (reports: readonly Report[]): readonly ScannedReport[] =>
  reports.flatMap((report) => (report.outcome === 'scanned' ? [report] : []));

describe('a batch of messages', () => {
  test('of which one never ends fails that one when the invocation ends, and the others stay done', async () => {
    const { effects, reports, triedIds } = world({ [keyOf('good')]: logFile(withId(PUBLIC, 'good')) });
    const hanging: Effects = {
      ...effects,
      openObject: (ref, signal) =>
        ref.key === keyOf('stuck') ? new Promise(() => undefined) : effects.openObject(ref, signal),
      over: new Promise((resolve) => setTimeout(resolve, 50)),
    };
    expect(await failedIn(batch(s3Event(keyOf('stuck')), s3Event(keyOf('good'))), hanging)).toEqual(['message-0']);
    expect(triedIds()).toEqual(['good']);
    expect(reports.map(({ outcome }) => outcome).toSorted()).toEqual(['failed', 'scanned']);
  });

  test('of ten with one unreadable file fails that one message and does the others', async () => {
    const names = Array.from({ length: 10 }, (_, at) => `file-${at}`);
    const objects = Object.fromEntries(names.map((name) => [keyOf(name), logFile(withId(PUBLIC, name))]));
    const { effects, reports, triedIds } = world({ ...objects, [keyOf('file-6')]: Buffer.from('damaged') });
    const failed = await failedIn(batch(...names.map((name) => s3Event(keyOf(name)))), effects);
    expect(failed).toEqual(['message-6']);
    expect(triedIds()).toEqual(names.filter((name) => name !== 'file-6'));
    expect(scannedIn(reports)).toHaveLength(9);
    expect(reports.filter(({ outcome }) => outcome === 'failed')).toMatchObject([
      { logFile: { bucket: 'trail', key: keyOf('file-6') }, error: expect.any(Error) },
    ]);
  });

  test('with a file that is not there, a text that is no notification and an unknown shape fails those', async () => {
    const { effects, triedIds } = world({ [keyOf('a')]: logFile(PUBLIC) });
    const bodies = [s3Event(keyOf('gone')), 'not a notification', { hello: 'world' }, s3Event(keyOf('a'))];
    expect(await failedIn(batch(...bodies), effects)).toEqual(['message-0', 'message-1', 'message-2']);
    expect(triedIds()).toEqual([PUBLIC['eventID']]);
  });

  test('in which one publish fails fails its message alone, and every other alert is tried', async () => {
    const records = ['a', 'b', 'c', 'd'].map((id) => withId(PUBLIC, id));
    const { effects, reports, triedIds } = world(
      { [keyOf('one')]: logFile(...records), [keyOf('two')]: logFile(withId(PUBLIC, 'e')) },
      async ({ uid }) => {
        if (uid === 'b') throw new Error('throttled');
      },
    );
    expect(await failedIn(batch(s3Event(keyOf('one')), s3Event(keyOf('two'))), effects)).toEqual(['message-0']);
    expect(triedIds()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(scannedIn(reports).map(({ unpublished }) => unpublished.length)).toEqual(expect.arrayContaining([0, 1]));
  });

  test('of nothing to read is done: a test event, a digest file, a deletion', async () => {
    const { effects, reports } = world({});
    const digest = keyOf('x').replace('/CloudTrail/', '/CloudTrail-Digest/');
    const deletion = { Records: [{ ...s3Event(keyOf('a')).Records[0], eventName: 'ObjectRemoved:Delete' }] };
    const bodies = [{ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'trail' }, s3Event(digest), deletion];
    expect(await failedIn(batch(...bodies), effects)).toEqual([]);
    expect(reports.map((report) => report.outcome)).toEqual(['skipped', 'skipped', 'skipped']);
  });

  test('tells a digest by its content where its key does not', async () => {
    const { effects, reports } = world({
      [keyOf('a')]: gzipSync(JSON.stringify({ digestS3Bucket: 'trail', logFiles: [] })),
    });
    expect(await failedIn(batch(s3Event(keyOf('a'))), effects)).toEqual([]);
    expect(reports).toMatchObject([{ outcome: 'skipped', why: 'digest' }]);
  });
});

describe('a notification by hand', () => {
  test('is read without a queue around it', async () => {
    const { effects, triedIds } = world({ [keyOf('a')]: logFile(PUBLIC, OTHER) });
    expect(await monitor(s3Event(keyOf('a')), settings, effects)).toEqual({ batchItemFailures: [] });
    expect(triedIds()).toEqual([PUBLIC['eventID']]);
  });

  test.each([undefined, null, 7, 'text', [], {}, { Records: 'none' }, { Records: [{ eventSource: 'aws:kinesis' }] }])(
    'of an unknown shape throws: %j',
    async (event) => {
      await expect(monitor(event, settings, world({}).effects)).rejects.toThrow(AggregateError);
    },
  );

  test('with two files of which one cannot be read throws, after the other is done', async () => {
    const { effects, triedIds } = world({ [keyOf('b')]: logFile(PUBLIC) });
    await expect(monitor(s3Event(keyOf('a'), keyOf('b')), settings, effects)).rejects.toThrow('no such key');
    expect(triedIds()).toEqual([PUBLIC['eventID']]);
  });
});

test('a finding that is suppressed is reported by name, and nothing of its record is', async () => {
  const suppressing = toCriteria({
    suppressions: [{ rule: 'configuration-call', reason: 'tags are nobody’s worry', expires: '2999-12-31' }],
  });
  const { effects, reports, tried } = world({ [keyOf('a')]: logFile(TAGS) });
  await monitor(s3Event(keyOf('a')), suppressing, effects);
  expect(tried).toEqual([]);
  expect(scannedIn(reports)[0]?.suppressed).toEqual([
    {
      uid: TAGS['eventID'],
      eventName: 'AddTags',
      rule: 'configuration-call',
      reason: 'tags are nobody’s worry',
    },
  ]);
});

const KINDS = { PUBLIC, TAGS, DENIED, READ, REHEARSAL, OTHER } as const;
type Kind = keyof typeof KINDS;

const FATES: Readonly<Record<Kind, keyof ScannedReport['counts'] | 'not ours'>> = {
  PUBLIC: 'alerted',
  TAGS: 'alerted',
  DENIED: 'alerted',
  READ: 'ignored',
  REHEARSAL: 'informational',
  OTHER: 'not ours',
};

/** The content of an object: a log file of records, or one that cannot be read, or that is not there. */
const anyObject = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.constantFrom(...(Object.keys(KINDS) as Kind[])), { maxLength: 6 }) },
  { weight: 1, arbitrary: fc.constantFrom('damaged' as const, 'missing' as const, 'digest' as const) },
);

test('whatever a batch holds, every object and every record is accounted for once, and no message is lost', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(anyObject, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 10 }),
      fc.func(fc.nat(4)),
      async (messages, luck) => {
        const objects: Record<string, Uint8Array> = {};
        const isUnlucky = (uid: string): boolean => luck(uid) === 0;
        const bodies = messages.map((contents, message) =>
          s3Event(
            ...contents.map((content, at) => {
              const key = keyOf(`${message}-${at}`);
              if (content === 'damaged') objects[key] = logFile(PUBLIC).subarray(0, 40);
              else if (content === 'digest') objects[key] = Buffer.from('{"digestS3Bucket":"b","logFiles":[]}');
              else if (content !== 'missing') {
                objects[key] = logFile(...content.map((kind, n) => withId(KINDS[kind], `${message}-${at}-${n}`)));
              }
              return key;
            }),
          ),
        );
        const { effects, reports, tried } = world(objects, async ({ uid }) => {
          if (isUnlucky(uid)) throw new Error('throttled');
        });
        const failed = await failedIn(batch(...bodies), effects);

        const all = messages.flatMap((contents, message) =>
          contents.map((content, at) => ({ content, id: `${message}-${at}` })),
        );
        const alertsOf = ({ content, id }: (typeof all)[number]): readonly string[] =>
          Array.isArray(content) ? content.flatMap((kind, n) => (FATES[kind] === 'alerted' ? [`${id}-${n}`] : [])) : [];

        // Objects: received = scanned + skipped + failed.
        expect(reports).toHaveLength(all.length);
        expect(reports.filter(({ outcome }) => outcome === 'skipped')).toHaveLength(
          all.filter(({ content }) => content === 'digest').length,
        );
        expect(reports.filter(({ outcome }) => outcome === 'failed')).toHaveLength(
          all.filter(({ content }) => content === 'damaged' || content === 'missing').length,
        );
        // Records: each of ours met one fate, in the report of its own file.
        for (const { logFile: ref, counts, unpublished } of scannedIn(reports)) {
          const file = all.find(({ id }) => ref.key === keyOf(id));
          const kinds = Array.isArray(file?.content) ? file.content : [];
          const expected = { ignored: 0, informational: 0, suppressed: 0, alerted: 0 };
          for (const kind of kinds) {
            const fate = FATES[kind];
            if (fate !== 'not ours') expected[fate] += 1;
          }
          expect(counts).toEqual(expected);
          expect(unpublished).toHaveLength(file ? alertsOf(file).filter(isUnlucky).length : -1);
        }
        // Alerts: each is tried once, and a message is done only if all it announced is.
        expect(tried.map(({ uid }) => uid).sort()).toEqual(all.flatMap(alertsOf).sort());
        expect(failed).toEqual(
          messages.flatMap((contents, message) => {
            const isDone = contents.every(
              (content, at) =>
                content !== 'damaged' &&
                content !== 'missing' &&
                !alertsOf({ content, id: `${message}-${at}` }).some(isUnlucky),
            );
            return isDone ? [] : [`message-${message}`];
          }),
        );
      },
    ),
    { numRuns: 100 },
  );
});

test('objects are read by the size that opening them tells, where the notification knows none', async () => {
  const MIB = 1024 * 1024;
  let reading = 0;
  let most = 0;
  const { effects } = world({});
  const trailMessage = { s3Bucket: 'trail', s3ObjectKey: Array.from({ length: 8 }, (_, at) => keyOf(`large-${at}`)) };
  await monitor(trailMessage, settings, {
    ...effects,
    openObject: async () => ({
      size: 30 * MIB,
      read: async () => {
        reading += 1;
        most = Math.max(most, reading);
        await new Promise(setImmediate);
        reading -= 1;
        return logFile(OTHER);
      },
    }),
  });
  expect(most).toBe(2);
});
