/** A mistake in the context of the command line of CDK. */
export interface ContextMistake {
  readonly context: Readonly<Record<string, unknown>>;
  /** All that is told, word by word. */
  readonly told: readonly string[];
}

const mistake = (context: ContextMistake['context'], ...told: string[]): ContextMistake => ({ context, told });

export const CONTEXT_MISTAKES: readonly ContextMistake[] = [
  mistake({ trailBucket: 'my-trail' }, "context key 'trailBucket' is no context key: set 'trailBucketName'"),
  mistake({ bucketName: 'my-trail' }, "context key 'bucketName' is no context key: set 'trailBucketName'"),
  mistake(
    { subscribers: 'a@example.com' },
    "context key 'subscribers' is no context key: set 'alertEmail', or the prop in bin/app.ts",
  ),
  mistake(
    { suppressions: '[]' },
    "context key 'suppressions' is no context key: write it in the JSON file that context key 'config' names",
  ),
  mistake({ trailBucketNam: 'my-trail' }, "context key 'trailBucketNam' is unknown; did you mean trailBucketName?"),
  mistake({ alertEmail: ' ' }, "context key 'alertEmail' is blank: give it a value or leave it out"),
  mistake(
    { alertEmail: 'security' },
    "context key 'alertEmail' must be e-mail addresses separated by commas, got 'security'",
  ),
  mistake(
    { alertEmail: 'a@example.com', minimumSeverity: 'SEVERE' },
    "context key 'minimumSeverity' must be one of LOW, MEDIUM, HIGH, CRITICAL, got 'SEVERE'",
  ),
  mistake({ minimumSeverity: 'HIGH' }, "context key 'minimumSeverity' has nobody to apply to: set 'alertEmail', too"),
  mistake(
    { trailBucketName: 'arn:aws:s3:::my-trail' },
    "context key 'trailBucketName' must be the name of one bucket, 3 to 63 letters, digits, dots and hyphens, " +
      "got 'arn:aws:s3:::my-trail'; did you mean my-trail?",
  ),
  mistake(
    { trailBucketName: 'my-trail', notifications: 'sqs' },
    "context key 'notifications' must be 'bucket', 'eventbridge' or the ARN of a topic, arn:aws:sns:REGION:ACCOUNT:NAME, got 'sqs'",
  ),
  mistake({ logFilePrefix: 'AWSLogs/' }, "'logFilePrefix' can only be set together with 'trailBucket'"),
  mistake(
    { config: 'no-such-file.json' },
    expect.stringMatching(/^no-such-file\.json cannot be read: ENOENT/) as string,
  ),
];
