import type { JsonObject } from '../support/records';
import {
  functionArn,
  itemRecord,
  keyArn,
  objectRecord,
  otherRecord,
  queueArn,
  queueUrl,
  STACK,
  stackId,
  topicArn,
} from '../support/watched';

/** The key of log files that somebody else encrypts. */
export const LOG_KEY = '0bbbbbbb-1111-4222-8333-444444444444';

/**
 * The calls behind the acts of docs/threat-model.md, by the first cell of their rows, on a stack with a trail of its own.
 * @param of what a resource is called, by its logical id without the hash
 */
export function blindingRecords(of: (id: string) => string): Readonly<Record<string, readonly JsonObject[]>> {
  const [queue, trail, bucket, monitor] = [of('LogFileQueue'), of('Trail'), of('TrailBucket'), of('Function')];
  const [critical, role] = [of('CriticalAlerts'), of('FunctionRole')];
  const subscriptionArn = `${topicArn(critical)}:0f0f0f0f-0000-4000-8000-000000000001`;
  const cloudtrail = (eventName: string, request: object) => otherRecord('cloudtrail', eventName, request);
  const update = (request: object) => cloudtrail('UpdateTrail', { name: trail, ...request });
  const s3 = (eventName: string, request: object) =>
    otherRecord('s3', eventName, { bucketName: bucket, Host: `${bucket}.s3.eu-west-1.amazonaws.com`, ...request });
  const attributes = (set: object) =>
    otherRecord('sqs', 'SetQueueAttributes', { queueUrl: queueUrl(queue), attributes: set });
  const lambda = (eventName: string, request: object = {}) =>
    otherRecord('lambda', eventName, { functionName: monitor, ...request });
  const mapping = (eventName: string, request: object = {}) =>
    otherRecord(
      'lambda',
      eventName,
      { uUID: 'a1b2c3d4-0000-4000-8000-000000000001', ...request },
      {
        responseElements: {
          uUID: 'a1b2c3d4-0000-4000-8000-000000000001',
          eventSourceArn: queueArn(queue),
          functionArn: functionArn(monitor),
        },
      },
    );
  const sns = (eventName: string, request: object) => otherRecord('sns', eventName, request);
  const iam = (eventName: string, request: object) => otherRecord('iam', eventName, { roleName: role, ...request });
  const alarm = of('DeadLetterAlarm');
  const alarms = (eventName: string, request: object) => otherRecord('monitoring', eventName, request);
  const denial = (Action: string) =>
    JSON.stringify({ Statement: [{ Effect: 'Deny', Principal: '*', Action, Resource: '*' }] });
  const object = (eventName: string, folder = 'CloudTrail') =>
    objectRecord(eventName, {
      bucketName: bucket,
      key: `AWSLogs/111122223333/${folder}/eu-west-1/2026/11/20/111122223333_${folder}_eu-west-1_20261120T0915Z_a.json.gz`,
    });
  const item = (eventName: string) => itemRecord(eventName, of('AlertTable'), { tableName: of('AlertTable') });
  const withEveryone = JSON.stringify({
    Statement: [
      { Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*' },
      { Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: '*' },
    ],
  });

  return {
    'the trail stopped': [cloudtrail('StopLogging', { name: trail })],
    'the trail deleted': [cloudtrail('DeleteTrail', { name: trail })],
    'the trail moved to another bucket': [update({ s3BucketName: 'somebody-elses' })],
    'the trail given a prefix': [update({ s3KeyPrefix: 'elsewhere' })],
    'event selectors that leave out writes, reads or a service': [
      cloudtrail('PutEventSelectors', {
        trailName: trail,
        eventSelectors: [{ readWriteType: 'ReadOnly', includeManagementEvents: true }],
      }),
      cloudtrail('PutEventSelectors', {
        trailName: trail,
        advancedEventSelectors: [
          {
            fieldSelectors: [
              { field: 'eventCategory', equals: ['Management'] },
              { field: 'eventSource', notEquals: ['es.amazonaws.com'] },
            ],
          },
        ],
      }),
    ],
    'a trail of one region only': [update({ isMultiRegionTrail: false })],
    'no digest files any more': [update({ enableLogFileValidation: false })],
    "the bucket's notification removed": [s3('PutBucketNotification', { NotificationConfiguration: {} })],
    'the bucket deleted': [s3('DeleteBucket', {})],
    "the bucket's policy changed": [
      s3('DeleteBucketPolicy', { policy: '' }),
      s3('PutBucketPolicy', { bucketPolicy: { Statement: [] } }),
    ],
    'the lifecycle of the log bucket shortened': [
      s3('PutBucketLifecycle', {
        LifecycleConfiguration: { Rule: { ID: 'a', Status: 'Enabled', Expiration: { Days: 1 } } },
      }),
    ],
    'the versions of the log bucket suspended': [
      s3('PutBucketVersioning', { VersioningConfiguration: { Status: 'Suspended' } }),
    ],
    'a key of the stack disabled, or about to be deleted': [
      otherRecord('kms', 'DisableKey', { keyId: keyArn(of('OperationsKey')) }),
      otherRecord('kms', 'ScheduleKeyDeletion', { keyId: of('OperationsKey'), pendingWindowInDays: 7 }),
    ],
    'the key of the log files disabled': [otherRecord('kms', 'DisableKey', { keyId: keyArn(LOG_KEY) })],
    'the log-file queue deleted': [otherRecord('sqs', 'DeleteQueue', { queueUrl: queueUrl(queue) })],
    'messages kept for a minute': [attributes({ MessageRetentionPeriod: '60' })],
    'the dead-letter queue taken off': [attributes({ RedrivePolicy: '' })],
    'the queue opened to others, or closed to S3': [
      attributes({ Policy: withEveryone }),
      attributes({ Policy: '' }),
      otherRecord('sqs', 'AddPermission', { queueUrl: queueUrl(queue), label: 'a', actions: ['ReceiveMessage'] }),
    ],
    'the queue purged once': [otherRecord('sqs', 'PurgeQueue', { queueUrl: queueUrl(queue) })],
    'the event source mapping disabled': [mapping('UpdateEventSourceMapping20150331', { enabled: false })],
    'the event source mapping deleted': [mapping('DeleteEventSourceMapping20150331')],
    'a filter on the event source mapping': [
      mapping('UpdateEventSourceMapping20150331', { filterCriteria: { filters: [{ pattern: '{"body":["never"]}' }] } }),
    ],
    'failures of single messages no longer reported': [
      mapping('UpdateEventSourceMapping20150331', { functionResponseTypes: [] }),
    ],
    'the function deleted': [lambda('DeleteFunction20150331')],
    "the function's concurrency 0": [lambda('PutFunctionConcurrency20171031', { reservedConcurrentExecutions: 0 })],
    "the function's code replaced": [lambda('UpdateFunctionCode20150331v2', { publish: false, dryRun: false })],
    "the function's environment changed": [lambda('UpdateFunctionConfiguration20150331v2', { environment: {} })],
    "the function's settings replaced": [lambda('UpdateFunctionConfiguration20150331v2', { layers: [] })],
    "the function's handler, role, time or memory changed": [
      lambda('UpdateFunctionConfiguration20150331v2', { handler: 'x.y' }),
      lambda('UpdateFunctionConfiguration20150331v2', { role: 'arn:aws:iam::111122223333:role/other' }),
    ],
    "rights taken from the function's role": [
      iam('DeleteRolePolicy', { policyName: 'DefaultPolicy' }),
      iam('PutRolePolicy', { policyName: 'no', policyDocument: denial('s3:GetObject') }),
    ],
    'an alert topic deleted': [sns('DeleteTopic', { topicArn: topicArn(critical) })],
    'publishing denied by a topic': [
      sns('SetTopicAttributes', {
        topicArn: topicArn(critical),
        attributeName: 'Policy',
        attributeValue: denial('sns:Publish'),
      }),
    ],
    'the table deleted': [otherRecord('dynamodb', 'DeleteTable', { tableName: of('AlertTable') })],
    'a subscription removed, by a call or by the link in a mail': [sns('Unsubscribe', { subscriptionArn })],
    'a subscription given a filter policy': [
      sns('SetSubscriptionAttributes', {
        subscriptionArn,
        attributeName: 'FilterPolicy',
        attributeValue: '{"severity":["NONE"]}',
      }),
    ],
    'alarm actions switched off': [alarms('DisableAlarmActions', { alarmNames: [alarm] })],
    'alarms muted': [alarms('PutAlarmMuteRule', { name: 'quiet', muteTargets: { alarmNames: [alarm] } })],
    'alarms deleted': [alarms('DeleteAlarms', { alarmNames: [alarm] })],
    'alarms set to another threshold, or to tell somebody else': [
      alarms('PutMetricAlarm', { alarmName: alarm, threshold: 1e9, alarmActions: [topicArn('elsewhere')] }),
    ],
    'an alarm set to OK by hand': [alarms('SetAlarmState', { alarmName: alarm, stateValue: 'OK', stateReason: 'x' })],
    'the operations topic deleted': [sns('DeleteTopic', { topicArn: topicArn(of('Operations')) })],
    'the check of state stopped, or the stack kept changing': [
      otherRecord('lambda', 'PutFunctionConcurrency20171031', {
        functionName: of('StateCheckFunction'),
        reservedConcurrentExecutions: 0,
      }),
    ],
    'the check of state and its alarm removed together': [
      otherRecord('lambda', 'DeleteFunction20150331', { functionName: of('StateCheckFunction') }),
      alarms('DeleteAlarms', { alarmNames: [of('StateCheckAlarm')] }),
    ],
    'the rule that tells within seconds turned off': [
      otherRecord('events', 'DisableRule', { name: of('StoppedRule') }),
    ],
    'the stack deleted': [otherRecord('cloudformation', 'DeleteStack', { stackName: stackId(STACK) })],
    'another deployment of the stack, with other code or settings': [
      otherRecord('cloudformation', 'ExecuteChangeSet', { stackName: STACK, changeSetName: 'a' }),
    ],
    'a log object deleted before it is read': [object('DeleteObject')],
    'a log object deleted after it was read': [
      object('DeleteObject'),
      objectRecord('DeleteObjects', { bucketName: bucket, delete: '' }),
    ],
    'a log file made to be unreadable': [object('PutObject'), object('CopyObject')],
    'other `.json.gz` put into the bucket to keep it from being silent': [object('PutObject', 'CloudTrail-Insight')],
    'the record of a sent alert written into the table by hand': [item('PutItem'), item('BatchWriteItem')],
    'the memory of the check of state written by hand': [item('UpdateItem')],
  };
}
