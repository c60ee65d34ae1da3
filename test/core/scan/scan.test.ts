import { countsOf, historyInMemory, judge, scan } from '../../../core/scan';
import { toCriteria } from '../../../core/settings';
import { checked } from '../../support/alert-schema';
import { policyOf } from '../../support/records';
import { BUCKET, objectRecord } from '../../support/watched';

const settings = toCriteria();

function update(minute: number, policy: string): object {
  return {
    eventSource: 'es.amazonaws.com',
    eventName: 'UpdateDomainConfig',
    eventTime: `2026-11-24T12:0${minute}:00Z`,
    eventID: `e${minute}`,
    awsRegion: 'us-east-1',
    recipientAccountId: '123456789012',
    requestParameters: { domainName: 'logs', accessPolicies: policy },
    responseElements: { domainConfig: { accessPolicies: { options: policy } } },
  };
}

const logFile = (...records: readonly object[]): Buffer => Buffer.from(JSON.stringify({ Records: records }));

/** A history in which everybody was told of what was alerted. */
const memory = () => historyInMemory(async () => true).of({ bucket: 'trail', key: 'file' });

test('counts of a file add up to its es.amazonaws.com records', async () => {
  const read = { eventSource: 'es.amazonaws.com', eventName: 'DescribeDomain' };
  const rehearsal = {
    eventSource: 'es.amazonaws.com',
    eventName: 'UpdateDomainConfig',
    requestParameters: { dryRun: true },
  };
  const other = { eventSource: 'ses.amazonaws.com', eventName: 'UpdateDomainConfig' };
  const { judgements } = await scan(logFile(read, rehearsal, other, update(1, '')), settings);
  for (const { alert } of judgements) if (alert) checked(alert);
  expect(countsOf(judgements)).toEqual({ ignored: 1, informational: 1, suppressed: 0, alerted: 1 });
});

test('with a history, records of a file are judged in the order of time, each against the one before', async () => {
  const { judgements } = await scan(logFile(update(3, ''), update(1, ''), update(2, '')), settings, memory());
  expect(judgements.map(({ call, disposition }) => [call?.eventID, disposition])).toEqual([
    ['e1', 'alerted'],
    ['e2', 'informational'],
    ['e3', 'informational'],
  ]);
});

test('of each call it is asked once whether people were told of it, however many calls look back at it', async () => {
  const asked: string[] = [];
  const history = historyInMemory(async ({ uid }) => {
    asked.push(uid);
    return undefined;
  }).of({ bucket: 'trail', key: 'file' });
  const records = Array.from({ length: 9 }, (_, at) => update(at, policyOf('*')));
  const { judgements } = await scan(logFile(...records), settings, history);
  expect(judgements.map(({ disposition }) => disposition)).toEqual(['alerted', ...Array(8).fill('informational')]);
  expect(new Set(asked).size).toBe(8);
  expect(asked).toHaveLength(8);
});

test('without a history every record is judged by itself, in the order of the file', async () => {
  const { judgements } = await scan(logFile(update(3, ''), update(1, '')), settings);
  expect(judgements.map(({ call, disposition }) => [call?.eventID, disposition])).toEqual([
    ['e3', 'alerted'],
    ['e1', 'alerted'],
  ]);
});

test('data events are looked for where something is named that they may be of', async () => {
  const key = 'AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/20/a.json.gz';
  const bytes = Buffer.from(JSON.stringify({ Records: [objectRecord('DeleteObject', { bucketName: BUCKET, key })] }));
  const named = await scan(bytes, toCriteria({}, [BUCKET]));
  expect(named.judgements.map(({ disposition }) => disposition)).toEqual(['alerted']);
  expect((await scan(bytes, toCriteria())).judgements).toEqual([]);
});

test('a record nested by the thousand is judged all the same', () => {
  let nested: unknown = 'x';
  for (let depth = 0; depth < 50_000; depth++) nested = depth % 2 ? { nested } : [nested];
  const record = {
    ...update(1, ''),
    userIdentity: nested,
    requestParameters: { accessPolicies: nested, tagList: nested },
  };
  expect(judge(record, settings).disposition).toBe('alerted');
  const brackets = '['.repeat(40_000) + ']'.repeat(40_000);
  expect(judge(update(1, brackets), settings).findings[0]?.rule.id).toBe('access-policy-unreadable');
});
