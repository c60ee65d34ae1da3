import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';

/**
 * A trail of the management events of all regions, reads and writes; the bucket it delivers to outlives the stack.
 *
 * The trail is written out because CDK's own `Trail` lets the trails of any account write into the bucket.
 */
export function createTrail(stack: Stack, retention: Duration, encryptionKey: IKey | undefined): Bucket {
  const bucket = createTrailBucket(stack, retention, encryptionKey);
  allowCloudTrail(stack, bucket, encryptionKey);
  const trail = new CfnTrail(stack, 'Trail', {
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

function createTrailBucket(stack: Stack, retention: Duration, encryptionKey: IKey | undefined): Bucket {
  const secured = {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    removalPolicy: RemovalPolicy.RETAIN,
  };
  const accessLogs = new Bucket(stack, 'TrailBucketAccessLogs', {
    ...secured,
    encryption: BucketEncryption.S3_MANAGED,
    lifecycleRules: [{ expiration: Duration.days(90), abortIncompleteMultipartUploadAfter: Duration.days(7) }],
  });
  return new Bucket(stack, 'TrailBucket', {
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
function allowCloudTrail(stack: Stack, bucket: Bucket, encryptionKey: IKey | undefined): void {
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
