import { gzipSync } from 'node:zlib';
import { WATCHED_CALLS } from '../../core/base/watched-calls';
import { withoutVersion } from '../../core/base/event-source';
import { toCriteria } from '../../core/settings';
import { narrowingTo } from '../../lambda/narrowing';
import { templateWith } from '../lib/stack-in';
import { monitorWith } from '../support/monitoring';
import { CDKS_OWN, environmentIn, physicalNames } from '../support/physical-names';
import { textOf } from '../../core/base/members';
import type { JsonObject } from '../support/records';
import { otherRecord, queueUrl } from '../support/watched';
import { dataOf, ownData, restOfTheDay, takeDown, update } from './ordinary-day';

/* A day of deployments, scaling and reads, through the whole function of a stack that knows what it stands on. */

const STACK = 'EsConfigMonitor';
const template = templateWith({ fastPath: true, eventBus: true, digest: 'daily' });
const { watched = [] } = environmentIn(template, STACK);
const physical = physicalNames(template, STACK);
const nameOf = (id: string): string =>
  [...physical].find(([each]) => each.replace(/[0-9A-F]{8}$/, '') === id)?.[1] ?? '';
const [queue, bucket, table] = [nameOf('LogFileQueue'), nameOf('TrailBucket'), nameOf('AlertTable')];
const roles = Object.keys(template.findResources('AWS::IAM::Role'))
  .filter((id) => !CDKS_OWN.test(id))
  .flatMap((id) => physical.get(id) ?? []);

/** The rules of what is told of records, with the severity. */
async function toldOf(records: readonly JsonObject[]): Promise<readonly string[]> {
  const bytes = gzipSync(
    JSON.stringify({ Records: records.map((record, at) => ({ ...record, eventID: `event-${at}` })) }),
  );
  const told: string[] = [];
  const narrowing = narrowingTo(watched);
  const key =
    'AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/20/111122223333_CloudTrail_eu-west-1_20261120T1405Z_a.json.gz';
  const event = {
    Records: [
      { eventSource: 'aws:sqs', messageId: '1', body: JSON.stringify({ s3Bucket: 'trail', s3ObjectKey: [key] }) },
    ],
  };
  const answer = await monitorWith(event, toCriteria({}, watched), {
    openObject: async () => ({ size: bytes.length, read: async () => bytes }),
    publish: async ({ severity, body }) => {
      told.push(`${body.finding_info.analytic.uid} ${severity} ${body.evidences[0]?.api.operation ?? ''}`);
      return 'sent';
    },
    report: () => undefined,
    ...(narrowing && { narrowing }),
  });
  expect(answer.batchItemFailures).toEqual([]);
  return told;
}

const SIMILAR = ['EsConfigMonitor2', 'EsConfigMonitor-staging', 'MyEsConfigMonitor', 'orders'];

const others = SIMILAR.flatMap((name) =>
  (['person', 'deployment'] as const).flatMap((by) => [
    ...update(template, name, by),
    ...takeDown(template, name, by),
    ...dataOf(`${name.toLowerCase()}-trailbucket-1a2b`, `${name}-AlertTable-1A2B`, { by }),
  ]),
);
const rest = restOfTheDay();

test('the day holds every call that is watched but those on trails, and thousands of others', () => {
  const named = new Set(others.map(({ eventName }) => withoutVersion(textOf(eventName) ?? '')));
  const { 'cloudtrail.amazonaws.com': _, ...services } = WATCHED_CALLS;
  const missing = Object.values(services)
    .flat()
    .filter((name) => !named.has(name));
  expect(missing).toEqual([]);
  expect(rest.length).toBeGreaterThan(5000);
});

test('nothing of such a day is told, whatever becomes of stacks with similar names', async () => {
  expect(await toldOf([...others, ...rest])).toEqual([]);
});

test('a deployment of the own stack that takes nothing away is told once, at LOW', async () => {
  expect(await toldOf([...others, ...update(template, STACK, 'deployment'), ...rest])).toEqual([
    'monitor-stack-changed LOW ExecuteChangeSet',
  ]);
});

test('one call that silences the monitor is told among all of them', async () => {
  const purged = otherRecord('sqs', 'PurgeQueue', { queueUrl: queueUrl(queue) });
  expect(await toldOf([...others, purged, ...rest])).toEqual(['monitor-queue-silenced CRITICAL PurgeQueue']);
});

test('nothing of what the stack itself does to its bucket and table is told, where the trail records it', async () => {
  expect(roles.length).toBeGreaterThan(2);
  expect(await toldOf([...others, ...ownData(bucket, table, roles), ...rest])).toEqual([]);
});

test('what a person does to them is told, each of it', async () => {
  const records = dataOf(bucket, table, { by: 'person' });
  const told = await toldOf([...others, ...records, ...rest]);
  expect(told.map((each) => each.split(' ')[2])).toEqual(records.map(({ eventName }) => eventName));
});

test('all that may become of others is told of the own stack, by the same records', async () => {
  const records = takeDown(template, STACK, 'person');
  const told = (await toldOf(records)).map((each) => each.split(' ')[2] ?? '');
  const made = records.map(({ eventName }) => withoutVersion(textOf(eventName) ?? ''));
  const count = (names: readonly string[]) =>
    Object.fromEntries(
      [...new Set(made)].toSorted().map((name) => [name, names.filter((each) => each === name).length]),
    );
  expect(count(told)).toEqual(count(made));
});
