import { Duration, Lazy, type Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { EmailSubscription, UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';

/** A mistake in props, by code that is not type-checked. */
export interface PropsMistake {
  readonly name: string;
  readonly props: (stack: Stack) => unknown;
  /** All that is told, word by word. */
  readonly told: readonly string[];
}

const BUCKET = "trailBucket: Bucket.fromBucketName(scope, 'ExistingTrailBucket', 'my-trail-bucket')";
const KEY = "encryptionKey: Key.fromKeyArn(scope, 'ExistingKey', 'arn:aws:kms:…:key/…')";
const SUBSCRIBERS = "subscribers: [{ subscription: new EmailSubscription('oncall@example.com') }]";
const SEVERITY = "subscribers: [{ subscription, minimumSeverity: 'HIGH' }]";
const aBucket =
  "'trailBucket' must be a bucket, such as Bucket.fromBucketName(scope, 'ExistingTrailBucket', 'my-trail-bucket')";
const aDuration = "'logFileRetention' must be a Duration of whole days, one at least, such as Duration.days(400)";
const hours = "'silenceAfter' must be a Duration of whole hours, from 1 to 168, such as Duration.hours(2)";
const aList = "'subscribers' must be a list of { subscription, minimumSeverity? }";
const isNone = 'is no subscription; allowed: one of the classes of aws-cdk-lib/aws-sns-subscriptions';

const email = new EmailSubscription('a@example.com');
const trailBucket = (stack: Stack): Bucket => Bucket.fromBucketName(stack, 'Existing', 'my-trail') as Bucket;
const mistake = (name: string, props: PropsMistake['props'], ...told: string[]): PropsMistake => ({
  name,
  props,
  told,
});

export const PROPS_MISTAKES: readonly PropsMistake[] = [
  mistake(
    'the context, taken for props',
    () => ({ trailBucketName: 'b', alertEmail: 'a@b.c', trustedAcounts: ['111122223333'] }),
    `'trailBucketName' is a context key; in code, write ${BUCKET}`,
    `'alertEmail' is a context key; in code, write ${SUBSCRIBERS}`,
    '"trustedAcounts" is no setting; did you mean trustedAccounts?',
  ),
  mistake(
    'the key, as the context has it',
    () => ({ encryptionKeyArn: 'arn' }),
    `'encryptionKeyArn' is a context key; in code, write ${KEY}`,
  ),
  mistake(
    'the severity, as the context has it',
    () => ({ minimumSeverity: 'HIGH' }),
    `'minimumSeverity' is a context key; in code, write ${SEVERITY}`,
  ),
  mistake(
    'the file, as the context has it',
    () => ({ config: 'monitor.json' }),
    "'config' is a context key; in code, write ...settingsFrom('monitor.json')",
  ),
  mistake('a name that people try', () => ({ bucket: 'b' }), `'bucket' is no setting; in code, write ${BUCKET}`),
  mistake('another', () => ({ email: 'a@b.c' }), `'email' is no setting; in code, write ${SUBSCRIBERS}`),
  mistake('a shorter name', () => ({ prefix: 'x/' }), "'prefix' is no setting; in code, write logFilePrefix"),
  mistake('a misspelt prop', () => ({ trailBuket: 1 }), '"trailBuket" is no setting; did you mean trailBucket?'),
  mistake('one subscriber', () => ({ subscriber: [] }), '"subscriber" is no setting; did you mean subscribers?'),
  mistake(
    'the id alone of an organization',
    () => ({ organization: 'o-a1b2c3d4e5' }),
    "'organization' must be { organizationId, managementAccount? }, such as { organizationId: 'o-a1b2c3d4e5' }, got \"o-a1b2c3d4e5\"",
  ),
  mistake(
    'an organization and an account, taken for each other',
    () => ({ organization: { organizationId: '111122223333', managementAccount: 'o-a1b2c3d4e5' } }),
    '\'organization.organizationId\' must be an id such as o-a1b2c3d4e5, got "111122223333"',
    '\'organization.managementAccount\' must be the id of an account, 12 digits, got "o-a1b2c3d4e5"',
  ),
  mistake(
    'an organization, with a bucket that is there',
    (stack) => ({ trailBucket: trailBucket(stack), organization: { organizationId: 'o-a1b2c3d4e5' } }),
    "'organization' can only be set without 'trailBucket'",
  ),
  mistake('a name for the bucket', () => ({ trailBucket: 'my-trail' }), `${aBucket}, got "my-trail"`),
  mistake('null for the bucket', () => ({ trailBucket: null }), `${aBucket}, got null`),
  mistake(
    'an ARN for the key',
    () => ({ encryptionKey: 'arn' }),
    `'encryptionKey' must be a key, such as Key.fromKeyArn(scope, 'ExistingKey', 'arn:aws:kms:…:key/…'), got "arn"`,
  ),
  mistake(
    'a queue for the notifications',
    (stack) => ({ trailBucket: trailBucket(stack), notifications: 'sqs' }),
    `'notifications' must be 'bucket', 'eventbridge' or a topic, got "sqs"`,
  ),
  mistake('a number of days', () => ({ logFileRetention: 400 }), `${aDuration}, got 400`),
  mistake('no time at all', () => ({ logFileRetention: Duration.days(0) }), `${aDuration}, got "PT0S"`),
  mistake('a day and a bit', () => ({ logFileRetention: Duration.hours(30) }), `${aDuration}, got "P1DT6H"`),
  mistake('a number for the silence', () => ({ silenceAfter: 2 }), `${hours}, got 2`),
  mistake('half an hour of silence', () => ({ silenceAfter: Duration.minutes(30) }), `${hours}, got "PT30M"`),
  mistake(
    'a silence that is not known yet',
    () => ({ silenceAfter: Duration.hours(Lazy.number({ produce: () => 2 })) }),
    `${hours}, got "what only the deployment knows"`,
  ),
  mistake('eight days of silence', () => ({ silenceAfter: Duration.days(8) }), `${hours}, got "P8D"`),
  mistake(
    'a prefix without its slash',
    (stack) => ({ trailBucket: trailBucket(stack), logFilePrefix: 'AWSLogs' }),
    "'logFilePrefix' must end with a '/', not start with one, and hold no '*' or '?', got 'AWSLogs'",
  ),
  mistake(
    'a prefix that is no text',
    (stack) => ({ trailBucket: trailBucket(stack), logFilePrefix: ['AWSLogs/'] }),
    `'logFilePrefix' must be a text, got ["AWSLogs/"]`,
  ),
  mistake(
    'a prefix for a new trail',
    () => ({ logFilePrefix: 'AWSLogs/' }),
    "'logFilePrefix' can only be set together with 'trailBucket'",
  ),
  mistake(
    'a retention for an existing bucket',
    (stack) => ({ trailBucket: trailBucket(stack), logFileRetention: Duration.days(5) }),
    "'logFileRetention' can only be set without 'trailBucket'",
  ),
  mistake('an address for the subscribers', () => ({ subscribers: 'a@b.c' }), `${aList}, got "a@b.c"`),
  mistake(
    'a list of addresses',
    () => ({ subscribers: ['a@b.c'] }),
    "'subscribers'[0] must be { subscription, minimumSeverity? }",
  ),
  mistake(
    'subscriptions without an object around them',
    () => ({ subscribers: [email] }),
    "'subscribers'[0] is a subscription alone; write { subscription: … } around it",
  ),
  mistake(
    'a severity in small letters',
    () => ({ subscribers: [{ subscription: email, minimumSeverity: 'high' }] }),
    `'subscribers'[0].minimumSeverity must be one of LOW, MEDIUM, HIGH, CRITICAL, got "high"`,
  ),
  mistake(
    'a misspelt member of a subscriber',
    () => ({ subscribers: [{ subscription: email, minSeverity: 'HIGH' }] }),
    "'subscribers'[0] has 'minSeverity'; did you mean minimumSeverity?",
  ),
  mistake(
    'a webhook',
    () => ({ subscribers: [{ subscription: new UrlSubscription('https://hooks.slack.com/services/T/B/x') }] }),
    "'subscribers'[0].subscription is the https address of hooks.slack.com, which cannot confirm a subscription; " +
      'in Amazon Q Developer in chat applications, choose the topic for the channel',
  ),
  mistake(
    'a subscriber for the alarms',
    () => ({ operationsSubscribers: [{ subscription: email }] }),
    `'operationsSubscribers'[0] ${isNone}`,
  ),
  mistake(
    'an account that is known at deployment only',
    (stack) => ({ trustedAccounts: [stack.account] }),
    `'trustedAccounts' holds {"Ref":"AWS::AccountId"}, which only the deployment knows: settings are checked at synthesis, so write ` +
      "the value itself (in place of Aws.ACCOUNT_ID, the account in the 'env' of the stack)",
  ),
  mistake(
    'a function in a pattern',
    () => ({ watchPatterns: [{ name: 'mine', severity: 'LOW', pattern: { eventName: () => 'AddTags' } }] }),
    expect.stringMatching(/^the settings must be plain data: .*\/0\/pattern\/eventName/),
  ),
  mistake('a list', () => [], 'the props must be an object, got []'),
  mistake('nothing', () => null, 'the props must be an object, got null'),
  mistake('a text', () => 'my-trail', 'the props must be an object, got "my-trail"'),
];
