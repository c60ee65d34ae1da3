import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/**
 * A trail of the management events of all regions, reads and writes; the bucket it delivers to outlives the stack.
 *
 * The trail is written out because CDK's own `Trail` lets the trails of any account write into the bucket.
 */
export function createTrail(scope: Construct, retention: Duration, encryptionKey: IKey | undefined): Bucket {
  const bucket = createTrailBucket(scope, retention, encryptionKey);
  allowCloudTrail(scope, bucket, encryptionKey);
  const trail = new CfnTrail(scope, 'Trail', {
    isLogging: true,
    isMultiRegionTrail: true,
    includeGlobalServiceEvents: true,
    enableLogFileValidation: true,
    s3BucketName: bucket.bucketName,
    ...(encryptionKey && { kmsKeyId: encryptionKey.keyArn }),
  });
  if (bucket.policy) trail.node.addDependency(bucket.policy);
  if (encryptionKey) trail.node.addDependency(encryptionKey);
  return bucket;
}

function createTrailBucket(scope: Construct, retention: Duration, encryptionKey: IKey | undefined): Bucket {
  const secured = {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    removalPolicy: RemovalPolicy.RETAIN,
  };
  const accessLogs = new Bucket(scope, 'TrailBucketAccessLogs', {
    ...secured,
    encryption: BucketEncryption.S3_MANAGED,
    lifecycleRules: [{ expiration: Duration.days(90), abortIncompleteMultipartUploadAfter: Duration.days(7) }],
  });
  return new Bucket(scope, 'TrailBucket', {
    ...secured,
    ...(encryptionKey
      ? { encryption: BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true }
      : { encryption: BucketEncryption.S3_MANAGED }),
    versioned: true,
    serverAccessLogsBucket: accessLogs as IBucket,
    lifecycleRules: [
      {
        expiration: retention,
        noncurrentVersionExpiration: Duration.days(30),
        abortIncompleteMultipartUploadAfter: Duration.days(7),
      },
    ],
  });
}

/** Lets the trails of this account, and no others, write into the bucket and encrypt with the key. */
function allowCloudTrail(scope: Construct, bucket: Bucket, encryptionKey: IKey | undefined): void {
  const stack = Stack.of(scope);
  const trails = stack.formatArn({ service: 'cloudtrail', resource: 'trail', resourceName: '*' });
  const cloudTrail = new ServicePrincipal('cloudtrail.amazonaws.com', {
    conditions: { ArnLike: { 'aws:SourceArn': trails } },
  });
  bucket.addToResourcePolicy(
    new PolicyStatement({ actions: ['s3:GetBucketAcl'], resources: [bucket.bucketArn], principals: [cloudTrail] }),
  );
  bucket.addToResourcePolicy(
    new PolicyStatement({
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects(`AWSLogs/${stack.account}/*`)],
      principals: [cloudTrail],
      conditions: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
    }),
  );
  encryptionKey?.addToResourcePolicy(
    new PolicyStatement({
      actions: ['kms:GenerateDataKey*', 'kms:DescribeKey'],
      resources: ['*'],
      principals: [cloudTrail],
    }),
  );
}
