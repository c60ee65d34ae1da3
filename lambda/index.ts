import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Context, SQSBatchResponse } from 'aws-lambda';
import { toPublishInput, type Alert } from '../core/alert';
import { inBursts, type CountIn } from './delivery/burst';
import { readEnvironment } from './environment';
import { monitor, type OpenObject, type Report } from './monitor';
import type { LogFileRef } from '../core/notification';
import { once, type SentAlerts } from './delivery/once';
import type { TableHistory } from './table';
import { toCriteria } from '../core/settings';

const config = readEnvironment(process.env);
const criteria = toCriteria(config.settings);
const logger = new Logger({ serviceName: 'es-config-monitor' });
const metrics = new Metrics({ namespace: 'EsConfigMonitor', serviceName: 'es-config-monitor' });

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
let sns: ReturnType<typeof loadSns> | undefined;

async function loadSns() {
  const { SNSClient: Client, PublishCommand } = await import('@aws-sdk/client-sns');
  return { client: new Client(RETRIES), PublishCommand };
}

let table: ReturnType<typeof loadTable> | undefined;

async function loadTable() {
  const [{ DynamoDBClient }, { sentAlertsIn, historyIn, countIn }] = await Promise.all([
    import('@aws-sdk/client-dynamodb'),
    import('./table/index.js'),
  ]);
  return { client: new DynamoDBClient(RETRIES), sentAlertsIn, historyIn, countIn };
}

/** CloudTrail's largest log files have 50 MB. One object must not take the memory that its whole batch shares. */
const MAX_OBJECT_BYTES = 64 * 1024 * 1024;

/** @throws Error when the object cannot be had whole, or is no log file by its size */
async function openObject({ bucket, key, versionId }: LogFileRef): Promise<OpenObject> {
  const { Body, ContentLength } = await s3.send(
    new GetObjectCommand({ Bucket: bucket, Key: key, ...(versionId && { VersionId: versionId }) }),
  );
  if (!Body || ContentLength === undefined) throw new Error('object has no body');
  if (ContentLength > MAX_OBJECT_BYTES) {
    await Body.transformToWebStream().cancel();
    throw new Error(`object has ${ContentLength} bytes; allowed: ${MAX_OBJECT_BYTES}`);
  }
  const read = async (): Promise<Uint8Array> => {
    const bytes = await Body.transformToByteArray();
    if (bytes.length !== ContentLength) {
      throw new Error(`object is cut short: got ${bytes.length} of ${ContentLength} bytes`);
    }
    return bytes;
  };
  return { size: ContentLength, read };
}

async function send(alert: Alert): Promise<void> {
  sns ??= loadSns();
  const { client, PublishCommand } = await sns;
  await client.send(new PublishCommand({ TopicArn: config.topicArns[alert.severity], ...toPublishInput(alert) }));
}

/** One line and one set of metrics for each object announced. */
function report(told: Report): void {
  if (told.outcome === 'scanned') {
    const { logFile, isAgain, rawBytes, counts, alreadySent, grouped, unpublished, suppressed } = told;
    const line = {
      logFile: { ...logFile },
      rawBytes,
      ...counts,
      alreadySent,
      grouped,
      unpublished: unpublished.length,
      suppressions: suppressed.map((finding) => ({ ...finding })),
    };
    if (unpublished.length === 0) logger.info(isAgain ? 'log file scanned again' : 'log file scanned', line);
    else logger.error('log file scanned, alerts not published', { ...line, error: toError(unpublished[0]) });
    if (isAgain) {
      // Its records were counted the first time; only alerts are news.
      count('LogFilesScannedAgain', 1);
    } else {
      count(unpublished.length === 0 ? 'LogFilesScanned' : 'LogFilesFailed', 1);
      count('RecordsIgnored', counts.ignored);
      count('CallsInformational', counts.informational);
      count('CallsSuppressed', counts.suppressed);
    }
    count('AlertsSent', counts.alerted - alreadySent - grouped - unpublished.length);
    count('CallsGrouped', grouped);
    count('AlertsAlreadySent', alreadySent);
    count('AlertsFailed', unpublished.length);
  } else if (told.outcome === 'skipped') {
    logger.info('object skipped', { object: { ...told.object }, why: told.why });
    count('ObjectsSkipped', 1);
  } else {
    const { logFile, error } = told;
    logger.error('log file or notification failed', {
      ...(logFile && { logFile: { ...logFile } }),
      error: toError(error),
    });
    count('LogFilesFailed', 1);
  }
  metrics.publishStoredMetrics();
}

/** A metric without a value costs as much as one with: most log files have nothing but themselves to count. */
function count(name: string, value: number): void {
  if (value > 0) metrics.addMetric(name, MetricUnit.Count, value);
}

const toError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/** An invocation that is not told when it ends, by hand for example, is taken to be the longest Lambda allows. */
const LONGEST_INVOCATION_MS = 15 * 60_000;

/** What Lambda calls. Takes the queue's batches, and any notification by hand. */
export const handler = (
  event: unknown,
  context?: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<SQSBatchResponse> => {
  const remaining = context?.getRemainingTimeInMillis() ?? LONGEST_INVOCATION_MS;
  const loaded = loadedOnce(Date.now() + remaining);
  const sendOnce = once({
    claim: async (uid) => (await loaded()).sentAlerts.claim(uid),
    confirm: async (uid) => (await loaded()).sentAlerts.confirm(uid),
    release: async (uid) => (await loaded()).sentAlerts.release(uid),
  });
  return monitor(event, criteria, {
    openObject,
    publish: (alert) => sendOnce(alert.uid, () => send(alert).then(() => 'sent')),
    publishInBurst: inBursts(send, sendOnce, async (burst, callUid) => (await loaded()).countIn(burst, callUid)),
    historyOf: (logFile) => ({
      before: async (call) => (await loaded()).history.before(call),
      record: async (call, configuration) => (await loaded()).history.record(call, configuration, logFile),
    }),
    report,
  });
};

/** The table, loaded when it is first asked for. */
function loadedOnce(leaseUntil: number) {
  let loading:
    Promise<{ readonly sentAlerts: SentAlerts; readonly history: TableHistory; readonly countIn: CountIn }> | undefined;
  const load = async () => {
    table ??= loadTable();
    const { client, sentAlertsIn, historyIn, countIn } = await table;
    return {
      sentAlerts: sentAlertsIn(client, config.tableName, leaseUntil),
      history: historyIn(client, config.tableName),
      countIn: countIn(client, config.tableName),
    };
  };
  return () => (loading ??= load());
}
