import { BUCKET, byDeployment, keyArn, KEY, otherRecord, QUEUE, queueArn } from '../../../support/watched';
import { casesOf, type RuleCase } from './rule-case';

const call = (eventName: string, request: object, changes = {}) =>
  otherRecord(
    's3',
    eventName,
    { bucketName: BUCKET, Host: `${BUCKET}.s3.eu-west-1.amazonaws.com`, ...request },
    changes,
  );

const notify = (configuration: object, bucketName = BUCKET) =>
  call('PutBucketNotification', {
    bucketName,
    notification: '',
    NotificationConfiguration: { xmlns: 'http://s3.amazonaws.com/doc/2006-03-01/', ...configuration },
  });
const toQueue = (name: string) => ({
  QueueConfiguration: {
    Id: 'a',
    Queue: queueArn(name),
    Event: 's3:ObjectCreated:*',
    Filter: { S3Key: { FilterRule: { Name: 'Suffix', Value: '.json.gz' } } },
  },
});

const policy = (...statements: readonly object[]) =>
  call('PutBucketPolicy', { policy: '', bucketPolicy: { Version: '2012-10-17', Statement: statements } });
const write = {
  Effect: 'Allow',
  Principal: { Service: 'cloudtrail.amazonaws.com' },
  Action: 's3:PutObject',
  Resource: `arn:aws:s3:::${BUCKET}/AWSLogs/*`,
};
const plainHttp = {
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: `arn:aws:s3:::${BUCKET}/*`,
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};
const reads = { Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${BUCKET}/*` };

const expire = (rule: object) =>
  call('PutBucketLifecycle', {
    LifecycleConfiguration: { Rule: { ID: 'a', Status: 'Enabled', Filter: { Prefix: '' }, ...rule } },
  });
const encrypt = (key: string) =>
  call('PutBucketEncryption', {
    ServerSideEncryptionConfiguration: {
      Rule: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key } },
    },
  });

export const logBucketCases: readonly RuleCase[] = [
  ...casesOf(
    'log-bucket-deleted',
    ['the own one', 'CRITICAL', call('DeleteBucket', {})],
    ['another one', 'none', call('DeleteBucket', { bucketName: 'cdk-assets' })],
    [
      'denied, and so still there',
      'HIGH',
      call('DeleteBucket', {}, { errorCode: 'AccessDenied', errorMessage: 'Access Denied' }),
    ],
  ),
  ...casesOf(
    'log-notification-removed',
    ['removed', 'CRITICAL', notify({})],
    ['given to another queue', 'CRITICAL', notify(toQueue('another'))],
    ['set again as it was', 'none', notify(toQueue(QUEUE))],
    ['removed from another bucket', 'none', notify({}, 'uploads')],
    [
      'left out for its size',
      'HIGH',
      call('PutBucketNotificationConfiguration', { omitted: true, originalSize: 200000 }),
    ],
  ),
  ...casesOf(
    'log-bucket-policy-changed',
    ['deleted', 'HIGH', call('DeleteBucketPolicy', { policy: '' })],
    ['without CloudTrail', 'HIGH', policy(plainHttp)],
    ['with a denial of reads', 'HIGH', policy(write, reads)],
    ['with a denial of plain HTTP', 'MEDIUM', policy(write, plainHttp)],
    [
      'by a deployment, which lets CloudTrail write',
      'none',
      call('PutBucketPolicy', { bucketPolicy: { Statement: [write, plainHttp] } }, byDeployment),
    ],
    [
      'by a deployment, which does not',
      'HIGH',
      call('PutBucketPolicy', { bucketPolicy: { Statement: [plainHttp] } }, byDeployment),
    ],
    ['of another bucket', 'none', call('DeleteBucketPolicy', { bucketName: 'uploads' })],
  ),
  ...casesOf(
    'log-files-expire-early',
    ['after a day', 'HIGH', expire({ Expiration: { Days: 1 } })],
    ['on a date', 'HIGH', expire({ Expiration: { Date: '2026-11-21T00:00:00Z' } })],
    ['after a month', 'MEDIUM', expire({ Expiration: { Days: '30' } })],
    ['after a year', 'none', expire({ Expiration: { Days: 365 } })],
    ['after a day, by a rule that is off', 'none', expire({ Status: 'Disabled', Expiration: { Days: 1 } })],
    ['other versions alone', 'none', expire({ NoncurrentVersionExpiration: { NoncurrentDays: 1 } })],
    [
      'in another bucket',
      'none',
      call('PutBucketLifecycle', {
        bucketName: 'uploads',
        LifecycleConfiguration: { Rule: { Status: 'Enabled', Expiration: { Days: 1 } } },
      }),
    ],
  ),
  ...casesOf(
    'log-bucket-weakened',
    ['without versions', 'MEDIUM', call('PutBucketVersioning', { VersioningConfiguration: { Status: 'Suspended' } })],
    ['with versions', 'none', call('PutBucketVersioning', { VersioningConfiguration: { Status: 'Enabled' } })],
    ['without encryption', 'MEDIUM', call('DeleteBucketEncryption', {})],
    ['with a key of somebody', 'HIGH', encrypt('arn:aws:kms:eu-west-1:777788889999:key/abc')],
    ['with the own key', 'none', encrypt(keyArn(KEY))],
    [
      'without retention',
      'MEDIUM',
      call('PutBucketObjectLockConfiguration', { ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } }),
    ],
    [
      'with retention',
      'none',
      call('PutBucketObjectLockConfiguration', {
        ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 30 } } },
      }),
    ],
    ['of another bucket', 'none', call('DeleteBucketEncryption', { bucketName: 'uploads' })],
  ),
];
