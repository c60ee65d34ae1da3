import { Token } from 'aws-cdk-lib';

/** What is wrong with `arn` as that of a key, in the operator's words. An alias is none: no permission can be given on it. */
export function keyArnProblem(arn: string): string | undefined {
  if (Token.isUnresolved(arn) || /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/.test(arn)) return undefined;
  const hint = /:alias\//.test(arn)
    ? '; this is an alias: `aws kms describe-key --key-id ALIAS --query KeyMetadata.Arn` tells the key behind it'
    : '';
  return `must be the ARN of a KMS key, arn:aws:kms:REGION:ACCOUNT:key/ID, got '${arn}'${hint}`;
}

/** Neither S3 nor CloudTrail publishes to a FIFO topic. */
export function isTopicArn(text: string): boolean {
  return /^arn:[a-z-]+:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/.test(text);
}
