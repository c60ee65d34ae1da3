import type { Readable } from 'node:stream';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { lazily } from '../core/base/lazily';
import type { LogFileRef } from '../core/notification';
import type { OpenObject } from './monitor';

/**
 * A stalled connection is given up after seconds and tried again, well before the function's own timeout: three
 * attempts, with the SDK's backoff between them.
 */
const RETRIES = {
  maxAttempts: 3,
  requestHandler: {
    connectionTimeout: 2_000,
    // Without the flag the SDK only warns.
    requestTimeout: 20_000,
    throwOnRequestTimeout: true,
    // A body that stalls after its headers.
    socketTimeout: 20_000,
  },
};

const s3 = new S3Client({ ...RETRIES, followRegionRedirects: true });

/** Almost no log file holds a configuration call, so what only they need is loaded with the first of them. */
export const topics = lazily(async () => {
  const { SNSClient: Client, PublishCommand } = await import('@aws-sdk/client-sns');
  return { client: new Client(RETRIES), PublishCommand };
});

export const tables = lazily(async () => {
  const [{ DynamoDBClient }, kept] = await Promise.all([
    import('@aws-sdk/client-dynamodb'),
    import('./table/index.js'),
  ]);
  return { client: new DynamoDBClient(RETRIES), ...kept };
});

export const queues = lazily(async () => {
  const { SQSClient: Client, SendMessageBatchCommand } = await import('@aws-sdk/client-sqs');
  // The queue is one of this region: no other address is needed than that of the service.
  return { client: new Client({ ...RETRIES, useQueueUrlAsEndpoint: false }), SendMessageBatchCommand };
});

/** CloudTrail's largest log files have 50 MB. One object must not take the memory that its whole batch shares. */
const MAX_OBJECT_BYTES = 64 * 1024 * 1024;

/** @throws Error when the object cannot be had whole, or is no log file by its size, or `signal` is aborted */
export async function openObject({ bucket, key, versionId }: LogFileRef, signal: AbortSignal): Promise<OpenObject> {
  const { Body, ContentLength } = await s3.send(
    new GetObjectCommand({ Bucket: bucket, Key: key, ...(versionId && { VersionId: versionId }) }),
    { abortSignal: signal },
  );
  if (!Body || ContentLength === undefined) throw new Error('object has no body');
  if (ContentLength > MAX_OBJECT_BYTES) {
    await Body.transformToWebStream().cancel();
    throw new Error(`object has ${ContentLength} bytes; allowed: ${MAX_OBJECT_BYTES}`);
  }
  const read = async (whileWanted: AbortSignal): Promise<Uint8Array> => {
    // The SDK's body ends with its request alone.
    const stop = (): void => void (Body as Readable).destroy(new Error('object is not waited for any longer'));
    whileWanted.addEventListener('abort', stop, { once: true });
    const bytes = await Body.transformToByteArray();
    if (bytes.length !== ContentLength) {
      throw new Error(`object is cut short: got ${bytes.length} of ${ContentLength} bytes`);
    }
    return bytes;
  };
  return { size: ContentLength, read };
}
