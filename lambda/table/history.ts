import { QueryCommand, UpdateItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { isObject } from '../../core/base/members';
import type { Call } from '../../core/call';
import type { Configuration } from '../../core/domain';
import type { LogFileRef } from '../../core/notification';
import type { History } from '../../core/scan';
import { keptFrom, PARTITION_KEY, SORT_KEY, TIME_TO_LIVE, type Key } from './items';

/** A history that also keeps where each call was found. */
export interface TableHistory extends History {
  readonly record: (
    call: Call,
    configuration: Configuration | undefined,
    logFile?: LogFileRef,
  ) => Promise<LogFileRef | undefined>;
}

/** The configurations domains had, in the table. @param now the clock, in milliseconds since 1970 */
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
