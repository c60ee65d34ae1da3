import { randomUUID } from 'node:crypto';
import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  type AttributeValue,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import type { SentAlerts } from '../delivery/once';
import { isRefused, keptFrom, TIME_TO_LIVE, type Key } from './items';

/**
 * The record of alerts that were sent, in the table.
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
