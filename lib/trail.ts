import { Aws, Duration, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { createDelegatedTrail } from './delegated-trail';
import { allowCloudTrail } from './trail-policies';

/** An organization whose accounts are all recorded by one trail. */
export interface OrganizationTrail {
  /** Such as `o-a1b2c3d4e5`. */
  readonly organizationId: string;
  /**
   * The id of the organization's management account, which owns the trail. To be given where the stack is in another account:
   * that of a delegated administrator of CloudTrail.
   * @default - the account of the stack
   */
  readonly managementAccount?: string;
}

export interface TrailProps {
  /** How long the bucket keeps log files. */
  readonly retention: Duration;
  readonly encryptionKey: IKey | undefined;
  /** @default - the trail records the account of the stack alone */
  readonly organization: OrganizationTrail | undefined;
}

/** A trail, and what it delivers. */
export interface Trail {
  readonly bucket: Bucket;
  readonly arn: string;
  /** What the keys of its log files start with. Digest files live beside or below. */
  readonly prefix: string;
}

/**
 * A trail of the management events of all regions, reads and writes; the bucket it delivers to outlives the stack.
 *
 * The trail is written out because CDK's own `Trail` lets the trails of any account write into the bucket.
 */
export function createTrail(scope: Construct, { retention, encryptionKey, organization }: TrailProps): Trail {
  const stack = Stack.of(scope);
  const bucket = createTrailBucket(scope, retention, encryptionKey);
  const owner = organization?.managementAccount ?? stack.account;
  // The policies are there before the trail: its name must be known.
  const trailName =
    organization && Names.uniqueResourceName(scope, { maxLength: 120, separator: '-', allowedSpecialCharacters: '-_' });
  const arnOf = (resourceName: string): string =>
    stack.formatArn({ service: 'cloudtrail', resource: 'trail', resourceName, account: owner });
  allowCloudTrail(
    { bucket, encryptionKey },
    {
      folders: organization ? [owner, organization.organizationId] : [owner],
      trails: arnOf(trailName ?? '*'),
      isOne: trailName !== undefined,
    },
  );
  const given = { bucketName: bucket.bucketName, keyArn: encryptionKey?.keyArn };
  const isDelegated = trailName !== undefined && owner !== stack.account;
  const { trail, arn } = isDelegated
    ? createDelegatedTrail(scope, { ...given, trailName, arn: arnOf(trailName) })
    : createOwnTrail(scope, { ...given, trailName });
  if (bucket.policy) trail.node.addDependency(bucket.policy);
  if (encryptionKey) trail.node.addDependency(encryptionKey);
  return {
    bucket,
    arn,
    prefix: organization ? `AWSLogs/${organization.organizationId}/` : `AWSLogs/${Aws.ACCOUNT_ID}/CloudTrail/`,
  };
}

/** What is asked of every trail. */
export interface AnyTrail {
  readonly bucketName: string;
  readonly keyArn: string | undefined;
}

function createOwnTrail(
  scope: Construct,
  { bucketName, keyArn, trailName }: AnyTrail & { readonly trailName: string | undefined },
): { readonly trail: Construct; readonly arn: string } {
  const trail = new CfnTrail(scope, 'Trail', {
    isLogging: true,
    isMultiRegionTrail: true,
    includeGlobalServiceEvents: true,
    enableLogFileValidation: true,
    s3BucketName: bucketName,
    ...(keyArn !== undefined && { kmsKeyId: keyArn }),
    ...(trailName !== undefined && { trailName, isOrganizationTrail: true }),
  });
  return { trail, arn: trail.attrArn };
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
