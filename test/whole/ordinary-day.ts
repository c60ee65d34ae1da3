import type { Template } from 'aws-cdk-lib/assertions';
import { logFile } from '../../bench/corpus';
import { gunzipSync } from 'node:zlib';
import type { Template as Synthesized } from '../../local/template';
import { CDKS_OWN, physicalNames } from '../support/physical-names';
import { OWN, type JsonObject } from '../support/records';
import {
  functionArn,
  itemRecord,
  keyArn,
  objectRecord,
  otherRecord,
  queueArn,
  queueUrl,
  type RecordChanges,
  roleArn,
  sessionOf,
  stackId,
  topicArn,
} from '../support/watched';

const MAPPING = 'a1b2c3d4-0000-4000-8000-000000000001';

type By = 'person' | 'deployment';

const statement = (Effect: string, service: string) => ({
  Effect,
  Principal: { Service: service },
  Action: '*',
  Resource: '*',
});
const policy = (service: string): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [statement('Allow', service)] });

/** A call on a resource: what is asked, and what else the record has. */
type Made = readonly [service: string, call: string, request: object, more?: JsonObject];

/** What a deployment sets again of a resource of each type, as it was; a trail is told whichever it is. */
const SET: Readonly<Record<string, (name: string, queue: string, topic: string) => readonly Made[]>> = {
  'AWS::SQS::Queue': (name, queue) => [
    ['sqs', 'SetQueueAttributes', { queueUrl: queueUrl(name), attributes: { Policy: policy('s3.amazonaws.com') } }],
    [
      'sqs',
      'SetQueueAttributes',
      {
        queueUrl: queueUrl(name),
        attributes: {
          MessageRetentionPeriod: '1209600',
          RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn(queue), maxReceiveCount: 5 }),
        },
      },
    ],
  ],
  'AWS::SNS::Topic': (name) => [
    [
      'sns',
      'SetTopicAttributes',
      { topicArn: topicArn(name), attributeName: 'Policy', attributeValue: policy('cloudwatch.amazonaws.com') },
    ],
  ],
  'AWS::IAM::Role': (name) => [
    [
      'iam',
      'PutRolePolicy',
      { roleName: name, policyName: 'DefaultPolicy', policyDocument: policy('lambda.amazonaws.com') },
    ],
    [
      'iam',
      'AttachRolePolicy',
      { roleName: name, policyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' },
    ],
    ['iam', 'UpdateAssumeRolePolicy', { roleName: name, policyDocument: policy('lambda.amazonaws.com') }],
  ],
  'AWS::Lambda::Function': (name) => [
    ['lambda', 'UpdateFunctionCode20150331v2', { functionName: name, publish: false, dryRun: false }],
    ['lambda', 'UpdateFunctionConfiguration20150331v2', { functionName: name, memorySize: 512, environment: {} }],
  ],
  'AWS::Lambda::EventSourceMapping': (_, queue) => [
    [
      'lambda',
      'UpdateEventSourceMapping20150331',
      { uUID: MAPPING, batchSize: 10, enabled: true, eventSourceArn: queueArn(queue) },
    ],
  ],
  'AWS::Events::Rule': (name) => [
    ['events', 'PutRule', { name, state: 'ENABLED', eventPattern: '{}' }],
    ['events', 'PutTargets', { rule: name, targets: [{ id: 'Target0' }] }],
  ],
  'AWS::Pipes::Pipe': (name) => [['pipes', 'UpdatePipe', { name, desiredState: 'RUNNING' }]],
  'AWS::Scheduler::Schedule': (name) => [['scheduler', 'UpdateSchedule', { name, state: 'ENABLED' }]],
  'AWS::CloudWatch::Alarm': (name, _, topic) => [
    ['monitoring', 'PutMetricAlarm', { alarmName: name, actionsEnabled: true, alarmActions: [topicArn(topic)] }],
  ],
  'AWS::DynamoDB::Table': (name) => [
    [
      'dynamodb',
      'UpdateTable',
      { tableName: name, provisionedThroughput: { readCapacityUnits: 50, writeCapacityUnits: 50 } },
    ],
    [
      'dynamodb',
      'UpdateTimeToLive',
      { tableName: name, timeToLiveSpecification: { enabled: true, attributeName: 'expires' } },
    ],
  ],
  'AWS::KMS::Key': (name) => [['kms', 'PutKeyPolicy', { keyId: keyArn(name), policyName: 'default' }]],
  'AWS::S3::Bucket': (name, queue) => [
    [
      's3',
      'PutBucketPolicy',
      { bucketName: name, bucketPolicy: { Statement: [statement('Allow', 'cloudtrail.amazonaws.com')] } },
    ],
    [
      's3',
      'PutBucketLifecycle',
      { bucketName: name, LifecycleConfiguration: { Rule: { Status: 'Enabled', Expiration: { Days: 365 } } } },
    ],
    ['s3', 'PutBucketVersioning', { bucketName: name, VersioningConfiguration: { Status: 'Enabled' } }],
    [
      's3',
      'PutBucketEncryption',
      {
        bucketName: name,
        ServerSideEncryptionConfiguration: { Rule: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } } },
      },
    ],
    [
      's3',
      'PutBucketNotification',
      { bucketName: name, NotificationConfiguration: { QueueConfiguration: { Queue: queueArn(queue) } } },
    ],
  ],
};

