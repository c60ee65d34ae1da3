import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';

/** Which trails CloudTrail may write for. */
interface Trails {
  /** Folders of `AWSLogs/`: ids of accounts and of an organization. */
  readonly folders: readonly string[];
  /** The ARN of one trail, or a pattern of several. */
  readonly trails: string;
  /** Whether `trails` is an ARN. */
  readonly isOne: boolean;
}

/**
 * Lets CloudTrail write into the bucket, and encrypt with the key, for these trails and no others: as
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html,
 * `cloudtrail-create-and-update-an-organizational-trail-by-using-the-aws-cli.html` and `create-kms-key-policy-for-cloudtrail.html` have it.
 */
export function allowCloudTrail(
  { bucket, encryptionKey }: { readonly bucket: Bucket; readonly encryptionKey: IKey | undefined },
  { folders, trails, isOne }: Trails,
): void {
  const service = new ServicePrincipal('cloudtrail.amazonaws.com');
  const operator = isOne ? 'StringEquals' : 'ArnLike';
  const cloudTrail = service.withConditions({ [operator]: { 'aws:SourceArn': trails } });
  bucket.addToResourcePolicy(
    new PolicyStatement({ actions: ['s3:GetBucketAcl'], resources: [bucket.bucketArn], principals: [cloudTrail] }),
  );
  bucket.addToResourcePolicy(
    new PolicyStatement({
      actions: ['s3:PutObject'],
      resources: folders.map((folder) => bucket.arnForObjects(`AWSLogs/${folder}/*`)),
      principals: [cloudTrail],
      conditions: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
    }),
  );
  // Whatever is written by the encryption of the bucket, and not of the trail, has another encryption context than AWS's example asks for.
  encryptionKey?.addToResourcePolicy(
    new PolicyStatement({
      actions: ['kms:GenerateDataKey*', 'kms:DescribeKey'],
      resources: ['*'],
      principals: [cloudTrail],
    }),
  );
  // For a bucket with a bucket key, when a trail is made or changed; AWS documents it without a condition.
  encryptionKey?.addToResourcePolicy(
    new PolicyStatement({ actions: ['kms:Decrypt'], resources: ['*'], principals: [service] }),
  );
}
