import {
  GetItemCommand,
  QueryCommand,
  UpdateItemCommand,
  type AttributeValue,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { isObject, listOf, textsOf } from '../../core/base/members';
import type { Call } from '../../core/call';
import type { Configuration } from '../../core/domain';
import type { LogFileRef } from '../../core/notification';
import {
  domainKeyOf,
  judgedWithout,
  MOST_ENTRIES,
  placeOf,
  shownIn,
  type Entry,
  type FoundEntry,
  type History,
} from '../../core/scan';
import { PARTITION_KEY, SORT_KEY, TIME_TO_LIVE } from '../environment';
import { isRefused, isToldItem, KEPT_SECONDS, keyOfAlert, keptFrom, type Key } from './items';

type Item = Record<string, AttributeValue>;

/** The latest entry is asked for alone: it is all that most calls are compared with. */
const PAGE_SIZES = [1, 10, 30];

/**
 * The configurations domains had, in the table.
 * @param logFile where the calls that are recorded were found; `undefined` for records that came as events
 * @param now the clock, in milliseconds since 1970
 */
export function historyIn(
  client: DynamoDBClient,
  tableName: string,
  logFile: LogFileRef | undefined,
  now: () => number = Date.now,
): History {
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

  /**
   * Changes the entry of `call`, but for one of a log file where this is a record that came as an event.
   * @returns whether it was changed
   */
  async function update(call: Call, UpdateExpression: string, ExpressionAttributeValues: Item): Promise<boolean> {
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: keyOfCall(call),
          UpdateExpression,
          ExpressionAttributeValues,
          ...(logFile === undefined && { ConditionExpression: 'attribute_not_exists(logFile)' }),
        }),
      );
      return true;
    } catch (error) {
      if (!isRefused(error)) throw error;
      return false;
    }
  }

  /** The items of the domain of `call` on one side of it, the nearest first, page by page. */
  async function* items(call: Call, side: 'before' | 'after', projection?: Projection): AsyncGenerator<Item> {
    const { pk, sk } = keyOfCall(call);
    let from: Item | undefined;
    let read = 0;
    for (let page = 0; read < MOST_ENTRIES; page++) {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: `pk = :pk AND sk ${side === 'before' ? '<' : '>'} :sk`,
          ExpressionAttributeValues: { ':pk': pk, ':sk': sk },
          ScanIndexForward: side === 'after',
          Limit: Math.min(PAGE_SIZES[page] ?? 30, MOST_ENTRIES - read),
          ConsistentRead: true,
          ...projection,
          ...(from && { ExclusiveStartKey: from }),
        }),
      );
      yield* Items;
      read += Items.length;
      from = LastEvaluatedKey;
      if (!from) return;
    }
  }

  return {
    record: async (call, { configuration, caller, isMentioned, asked }) => {
      const isKept = configuration !== undefined && fits(configuration, asked, asked);
      // Not put: a call that is recorded again keeps its time to live.
      const isRecorded = await update(
        call,
        `SET configuration = :configuration${logFile ? ', logFile = :logFile' : ''}, caller = :caller, asked = :asked, mentioned = :mentioned REMOVE told`,
        {
          ':configuration': json(isKept ? configuration : null),
          ...(logFile && { ':logFile': json(logFile) }),
          ':caller': { S: caller },
          ':asked': json(fits(asked, asked) ? asked : []),
          ':mentioned': { BOOL: isMentioned },
        },
      );
      return isRecorded ? judgedWithout(found(items(call, 'after', WHERE_FOUND))) : [];
    },
    note: async (call, told) => {
      if (!fits(told, told)) return;
      await update(call, 'SET told = :told', { ':told': json(told) });
    },
    async *earlier(call) {
      let isLatest = true;
      for await (const item of items(call, 'before')) {
        const [pk, sk] = [item[PARTITION_KEY], item[SORT_KEY]];
        if (isLatest && pk && sk && !item[TIME_TO_LIVE]) await expire({ pk, sk });
        isLatest = false;
        const entry = toEntry(item);
        yield entry;
        // What it replaced may have run out by now, and the table deletes in no order: what is left behind it does not tell
        // what came between.
        if (!(Date.parse(entry.eventTime) > now() - KEPT_SECONDS * 1000)) return;
      }
    },
    isTold: async (entry) => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: tableName, Key: keyOfAlert(entry.uid), ConsistentRead: true }),
      );
      if (Item === undefined || !isToldItem(Item)) return undefined;
      // Version 0.1 did not keep what it showed.
      return Item['shown'] === undefined || Item['shown'].S === shownIn(entry);
    },
  };
}

type Projection = Pick<ConstructorParameters<typeof QueryCommand>[0], 'ProjectionExpression'>;

const WHERE_FOUND: Projection = { ProjectionExpression: 'logFile, asked, mentioned' };

function keyOfCall(call: Call): Key {
  return { pk: { S: `domain#${domainKeyOf(call)}` }, sk: { S: placeOf(call) } };
}

/** An item of version 0.1 does not say what its call set, so nobody counts as told by it. */
function toEntry(item: Item): Entry {
  const [eventTime, uid] = split(item[SORT_KEY]?.S ?? '');
  const configuration = parsed(item['configuration']);
  return {
    uid,
    eventTime,
    caller: item['caller']?.S ?? '',
    isMentioned: item['mentioned']?.BOOL === true,
    asked: textsOf(parsed(item['asked'])),
    ...(isObject(configuration) && { configuration: configuration as Configuration }),
    told: textsOf(parsed(item['told'])),
  };
}

/** A place in a domain: the uid may hold anything. */
function split(place: string): readonly [string, string] {
  const at = place.indexOf('#');
  return [place.slice(0, at), place.slice(at + 1)];
}

async function* found(items: AsyncIterable<Item>): AsyncGenerator<FoundEntry> {
  for await (const item of items) {
    const logFile = parsed(item['logFile']);
    if (!isObject(logFile)) continue;
    yield {
      logFile: logFile as unknown as LogFileRef,
      asked: textsOf(listOf(parsed(item['asked']))),
      isMentioned: item['mentioned']?.BOOL === true,
    };
  }
}

/** Items have 400 KB at most, and need some of it for the rest. What is larger counts as not known. */
const MOST_BYTES = 350 * 1024;

/** Whether one item can hold all of them. What was asked counts twice, as people may have been told of all of it. */
const fits = (...values: readonly unknown[]): boolean =>
  values.reduce<number>((sum, value) => sum + Buffer.byteLength(JSON.stringify(value)), 0) <= MOST_BYTES;

const json = (value: unknown): AttributeValue => ({ S: JSON.stringify(value) });

const parsed = (attribute: AttributeValue | undefined): unknown =>
  attribute?.S === undefined ? undefined : JSON.parse(attribute.S);
