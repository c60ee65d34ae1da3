import type { Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { isTopicArn, keyArnProblem } from '../arns';
import type { FastPathProps } from '../fast-path';
import type { LogSourceProps } from '../log-source';
import { listAt, textAt, type Context, type Read } from './values';

/** Where the log files and records come from; the bucket, key and topic of the context are imported into the stack. */
export function readLogSource(stack: Stack, context: Context): Read<LogSourceProps & FastPathProps> {
  const bucketName = textAt(context, 'trailBucketName');
  const prefix = textAt(context, 'logFilePrefix');
  const notifications = textAt(context, 'notifications');
  const keyArn = textAt(context, 'encryptionKeyArn');
  const flags = (['skipDestinationValidation', 'completeness', 'fastPath'] as const).map(
    (key) => [key, textAt(context, key)] as const,
  );

  const isName = bucketName === undefined || isBucketName(bucketName);
  const isHow = notifications === undefined || ['bucket', 'eventbridge'].includes(notifications);
  const isKnown = isHow || isTopicArn(notifications);
  const keyProblem = keyArn === undefined ? undefined : keyArnProblem(keyArn);
  return {
    value: {
      // A name that cannot be has a stand-in, so that what else is wrong is found as well.
      ...(bucketName && {
        trailBucket: Bucket.fromBucketName(stack, 'ExistingTrailBucket', isName ? bucketName : 'no-such-bucket'),
      }),
      ...(prefix && { logFilePrefix: prefix }),
      ...(notifications && isKnown && { notifications: toNotifications(stack, notifications) }),
      ...Object.fromEntries(
        flags.filter(([, value]) => value !== undefined).map(([key, value]) => [key, value === 'true']),
      ),
      ...(context.fastPathFrom !== undefined && { fastPathFrom: listAt(context, 'fastPathFrom') }),
      ...(keyArn && keyProblem === undefined && { encryptionKey: Key.fromKeyArn(stack, 'ExistingKey', keyArn) }),
    },
    problems: [
      ...(isName ? [] : [bucketNameProblem(bucketName)]),
      ...(isKnown
        ? []
        : [
            "context key 'notifications' must be 'bucket', 'eventbridge' or the ARN of a topic, " +
              `arn:aws:sns:REGION:ACCOUNT:NAME, got '${notifications}'`,
          ]),
      ...flags
        .filter(([, value]) => !['true', 'false', undefined].includes(value))
        .map(([key, value]) => `context key '${key}' must be true or false, got '${value}'`),
      ...(keyProblem === undefined ? [] : [`context key 'encryptionKeyArn' ${keyProblem}`]),
    ],
  };
}

function toNotifications(stack: Stack, text: string): NonNullable<LogSourceProps['notifications']> {
  return text === 'bucket' || text === 'eventbridge' ? text : Topic.fromTopicArn(stack, 'LogFileTopic', text);
}

/** Names from before 2018 may be in capitals and have underscores. */
function isBucketName(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]$/.test(text) && !/\.\.|\.-|-\./.test(text);
}

function bucketNameProblem(text: string): string {
  const name = /^(?:s3:\/\/|arn:[a-z-]+:s3:::)([^/]*)/.exec(text)?.[1] ?? '';
  const hint = isBucketName(name) ? `; did you mean ${name}?` : '';
  return `context key 'trailBucketName' must be the name of one bucket, 3 to 63 letters, digits, dots and hyphens, got '${text}'${hint}`;
}