/** How people and deployments take such things down, turn them off and weaken them. */
const END: Readonly<Record<string, (name: string) => readonly Made[]>> = {
  'AWS::SQS::Queue': (name) => [
    ['sqs', 'AddPermission', { queueUrl: queueUrl(name), label: 'a', actions: ['ReceiveMessage'] }],
    ['lambda', 'CreateEventSourceMapping20150331', { functionName: 'thief', eventSourceArn: queueArn(name) }],
    [
      'lambda',
      'DeleteEventSourceMapping20150331',
      { uUID: MAPPING },
      { responseElements: { eventSourceArn: queueArn(name) } },
    ],
    ['sqs', 'PurgeQueue', { queueUrl: queueUrl(name) }],
    [
      'sqs',
      'SetQueueAttributes',
      {
        queueUrl: queueUrl(name),
        attributes: { MessageRetentionPeriod: '60', DelaySeconds: '900', RedrivePolicy: '' },
      },
    ],
    ['sqs', 'RemovePermission', { queueUrl: queueUrl(name), label: 'a' }],
    ['sqs', 'DeleteQueue', { queueUrl: queueUrl(name) }],
  ],
  'AWS::SNS::Topic': (name) => [
    ['sns', 'AddPermission', { topicArn: topicArn(name), label: 'a' }],
    ['sns', 'PutDataProtectionPolicy', { resourceArn: topicArn(name) }],
    ['sns', 'Unsubscribe', { subscriptionArn: `${topicArn(name)}:0f0f0f0f-0000-4000-8000-000000000001` }],
    [
      'sns',
      'SetSubscriptionAttributes',
      {
        subscriptionArn: `${topicArn(name)}:0f0f0f0f-0000-4000-8000-000000000001`,
        attributeName: 'FilterPolicy',
        attributeValue: '{"a":["b"]}',
      },
    ],
    ['sns', 'DeleteTopic', { topicArn: topicArn(name) }],
  ],
  'AWS::IAM::Role': (name) => [
    [
      'iam',
      'PutRolePermissionsBoundary',
      { roleName: name, permissionsBoundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
    ],
    ['iam', 'DetachRolePolicy', { roleName: name, policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }],
    ['iam', 'DeleteRolePolicy', { roleName: name, policyName: 'DefaultPolicy' }],
    ['iam', 'DeleteRole', { roleName: name }],
  ],
  'AWS::Lambda::Function': (name) => [
    ['lambda', 'PutFunctionConcurrency20171031', { functionName: name, reservedConcurrentExecutions: 0 }],
    ['lambda', 'DeleteFunction20150331', { functionName: functionArn(name) }],
  ],
  'AWS::Events::Rule': (name) => [
    ['events', 'DisableRule', { name }],
    ['events', 'RemoveTargets', { rule: name, ids: ['Target0'] }],
    ['events', 'DeleteRule', { name }],
    ['events', 'DeleteEventBus', { name }],
  ],
  'AWS::Pipes::Pipe': (name) => [
    ['pipes', 'StopPipe', { name }],
    ['pipes', 'DeletePipe', { name }],
  ],
  'AWS::Scheduler::Schedule': (name) => [
    ['scheduler', 'UpdateSchedule', { name, state: 'DISABLED' }],
    ['scheduler', 'DeleteSchedule', { name, groupName: 'default' }],
  ],
  'AWS::CloudWatch::Alarm': (name) => [
    ['monitoring', 'PutAlarmMuteRule', { name: 'quiet', muteTargets: { alarmNames: [name] } }],
    ['monitoring', 'SetAlarmState', { alarmName: name, stateValue: 'OK', stateReason: 'a drill' }],
    ['monitoring', 'DisableAlarmActions', { alarmNames: [name] }],
    ['monitoring', 'DeleteAlarms', { alarmNames: [name] }],
  ],
  'AWS::DynamoDB::Table': (name) => [
    [
      'dynamodb',
      'PutResourcePolicy',
      {
        resourceArn: `arn:aws:dynamodb:eu-west-1:${OWN}:table/${name}`,
        policy: policy('lambda.amazonaws.com').replace('Allow', 'Deny'),
      },
    ],
    ['dynamodb', 'DeleteTable', { tableName: name }],
  ],
  'AWS::KMS::Key': (name) => [
    ['kms', 'DeleteImportedKeyMaterial', { keyId: name }],
    ['kms', 'DisableKey', { keyId: name }],
    ['kms', 'ScheduleKeyDeletion', { keyId: keyArn(name), pendingWindowInDays: 7 }],
  ],
  'AWS::S3::Bucket': (name) => [
    [
      's3',
      'PutBucketLifecycleConfiguration',
      { bucketName: name, LifecycleConfiguration: { Rule: { Status: 'Enabled', Expiration: { Days: 1 } } } },
    ],
    ['s3', 'PutBucketNotificationConfiguration', { bucketName: name, NotificationConfiguration: {} }],
    ['s3', 'PutBucketObjectLockConfiguration', { bucketName: name, ObjectLockConfiguration: {} }],
    ['s3', 'PutObjectLockConfiguration', { bucketName: name, ObjectLockConfiguration: {} }],
    ['s3', 'DeleteBucketEncryption', { bucketName: name }],
    [
      's3',
      'PutBucketLifecycle',
      { bucketName: name, LifecycleConfiguration: { Rule: { Status: 'Enabled', Expiration: { Days: 1 } } } },
    ],
    ['s3', 'PutBucketNotification', { bucketName: name, NotificationConfiguration: {} }],
    ['s3', 'DeleteBucketPolicy', { bucketName: name }],
    ['s3', 'DeleteBucket', { bucketName: name }],
  ],
};

/** Calls on each resource of a stack `stackName` of a template, after those on the stack itself. */
function callsOn(
  template: Template,
  stackName: string,
  table: typeof SET,
  onStack: readonly Made[],
  by: By,
): readonly JsonObject[] {
  const { Resources } = template.toJSON() as unknown as Synthesized;
  const names = physicalNames(template, stackName);
  const firstOf = (beginning: string): string => [...names].find(([id]) => id.startsWith(beginning))?.[1] ?? '';
  const own = Object.entries(Resources).filter(([id]) => !CDKS_OWN.test(id));
  const calls = own.flatMap(
    ([id, { Type }]) => table[Type]?.(names.get(id) ?? '', firstOf('DeadLetterQueue'), firstOf('Operations')) ?? [],
  );
  return [...onStack, ...calls].map(([service, eventName, request, more]) =>
    otherRecord(service, eventName, request, { by: service === 'cloudformation' ? 'person' : by, ...more }),
  );
}

/** A change of the stack that takes nothing away: every resource is set again as it was. */
export const update = (template: Template, stackName: string, by: By): readonly JsonObject[] =>
  callsOn(template, stackName, SET, [['cloudformation', 'ExecuteChangeSet', { stackName: stackId(stackName) }]], by);

/** All of a stack is weakened, turned off and deleted. */
export const takeDown = (template: Template, stackName: string, by: By): readonly JsonObject[] =>
  callsOn(
    template,
    stackName,
    END,
    [
      ['cloudformation', 'UpdateTerminationProtection', { stackName, enableTerminationProtection: false }],
      ['cloudformation', 'UpdateStack', { stackName }],
      ['cloudformation', 'DeleteStack', { stackName: stackId(stackName) }],
    ],
    by,
  );

const LOG_FILE = `AWSLogs/${OWN}/CloudTrail/eu-west-1/2026/11/20/${OWN}_CloudTrail_eu-west-1_20261120T0915Z_a.json.gz`;

const ON_ITEMS = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems'];
const BY_STATEMENTS = ['ExecuteStatement', 'BatchExecuteStatement', 'ExecuteTransaction'];

/** The data events of a bucket of log files and a table: whatever may be done to them. */
export const dataOf = (bucket: string, table: string, by: RecordChanges): readonly JsonObject[] => [
  ...['PutObject', 'CopyObject', 'CompleteMultipartUpload', 'DeleteObject'].map((name) =>
    objectRecord(name, { bucketName: bucket, key: LOG_FILE }, by),
  ),
  objectRecord('DeleteObjects', { bucketName: bucket, delete: '' }, by),
  ...ON_ITEMS.map((name) => itemRecord(name, table, { tableName: table }, by)),
  ...BY_STATEMENTS.map((name) => itemRecord(name, table, { statement: `DELETE FROM "${table}"` }, by)),
];

/** What a stack does all day to its bucket and table, where the trail records it: CloudTrail writes, the functions of `roles` read and write. */
export const ownData = (bucket: string, table: string, roles: readonly string[]): readonly JsonObject[] => [
  objectRecord('PutObject', { bucketName: bucket, key: LOG_FILE }, { by: 'cloudtrail' }),
  ...roles.flatMap((role) => {
    const by = { userIdentity: sessionOf(roleArn(role)) };
    return [
      objectRecord('GetObject', { bucketName: bucket, key: LOG_FILE }, by),
      ...['GetItem', ...ON_ITEMS].map((name) => itemRecord(name, table, { tableName: table }, by)),
    ];
  }),
];

/** What else happens in an account that deploys all day, watches its trails and changes its roles. */
export const restOfTheDay = (): readonly JsonObject[] =>
  (JSON.parse(gunzipSync(logFile('10m', 'busy').gzip).toString()) as { Records: JsonObject[] }).Records;
