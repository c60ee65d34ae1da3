import { UpdateItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { CountIn } from '../delivery/burst';
import { TIME_TO_LIVE } from '../environment';
import { isRefused, keptFrom } from './items';

/** A burst is told with its second call; only an alert that could not be sent till then needs a higher count. */
const MAX_CALLS_COUNTED = 100;

/** Counts the calls of bursts in the table. @param now the clock, in milliseconds since 1970 */
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
