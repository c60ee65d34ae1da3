import { problemsWith, propsWith } from './in-context';

describe('the context of a source of log files', () => {
  test('names the bucket, the folder and the key of an existing trail', () => {
    const keyArn = 'arn:aws:kms:eu-west-1:111122223333:key/abc';
    const props = propsWith({ trailBucketName: 'my-trail', logFilePrefix: 'x/AWSLogs/', encryptionKeyArn: keyArn });
    expect(props).toMatchObject({
      trailBucket: { bucketName: 'my-trail' },
      logFilePrefix: 'x/AWSLogs/',
      encryptionKey: { keyArn },
    });
  });

  test('says how the news of log files arrive', () => {
    const notifications = 'arn:aws:sns:eu-west-1:111122223333:log-files';
    const trailBucketName = 'my-trail';
    expect(propsWith({ trailBucketName, notifications: 'eventbridge' })).toMatchObject({
      notifications: 'eventbridge',
    });
    expect(propsWith({ trailBucketName, notifications })).toMatchObject({ notifications: { topicArn: notifications } });
  });

  test.each(['sqs', 'arn:aws:sqs:eu-west-1:111122223333:queue', 'arn:aws:sns:eu-west-1:111122223333:topic.fifo'])(
    'takes news of log files from S3, EventBridge and SNS topics, not from %s',
    (notifications) => {
      expect(problemsWith({ trailBucketName: 'my-trail', notifications })).toEqual([
        "context key 'notifications' must be 'bucket', 'eventbridge' or the ARN of a topic, " +
          `arn:aws:sns:REGION:ACCOUNT:NAME, got '${notifications}'`,
      ]);
    },
  );

  test.each([
    ['arn:aws:s3:::my-trail', '; did you mean my-trail?'],
    ['s3://my-trail/AWSLogs/', '; did you mean my-trail?'],
    ['my-trail,other-trail', ''],
    ['a', ''],
  ])('refuses the bucket name %s in one sentence', (trailBucketName, hint) => {
    expect(problemsWith({ trailBucketName, logFilePrefix: 'AWSLogs/' })).toEqual([
      "context key 'trailBucketName' must be the name of one bucket, 3 to 63 letters, digits, dots and hyphens, " +
        `got '${trailBucketName}'${hint}`,
    ]);
  });

  test.each([
    ['arn:aws:kms:eu-west-1:111122223333:alias/logs', 'this is an alias'],
    ['alias/logs', 'key/ID'],
    ['01234567-89ab-cdef-0123-456789abcdef', 'key/ID'],
  ])('refuses the key %s in one sentence', (encryptionKeyArn, hint) => {
    const [problem, ...others] = problemsWith({ trailBucketName: 'my-trail', encryptionKeyArn });
    expect(problem).toContain("context key 'encryptionKeyArn' must be the ARN of a KMS key");
    expect(problem).toContain(hint);
    expect(others).toEqual([]);
  });
});
