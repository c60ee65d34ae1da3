import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isObject, listOf, memberOf, textOf } from '../core/base/members';
import { isAfterTheAct, type Fault } from './faults/fault-kinds';
import type { Invocation } from './runtime-api';

/** What the template says about an event source mapping, with everything resolved. */
export interface MappingSpec {
  readonly queueArn: string;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  /** The function answers which messages failed; without it one failure fails the batch. */
  readonly reportsBatchItemFailures: boolean;
}

export interface EventSourceMapping {
  /** Every batch the function was given so far. */
  readonly batches: readonly Batch[];
  /** Stops to poll, after the batch in hand. Messages stay in the queue. */
  disable(): Promise<void>;
  enable(): void;
  /** Stops for good, without waiting for the batch in hand. */
  close(): void;
}

export interface Batch {
  readonly messages: readonly Message[];
  /** Message ids that go back to the queue. */
  readonly failed: readonly string[];
  readonly invocation: Invocation;
  readonly milliseconds: number;
}

/** Where the run is faster than AWS. */
export interface Haste {
  /** How long a failed message stays invisible. AWS waits for what is left of the queue's visibility timeout. */
  readonly redeliverAfterSeconds: number;
  /** How long what a function was given stays invisible that has ended. @default - as a failed message */
  readonly redeliverAfterEndSeconds?: number;
  /** No batch is gathered for longer. */
  readonly longestWindowSeconds: number;
  /** How many times faster than its own the function's time goes. @default 1 */
  readonly timesFaster?: number;
}

/** What goes wrong between the queue and Lambda. A request that fails before it acts is not made, any other has no answer. */
export type QueueFaults = (request: 'receive' | 'delete', about: string) => Fault | undefined;

export type Invoke = (event: unknown) => Promise<Invocation>;

/** SQS hands out no more at once. */
const MOST_RECEIVED = 10;

/**
 * Feeds functions from a queue, each one batch after the other, as Lambda's pollers do. Starts disabled.
 * @param invokes one for each function: the instances that Lambda runs at once
 * @param fail hears when the queue can no longer be read: nothing is delivered after that
 */
export function openEventSourceMapping(
  spec: MappingSpec,
  queueUrl: string,
  sqs: SQSClient,
  invokes: readonly Invoke[],
  haste: Haste,
  fail: (error: unknown) => void,
  faultOf: QueueFaults = () => undefined,
): EventSourceMapping {
  const batches: Batch[] = [];
  const closing = new AbortController();
  let isEnabled = false;
  let polling: Promise<void> = Promise.resolve();

  async function receive(count: number, waitSeconds: number): Promise<readonly Message[]> {
    const fault = faultOf('receive', '');
    if (fault && !isAfterTheAct(fault)) return [];
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: Math.min(count, MOST_RECEIVED),
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
      { abortSignal: closing.signal },
    );
    if (!fault) return Messages;
    for (const some of inTens(Messages)) await comeBack(some, haste.redeliverAfterSeconds);
    return [];
  }

  async function comeBack(messages: readonly Message[], VisibilityTimeout: number): Promise<void> {
    if (messages.length === 0) return;
    const Entries = messages.map(({ ReceiptHandle }, index) => ({
      Id: String(index),
      ReceiptHandle,
      VisibilityTimeout,
    }));
    await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries }));
  }

  /** Messages whose deletion failed come back as those that failed. */
  function isDeleted({ MessageId = '' }: Message): boolean {
    const fault = faultOf('delete', MessageId);
    return !fault || isAfterTheAct(fault);
  }

  /** A batch is full at its size, or when its window has passed since the first message. */
  async function gather(): Promise<readonly Message[]> {
    const messages = [...(await receive(spec.batchSize, 1))];
    const window = Math.min(spec.batchingWindowSeconds, haste.longestWindowSeconds) * 1000;
    for (const end = Date.now() + window; messages.length > 0 && messages.length < spec.batchSize; await sleep(20)) {
      messages.push(...(await receive(spec.batchSize - messages.length, 0)));
      if (Date.now() >= end) break;
    }
    return messages;
  }

  async function runBatch(messages: readonly Message[], invoke: Invoke): Promise<void> {
    const start = performance.now();
    const invocation = await invoke(toEvent(messages, spec.queueArn));
    const failed = failedIn(invocation, messages, spec.reportsBatchItemFailures);
    const { redeliverAfterSeconds, redeliverAfterEndSeconds = redeliverAfterSeconds } = haste;
    const hasEnded = invocation.outcome === 'failed';
    for (const some of inTens(messages)) {
      const done = some.filter((message) => !failed.includes(message.MessageId ?? '') && isDeleted(message));
      const Entries = done.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      if (done.length > 0) await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
      const back = some.filter((message) => !done.includes(message));
      await comeBack(back, hasEnded ? redeliverAfterEndSeconds : redeliverAfterSeconds);
    }
    batches.push({ messages, failed, invocation, milliseconds: performance.now() - start });
  }

  async function poll(invoke: Invoke): Promise<void> {
    while (isEnabled) {
      const messages = await gather();
      if (messages.length > 0) await runBatch(messages, invoke);
    }
  }

  const pollAll = async (): Promise<void> => void (await Promise.all(invokes.map(poll)));

  return {
    batches,
    async disable() {
      isEnabled = false;
      await polling;
    },
    enable() {
      if (isEnabled) return;
      isEnabled = true;
      polling = polling.then(pollAll).catch((error: unknown) => {
        isEnabled = false;
        if (!closing.signal.aborted) fail(error);
      });
    },
    close() {
      isEnabled = false;
      closing.abort();
    },
  };
}

/** What the function is given. */
function toEvent(messages: readonly Message[], queueArn: string): object {
  return {
    Records: messages.map((message) => ({
      messageId: message.MessageId,
      receiptHandle: message.ReceiptHandle,
      body: message.Body,
      attributes: message.Attributes ?? {},
      messageAttributes: message.MessageAttributes ?? {},
      md5OfBody: message.MD5OfBody,
      eventSource: 'aws:sqs',
      eventSourceARN: queueArn,
      awsRegion: queueArn.split(':')[3],
    })),
  };
}

/** The messages that go back: those the function names, and all where it fails or names what it was not given. */
function failedIn(
  invocation: Invocation,
  messages: readonly Message[],
  reportsBatchItemFailures: boolean,
): readonly string[] {
  const all = messages.flatMap(({ MessageId }) => MessageId ?? []);
  if (invocation.outcome === 'failed') return all;
  if (!reportsBatchItemFailures || !isObject(invocation.payload)) return [];
  const failures = listOf(invocation.payload['batchItemFailures']);
  const ids = failures.map((failure) => textOf(memberOf(failure, 'itemIdentifier')) ?? '');
  return ids.every((id) => all.includes(id)) ? ids : all;
}

function* inTens<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let from = 0; from < items.length; from += 10) yield items.slice(from, from + 10);
}
