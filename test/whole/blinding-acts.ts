import type { Kind } from '../../core/state';
import type { Change } from '../support/deployed';

/** A way to silence the monitor, as docs/threat-model.md tells it, and what it leaves behind. */
export interface BlindingAct {
  /** The first cell of its row. */
  readonly act: string;
  /** What the check of state then finds: a kind of resource, the beginning of its name, and what is other than deployed. */
  readonly state?: readonly [kind: Kind, name: string, change: Change];
  /** The member that is told to deviate. @default - that it is missing */
  readonly member?: string;
  /** Alarms that ring. */
  readonly alarms?: readonly string[];
}

/** Acts on a stack with a trail of its own; the last ones leave no state. */
export const BLINDING_ACTS: readonly BlindingAct[] = [
  {
    act: 'the trail stopped',
    state: ['trail', 'Trail', { isLogging: false }],
    member: 'isLogging',
    alarms: ['NoLogFilesAlarm'],
  },
  { act: 'the trail deleted', state: ['trail', 'Trail', 'missing'], alarms: ['NoLogFilesAlarm'] },
  {
    act: 'the trail moved to another bucket',
    state: ['trail', 'Trail', { bucket: 'other' }],
    member: 'bucket',
    alarms: ['NoLogFilesAlarm'],
  },
  {
    act: 'the trail given a prefix',
    state: ['trail', 'Trail', { prefix: 'x' }],
    member: 'prefix',
    alarms: ['NoLogFilesAlarm'],
  },
  {
    act: 'the trail kept from delivering',
    state: ['trail', 'Trail', { deliveryError: 'AccessDenied' }],
    member: 'deliveryError',
    alarms: ['NoLogFilesAlarm'],
  },
  {
    act: 'event selectors that leave out writes, reads or a service',
    state: ['trail', 'Trail', { recordsAll: false }],
    member: 'recordsAll',
  },
  { act: 'a trail of one region only', state: ['trail', 'Trail', { isMultiRegion: false }], member: 'isMultiRegion' },
  { act: 'no digest files any more', state: ['trail', 'Trail', { isValidated: false }], member: 'isValidated' },
  {
    act: "the bucket's notification removed",
    state: ['notification', 'TrailBucket', { toQueue: null }],
    member: 'toQueue',
    alarms: ['NoLogFilesAlarm'],
  },
  { act: 'the bucket deleted', state: ['bucket', 'TrailBucket', 'missing'], alarms: ['NoLogFilesAlarm'] },
  { act: "the bucket's policy changed", state: ['bucket', 'TrailBucket', { policy: null }], member: 'policy' },
  {
    act: 'the lifecycle of the log bucket shortened',
    state: ['bucket', 'TrailBucket', { keptDays: 1 }],
    member: 'keptDays',
  },
  {
    act: 'the versions of the log bucket suspended',
    state: ['bucket', 'TrailBucket', { isVersioned: false }],
    member: 'isVersioned',
  },
  {
    act: 'a key of the stack disabled, or about to be deleted',
    state: ['key', 'OperationsKey', { isEnabled: false }],
    member: 'isEnabled',
  },
  { act: 'the log-file queue deleted', state: ['queue', 'LogFileQueue', 'missing'], alarms: ['NoLogFilesAlarm'] },
  {
    act: 'messages kept for a minute',
    state: ['queue', 'LogFileQueue', { retentionSeconds: 60 }],
    member: 'retentionSeconds',
  },
  { act: 'the dead-letter queue taken off', state: ['queue', 'LogFileQueue', { redrive: null }], member: 'redrive' },
  {
    act: 'the queue opened to others, or closed to S3',
    state: ['queue', 'LogFileQueue', { policy: null }],
    member: 'policy',
    alarms: ['NoLogFilesAlarm'],
  },
  {
    act: 'the event source mapping disabled',
    state: ['mapping', 'LogFileMapping', { isEnabled: false }],
    member: 'isEnabled',
    alarms: ['OldestMessageAlarm'],
  },
  {
    act: 'the event source mapping deleted',
    state: ['mapping', 'LogFileMapping', 'missing'],
    alarms: ['OldestMessageAlarm'],
  },
  {
    act: 'a filter on the event source mapping',
    state: ['mapping', 'LogFileMapping', { filter: [{ Pattern: '{}' }] }],
    member: 'filter',
    alarms: ['NoLogFilesAlarm'],
  },
  {
    act: 'failures of single messages no longer reported',
    state: ['mapping', 'LogFileMapping', { reportsFailures: false }],
    member: 'reportsFailures',
  },
  {
    act: 'the function deleted',
    state: ['function', 'Function', 'missing'],
    alarms: ['OldestMessageAlarm', 'NoLogFilesAlarm'],
  },
  {
    act: "the function's concurrency 0",
    state: ['function', 'Function', { reservedConcurrency: 0 }],
    member: 'reservedConcurrency',
    alarms: ['FunctionThrottleAlarm'],
  },
  {
    act: "the function's code replaced",
    state: ['function', 'Function', { codeSha256: 'another' }],
    member: 'codeSha256',
  },
  {
    act: "the function's environment changed",
    state: ['function', 'Function', { environment: {} }],
    member: 'environment',
  },
  { act: "the function's settings replaced", state: ['function', 'Function', { layers: [] }], member: 'layers' },
  {
    act: "the function's handler, role, time or memory changed",
    state: ['function', 'Function', { handler: 'x.y' }],
    member: 'handler',
  },
  { act: 'an alert topic deleted', state: ['topic', 'CriticalAlerts', 'missing'], alarms: ['DeadLetterAlarm'] },
  {
    act: 'publishing denied by a topic',
    state: ['topic', 'HighAlerts', { policy: null }],
    member: 'policy',
    alarms: ['DeadLetterAlarm'],
  },
  { act: 'the table deleted', state: ['table', 'AlertTable', 'missing'], alarms: ['DeadLetterAlarm'] },
  {
    act: 'a subscription removed, by a call or by the link in a mail',
    state: ['subscription', 'CriticalAlerts', 'missing'],
  },
  {
    act: 'a subscription given a filter policy',
    state: ['subscription', 'CriticalAlerts', { filterPolicy: { severity: ['NONE'] } }],
    member: 'filterPolicy',
  },
  {
    act: 'a subscription that is not confirmed',
    state: ['subscription', 'CriticalAlerts', { isConfirmed: false }],
    member: 'isConfirmed',
  },
  {
    act: 'nobody left to hear the CRITICAL alerts',
    state: ['topic', 'CriticalAlerts', { isHeard: false }],
    member: 'isHeard',
  },
  {
    act: 'alarm actions switched off',
    state: ['alarm', 'DeadLetterAlarm', { actionsEnabled: false }],
    member: 'actionsEnabled',
  },
  { act: 'alarms muted', state: ['alarm', 'NoLogFilesAlarm', { isMuted: true }], member: 'isMuted' },
  { act: 'alarms deleted', state: ['alarm', 'NoLogFilesAlarm', 'missing'] },
  {
    act: 'alarms set to another threshold, or to tell somebody else',
    state: ['alarm', 'DeadLetterAlarm', { definition: {} }],
    member: 'definition',
  },
  { act: 'the operations topic deleted', state: ['topic', 'Operations', 'missing'] },
  { act: 'the check of state stopped, or the stack kept changing', alarms: ['StateCheckAlarm'] },
  { act: "a function's log group deleted, with the metrics in it", alarms: ['NoLogFilesAlarm', 'StateCheckAlarm'] },
  { act: "rights taken from the function's role", alarms: ['DeadLetterAlarm', 'NoLogFilesAlarm'] },
  { act: 'the key of the log files disabled', alarms: ['DeadLetterAlarm'] },
  { act: 'a log object deleted before it is read', alarms: ['DeadLetterAlarm'] },
  { act: 'a log file made to be unreadable', alarms: ['DeadLetterAlarm'] },
  { act: 'other `.json.gz` put into the bucket to keep it from being silent', alarms: ['NoLogFilesAlarm'] },
];
