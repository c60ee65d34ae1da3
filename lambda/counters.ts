import type { Counters } from '../core/base/accounting';
import { unpublishedOf } from './delivery/delivered';
import type { ToldOwner } from './delivery';
import type { JudgedReport, Report, ScannedReport } from './report';

/**
 * What one report adds to the metrics. What was received is in one set with what became of it, so that both are there, or
 * neither, whenever an invocation ends.
 */
export function countersOf(report: Report): Counters {
  switch (report.outcome) {
    case 'scanned':
      return {
        LogFilesReceived: 1,
        [outcomeOf(report)]: 1,
        ...countersOfRecords(report),
        ...countersOfWatched(report),
      };
    case 'judged':
      return {
        FastRecordsReceived: 1,
        [unpublishedOf(report).length > 0 ? 'FastRecordsFailed' : 'FastRecordsJudged']: 1,
        ...countersOfRecords(report),
        ...countersOfWatched(report),
      };
    case 'skipped':
      return { LogFilesReceived: 1, ObjectsSkipped: 1 };
    case 'followed':
      return { LogFilesReceived: 1, ObjectsSkipped: 1, DigestsFollowed: 1 };
    case 'checked':
      return {
        LogFilesChecked: report.intact + report.missing + report.altered,
        LogFilesMissing: report.missing,
        LogFilesAltered: report.altered,
      };
    case 'failed':
      return report.isRecord === true
        ? { FastRecordsReceived: 1, FastRecordsFailed: 1 }
        : { LogFilesReceived: 1, LogFilesFailed: 1 };
    case 'forgotten':
      return { LogFilesReceived: report.count };
  }
}

function outcomeOf({ isAgain, ...told }: ScannedReport): keyof Counters {
  if (unpublishedOf(told).length > 0) return 'LogFilesFailed';
  return isAgain ? 'LogFilesScannedAgain' : 'LogFilesScanned';
}

function countersOfRecords(scanned: ScannedReport | JudgedReport): Counters {
  const { counts, sent, unrecorded, grouped, alreadySent, unpublished } = scanned;
  return {
    RecordsReceived: scanned.received,
    RecordsIgnored: counts.ignored,
    CallsFound: scanned.calls,
    CallsInformational: counts.informational,
    CallsSuppressed: counts.suppressed,
    AlertsSent: sent + unrecorded,
    CallsGrouped: grouped,
    AlertsAlreadySent: alreadySent,
    AlertsFailed: unpublished.length,
    AlertsUnrecorded: unrecorded,
    ...countersOfOwners(scanned),
    AlertsRecovered: scanned.outcome === 'scanned' && scanned.isCheck === true ? sent + unrecorded : 0,
  };
}

/** Of all owners together: how many of each, the log tells, where it costs no metric. */
function countersOfOwners({ owners }: Pick<ScannedReport, 'owners'>): Counters {
  const sumOf = (name: keyof ToldOwner): number => Object.values(owners).reduce((sum, owner) => sum + owner[name], 0);
  return {
    OwnerAlertsDue: sumOf('due'),
    OwnerAlertsSent: sumOf('sent'),
    OwnerAlertsKnown: sumOf('known'),
    OwnerAlertsFailed: sumOf('failed'),
  };
}

/** Records of other services that are about nothing of ours are not counted: how many are read is a matter of speed. */
function countersOfWatched({ watched }: Pick<ScannedReport, 'watched'>): Counters {
  const { calls, counts, sent, unrecorded, grouped, alreadySent, unpublished } = watched;
  return {
    WatchedCallsFound: calls,
    WatchedAlertsSent: sent + unrecorded,
    WatchedAlertsAlreadySent: alreadySent,
    WatchedAlertsFailed: unpublished.length,
    WatchedCallsNotTold: counts.informational + counts.suppressed + grouped,
    WatchedAlertsUnrecorded: unrecorded,
  };
}
