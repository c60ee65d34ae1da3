import { gzipSync } from 'node:zlib';
import { FREQUENT_CALLS, WATCHED_CALLS } from '../../../core/base/watched-calls';
import { plainSearch } from '../../../core/log-file/plain-search';
import { narrowed, withoutNarrowed } from '../../../core/log-file/narrowed';
import { simdSearch } from '../../../core/log-file/simd-search';
import { readRecords } from '../../../core/log-file';
import { recordOf } from '../../support/records';
import { FUNCTION, otherRecord } from '../../support/watched';

const narrowing = { calls: FREQUENT_CALLS, holding: ['EsConfigMonitor', 'org-trail-files'] };

const ours = otherRecord('lambda', 'UpdateFunctionCode20150331v2', { functionName: FUNCTION });
const anothers = otherRecord('lambda', 'UpdateFunctionCode20150331v2', { functionName: 'orders' });
const stopped = otherRecord('cloudtrail', 'StopLogging', { name: 'org-trail' });
const deleted = recordOf('es_DeleteDomain');

const fileOf = (...records: readonly object[]): Buffer => gzipSync(JSON.stringify({ Records: records }));
const namesIn = async (file: Buffer, streamAbove?: number): Promise<readonly unknown[]> => {
  const { records, otherRecords } = await readRecords(file, {
    others: WATCHED_CALLS,
    narrowing,
    ...(streamAbove !== undefined && { streamAbove }),
  });
  return [...records, ...otherRecords].map(({ eventName }) => eventName);
};

test.each([
  ['read whole', undefined],
  ['read in pieces', 10],
])('%s, a call made all day is read where its record holds the name, and a rare one always', async (_, above) => {
  expect(await namesIn(fileOf(anothers, stopped), above)).toEqual(['StopLogging']);
  expect(await namesIn(fileOf(anothers, anothers), above)).toEqual([]);
  expect(await namesIn(fileOf(anothers, deleted), above)).toEqual(['DeleteDomain']);
});

test('any of the names makes a call wanted', async () => {
  const given = otherRecord('sns', 'DeleteTopic', { topicArn: 'arn:aws:sns:eu-west-1:111122223333:org-trail-files' });
  expect(await namesIn(fileOf(anothers, given))).toEqual(['DeleteTopic']);
});

test('the name of one record makes no other wanted', async () => {
  expect(await namesIn(fileOf(anothers, ours, deleted))).toEqual(['DeleteDomain', 'UpdateFunctionCode20150331v2']);
});

test('a name that is spelled with escapes is one', async () => {
  const json = JSON.stringify({ Records: [ours] }).replaceAll('EsConfigMonitor', '\\u0045sConfigMonitor');
  expect(JSON.parse(json)).toEqual({ Records: [ours] });
  expect(await namesIn(gzipSync(json))).toEqual(['UpdateFunctionCode20150331v2']);
});

test('both searches are narrowed alike', () => {
  const rest = withoutNarrowed(WATCHED_CALLS, narrowing);
  const [simd, simdRest] = [simdSearch(WATCHED_CALLS), simdSearch(rest)];
  if (!simd || !simdRest) throw new Error('no WebAssembly');
  const both = [
    narrowed(simd, simdRest, narrowing.holding),
    narrowed(plainSearch(WATCHED_CALLS), plainSearch(rest), narrowing.holding),
  ];
  const files = [[ours], [anothers], [stopped], [anothers, deleted], []].map((records) =>
    Buffer.from(JSON.stringify({ Records: records })),
  );
  expect(both.map((search) => files.map((file) => search.mayHold(file)))).toEqual([
    [true, false, true, true, false],
    [true, false, true, true, false],
  ]);
});
