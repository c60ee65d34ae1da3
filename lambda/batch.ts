import { isObject, listOf, memberOf, textOf } from '../core/base/members';

/** A message of the queue. */
export interface Message {
  readonly messageId: string;
  readonly body: unknown;
}

/** The queue's messages, `undefined` where the event is no batch of a queue. */
export function messagesIn(event: unknown): readonly Message[] | undefined {
  const records = isObject(event) ? listOf(event['Records']) : [];
  const isBatch = records.length > 0 && records.every((record) => memberOf(record, 'eventSource') === 'aws:sqs');
  if (!isBatch) return undefined;
  return records.map((record) => ({
    messageId: textOf(memberOf(record, 'messageId')) ?? '',
    body: memberOf(record, 'body'),
  }));
}
