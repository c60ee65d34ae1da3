import { GetItemCommand, PutItemCommand, UpdateItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { KnownDigests } from '../digests';
import { TIME_TO_LIVE } from '../environment';
import { keptFrom, TOLD_SECONDS, type Key } from './items';

/** Digests that were followed, in the table. @param now the clock, in milliseconds since 1970 */
export function knownDigestsIn(client: DynamoDBClient, tableName: string, now: () => number = Date.now): KnownDigests {
  return {
    since: async (chain, { start }) => {
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: keyOfChain(chain),
          UpdateExpression: 'SET since = if_not_exists(since, :start), #expires = :expires',
          ExpressionAttributeNames: { '#expires': TIME_TO_LIVE },
          ExpressionAttributeValues: { ':start': { S: start }, ':expires': keptFrom(now(), TOLD_SECONDS) },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return Attributes?.['since']?.S ?? start;
    },
    hashOf: async (place) => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: tableName, Key: keyOfDigest(place), ConsistentRead: true }),
      );
      return Item?.['hash']?.S;
    },
    keep: async (digest) => {
      await client.send(
        new PutItemCommand({
          TableName: tableName,
          Item: { ...keyOfDigest(digest), hash: { S: digest.hash }, [TIME_TO_LIVE]: keptFrom(now()) },
        }),
      );
    },
  };
}

const keyOfChain = (chain: string): Key => ({ pk: { S: `chain#${chain}` }, sk: { S: '-' } });

const keyOfDigest = ({ bucket, key }: { readonly bucket: string; readonly key: string }): Key => ({
  pk: { S: `digest#${bucket}/${key}` },
  sk: { S: '-' },
});
