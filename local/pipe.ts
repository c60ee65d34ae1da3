import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteMessageCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { pipedOf } from './input-template';

/** What the template says about a pipe from a queue to an event bus, with everything resolved. */
export interface PipeSpec {
  readonly queueArn: string;
  /** Name of the bus. */
  readonly bus: string;
  readonly source: string;
  readonly detailType: string;
  readonly inputTemplate: string;
}

/** A pipe that runs until it is closed, or stopped. */
export type Pipe = ReturnType<typeof openPipe>;

/** An event on a bus. */
export interface BusEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: unknown;
}

/** The entries of one PutEvents, in bytes. */
const MOST_BYTES = 256 * 1024;

/**
 * Gives each message of a queue to a bus, one at a time, and takes it from the queue when the bus has it.
 * @param put throws where the bus does not take it: the message comes again
 * @param fail hears that the queue can no longer be read
 */
export function openPipe(
  { source, detailType, inputTemplate }: PipeSpec,
  QueueUrl: string,
  sqs: SQSClient,
  put: (event: BusEvent) => Promise<void>,
  fail: (error: unknown) => void,
) {
  const closing = new AbortController();
  let isStopped = false;
  let passing = Promise.resolve();

  async function pass(): Promise<void> {
    const receive = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 1, WaitTimeSeconds: 1 });
    const { Messages = [] } = await sqs.send(receive, { abortSignal: closing.signal });
    for (const { MessageId: messageId, Body: body, ReceiptHandle } of Messages) {
      const detail = pipedOf(inputTemplate, { messageId, body });
      const bytes = Buffer.byteLength(detail) + source.length + detailType.length;
      if (bytes > MOST_BYTES) throw new Error(`event has ${bytes} bytes, allowed: ${MOST_BYTES}`);
      const isPut = await put({ source, 'detail-type': detailType, detail: JSON.parse(detail) as unknown }).then(
        () => true,
        () => false,
      );
      if (isPut) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      if (!isStopped) passing = pass();
      await (isStopped ? sleep(100) : passing);
    }
  }

  run().catch((error: unknown) => {
    if (!closing.signal.aborted) fail(error);
  });
  return {
    /** Done when what it has begun to pass on is passed on; what comes later waits. */
    async stop(): Promise<void> {
      isStopped = true;
      await passing;
    },
    start(): void {
      isStopped = false;
    },
    close: () => closing.abort(),
  };
}
