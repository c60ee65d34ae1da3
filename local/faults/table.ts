import type { QueryCommandInput, UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { memberOf, textOf } from '../../core/base/members';
import { PARTITION_KEY, SORT_KEY } from '../../lambda/environment';
import { conditionOf, nameIn, updateOf, type Item } from './expressions';

/** A DynamoDB table in memory, for the requests the function makes. */
export interface Table {
  /** @throws Error named as DynamoDB names it, or for what is not known here */
  readonly ask: (operation: string, input: object) => object;
}

export function openTable(): Table {
  /** By partition, then by sort key, in its order. */
  const partitions = new Map<string, Map<string, Item>>();

  const placeOf = (key: unknown): readonly [string, string] => [
    textOf(memberOf(key, PARTITION_KEY, 'S')) ?? '',
    textOf(memberOf(key, SORT_KEY, 'S')) ?? '',
  ];
  const itemAt = (key: unknown): Item | undefined => {
    const [pk, sk] = placeOf(key);
    return partitions.get(pk)?.get(sk);
  };
  const keep = (item: Item): void => {
    const [pk, sk] = placeOf(item);
    const partition = partitions.get(pk) ?? new Map<string, Item>();
    partitions.set(pk, partition.set(sk, item));
  };

  function update(input: UpdateItemCommandInput): object {
    const before = itemAt(input.Key) ?? {};
    if (input.ConditionExpression !== undefined && !conditionOf(input.ConditionExpression)(before, input)) {
      throw Object.assign(new Error('The conditional request failed'), { name: 'ConditionalCheckFailedException' });
    }
    const item = { ...input.Key, ...before };
    updateOf(input.UpdateExpression ?? '')(item, before, input);
    keep(item);
    const returned = { ALL_NEW: item, ALL_OLD: before }[String(input.ReturnValues)];
    return returned ? { Attributes: returned } : {};
  }

  function query(input: QueryCommandInput): object {
    const pk = input.ExpressionAttributeValues?.[':pk']?.S ?? '';
    const holds = conditionOf(input.KeyConditionExpression ?? '');
    const direction = input.ScanIndexForward === false ? -1 : 1;
    const from = input.ExclusiveStartKey?.[SORT_KEY]?.S;
    const found = [...(partitions.get(pk)?.values() ?? [])]
      .filter((item) => holds(item, input))
      .map((item) => ({ item, sk: item[SORT_KEY]?.S ?? '' }))
      .filter(({ sk }) => from === undefined || (direction > 0 ? sk > from : sk < from))
      .toSorted((a, b) => direction * (a.sk < b.sk ? -1 : 1));
    const page = found.slice(0, input.Limit).map(({ item }) => item);
    const last = page.length < found.length ? page.at(-1) : undefined;
    const names = input.ProjectionExpression?.split(/\s*,\s*/).map((name) => nameIn(name, input));
    const projected = (item: Item): Item =>
      names ? Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name))) : item;
    return {
      Items: page.map(projected),
      ...(last && {
        LastEvaluatedKey: Object.fromEntries([PARTITION_KEY, SORT_KEY].map((name) => [name, last[name]])),
      }),
    };
  }

  return {
    ask(operation, input) {
      switch (operation) {
        case 'UpdateItem':
          return update(input as UpdateItemCommandInput);
        case 'Query':
          return query(input as QueryCommandInput);
        case 'GetItem': {
          const item = itemAt(memberOf(input, 'Key'));
          return item ? { Item: item } : {};
        }
        case 'PutItem':
          keep(memberOf(input, 'Item') as Item);
          return {};
        default:
          throw new Error(`operation ${operation} is not known here`);
      }
    },
  };
}
