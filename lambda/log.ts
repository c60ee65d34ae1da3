import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { METRIC_NAMESPACE } from './environment';
import type { Report } from './report';

/** What tells of each object announced in one line and one set of metrics, both under the name of `service`. */
export function reporterOf(service: string): (told: Report) => void {
  const logger = new Logger({ serviceName: service });
  const metrics = new Metrics({ namespace: METRIC_NAMESPACE, serviceName: service });
  // A metric without a value costs as much as one with: most log files have nothing but themselves to count.
  const count = (name: string, value: number): void => {
    if (value > 0) metrics.addMetric(name, MetricUnit.Count, value);
  };
  return (told) => {
    if (told.outcome === 'scanned') {
      const { logFile, isAgain, rawBytes, counts, alreadySent, grouped, unrecorded, unpublished, suppressed } = told;
      const line = {
        logFile: { ...logFile },
        rawBytes,
        ...counts,
        alreadySent,
        grouped,
        unrecorded,
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
      count('AlertsUnrecorded', unrecorded);
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
  };
}

const toError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
