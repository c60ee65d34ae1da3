import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { DescribeRuleCommand, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { memberOf, textOf } from '../../core/base/members';
import { textOfError } from '../../core/base/error-text';
import type { Expected, ExpectedOf, Found, Kind, Members } from '../../core/state';
import { readAlarm } from './alarms';
import { readBucket, readNotification } from './buckets';
import { dynamoDb, eventBridge, kms } from './clients';
import { readFunction, readMapping } from './functions';
import { readQueue } from './queues';
import { readJson } from './read-json';
import { readSubscription, readTopic } from './topics';
import { readTrail } from './trails';

const READERS: { readonly [K in Kind]: (expected: ExpectedOf<K>) => Promise<Members[K] | 'missing'> } = {
  topic: readTopic,
  subscription: readSubscription,
  queue: readQueue,
  function: readFunction,
  mapping: readMapping,
  table: async ({ name }) => {
    const { Table } = await dynamoDb.send(new DescribeTableCommand({ TableName: name }));
    return { isThere: Table?.TableStatus === 'ACTIVE' || Table?.TableStatus === 'UPDATING' };
  },
  alarm: readAlarm,
  notification: readNotification,
  bucket: readBucket,
  rule: async ({ name: Name }) => {
    const [rule, { Targets = [] }] = await Promise.all([
      eventBridge.send(new DescribeRuleCommand({ Name })),
      eventBridge.send(new ListTargetsByRuleCommand({ Rule: Name })),
    ]);
    const targets = Targets.map(({ Arn = '' }) => Arn);
    return { isEnabled: rule.State !== 'DISABLED', pattern: readJson(rule.EventPattern), targets };
  },
  trail: readTrail,
  key: async ({ name: KeyId }) => {
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
    return { isEnabled: KeyMetadata?.KeyState === 'Enabled' };
  },
};

/** What services say where a thing is not there. */
const MISSING =
  /^(NotFound|NotFoundException|ResourceNotFoundException|ResourceNotFound|NoSuchBucket|TrailNotFoundException|QueueDoesNotExist|AWS\.SimpleQueueService\.NonExistentQueue)$/;

/** What they say where we may not look. */
const REFUSED =
  /^(AccessDenied|AccessDeniedException|AuthorizationError|AuthorizationErrorException|UnauthorizedOperation|Forbidden)$/;

/**
 * What the resource is now.
 * @throws Error where nobody can tell: the service does not answer, or asks for patience
 */
export async function look<K extends Kind>(expected: ExpectedOf<K>): Promise<Found<K>> {
  try {
    return await READERS[expected.kind](expected);
  } catch (error) {
    const name = textOf(memberOf(error, 'name')) ?? '';
    if (MISSING.test(name)) return 'missing';
    if (REFUSED.test(name)) return { unreadable: textOfError(error) };
    throw new Error(`${expected.kind} ${expected.name} cannot be looked at: ${textOfError(error)}`, { cause: error });
  }
}

/** What each of `expected` is now, in its order. */
export async function lookAtAll(expected: readonly Expected[]): Promise<readonly Found[]> {
  const found: Found[] = [];
  // One after another: nobody waits, and services count the calls of a second.
  for (const one of expected) found.push(await look(one as ExpectedOf<Kind>));
  return found;
}
