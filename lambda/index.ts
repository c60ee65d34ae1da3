/* The function: what Lambda calls, and what it is made of. */

import type { Context, SQSBatchResponse } from 'aws-lambda';
import { openObject, tables, topics } from './clients';
import { lazily } from '../core/base/lazily';
import { readEnvironment } from './environment';
import { reporterOf } from './log';
import { monitor } from './monitor';

const environment = readEnvironment(process.env);
const report = reporterOf(environment.service);

/** Judgement and delivery, loaded with the first log file that has a record of ours: almost none has. */
const deliveryUntil = lazily(async () => {
  const { deliveryOf } = await import('./delivery/index.js');
  return deliveryOf(environment, { topics, tables });
});

/** An invocation that is not told when it ends, by hand for example, is taken to be the longest Lambda allows. */
const LONGEST_INVOCATION_MS = 15 * 60_000;

/** What Lambda calls. Takes the queue's batches, and any notification by hand. */
export const handler = (
  event: unknown,
  context?: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<SQSBatchResponse> => {
  const leaseUntil = Date.now() + (context?.getRemainingTimeInMillis() ?? LONGEST_INVOCATION_MS);
  const deliver = lazily(async () => (await deliveryUntil())(leaseUntil));
  return monitor(event, {
    openObject,
    deliver: async (records, logFile) => (await deliver())(records, logFile),
    report,
  });
};
