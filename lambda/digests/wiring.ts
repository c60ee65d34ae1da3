import { toDeviationAlert, type Alert } from '../../core/alert';
import { lazily } from '../../core/base/lazily';
import type { Deviation } from '../../core/digest';
import type { LogFileRef } from '../../core/notification';
import type { queues, tables } from '../clients';
import type { Environment } from '../environment';
import { isGone } from '../check';
import type { OpenObject } from '../monitor';
import { follow, type Followed } from './follow';

/** What the function does about digests. */
export interface Digests {
  readonly follow: (digest: LogFileRef) => Promise<Followed>;
  readonly tell: (deviation: Deviation) => Promise<unknown>;
}

/** What following asks of AWS, and of delivery. */
export interface Effects {
  readonly openObject: (ref: LogFileRef) => Promise<OpenObject>;
  readonly signal: AbortSignal;
  readonly tables: typeof tables;
  readonly queues: typeof queues;
  readonly tell: (alert: Alert) => Promise<unknown>;
}

/** SQS takes ten messages, and 256 KiB, at once. */
const MESSAGES_AT_ONCE = 10;

/** Following with everything behind it, for one invocation. @param queueUrl where messages to itself are put */
export function digestsOf({ tableName }: Environment, queueUrl: string, effects: Effects): Digests {
  const table = lazily(async () => {
    const { client, knownDigestsIn } = await effects.tables();
    return knownDigestsIn(client, tableName);
  });

  async function read(ref: LogFileRef): Promise<Uint8Array | undefined> {
    try {
      return await (await effects.openObject(ref)).read(effects.signal);
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }

  async function send(messages: readonly string[]): Promise<void> {
    const { client, SendMessageBatchCommand } = await effects.queues();
    for (let at = 0; at < messages.length; at += MESSAGES_AT_ONCE) {
      const Entries = messages
        .slice(at, at + MESSAGES_AT_ONCE)
        .map((MessageBody, index) => ({ Id: String(at + index), MessageBody }));
      const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
      const [first] = Failed;
      if (first)
        throw new Error(`${Failed.length} messages were not taken by the queue: ${first.Code}, ${first.Message}`);
    }
  }

  const tell = (deviation: Deviation): Promise<unknown> => effects.tell(toDeviationAlert(deviation));
  return {
    tell,
    follow: (digest) =>
      follow(digest, {
        read,
        send,
        tell,
        now: Date.now,
        known: {
          since: async (...of) => (await table()).since(...of),
          hashOf: async (place) => (await table()).hashOf(place),
          keep: async (one) => (await table()).keep(one),
        },
      }),
  };
}
