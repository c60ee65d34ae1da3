import { DeleteMessageCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { memberOf, textOf } from '../../core/base/members';

/** What a queue was told, by the eventID of the call. */
export interface Inbox {
  /** Waits until the alert on the call `uid` is there. @returns all uids that were there then, in order @throws Error when none comes */
  readonly until: (uid: string) => Promise<readonly string[]>;
}

const LONGEST_MS = 40_000;

export function inboxOf(sqs: SQSClient, QueueUrl: string): Inbox {
  const uids: string[] = [];
  async function receive(): Promise<void> {
    const command = new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1, MaxNumberOfMessages: 10 });
    const { Messages = [] } = await sqs.send(command);
    for (const { Body = '', ReceiptHandle } of Messages) {
      const uid = textOf(memberOf(JSON.parse(Body), 'metadata', 'original_event_uid'));
      if (uid === undefined) throw new Error(`a message that is no alert: ${Body.slice(0, 200)}`);
      uids.push(uid);
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }
  return {
    async until(uid) {
      for (const deadline = Date.now() + LONGEST_MS; !uids.includes(uid);) {
        if (Date.now() > deadline) throw new Error(`no alert on ${uid} came; told of: ${uids.join(', ') || 'nothing'}`);
        await receive();
      }
      return [...uids];
    },
  };
}
