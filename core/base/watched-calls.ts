import type { Calls } from './event-source';

/*
 * The calls of other services that are judged as well: those that could blind the monitor. By the names of the API: CloudTrail
 * appends a version to those of Lambda (`UpdateFunctionCode20150331v2`), which whoever compares takes off. S3 is seen with
 * the older of its names (`PutBucketLifecycle`), and may come to write the newer one: both are here.
 */

/** They are rare in any account, so that the record of each is read. */
const RARE = {
  'cloudtrail.amazonaws.com': ['DeleteTrail', 'PutEventSelectors', 'StopLogging', 'UpdateTrail'],
  'dynamodb.amazonaws.com': ['DeleteTable', 'PutResourcePolicy', 'UpdateTable', 'UpdateTimeToLive'],
  'kms.amazonaws.com': ['DeleteImportedKeyMaterial', 'DisableKey', 'PutKeyPolicy', 'ScheduleKeyDeletion'],
  's3.amazonaws.com': [
    'DeleteBucket',
    'DeleteBucketEncryption',
    'DeleteBucketPolicy',
    'PutBucketEncryption',
    'PutBucketLifecycle',
    'PutBucketLifecycleConfiguration',
    'PutBucketNotification',
    'PutBucketNotificationConfiguration',
    'PutBucketObjectLockConfiguration',
    'PutBucketPolicy',
    'PutBucketVersioning',
    'PutObjectLockConfiguration',
  ],
} as const satisfies Calls;

/** Deployments and scaling make them all day, on other resources: the record is read where it holds a name of the stack's. */
const FREQUENT = {
  'cloudformation.amazonaws.com': ['DeleteStack', 'ExecuteChangeSet', 'UpdateStack', 'UpdateTerminationProtection'],
  'events.amazonaws.com': ['DeleteEventBus', 'DeleteRule', 'DisableRule', 'PutRule', 'PutTargets', 'RemoveTargets'],
  'iam.amazonaws.com': [
    'AttachRolePolicy',
    'DeleteRole',
    'DeleteRolePolicy',
    'DetachRolePolicy',
    'PutRolePermissionsBoundary',
    'PutRolePolicy',
    'UpdateAssumeRolePolicy',
  ],
  'lambda.amazonaws.com': [
    'CreateEventSourceMapping',
    'DeleteEventSourceMapping',
    'DeleteFunction',
    'PutFunctionConcurrency',
    'UpdateEventSourceMapping',
    'UpdateFunctionCode',
    'UpdateFunctionConfiguration',
  ],
  'monitoring.amazonaws.com': [
    'DeleteAlarms',
    'DisableAlarmActions',
    'PutAlarmMuteRule',
    'PutMetricAlarm',
    'SetAlarmState',
  ],
  'pipes.amazonaws.com': ['DeletePipe', 'StopPipe', 'UpdatePipe'],
  'scheduler.amazonaws.com': ['DeleteSchedule', 'UpdateSchedule'],
  'sns.amazonaws.com': [
    'AddPermission',
    'DeleteTopic',
    'PutDataProtectionPolicy',
    'RemovePermission',
    'SetSubscriptionAttributes',
    'SetTopicAttributes',
    'Unsubscribe',
  ],
  'sqs.amazonaws.com': ['AddPermission', 'DeleteQueue', 'PurgeQueue', 'RemovePermission', 'SetQueueAttributes'],
} as const satisfies Calls;

/** Data events: a trail records none of them unless it was told to, and then by the thousand. */
const DATA = {
  'dynamodb.amazonaws.com': [
    'BatchExecuteStatement',
    'BatchWriteItem',
    'DeleteItem',
    'ExecuteStatement',
    'ExecuteTransaction',
    'PutItem',
    'TransactWriteItems',
    'UpdateItem',
  ],
  's3.amazonaws.com': ['CompleteMultipartUpload', 'CopyObject', 'DeleteObject', 'DeleteObjects', 'PutObject'],
} as const satisfies Calls;

/** Of `WATCHED_CALLS`, those that are judged in data events, and nowhere else. */
export const DATA_CALLS: Calls = DATA;

export const WATCHED_CALLS = {
  ...RARE,
  ...FREQUENT,
  'dynamodb.amazonaws.com': [...RARE['dynamodb.amazonaws.com'], ...DATA['dynamodb.amazonaws.com']],
  's3.amazonaws.com': [...RARE['s3.amazonaws.com'], ...DATA['s3.amazonaws.com']],
} as const satisfies Calls;

/** Of `WATCHED_CALLS`, those that are told whatever they are about: trails are watched whichever they are. */
export const CALLS_ON_ANY: Calls = { 'cloudtrail.amazonaws.com': RARE['cloudtrail.amazonaws.com'] };

/** Of `WATCHED_CALLS`, those made all day on resources that are nobody's concern. */
export const FREQUENT_CALLS: Calls = { ...FREQUENT, ...DATA };

export type WatchedSource = keyof typeof WATCHED_CALLS;
/** The calls of one service that are watched. */
export type WatchedCall<Source extends WatchedSource> = (typeof WATCHED_CALLS)[Source][number];
