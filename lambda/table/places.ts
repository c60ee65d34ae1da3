import { GetItemCommand, PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LogFileRef } from '../../core/notification';
import type { Places } from '../delivery/places';
import { TIME_TO_LIVE } from '../environment';
import { keptFrom, type Key } from './items';

/** How far log files came, in the table. @param now the clock, in milliseconds since 1970 */
export function placesIn(client: DynamoDBClient, tableName: string, now: () => number = Date.now): Places {
  return {
    of: async (logFile) => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: tableName, Key: keyOf(logFile), ConsistentRead: true }),
      );
      const [done, mark, failed] = [Item?.['done']?.N, Item?.['mark']?.S, Item?.['failed']?.N];
      if (done === undefined || mark === undefined) return undefined;
      return { done: Number(done), mark, ...(failed !== undefined && { failed: Number(failed) }) };
    },
    keep: async (logFile, { done, mark, failed }) => {
      await client.send(
        new PutItemCommand({
          TableName: tableName,
          Item: {
            ...keyOf(logFile),
            done: { N: String(done) },
            mark: { S: mark },
            ...(failed !== undefined && { failed: { N: String(failed) } }),
            [TIME_TO_LIVE]: keptFrom(now()),
          },
        }),
      );
    },
  };
}

const keyOf = ({ bucket, key }: LogFileRef): Key => ({ pk: { S: `place#${bucket}/${key}` }, sk: { S: '-' } });
