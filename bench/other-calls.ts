import type { OtherCalls } from '../core/log-file';

/** Calls of other services that a monitor might want to hear of as well: what they cost where none is there. */
export const OTHER_CALLS: OtherCalls = {
  'cloudtrail.amazonaws.com': ['StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors', 'PutInsightSelectors'],
  's3.amazonaws.com': [
    'DeleteBucket',
    'DeleteBucketPolicy',
    'PutBucketNotification',
    'PutBucketLifecycle',
    'PutBucketVersioning',
    'DeleteObject',
  ],
  'lambda.amazonaws.com': ['DeleteFunction', 'DeleteEventSourceMapping', 'PutFunctionConcurrency', 'AddPermission'],
  'sqs.amazonaws.com': ['DeleteQueue', 'PurgeQueue', 'SetQueueAttributes'],
  'sns.amazonaws.com': ['DeleteTopic', 'Unsubscribe', 'SetTopicAttributes', 'SetSubscriptionAttributes'],
  'dynamodb.amazonaws.com': ['DeleteTable', 'UpdateTimeToLive', 'DeleteBackup'],
  'monitoring.amazonaws.com': ['DeleteAlarms', 'DisableAlarmActions', 'PutMetricAlarm'],
  'events.amazonaws.com': ['DeleteRule', 'DisableRule', 'RemoveTargets'],
  'kms.amazonaws.com': ['ScheduleKeyDeletion', 'DisableKey', 'PutKeyPolicy', 'CreateGrant'],
  'iam.amazonaws.com': ['DeleteRolePolicy', 'DetachRolePolicy', 'DeleteRole', 'PutRolePermissionsBoundary'],
  'cloudformation.amazonaws.com': ['DeleteStack', 'SetStackPolicy', 'CancelUpdateStack'],
};
