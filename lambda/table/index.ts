import { randomUUID } from 'node:crypto';
import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
  type AttributeValue,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import type { CountIn } from '../delivery/burst';
import type { Call } from '../../core/call';
import type { Configuration } from '../../core/domain/configuration';
import { isObject } from '../../core/base/members';
import { PARTITION_KEY, SORT_KEY, TIME_TO_LIVE } from '../environment';
import type { LogFileRef } from '../../core/notification';
import type { SentAlerts } from '../delivery/once';
import type { History } from '../../core/scan';

/*
 * The table behind "said once" and "before and after". Three kinds of items share it, under the keys `pk` and `sk`:
 *
 * - `alert#<uid>`, `-`: an alert that was sent, or that the invocation `claimant` has claimed until `leaseUntil`
 * - `domain#<ARN>`, `<eventTime>#<uid>`: the configuration a call left behind, as JSON `null` where it is not
 *   known, and where the call was found, in `logFile`
 * - `burst#<uid>`, `-`: the `first` call of a burst, and a set of its `calls`, as many as are counted
 *
 * `expires` (seconds since 1970) is the table's time to live.
 */

/** CloudTrail delivers again for up to 30 days. */
const KEPT_SECONDS = 35 * 24 * 3600;

/** A burst is told with its second call; only an alert that could not be sent till then needs a higher count. */
const MAX_CALLS_COUNTED = 100;

/** The time to live of what is written at `now`, in milliseconds since 1970. */
const keptFrom = (now: number): AttributeValue => ({ N: String(Math.floor(now / 1000) + KEPT_SECONDS) });

type Key = Record<typeof PARTITION_KEY | typeof SORT_KEY, AttributeValue>;

/**
 * @param leaseUntil milliseconds since 1970 after which this invocation cannot be alive any more
 * @param now the clock, in milliseconds since 1970
 */
export function sentAlertsIn(
  client: DynamoDBClient,
  tableName: string,
  leaseUntil: number,
  now: () => number = Date.now,
): SentAlerts {
  const claimant: AttributeValue = { S: randomUUID() };
  const keyOf = (uid: string): Key => ({ pk: { S: `alert#${uid}` }, sk: { S: '-' } });

  return {
    claim: async (uid) => {
      try {
        await client.send(
          new PutItemCommand({
            TableName: tableName,
            Item: { ...keyOf(uid), leaseUntil: { N: String(leaseUntil) }, claimant, [TIME_TO_LIVE]: keptFrom(now()) },
            // The claim may be ours already: a request whose answer was lost is sent again.
            ConditionExpression: 'attribute_not_exists(pk) OR leaseUntil < :now OR claimant = :ours',
            ExpressionAttributeValues: { ':now': { N: String(now()) }, ':ours': claimant },
          }),
        );
        return 'claimed';
      } catch (error) {
        if (!isRefused(error)) throw error;
      }
      const { Item } = await client.send(
        new GetItemCommand({ TableName: tableName, Key: keyOf(uid), ConsistentRead: true }),
      );
      if (Item && !Item['leaseUntil']) return 'sent';
      throw new Error(`alert ${uid} is being sent by another invocation`);
    },
    confirm: async (uid) => {
      await client.send(
        new PutItemCommand({ TableName: tableName, Item: { ...keyOf(uid), [TIME_TO_LIVE]: keptFrom(now()) } }),
      );
    },
    release: async (uid) => {
      try {
        await client.send(
          new DeleteItemCommand({
            TableName: tableName,
            Key: keyOf(uid),
            ConditionExpression: 'claimant = :ours',
            ExpressionAttributeValues: { ':ours': claimant },
          }),
        );
      } catch (error) {
        // The claim ran out and is another's by now, or the alert was sent meanwhile: nothing of ours is left.
        if (!isRefused(error)) throw error;
      }
    },
  };
}

