import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { countersOf } from './counters';
import type { ToldCall } from './delivery';
import { unpublishedOf, type Tally } from './delivery/delivered';
import { ALERT_SENT, METRIC_NAMESPACE } from './environment';
import type { CheckedReport, FailedReport, FollowedReport, JudgedReport, Report, ScannedReport } from './report';

/** What tells of each object announced in one line and one set of metrics, both under the name of `service`. */
export function reporterOf(service: string): (told: Report) => void {
  const logger = new Logger({ serviceName: service });
  const metrics = new Metrics({ namespace: METRIC_NAMESPACE, serviceName: service });

  function log(told: Report): void {
    switch (told.outcome) {
      case 'scanned':
        return logScanned(logger, told);
      case 'judged':
        return logJudged(logger, told);
      case 'skipped':
        return logger.info('object skipped', { object: { ...told.object }, why: told.why });
      case 'followed':
        return logFollowed(logger, told);
      case 'checked':
        return logChecked(logger, told);
      case 'failed':
        return logger.error(told.isRecord ? 'record failed' : 'log file or notification failed', lineOfFailure(told));
      case 'forgotten':
        return logger.error('announced objects forgotten', { count: told.count, messageId: told.messageId });
    }
  }

  return (told) => {
    log(told);
    // A metric without a value costs as much as one with: most log files have nothing but themselves to count.
    for (const [name, count] of Object.entries(countersOf(told))) {
      if (count > 0) metrics.addMetric(name, MetricUnit.Count, count);
    }
    metrics.publishStoredMetrics();
  };
}

/** A line for each call told: whoever asks how many there were, of which account, and how late, asks the log. */
function logTold(logger: Logger, { attributes, eventTime }: ToldCall): void {
  const { schemaVersion: _, ...about } = attributes;
  const lag = (Date.now() - Date.parse(eventTime ?? '')) / 1000;
  logger.info(ALERT_SENT, { ...about, ...(Number.isFinite(lag) && { eventTime, lagSeconds: Math.round(lag) }) });
}

function logFollowed(logger: Logger, { object, logFiles, elsewhere, deviations }: FollowedReport): void {
  const line = { object: { ...object }, logFiles, elsewhere, deviations: [...deviations] };
  if (deviations.length > 0) logger.warn('digest followed, and it deviates', line);
  else logger.info('digest followed', line);
}

function logChecked(logger: Logger, { digest, intact, missing, altered }: CheckedReport): void {
  const line = { digest, intact, missing, altered };
  if (missing + altered > 0) logger.warn('log files checked, and not as delivered', line);
  else logger.info('log files checked', line);
}

function logJudged(logger: Logger, told: JudgedReport): void {
  const { watched, suppressed, messageId } = told;
  for (const call of [...told.told, ...watched.told]) logTold(logger, call);
  const line = { ...lineOf(told), suppressions: suppressed.map((finding) => ({ ...finding })) };
  const [error] = unpublishedOf(told);
  if (error === undefined) logger.info('record judged', line);
  else
    logger.error('record judged, alert not published', {
      ...line,
      ...(messageId && { messageId }),
      error: toError(error),
    });
}

function logScanned(logger: Logger, told: ScannedReport): void {
  const { logFile, isAgain, rawBytes, watched, suppressed, place, messageId } = told;
  for (const call of [...told.told, ...watched.told]) logTold(logger, call);
  const unpublished = unpublishedOf(told);
  const line = {
    logFile: { ...logFile },
    rawBytes,
    ...lineOf(told),
    // Almost no log file has a call that could blind the monitor.
    ...(watched.calls > 0 && { watched: lineOf(watched) }),
    suppressions: suppressed.map((finding) => ({ ...finding })),
  };
  const comesAgain = { ...line, ...(place && { recordsDone: place.done }), ...(messageId && { messageId }) };
  if (unpublished.length > 0) {
    logger.error('log file scanned, alerts not published', { ...comesAgain, error: toError(unpublished[0]) });
  } else if (place) logger.warn('log file scanned in part', comesAgain);
  else logger.info(isAgain ? 'log file scanned again' : 'log file scanned', line);
}

const lineOf = ({ received, counts, calls, sent, alreadySent, grouped, unrecorded, unpublished, owners }: Tally) => ({
  received,
  ...counts,
  calls,
  sent,
  alreadySent,
  grouped,
  unrecorded,
  unpublished: unpublished.length,
  ...(Object.keys(owners).length > 0 && { owners: byName(owners) }),
});

const byName = (owners: Tally['owners']) =>
  Object.fromEntries(Object.entries(owners).map(([name, counts]) => [name, { ...counts }]));

const lineOfFailure = ({ logFile, isAgain = false, messageId, error }: FailedReport) => ({
  ...(logFile && { logFile: { ...logFile } }),
  ...(isAgain && { isAgain }),
  ...(messageId !== undefined && { messageId }),
  error: toError(error),
});

const toError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
