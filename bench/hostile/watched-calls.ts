import { calledOf, filled, listOf, membersOf, nestedText, numbered, type Members, type Tricks } from './record';

/** The resources that the calls are about. */
export const WATCHED = [
  'the-logs',
  'the-topic',
  'the-table',
  'the-trail',
  'the-role',
  'the-alarm*',
  'the-queue',
  'the-rule',
];

/** Calls of other services that could blind the monitor, and are slow to look through. */
export const WATCHED_CALLS: Tricks = {
  'a filter of spaces': (bytes) =>
    calledOf('sns', 'SetSubscriptionAttributes', {
      subscriptionArn: 'arn:aws:sns:eu-west-1:111122223333:the-topic:0',
      attributeName: 'FilterPolicy',
      attributeValue: `${' '.repeat(bytes)}x`,
    }),
  'a bucket that tells thousands': (bytes) =>
    onBucket('PutBucketNotification', {
      NotificationConfiguration: {
        TopicConfiguration: listOf(bytes / 80, (at) => ({
          Topic: `arn:aws:sns:eu-west-1:111122223333:t${at}`,
          Event: 's3:*',
        })),
      },
    }),
  'a bucket that tells one long name': (bytes) =>
    onBucket('PutBucketNotification', {
      NotificationConfiguration: { TopicConfiguration: { Topic: filled('arn:aws:sns:/', bytes) } },
    }),
  'a bucket policy of statements': (bytes) =>
    onBucket('PutBucketPolicy', {
      bucketPolicy: {
        Statement: listOf(bytes / 120, (at) => ({
          Effect: at % 2 === 0 ? 'Allow' : 'Deny',
          Principal: { AWS: `arn:aws:iam::111122223333:user/u${at}` },
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        })),
      },
    }),
  'a bucket policy of texts in texts': () =>
    onBucket('PutBucketPolicy', { bucketPolicy: nestedText('{"Statement":[]}', 12) }),
  'a lifecycle of rules': (bytes) =>
    onBucket('PutBucketLifecycle', {
      LifecycleConfiguration: { Rule: listOf(bytes / 60, (at) => ({ ID: `r${at}`, Expiration: { Days: 1000 + at } })) },
    }),
  'keys by the thousand': (bytes) =>
    onBucket('PutBucketEncryption', {
      ServerSideEncryptionConfiguration: {
        Rule: listOf(bytes / 90, (at) => ({ ApplyServerSideEncryptionByDefault: { KMSMasterKeyID: `alias/k${at}` } })),
      },
    }),
  'event selectors by the thousand': (bytes) =>
    calledOf('cloudtrail', 'PutEventSelectors', {
      trailName: 'the-trail',
      advancedEventSelectors: listOf(bytes / 170, (at) => ({
        fieldSelectors: [
          { field: 'eventCategory', equals: ['Management'] },
          { field: 'eventSource', notEquals: [`s${at}.amazonaws.com`] },
          { field: `f${at}`, startsWith: ['x'] },
        ],
      })),
    }),
  'one event selector of fields': (bytes) =>
    calledOf('cloudtrail', 'PutEventSelectors', {
      trailName: 'the-trail',
      advancedEventSelectors: [
        {
          fieldSelectors: [
            { field: 'eventCategory', equals: ['Management'] },
            ...listOf(bytes / 50, (at) => ({ field: 'eventSource', equals: [`s${at}`] })),
          ],
        },
      ],
    }),
  'a role policy of half a text': (bytes) =>
    calledOf('iam', 'PutRolePolicy', { roleName: 'the-role', policyDocument: filled('{"Statement":[', bytes) }),
  'alarms by the thousand': (bytes) =>
    calledOf('monitoring', 'DeleteAlarms', { alarmNames: numbered('the-alarm', bytes / 25) }),
  'targets by the thousand': (bytes) =>
    calledOf('events', 'RemoveTargets', { rule: 'the-rule', ids: numbered('i', bytes / 20) }),
  'a queue of attributes': (bytes) =>
    calledOf('sqs', 'SetQueueAttributes', {
      queueUrl: 'https://sqs.eu-west-1.amazonaws.com/111122223333/the-queue',
      attributes: membersOf(bytes / 30, (at) => [`Attribute${at}`, 'x']),
    }),
  'a stack of parameters': (bytes) =>
    calledOf('cloudformation', 'UpdateStack', {
      stackName: 'the-logs',
      parameters: listOf(bytes / 60, (at) => ({ parameterKey: `p${at}`, parameterValue: 'v' })),
      templateBody: filled('{"Resources":{', bytes / 4),
    }),
  'a key policy that nests': (bytes) =>
    calledOf('kms', 'PutKeyPolicy', { keyId: 'the-logs', policy: `${'['.repeat(bytes / 2)}${']'.repeat(bytes / 2)}` }),
};

const onBucket = (eventName: string, parameters: Members): Members =>
  calledOf('s3', eventName, { bucketName: 'the-logs', ...parameters });
