/** What the function counts, by the name of its metric, and what each counts. */
export const METRICS = {
  LogFilesReceived:
    'objects announced to the function, notifications that could not be read, and log files scanned again',
  LogFilesScanned: 'log files read and judged, all alerts told',
  LogFilesScannedAgain:
    'log files scanned before, and once more because an earlier call of one of their domains came late',
  ObjectsSkipped: 'objects that are no log files, such as digests',
  DigestsFollowed: 'of the objects skipped, digests whose log files are held to them',
  LogFilesChecked: 'log files that a digest lists, read and held to it, whether they were scanned before or not',
  LogFilesMissing: 'of the log files checked, those that are not there',
  LogFilesAltered: 'of the log files checked, those with another content than was delivered',
  AlertsRecovered: 'of the calls told now, those that only the digest brought: nobody had announced their log file',
  LogFilesFailed:
    'log files and notifications that could not be read in time, or not all of whose alerts could be told',
  FastRecordsReceived: 'records that came as events, before their log file, with `fastPath`',
  FastRecordsJudged: 'of those, records judged, all alerts told',
  FastRecordsFailed: 'of those, records that could not be judged in time, or whose alert could not be told',
  RecordsReceived: 'records of the service found in log files, or that came as events',
  RecordsIgnored: 'reads, calls nobody watches, and copies of a call outside the management events',
  CallsFound: 'configuration calls that a rule speaks of',
  CallsInformational: 'calls that are counted only',
  CallsSuppressed: 'calls that would be alerted and are suppressed',
  AlertsSent: 'calls told now',
  CallsGrouped: 'denied or failed calls told with others of their burst',
  AlertsAlreadySent: 'calls told before, as severe as now or worse',
  AlertsFailed: 'calls whose alert could not be sent',
  AlertsUnrecorded: 'of the calls told now, those that could not be recorded as told, and may be told once more',
  OwnerAlertsDue: 'calls alerted that an owner is to be told of, beside all others',
  OwnerAlertsSent: 'of those, calls that the owner was told of now',
  OwnerAlertsKnown: 'of those, calls that the owner was told of before, or with others of their burst',
  OwnerAlertsFailed: 'of those, calls that the owner could not be told of',
  WatchedCallsFound: 'calls of other services that a rule speaks of, as they could blind the monitor',
  WatchedAlertsSent: 'of those, calls told now',
  WatchedAlertsAlreadySent: 'of those, calls told before, as severe as now or worse',
  WatchedAlertsFailed: 'of those, calls whose alert could not be sent',
  WatchedCallsNotTold: 'of those, calls that are counted only, suppressed, or told with others of their burst',
  WatchedAlertsUnrecorded: 'of those told now, calls that could not be recorded as told, and may be told once more',
} as const;

/** What the check of state counts. */
export const STATE_METRICS = {
  StateChecked: 'checks of state that came to their end',
  StateDeviations: 'what they found that is not as it was deployed',
} as const;

/** What the mail digest counts. */
export const MAIL_DIGEST_METRICS = {
  MailDigestsSent: 'mails with a digest of alerts',
  AlertsDigested: 'alerts told in them',
} as const;

export type MetricName = keyof typeof METRICS;

/** Counts by metric; what is not there is none. */
export type Counters = Readonly<Partial<Record<MetricName, number>>>;

/** What is received is the sum of what became of it: for each set of counts, and so for all of any time. */
export interface Equation {
  readonly whole: MetricName;
  readonly parts: readonly MetricName[];
}

export const LOG_FILE_EQUATIONS: readonly Equation[] = [
  {
    whole: 'LogFilesReceived',
    parts: ['LogFilesScanned', 'LogFilesScannedAgain', 'ObjectsSkipped', 'LogFilesFailed'],
  },
];

export const CALL_EQUATIONS: readonly Equation[] = [
  { whole: 'RecordsReceived', parts: ['RecordsIgnored', 'CallsFound'] },
  {
    whole: 'CallsFound',
    parts: ['AlertsSent', 'CallsGrouped', 'AlertsAlreadySent', 'AlertsFailed', 'CallsInformational', 'CallsSuppressed'],
  },
];

/** Records of other services that nothing is to be said of are not counted: there is no more to them than their absence. */
export const WATCHED_EQUATIONS: readonly Equation[] = [
  {
    whole: 'WatchedCallsFound',
    parts: ['WatchedAlertsSent', 'WatchedAlertsAlreadySent', 'WatchedAlertsFailed', 'WatchedCallsNotTold'],
  },
];

/** A record that came as an event is none of a log file: silence is measured on those alone. */
export const FAST_RECORD_EQUATIONS: readonly Equation[] = [
  { whole: 'FastRecordsReceived', parts: ['FastRecordsJudged', 'FastRecordsFailed'] },
];

/** For all owners together; the line of each log file has them for each owner. */
export const OWNER_EQUATIONS: readonly Equation[] = [
  { whole: 'OwnerAlertsDue', parts: ['OwnerAlertsSent', 'OwnerAlertsKnown', 'OwnerAlertsFailed'] },
];

export const EQUATIONS: readonly Equation[] = [
  ...LOG_FILE_EQUATIONS,
  ...WATCHED_EQUATIONS,
  ...CALL_EQUATIONS,
  ...FAST_RECORD_EQUATIONS,
  ...OWNER_EQUATIONS,
];

/** How much more was received than became something; negative where it is less. 0: the equation holds. */
export function imbalanceOf({ whole, parts }: Equation, counters: Counters): number {
  return (counters[whole] ?? 0) - parts.reduce((sum, part) => sum + (counters[part] ?? 0), 0);
}
