import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { isObject, textOf } from '../../core/base/members';
import { NOTHING_KEPT, type Memory } from '../../core/state';
import { STATE_CHECK_KEY } from '../environment';
import { dynamoDb } from './clients';
import { readJson } from './read-json';

const KEY = { pk: { S: STATE_CHECK_KEY }, sk: { S: '-' } };

/** What earlier checks kept in the table. */
export async function readMemory(tableName: string): Promise<Memory> {
  const { Item } = await dynamoDb.send(new GetItemCommand({ TableName: tableName, Key: KEY, ConsistentRead: true }));
  const kept = readJson(textOf(Item?.['kept']?.S));
  // Written by ourselves; whatever else somebody put there is as good as nothing.
  const isOurs = isObject(kept) && isObject(kept['told']) && isObject(kept['code']) && Array.isArray(kept['others']);
  return isOurs ? (kept as unknown as Memory) : NOTHING_KEPT;
}

export async function keep(tableName: string, memory: Memory): Promise<void> {
  const Item = { ...KEY, kept: { S: JSON.stringify(memory) } };
  await dynamoDb.send(new PutItemCommand({ TableName: tableName, Item }));
}
