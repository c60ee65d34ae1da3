import { strict as assert } from 'node:assert';
import { DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import VERSION_01 from '../../test/fixtures/deployed-0.1.json';
import { setTimeout as sleep } from 'node:timers/promises';
import { logFileOf } from '../risky-log-file';
import { NAMES } from './surroundings';
import { callOn, deleteStack, messagesIn, subscriber, type World } from './world';

const STACK = 'FromVersion01';
const TABLE = 'AlertTable63A83C6C';
const A_DAY = 24 * 3600;
const LONGEST_MS = 40_000;

/**
 * Version 0.1 as it was deployed, with what it wrote into its table about two calls; only its code is left out, and nothing here
 * asks for that. What it told is not told again by this version, and what it deployed stays.
 */
export async function upgrade(world: World): Promise<void> {
  const { aws, stacks, tell } = world;
  const { template, items, key, records } = VERSION_01;
  await stacks.create(STACK, { TemplateBody: JSON.stringify(template) });
  const before = await physicalIds(world);
  const TableName = before[TABLE];
  const expires = { N: String(Math.floor(Date.now() / 1000) + 35 * A_DAY) };
  for (const item of items) {
    await aws.tables.send(new PutItemCommand({ TableName, Item: { ...item, ...('expires' in item && { expires }) } }));
  }

  const { LogFileQueueArn = '' } = await stacks.update(STACK, await world.deployed('upgraded'));
  const after = await physicalIds(world);
  assert.deepEqual(Object.fromEntries(Object.keys(before).map((id) => [id, after[id]])), before);

  // The same log file again, as CloudTrail may deliver it.
  await aws.s3.send(new PutObjectCommand({ Bucket: NAMES.old, Key: key, Body: logFileOf(records) }));
  const inbox = subscriber(world, 'on-a-bucket-of-version-01');
  const first = await callOn(world, NAMES.old, 'logs');
  await inbox.until(first);
  await drained(world, LogFileQueueArn);
  const last = await callOn(world, NAMES.old, 'metrics');
  assert.deepEqual(await inbox.until(last), [first, last]);
  const { Items = [] } = await aws.tables.send(new ScanCommand({ TableName }));
  const judgedAgain = Items.filter(
    ({ sk, asked }) => asked !== undefined && sk?.S?.endsWith(records[0]?.eventID ?? '-'),
  );
  assert.equal(judgedAgain.length, 1, 'the log file of version 0.1 was not judged again');
  tell(
    `an upgrade from version 0.1 replaced none of its ${Object.keys(before).length} resources, and told nothing again`,
  );
  await deleteStack(world, STACK);
}

async function physicalIds({ aws }: World): Promise<Readonly<Record<string, string>>> {
  const { StackResources = [] } = await aws.stacks.send(new DescribeStackResourcesCommand({ StackName: STACK }));
  return Object.fromEntries(
    StackResources.map(({ LogicalResourceId = '', PhysicalResourceId = '' }) => [
      LogicalResourceId,
      PhysicalResourceId,
    ]),
  );
}

/** Waits until nothing is left in a queue: what was in it is done. */
async function drained(world: World, queueArn: string): Promise<void> {
  for (const deadline = Date.now() + LONGEST_MS; ; await sleep(200)) {
    const { waiting, inFlight } = await messagesIn(world, queueArn);
    if (waiting + inFlight === 0) return;
    if (Date.now() > deadline) throw new Error(`${waiting + inFlight} messages are left in ${queueArn}`);
  }
}
