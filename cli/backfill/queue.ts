import { sdk } from '../sources/sdk';
import type { Send } from './announce';

/** The region that the URL of a queue names, `undefined` where it names none. */
export const regionOfQueue = (url: string): string | undefined =>
  /^https:\/\/sqs\.([a-z0-9-]+)\.[a-z0-9.-]+\/\d{12}\/[A-Za-z0-9_-]{1,80}$/.exec(url)?.[1];

/** SQS itself, by its SDK, which is loaded when it is first asked. */
export const queueAt = async (QueueUrl: string): Promise<Send> => {
  const { SendMessageBatchCommand, SQSClient } = await sdk(
    '@aws-sdk/client-sqs',
    'backfill',
    () => import('@aws-sdk/client-sqs'),
  );
  const region = regionOfQueue(QueueUrl);
  const client = new SQSClient({ maxAttempts: 5, ...(region !== undefined && { region }) });
  return async (bodies) => {
    const Entries = bodies.map((MessageBody, at) => ({ Id: String(at), MessageBody }));
    const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    // What the sender did wrong does not get better by being sent again.
    const wrong = Failed.find(({ SenderFault }) => SenderFault);
    if (wrong) throw new Error(`the queue refused a message: ${wrong.Code ?? ''} ${wrong.Message ?? ''}`.trim());
    return Failed.map(({ Id }) => Number(Id));
  };
};