export function countIn(client: DynamoDBClient, tableName: string, now: () => number = Date.now): CountIn {
  return async ({ uid }, callUid) => {
    try {
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: { pk: { S: `burst#${uid}` }, sk: { S: '-' } },
          // A set, because a call whose alert could not be sent is counted again when it is tried again.
          UpdateExpression: 'ADD calls :calls SET #first = if_not_exists(#first, :call), #expires = :expires',
          ConditionExpression: 'attribute_not_exists(pk) OR size(calls) < :most OR contains(calls, :call)',
          ExpressionAttributeNames: { '#first': 'first', '#expires': TIME_TO_LIVE },
          ExpressionAttributeValues: {
            ':calls': { SS: [callUid] },
            ':call': { S: callUid },
            ':most': { N: String(MAX_CALLS_COUNTED) },
            ':expires': keptFrom(now()),
          },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return Attributes?.['first']?.S === callUid ? 0 : (Attributes?.['calls']?.SS?.length ?? 2) - 1;
    } catch (error) {
      if (!isRefused(error)) throw error;
      return MAX_CALLS_COUNTED;
    }
  };
}

/** A history that also keeps where each call was found. */
export interface TableHistory extends History {
  readonly record: (
    call: Call,
    configuration: Configuration | undefined,
    logFile?: LogFileRef,
  ) => Promise<LogFileRef | undefined>;
}

export function historyIn(client: DynamoDBClient, tableName: string, now: () => number = Date.now): TableHistory {
  /** What a call replaced holds no more. */
  const expire = async (replaced: Key): Promise<void> => {
    await client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: replaced,
        UpdateExpression: 'SET #expires = :expires',
        ExpressionAttributeNames: { '#expires': TIME_TO_LIVE },
        ExpressionAttributeValues: { ':expires': keptFrom(now()) },
      }),
    );
  };

  return {
    record: async (call, configuration, logFile) => {
      // Not put: a call that is recorded again keeps its time to live.
      await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: keyOfCall(call),
          UpdateExpression: 'SET configuration = :configuration, logFile = :logFile',
          ExpressionAttributeValues: {
            ':configuration': { S: JSON.stringify(configuration ?? null) },
            ':logFile': { S: JSON.stringify(logFile ?? null) },
          },
        }),
      );
      const { pk, sk } = keyOfCall(call);
      const { Items } = await client.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: 'pk = :pk AND sk > :sk',
          ExpressionAttributeValues: { ':pk': pk, ':sk': sk },
          ProjectionExpression: 'logFile',
          Limit: 1,
          ConsistentRead: true,
        }),
      );
      return readLogFile(Items?.[0]?.['logFile']?.S);
    },
    before: async (call) => {
      const { pk, sk } = keyOfCall(call);
      const { Items } = await client.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: 'pk = :pk AND sk < :sk',
          ExpressionAttributeValues: { ':pk': pk, ':sk': sk },
          ScanIndexForward: false,
          Limit: 1,
          ConsistentRead: true,
        }),
      );
      const [item] = Items ?? [];
      const [oldPk, oldSk] = [item?.[PARTITION_KEY], item?.[SORT_KEY]];
      if (oldPk && oldSk && !item?.[TIME_TO_LIVE]) await expire({ pk: oldPk, sk: oldSk });
      return readConfiguration(item?.['configuration']?.S);
    },
  };
}

/** Times are all in UTC and of one length, so their texts sort as they do. */
function keyOfCall({ domain, accountId, region, eventTime, uid }: Call): Key {
  const id = domain.arn ?? [accountId, region, domain.name ?? ''].join('/');
  return { pk: { S: `domain#${id}` }, sk: { S: `${eventTime}#${uid}` } };
}

function readConfiguration(json: string | undefined): Configuration | undefined {
  const configuration: unknown = json === undefined ? undefined : JSON.parse(json);
  return isObject(configuration) ? (configuration as Configuration) : undefined;
}

function readLogFile(json: string | undefined): LogFileRef | undefined {
  const logFile: unknown = json === undefined ? undefined : JSON.parse(json);
  return isObject(logFile) ? (logFile as unknown as LogFileRef) : undefined;
}

function isRefused(error: unknown): boolean {
  return error instanceof Error && error.name === 'ConditionalCheckFailedException';
}
