/* The mail digest: what a schedule calls, once a day or a week. A function of its own. */

import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { DeleteMessageBatchCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Context } from 'aws-lambda';
import { METRIC_NAMESPACE, readMailDigestEnvironment } from '../environment';
import { sendMailDigests, type Sent } from './send';

const RETRIES = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
};

const { queueUrl: QueueUrl, topicArn: TopicArn, period, service } = readMailDigestEnvironment(process.env);
const sqs = new SQSClient({ ...RETRIES, useQueueUrlAsEndpoint: false });
const sns = new SNSClient(RETRIES);
const logger = new Logger({ serviceName: service });
const metrics = new Metrics({ namespace: METRIC_NAMESPACE, serviceName: service });

/** Waiting that long, SQS asks all of its servers. */
const WAIT_SECONDS = 1;

/** What publishing and removing one mail's alerts takes. */
const RESERVE_MS = 45_000;

function report(sent: Sent): void {
  const line = { ...sent };
  if (sent.notRemoved > 0) logger.warn('mail digest sent, and some of it will be told again', line);
  else logger.info('mail digest sent', line);
  metrics.addMetric('MailDigestsSent', MetricUnit.Count, 1);
  metrics.addMetric('AlertsDigested', MetricUnit.Count, sent.alerts);
  metrics.publishStoredMetrics();
}

export const handler = async (_: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<void> =>
  sendMailDigests(period, {
    async receive() {
      const receive = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: WAIT_SECONDS });
      const { Messages = [] } = await sqs.send(receive);
      return Messages.map(({ Body = '', ReceiptHandle = '' }) => ({ body: Body, receipt: ReceiptHandle }));
    },
    publish: async (mail) => void (await sns.send(new PublishCommand({ TopicArn, ...mail }))),
    async remove(receipts) {
      const Entries = receipts.map((ReceiptHandle, at) => ({ Id: String(at), ReceiptHandle }));
      const { Failed = [] } = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
      return Failed.length;
    },
    isOver: () => context.getRemainingTimeInMillis() < RESERVE_MS,
    report,
  });
