import { OWN, STRANGER } from '../../../support/records';
import {
  ALARM,
  BUS,
  byDeployment,
  DEAD_LETTERS,
  FUNCTION,
  functionArn,
  KEY,
  keyArn,
  OPERATIONS,
  otherRecord,
  PIPE,
  QUEUE,
  queueArn,
  queueUrl,
  ROLE,
  RULE,
  SCHEDULE,
  STACK,
  stackId,
  TABLE,
  TOPIC,
  topicArn,
} from '../../../support/watched';
import { casesOf, type RuleCase } from './rule-case';

const sqs = (eventName: string, request: object = {}, changes = {}) =>
  otherRecord('sqs', eventName, { queueUrl: queueUrl(QUEUE), ...request }, changes);
const attributes = (set: object, changes = {}) => sqs('SetQueueAttributes', { attributes: set }, changes);
const lambda = (eventName: string, request: object = {}, changes = {}) =>
  otherRecord('lambda', eventName, { functionName: FUNCTION, ...request }, changes);
const mapping = (eventName: string, request: object, changes = {}) =>
  otherRecord(
    'lambda',
    eventName,
    { uUID: 'a1b2c3d4-0000-4000-8000-000000000001', ...request },
    {
      responseElements: {
        uUID: 'a1b2c3d4-0000-4000-8000-000000000001',
        eventSourceArn: queueArn(QUEUE),
        functionArn: functionArn(FUNCTION),
        state: 'Disabling',
      },
      ...changes,
    },
  );
const sns = (eventName: string, request: object = {}, changes = {}) =>
  otherRecord('sns', eventName, { topicArn: topicArn(TOPIC), ...request }, changes);
const subscription = `${topicArn(TOPIC)}:0f0f0f0f-0000-4000-8000-000000000001`;
const ofSubscription = (attributeName: string, attributeValue: string, changes = {}) =>
  otherRecord(
    'sns',
    'SetSubscriptionAttributes',
    { subscriptionArn: subscription, attributeName, attributeValue },
    changes,
  );
const dynamodb = (eventName: string, request: object = {}, changes = {}) =>
  otherRecord('dynamodb', eventName, { tableName: TABLE, ...request }, changes);
const alarms = (eventName: string, request: object, changes = {}) =>
  otherRecord('monitoring', eventName, request, changes);
const alarmSet = (request: object, changes = {}) =>
  alarms(
    'PutMetricAlarm',
    { alarmName: ALARM, metricName: 'Errors', threshold: 1, alarmActions: [topicArn(OPERATIONS)], ...request },
    changes,
  );
const pipes = (eventName: string, request: object = {}, changes = {}) =>
  otherRecord('pipes', eventName, { name: PIPE, ...request }, changes);
const schedules = (eventName: string, request: object = {}, changes = {}) =>
  otherRecord('scheduler', eventName, { name: SCHEDULE, groupName: 'default', ...request }, changes);
const events = (eventName: string, request: object, changes = {}) => otherRecord('events', eventName, request, changes);
const kms = (eventName: string, request: object = {}, changes = {}) =>
  otherRecord('kms', eventName, { keyId: KEY, ...request }, changes);
const iam = (eventName: string, request: object = {}, changes = {}) =>
  otherRecord('iam', eventName, { roleName: ROLE, ...request }, changes);
const stack = (eventName: string, request: object = {}, changes = {}) =>
  otherRecord('cloudformation', eventName, { stackName: STACK, ...request }, changes);
const policy = (Effect: string, Principal: unknown = '*') =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect, Principal, Action: '*', Resource: '*' }] });

