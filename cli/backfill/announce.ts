import type { LogObject } from '../sources/s3-keys';

/** Puts messages into a queue. @returns the places in `bodies` of those that were not taken */
export type Send = (bodies: readonly string[]) => Promise<readonly number[]>;

export interface AnnounceEffects {
  readonly send: Send;
  /** Waits for so many milliseconds. */
  readonly pause: (milliseconds: number) => Promise<unknown>;
  /** Milliseconds since any moment. */
  readonly now: () => number;
}

/** SQS takes as many messages at once. */
const MESSAGES_AT_ONCE = 10;

/** Messages that were not taken are tried so often. */
const TRIES = 6;

/**
 * Announces each object to the function by its queue, in order, in the form of a trail's own messages, and no faster than
 * `perSecond`. One object a message: one that cannot be read fails alone.
 * @param announced is told after each request how many were taken, and the last key of them
 * @throws Error where the queue does not take a message
 */
export async function announceAll(
  objects: AsyncIterable<LogObject>,
  bucket: string,
  perSecond: number,
  { send, pause, now }: AnnounceEffects,
  announced: (count: number, lastKey: string) => void,
): Promise<void> {
  const started = now();
  let count = 0;
  for await (const batch of batchesOf(objects)) {
    const early = started + (count / perSecond) * 1000 - now();
    if (early > 0) await pause(early);
    await sendAll(batch.map(({ key }) => JSON.stringify({ s3Bucket: bucket, s3ObjectKey: [key] })));
    count += batch.length;
    announced(batch.length, batch.at(-1)?.key ?? '');
  }

  async function sendAll(bodies: readonly string[]): Promise<void> {
    let left = bodies;
    for (let tries = 0; left.length > 0; tries += 1) {
      if (tries === TRIES)
        throw new Error(`the queue did not take ${left.length} of ${bodies.length} messages, ${TRIES} times`);
      if (tries > 0) await pause(100 * 2 ** tries);
      const refused = await send(left);
      left = left.filter((_, at) => refused.includes(at));
    }
  }
}

async function* batchesOf(objects: AsyncIterable<LogObject>): AsyncGenerator<readonly LogObject[]> {
  let batch: LogObject[] = [];
  for await (const object of objects) {
    batch.push(object);
    if (batch.length < MESSAGES_AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
