import {
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  type AttributeValue,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { isTimely, SILENT_AFTER } from '../../core/digest';
import type { KnownDigests } from '../digests';
import { CHAINS_KEY, TIME_TO_LIVE } from '../environment';
import { keptFrom, TOLD_SECONDS, type Key } from './items';

/** Digests that were followed, in the table. @param now the clock, in milliseconds since 1970 */
export function knownDigestsIn(client: DynamoDBClient, tableName: string, now: () => number = Date.now): KnownDigests {
  const update = (chain: string, UpdateExpression: string, values: Record<string, AttributeValue>) =>
    client.send(
      new UpdateItemCommand({
        TableName: tableName,
        Key: keyOfChain(chain),
        UpdateExpression: `${UpdateExpression}, #expires = :expires`,
        ExpressionAttributeNames: { '#expires': TIME_TO_LIVE },
        ExpressionAttributeValues: { ...values, ':expires': keptFrom(now(), TOLD_SECONDS) },
        ReturnValues: 'ALL_OLD',
      }),
    );

  return {
    since: async (chain, digest) => {
      const isHeard = isTimely(digest, now());
      const moment: AttributeValue = { S: new Date(now()).toISOString() };
      const { Attributes: before } = await update(
        chain,
        `SET since = if_not_exists(since, :start)${isHeard ? ', heard = :now' : ''}`,
        { ':start': { S: digest.start }, ...(isHeard && { ':now': moment }) },
      );
      const wasSilent = now() - Date.parse(before?.['heard']?.S ?? '') >= SILENT_AFTER;
      if (isHeard && wasSilent) await update(chain, 'SET again = :now', { ':now': moment });
      return before?.['since']?.S ?? digest.start;
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

const keyOfChain = (chain: string): Key => ({ pk: { S: CHAINS_KEY }, sk: { S: chain } });

const keyOfDigest = ({ bucket, key }: { readonly bucket: string; readonly key: string }): Key => ({
  pk: { S: `digest#${bucket}/${key}` },
  sk: { S: '-' },
});
