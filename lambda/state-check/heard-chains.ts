import { GetItemCommand, paginateQuery, PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { HeardChain } from '../../core/digest';
import { optional } from '../../core/base/members';
import { CHAINS_KEY, STATE_CHECK_KEY } from '../environment';
import type { ChainEffects } from './chains';

/** Beside what the check remembers of deviations. */
const KEY = { pk: { S: STATE_CHECK_KEY }, sk: { S: 'chains' } };

/** The chains of digests, in the table. DynamoDB leaves out what is no news, so that few of very many travel. */
export function heardChainsIn(client: DynamoDBClient, tableName: string): ChainEffects {
  const pages = (FilterExpression: string, values: Readonly<Record<string, string>>, Select?: 'COUNT') =>
    paginateQuery(
      { client },
      {
        TableName: tableName,
        KeyConditionExpression: 'pk = :chains',
        FilterExpression,
        ExpressionAttributeValues: Object.fromEntries(
          Object.entries({ ...values, ':chains': CHAINS_KEY }).map(([name, S]) => [name, { S }]),
        ),
        ...optional('Select', Select),
      },
    );

  return {
    lastLook: async () => {
      const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key: KEY, ConsistentRead: true }));
      return Item?.['lastLook']?.S;
    },
    newsIn: async ({ heard, again }) => {
      const spans = [...heard.map((span) => ['heard', span] as const), ['again', again] as const];
      const values = spans.flatMap(([, { from, to }], at) => [
        [`:from${at}`, from] as const,
        [`:to${at}`, to] as const,
      ]);
      const filter = spans.map(([name], at) => `(${name} >= :from${at} AND ${name} < :to${at})`).join(' OR ');
      const found: HeardChain[] = [];
      for await (const { Items = [] } of pages(filter, Object.fromEntries(values))) {
        for (const item of Items) {
          found.push({
            name: item['sk']?.S ?? '',
            heard: item['heard']?.S ?? '',
            ...optional('again', item['again']?.S),
          });
        }
      }
      return found;
    },
    countHeard: async (since) => {
      let count = 0;
      for await (const { Count = 0 } of pages('heard >= :since', { ':since': since }, 'COUNT')) count += Count;
      return count;
    },
    keepLook: async (at) => {
      await client.send(new PutItemCommand({ TableName: tableName, Item: { ...KEY, lastLook: { S: at } } }));
    },
  };
}