export const ownResourceCases: readonly RuleCase[] = [
  ...casesOf(
    'monitor-queue-silenced',
    ['deleted', 'CRITICAL', sqs('DeleteQueue')],
    ['purged', 'CRITICAL', sqs('PurgeQueue')],
    [
      'the dead-letter queue is purged',
      'CRITICAL',
      otherRecord('sqs', 'PurgeQueue', { queueUrl: queueUrl(DEAD_LETTERS) }),
    ],
    ['another queue is purged', 'none', otherRecord('sqs', 'PurgeQueue', { queueUrl: queueUrl('orders') })],
    ['drops messages within a minute', 'CRITICAL', attributes({ MessageRetentionPeriod: '60' })],
    ['keeps messages two weeks', 'none', attributes({ MessageRetentionPeriod: '1209600' })],
    ['lets nobody send', 'HIGH', attributes({ Policy: '' })],
    ['lets a stranger send instead', 'HIGH', attributes({ Policy: policy('Allow', { AWS: STRANGER }) })],
    ['lets S3 send', 'none', attributes({ Policy: policy('Allow', { Service: 's3.amazonaws.com' }) })],
    [
      'lets S3 send and a stranger receive',
      'HIGH',
      attributes({
        Policy: {
          Statement: [
            { Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sqs:SendMessage' },
            { Effect: 'Allow', Principal: { AWS: STRANGER }, Action: 'sqs:*' },
          ],
        },
      }),
    ],
    [
      'lets S3 send, over TLS alone',
      'none',
      attributes({
        Policy: {
          Statement: [
            { Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sqs:SendMessage' },
            { Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sqs:*' },
          ],
        },
      }),
    ],
    [
      'lets all but somebody',
      'HIGH',
      attributes({ Policy: { Statement: [{ Effect: 'Allow', NotPrincipal: { AWS: OWN } }] } }),
    ],
    ['is given a permission', 'HIGH', sqs('AddPermission', { label: 'a', actions: ['ReceiveMessage'] })],
    ['is given a permission in a deployment', 'none', sqs('AddPermission', { label: 'a' }, byDeployment)],
    ['sends failures nowhere', 'HIGH', attributes({ RedrivePolicy: '' })],
    [
      'sends failures elsewhere',
      'HIGH',
      attributes({ RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn('elsewhere'), maxReceiveCount: 1 }) }),
    ],
    [
      'sends failures where it did',
      'none',
      attributes({
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn(DEAD_LETTERS), maxReceiveCount: 5 }),
      }),
    ],
    ['another key', 'HIGH', attributes({ KmsMasterKeyId: 'arn:aws:kms:eu-west-1:777788889999:key/abc' })],
    ['the own key', 'none', attributes({ KmsMasterKeyId: keyArn(KEY) })],
    ['the key of SQS', 'none', attributes({ KmsMasterKeyId: 'alias/aws/sqs' })],
    ['delayed', 'MEDIUM', attributes({ DelaySeconds: '900' })],
    ['not delayed', 'none', attributes({ DelaySeconds: '0', ReceiveMessageWaitTimeSeconds: '20' })],
    ['loses a permission', 'HIGH', sqs('RemovePermission', { label: 'a' })],
    ['loses a permission in a deployment', 'none', sqs('RemovePermission', { label: 'a' }, byDeployment)],
    ['set in a way that is left out', 'HIGH', sqs('SetQueueAttributes', { omitted: true, originalSize: 200000 })],
    ['deleted in a deployment', 'CRITICAL', sqs('DeleteQueue', {}, byDeployment)],
  ),
  ...casesOf(
    'monitor-function-stopped',
    ['deleted', 'CRITICAL', lambda('DeleteFunction20150331')],
    ['deleted by its ARN', 'CRITICAL', lambda('DeleteFunction20150331', { functionName: functionArn(FUNCTION) })],
    ['a version of it is deleted', 'none', lambda('DeleteFunction20150331', { qualifier: '3' })],
    ['another one is deleted', 'none', lambda('DeleteFunction20150331', { functionName: 'orders' })],
    ['its mapping is deleted', 'CRITICAL', mapping('DeleteEventSourceMapping20150331', {})],
    [
      'its mapping takes no reports of single failures',
      'CRITICAL',
      mapping('UpdateEventSourceMapping20150331', { functionResponseTypes: [] }),
    ],
    [
      'its mapping takes reports of single failures',
      'none',
      mapping('UpdateEventSourceMapping20150331', { functionResponseTypes: ['ReportBatchItemFailures'] }),
    ],
    ['its mapping is turned off', 'CRITICAL', mapping('UpdateEventSourceMapping20150331', { enabled: false })],
    ['its mapping is turned on', 'none', mapping('UpdateEventSourceMapping20150331', { enabled: true, batchSize: 10 })],
    [
      'its mapping is given a filter',
      'CRITICAL',
      mapping('UpdateEventSourceMapping20150331', { filterCriteria: { filters: [{ pattern: '{"body":["none"]}' }] } }),
    ],
    [
      'its mapping is given no filter',
      'none',
      mapping('UpdateEventSourceMapping20150331', { filterCriteria: { filters: [] } }),
    ],
    [
      'its mapping is given to another function',
      'CRITICAL',
      mapping('UpdateEventSourceMapping20150331', { functionName: 'thief' }),
    ],
    ['its mapping stays with it', 'none', mapping('UpdateEventSourceMapping20150331', { functionName: FUNCTION })],
    [
      'another function takes from the queue',
      'CRITICAL',
      otherRecord('lambda', 'CreateEventSourceMapping20150331', {
        eventSourceArn: queueArn(QUEUE),
        functionName: 'thief',
      }),
    ],
    [
      'it takes from the queue itself',
      'none',
      otherRecord(
        'lambda',
        'CreateEventSourceMapping20150331',
        { eventSourceArn: queueArn(QUEUE), functionName: FUNCTION },
        byDeployment,
      ),
    ],
    ['its concurrency is 0', 'CRITICAL', lambda('PutFunctionConcurrency20171031', { reservedConcurrentExecutions: 0 })],
    [
      'its concurrency is 0, as text',
      'CRITICAL',
      lambda('PutFunctionConcurrency20171031', { reservedConcurrentExecutions: '0' }),
    ],
    ['its concurrency is 5', 'none', lambda('PutFunctionConcurrency20171031', { reservedConcurrentExecutions: 5 })],
  ),
  ...casesOf(
    'monitor-function-changed',
    ['other code', 'HIGH', lambda('UpdateFunctionCode20150331v2', { publish: false, dryRun: false })],
    ['other code, tried only', 'none', lambda('UpdateFunctionCode20150331v2', { dryRun: true })],
    ['other code in a deployment', 'none', lambda('UpdateFunctionCode20150331v2', { dryRun: false }, byDeployment)],
    ['other code of another function', 'none', lambda('UpdateFunctionCode20150331v2', { functionName: 'orders' })],
    ['another environment, which the record leaves out', 'HIGH', lambda('UpdateFunctionConfiguration20150331v2')],
    [
      'another handler',
      'HIGH',
      lambda('UpdateFunctionConfiguration20150331v2', { handler: 'other.handler', timeout: 60 }),
    ],
    ['another time', 'MEDIUM', lambda('UpdateFunctionConfiguration20150331v2', { timeout: 1 })],
    ['another description', 'none', lambda('UpdateFunctionConfiguration20150331v2', { description: 'a' })],
    ['another concurrency', 'MEDIUM', lambda('PutFunctionConcurrency20171031', { reservedConcurrentExecutions: 1 })],
    [
      'another configuration in a deployment',
      'none',
      lambda('UpdateFunctionConfiguration20150331v2', { handler: 'a' }, byDeployment),
    ],
  ),
  ...casesOf(
    'monitor-topic-silenced',
    ['deleted', 'CRITICAL', sns('DeleteTopic')],
    ['another topic', 'none', sns('DeleteTopic', { topicArn: topicArn('orders') })],
    ['a subscription is removed', 'HIGH', otherRecord('sns', 'Unsubscribe', { subscriptionArn: subscription })],
    [
      'a subscription of another topic is removed',
      'none',
      otherRecord('sns', 'Unsubscribe', {
        subscriptionArn: `${topicArn('orders')}:0f0f0f0f-0000-4000-8000-000000000001`,
      }),
    ],
    ['a filter', 'HIGH', ofSubscription('FilterPolicy', '{"severity":["NONE"]}')],
    ['no filter any more', 'none', ofSubscription('FilterPolicy', '{}')],
    ['a filter in a deployment', 'none', ofSubscription('FilterPolicy', '{"severity":["HIGH"]}', byDeployment)],
    ['raw delivery', 'none', ofSubscription('RawMessageDelivery', 'true')],
    [
      'failures go elsewhere',
      'HIGH',
      ofSubscription('RedrivePolicy', '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:111122223333:other"}'),
    ],
    ['a policy', 'HIGH', sns('SetTopicAttributes', { attributeName: 'Policy', attributeValue: policy('Deny') })],
    [
      'a policy in a deployment',
      'none',
      sns('SetTopicAttributes', { attributeName: 'Policy', attributeValue: policy('Allow') }, byDeployment),
    ],
    [
      'another key',
      'HIGH',
      sns('SetTopicAttributes', { attributeName: 'KmsMasterKeyId', attributeValue: 'alias/mine' }),
    ],
    [
      'the key of SNS',
      'none',
      sns('SetTopicAttributes', { attributeName: 'KmsMasterKeyId', attributeValue: 'alias/aws/sns' }),
    ],
    ['another name', 'none', sns('SetTopicAttributes', { attributeName: 'DisplayName', attributeValue: 'a' })],
    ['set in a way that is left out', 'HIGH', sns('SetTopicAttributes', { omitted: true, originalSize: 200000 })],
    ['a permission is taken', 'HIGH', sns('RemovePermission', { label: 'a' })],
    ['a permission is given in a deployment', 'none', sns('AddPermission', { label: 'a' }, byDeployment)],
    [
      'a data protection policy',
      'HIGH',
      otherRecord('sns', 'PutDataProtectionPolicy', { resourceArn: topicArn(TOPIC), dataProtectionPolicy: '{}' }),
    ],
  ),
  ...casesOf(
    'monitor-table-changed',
    ['deleted', 'CRITICAL', dynamodb('DeleteTable')],
    ['another table', 'none', dynamodb('DeleteTable', { tableName: 'orders' })],
    [
      'a policy that denies',
      'HIGH',
      otherRecord('dynamodb', 'PutResourcePolicy', {
        resourceArn: `arn:aws:dynamodb:eu-west-1:${OWN}:table/${TABLE}`,
        policy: policy('Deny'),
      }),
    ],
    [
      'a policy that allows',
      'none',
      otherRecord('dynamodb', 'PutResourcePolicy', {
        resourceArn: `arn:aws:dynamodb:eu-west-1:${OWN}:table/${TABLE}`,
        policy: policy('Allow'),
      }),
    ],
    [
      'another key',
      'HIGH',
      dynamodb('UpdateTable', { sSESpecification: { enabled: true, kMSMasterKeyId: 'alias/mine' } }),
    ],
    [
      'less capacity',
      'MEDIUM',
      dynamodb('UpdateTable', { provisionedThroughput: { readCapacityUnits: 1, writeCapacityUnits: 1 } }),
    ],
    [
      'another capacity in a deployment',
      'none',
      dynamodb('UpdateTable', { provisionedThroughput: { readCapacityUnits: 9 } }, byDeployment),
    ],
    ['protected against deletion', 'none', dynamodb('UpdateTable', { deletionProtectionEnabled: true })],
    [
      'another time to live',
      'MEDIUM',
      dynamodb('UpdateTimeToLive', { timeToLiveSpecification: { enabled: false, attributeName: 'expires' } }),
    ],
    [
      'a time to live in a deployment',
      'none',
      dynamodb('UpdateTimeToLive', { timeToLiveSpecification: { enabled: true } }, byDeployment),
    ],
    ['set in a way that is left out', 'HIGH', dynamodb('UpdateTable', { omitted: true, originalSize: 200000 })],
  ),
  ...casesOf(
    'monitor-alarm-silenced',
    ['deleted', 'HIGH', alarms('DeleteAlarms', { alarmNames: ['orders', ALARM] })],
    ['deleted in a deployment', 'HIGH', alarms('DeleteAlarms', { alarmNames: [ALARM] }, byDeployment)],
    ['others are deleted', 'none', alarms('DeleteAlarms', { alarmNames: ['orders', 'TargetTracking-table/orders'] })],
    [
      'an alarm of the same name in another account',
      'none',
      alarms('DeleteAlarms', { alarmNames: [ALARM] }, { recipientAccountId: STRANGER }),
    ],
    ['its actions are turned off', 'HIGH', alarms('DisableAlarmActions', { alarmNames: [ALARM] })],
    [
      'muted',
      'HIGH',
      alarms('PutAlarmMuteRule', {
        name: 'nights',
        rule: { schedule: { expression: 'cron(0 0 * * *)', duration: 'PT8H' } },
        muteTargets: { alarmNames: [ALARM] },
      }),
    ],
    [
      'others are muted',
      'none',
      alarms('PutAlarmMuteRule', { name: 'nights', muteTargets: { alarmNames: ['orders'] } }),
    ],
    ['set to OK', 'MEDIUM', alarms('SetAlarmState', { alarmName: ALARM, stateValue: 'OK', stateReason: 'a' })],
    [
      'set to ALARM, to try it',
      'none',
      alarms('SetAlarmState', { alarmName: ALARM, stateValue: 'ALARM', stateReason: 'a' }),
    ],
    ['set without actions', 'HIGH', alarmSet({ alarmActions: [] })],
    ['tells somebody else', 'HIGH', alarmSet({ alarmActions: [topicArn('elsewhere')] })],
    [
      'tells somebody else as well',
      'MEDIUM',
      alarmSet({ alarmActions: [topicArn('elsewhere'), topicArn(OPERATIONS)] }),
    ],
    ['set with its actions turned off', 'HIGH', alarmSet({ actionsEnabled: false }, byDeployment)],
    ['set anew', 'MEDIUM', alarmSet({ threshold: 1000000 })],
    ['set anew in a deployment', 'none', alarmSet({}, byDeployment)],
  ),
  ...casesOf(
    'monitor-rule-disabled',
    ['turned off', 'HIGH', events('DisableRule', { name: RULE })],
    ['deleted', 'HIGH', events('DeleteRule', { name: RULE })],
    ['loses a target', 'HIGH', events('RemoveTargets', { rule: RULE, ids: ['Target0'] })],
    [
      'set, and turned off',
      'HIGH',
      events('PutRule', { name: RULE, state: 'DISABLED', eventPattern: '{}' }, byDeployment),
    ],
    ['set', 'MEDIUM', events('PutRule', { name: RULE, state: 'ENABLED', eventPattern: '{"source":["none"]}' })],
    ['its targets are set', 'MEDIUM', events('PutTargets', { rule: RULE, targets: [] })],
    ['set in a deployment', 'none', events('PutRule', { name: RULE, state: 'ENABLED' }, byDeployment)],
    ['another one is turned off', 'none', events('DisableRule', { name: 'orders' })],
  ),
  ...casesOf(
    'monitor-output-stopped',
    ['a pipe that is deleted', 'HIGH', pipes('DeletePipe')],
    ['a pipe that is deleted in a deployment', 'HIGH', pipes('DeletePipe', {}, byDeployment)],
    ['a pipe that is stopped', 'HIGH', pipes('StopPipe')],
    ['a pipe that is set to be stopped', 'HIGH', pipes('UpdatePipe', { desiredState: 'STOPPED' })],
    ['a pipe that is set', 'MEDIUM', pipes('UpdatePipe', { desiredState: 'RUNNING' })],
    ['a pipe that is set in a deployment', 'none', pipes('UpdatePipe', { desiredState: 'RUNNING' }, byDeployment)],
    ['another pipe', 'none', pipes('DeletePipe', { name: 'orders' })],
    ['a schedule that is deleted', 'HIGH', schedules('DeleteSchedule')],
    ['a schedule that is turned off', 'HIGH', schedules('UpdateSchedule', { state: 'DISABLED' })],
    ['a schedule that is set', 'MEDIUM', schedules('UpdateSchedule', { state: 'ENABLED' })],
    ['another schedule', 'none', schedules('DeleteSchedule', { name: 'nightly-orders' })],
    ['the event bus that is deleted', 'HIGH', events('DeleteEventBus', { name: BUS })],
    ['another event bus', 'none', events('DeleteEventBus', { name: 'orders' })],
  ),
  ...casesOf(
    'monitor-key-disabled',
    ['disabled', 'CRITICAL', kms('DisableKey')],
    ['disabled by its ARN', 'CRITICAL', kms('DisableKey', { keyId: keyArn(KEY) })],
    ['to be deleted', 'CRITICAL', kms('ScheduleKeyDeletion', { pendingWindowInDays: 7 })],
    ['without its material', 'CRITICAL', kms('DeleteImportedKeyMaterial')],
    ['its policy is set', 'HIGH', kms('PutKeyPolicy', { policyName: 'default', policy: policy('Deny') })],
    ['its policy is set in a deployment', 'none', kms('PutKeyPolicy', { policyName: 'default' }, byDeployment)],
    ['another key', 'none', kms('DisableKey', { keyId: '99999999-1111-4222-8333-444444444444' })],
  ),
  ...casesOf(
    'monitor-role-changed',
    ['deleted', 'CRITICAL', iam('DeleteRole')],
    ['nobody can use it', 'CRITICAL', iam('UpdateAssumeRolePolicy', { policyDocument: policy('Deny') })],
    [
      'nobody can use it, by a deployment',
      'none',
      iam('UpdateAssumeRolePolicy', { policyDocument: policy('Allow') }, byDeployment),
    ],
    ['loses a policy', 'HIGH', iam('DeleteRolePolicy', { policyName: 'DefaultPolicy' })],
    [
      'loses a policy of AWS',
      'HIGH',
      iam('DetachRolePolicy', { policyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' }),
    ],
    ['a policy is set', 'HIGH', iam('PutRolePolicy', { policyName: 'DefaultPolicy', policyDocument: policy('Allow') })],
    [
      'a policy is set in a deployment',
      'none',
      iam('PutRolePolicy', { policyName: 'DefaultPolicy', policyDocument: policy('Allow') }, byDeployment),
    ],
    [
      'a policy that denies is set in a deployment',
      'HIGH',
      iam('PutRolePolicy', { policyName: 'Deny', policyDocument: policy('Deny') }, byDeployment),
    ],
    [
      'a boundary',
      'HIGH',
      iam('PutRolePermissionsBoundary', { permissionsBoundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }),
    ],
    [
      'a policy that denies all is attached',
      'HIGH',
      iam('AttachRolePolicy', { policyArn: 'arn:aws:iam::aws:policy/AWSDenyAll' }),
    ],
    [
      'a policy is attached',
      'MEDIUM',
      iam('AttachRolePolicy', { policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }),
    ],
    [
      'a policy is attached in a deployment',
      'none',
      iam('AttachRolePolicy', { policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }, byDeployment),
    ],
    ['another role', 'none', iam('DeleteRole', { roleName: 'orders' })],
  ),
  ...casesOf(
    'monitor-stack-deleted',
    ['deleted', 'CRITICAL', stack('DeleteStack')],
    ['deleted by its id', 'CRITICAL', stack('DeleteStack', { stackName: stackId(STACK) })],
    ['one of that name in another account', 'none', stack('DeleteStack', {}, { recipientAccountId: STRANGER })],
    ['one of that name in another region', 'none', stack('DeleteStack', {}, { awsRegion: 'us-east-1' })],
    ['another stack', 'none', stack('DeleteStack', { stackName: 'orders' })],
    ['no longer protected', 'MEDIUM', stack('UpdateTerminationProtection', { enableTerminationProtection: false })],
    ['protected', 'none', stack('UpdateTerminationProtection', { enableTerminationProtection: true })],
  ),
  ...casesOf(
    'monitor-stack-changed',
    ['updated', 'LOW', stack('UpdateStack')],
    [
      'by a change set',
      'LOW',
      stack('ExecuteChangeSet', { stackName: stackId(STACK), changeSetName: 'cdk-deploy-change-set' }),
    ],
    ['another stack', 'none', stack('ExecuteChangeSet', { stackName: 'orders' })],
  ),
];
