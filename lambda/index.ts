/* The function: what Lambda calls, and what it is made of. */

import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, SQSBatchResponse } from 'aws-lambda';
import { openObject, queues, tables, topics } from './clients';
import { lazily } from '../core/base/lazily';
import { readEnvironment } from './environment';
import { reporterOf } from './log';
import { monitor } from './monitor';
import { narrowingTo } from './narrowing';
import { readSettings } from './settings';
import { timeForOne } from './time-for-one';

const environment = readEnvironment(process.env);
const settings = readSettings(environment);
const report = reporterOf(environment.service);
const narrowing = narrowingTo(environment.watched ?? []);

/** Judgement and delivery, loaded with the first log file that has a record of ours: almost none has. */
const deliveryUntil = lazily(async () => {
  const { deliveryOf } = await import('./delivery/index.js');
  return deliveryOf(environment, settings, { topics, tables });
});

/** An invocation that is not told when it ends, by hand for example, is taken to be the longest Lambda allows. */
const LONGEST_INVOCATION_MS = 15 * 60_000;

/**
 * What the answer takes, once there is no time left, and what must not give way before it: the parsing of a large file at a third of
 * a core. Of a short invocation, a tenth.
 */
const MARGIN_MS = 10_000;

/** What Lambda calls. Takes the queue's batches, and any notification by hand. */
export const handler = (
  event: unknown,
  context?: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<SQSBatchResponse> => {
  const remaining = context?.getRemainingTimeInMillis() ?? LONGEST_INVOCATION_MS;
  const margin = Math.min(MARGIN_MS, remaining / 10);
  const leaseUntil = Date.now() + remaining;
  // What an invocation has begun goes on within the next one, minutes later, when another has sent it.
  const ended = new AbortController();
  // As many as are sent at once listen.
  setMaxListeners(0, ended.signal);
  const end = Date.now() + remaining - margin;
  const over = sleep(remaining - margin, undefined, { ref: false });
  const delivery = lazily(async () => (await deliveryUntil())(leaseUntil, ended.signal));
  const { queueUrl } = environment;
  const digests = lazily(async () => {
    const { digestsOf } = await import('./digests/index.js');
    return digestsOf(environment, queueUrl ?? '', {
      openObject: (digest) => openObject(digest, ended.signal),
      signal: ended.signal,
      tables,
      queues,
      tell: async (alert) => (await delivery()).tell(alert),
    });
  });
  return monitor(event, {
    openObject,
    deliver: async (...file) => (await delivery()).deliver(...file),
    keepPlace: async (...place) => (await delivery()).keepPlace(...place),
    over: over.then(() => ended.abort()),
    timeForOne: timeForOne(() => (end - Date.now()) / 2, ended.signal),
    ...(narrowing && { narrowing }),
    hasFastPath: environment.hasFastPath === true,
    report,
    ...(queueUrl !== undefined && {
      digests: {
        follow: async (digest) => (await digests()).follow(digest),
        tell: async (deviation) => (await digests()).tell(deviation),
      },
    }),
  });
};
