import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
  type AttributeValue,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import type { CountIn } from './burst';
import type { ConfigCall } from './config-call';
import type { Configuration } from './configuration';
import { isObject } from './members';
import type { SentAlerts } from './once';
import type { History } from './scan';

/**
 * The table behind "said once" and "before and after". Three kinds of items share it, under the keys `pk` and `sk`:
 *
 * - `alert#<uid>`, `-`: an alert that was sent, or that one invocation has claimed until `leaseUntil`
 * - `domain#<ARN>`, `<eventTime>#<uid>`: the configuration a call left behind, as JSON in `configuration`
 * - `burst#<uid>`, `-`: the number of `calls` of a burst
 *
 * `expires` (seconds since 1970) is the table's time to live.
 */
export const PARTITION_KEY = 'pk';
export const SORT_KEY = 'sk';
export const TIME_TO_LIVE = 'expires';

/** CloudTrail delivers again for up to 30 days. */
const KEPT_SECONDS = 35 * 24 * 3600;

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
  const keyOf = (uid: string): Key => ({ pk: { S: `alert#${uid}` }, sk: { S: '-' } });
  const expires = (): AttributeValue => ({ N: String(Math.floor(now() / 1000) + KEPT_SECONDS) });

  return {
    claim: async (uid) => {
      try {
        await client.send(
          new PutItemCommand({
            TableName: tableName,
            Item: { ...keyOf(uid), leaseUntil: { N: String(leaseUntil) }, [TIME_TO_LIVE]: expires() },
            ConditionExpression: 'attribute_not_exists(pk) OR leaseUntil < :now',
            ExpressionAttributeValues: { ':now': { N: String(now()) } },
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
        new PutItemCommand({ TableName: tableName, Item: { ...keyOf(uid), [TIME_TO_LIVE]: expires() } }),
      );
    },
    release: async (uid) => {
      try {
        await client.send(
          new DeleteItemCommand({
            TableName: tableName,
            Key: keyOf(uid),
            ConditionExpression: 'leaseUntil = :ours',
            ExpressionAttributeValues: { ':ours': { N: String(leaseUntil) } },
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
  return async ({ uid }) => {
    const { Attributes } = await client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: { pk: { S: `burst#${uid}` }, sk: { S: '-' } },
        UpdateExpression: 'ADD calls :one SET #expires = :expires',
        ExpressionAttributeNames: { '#expires': TIME_TO_LIVE },
        ExpressionAttributeValues: {
          ':one': { N: '1' },
          ':expires': { N: String(Math.floor(now() / 1000) + KEPT_SECONDS) },
        },
        ReturnValues: 'UPDATED_NEW',
      }),
    );
    return Number(Attributes?.['calls']?.N ?? 1) - 1;
  };
}

export function historyIn(client: DynamoDBClient, tableName: string, now: () => number = Date.now): History {
  /** The key of what held before each call asked about: replaced by that call, it may expire. */
  const replaced = new Map<string, Key>();

  return {
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
      if (item?.[PARTITION_KEY] && item[SORT_KEY]) {
        replaced.set(call.uid, { pk: item[PARTITION_KEY], sk: item[SORT_KEY] });
      }
      return readConfiguration(item?.['configuration']?.S);
    },
    record: async (call, configuration) => {
      const item = { ...keyOfCall(call), configuration: { S: JSON.stringify(configuration) } };
      await client.send(new PutItemCommand({ TableName: tableName, Item: item }));
      const old = replaced.get(call.uid);
      if (!old) return;
      replaced.delete(call.uid);
      await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: old,
          UpdateExpression: 'SET #expires = :expires',
          ExpressionAttributeNames: { '#expires': TIME_TO_LIVE },
          ExpressionAttributeValues: { ':expires': { N: String(Math.floor(now() / 1000) + KEPT_SECONDS) } },
        }),
      );
    },
  };
}

/** Times are all in UTC and of one length, so their texts sort as they do. */
function keyOfCall({ domain, accountId, region, eventTime, uid }: ConfigCall): Key {
  const id = domain.arn ?? [accountId, region, domain.name ?? ''].join('/');
  return { pk: { S: `domain#${id}` }, sk: { S: `${eventTime}#${uid}` } };
}

function readConfiguration(json: string | undefined): Configuration | undefined {
  const configuration: unknown = json === undefined ? undefined : JSON.parse(json);
  return isObject(configuration) ? (configuration as Configuration) : undefined;
}

function isRefused(error: unknown): boolean {
  return error instanceof Error && error.name === 'ConditionalCheckFailedException';
}
