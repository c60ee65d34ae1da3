import { EVENT_NAMES } from '../../core/call';
import { ALERT_SEVERITIES } from '../../core/base/severity';

/** A parameter of the plain template. No synthesis checks its value, so the template itself says what is allowed. */
export interface Parameter {
  readonly Type: 'String';
  readonly Description: string;
  /** @default - a value must be given */
  readonly Default?: string;
  readonly AllowedValues?: readonly string[];
  readonly AllowedPattern?: string;
  /** What is told of a value that is not allowed. */
  readonly ConstraintDescription?: string;
}

/** Of the parameters that may be left empty. */
const EMPTY_OR = (pattern: string): string => `^$|^${pattern}$`;

const EMAIL = '[^@\\s]+@[^@\\s]+\\.[^@\\s]+';
const BUCKET = '[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]';
const FOLDER = '[^*?/][^*?]*/';

/** How the news of a log file of an existing bucket reaches the stack, as the prop `notifications` has it. */
export const NOTIFICATIONS = ['bucket', 'eventbridge', 'topic'] as const;

/** Names are forever: people keep the values they launched with under them. */
export const PARAMETERS = {
  CodeBucket: {
    Type: 'String',
    Description: 'Bucket, in the region of the stack, that the archives of the release were copied to',
    AllowedPattern: `^${BUCKET}$`,
    ConstraintDescription: 'must be the name of a bucket',
  },
  CodePrefix: {
    Type: 'String',
    Description: "What the keys of those archives start with, such as 'es-config-monitor/'",
    Default: '',
    AllowedPattern: EMPTY_OR(FOLDER),
    ConstraintDescription: "must end with '/', not start with one, and hold no '*' or '?'",
  },
  TrailBucketName: {
    Type: 'String',
    Description: 'Bucket that a trail delivers to already; empty for a new trail with a bucket of its own',
    Default: '',
    AllowedPattern: EMPTY_OR(BUCKET),
    ConstraintDescription: 'must be empty or the name of a bucket',
  },
  LogFilePrefix: {
    Type: 'String',
    Description: 'What the keys of the log files in TrailBucketName start with; the function may read nothing else',
    Default: 'AWSLogs/',
    AllowedPattern: `^${FOLDER}$`,
    ConstraintDescription: "must end with '/', not start with one, and hold no '*' or '?'",
  },
  Notifications: {
    Type: 'String',
    Description:
      "How the news of a log file in TrailBucketName gets here: 'bucket' adds a notification to the bucket, 'eventbridge' needs the bucket's events switched on, 'topic' is told by NotificationTopicArn",
    Default: 'bucket',
    AllowedValues: NOTIFICATIONS,
  },
  NotificationTopicArn: {
    Type: 'String',
    Description: "Topic that S3 or CloudTrail tells of each log file; only with Notifications 'topic'",
    Default: '',
    AllowedPattern: EMPTY_OR('arn:[a-z-]+:sns:[a-z0-9-]+:\\d{12}:[A-Za-z0-9_-]{1,256}'),
    ConstraintDescription: 'must be empty or the ARN of a standard topic',
  },
  EncryptionKeyArn: {
    Type: 'String',
    Description: 'KMS key that the log files in TrailBucketName are encrypted with; empty for those of Amazon S3',
    Default: '',
    AllowedPattern: EMPTY_OR('arn:[a-z-]+:kms:[a-z0-9-]+:\\d{12}:key/[A-Za-z0-9-]+'),
    ConstraintDescription: 'must be empty or the ARN of a key, not of an alias',
  },
  AlertEmail: {
    Type: 'String',
    Description: 'Address to subscribe to the alerts; empty for none',
    Default: '',
    AllowedPattern: EMPTY_OR(EMAIL),
    ConstraintDescription: 'must be empty or one address',
  },
  MinimumSeverity: {
    Type: 'String',
    Description: 'The mildest alerts that AlertEmail is sent',
    Default: 'LOW',
    AllowedValues: ALERT_SEVERITIES,
  },
  OperationsEmail: {
    Type: 'String',
    Description: 'Address to subscribe to the alarms about the monitor itself; empty for none',
    Default: '',
    AllowedPattern: EMPTY_OR(EMAIL),
    ConstraintDescription: 'must be empty or one address',
  },
  WatchedEvents: {
    // No list: conditions may compare texts only.
    Type: 'String',
    Description:
      'Names of the API operations to watch, separated by commas; empty for every call that changes a configuration',
    Default: '',
    AllowedPattern: `^(?:(?:${EVENT_NAMES.join('|')})(?:,(?=.)|$))*$`,
    ConstraintDescription: 'must be empty or names of API operations that change a configuration, separated by commas',
  },
  SettingsArchive: {
    Type: 'String',
    Description:
      'Name, under CodePrefix, of the archive with your settings file monitor.json, which `npm run release -- --settings FILE` writes; empty for none. WatchedEvents goes before it',
    Default: '',
    AllowedPattern: EMPTY_OR('[A-Za-z0-9._-]+\\.zip'),
    ConstraintDescription: "must be empty or a name that ends with '.zip'",
  },
} as const satisfies Readonly<Record<string, Parameter>>;

export type ParameterName = keyof typeof PARAMETERS;
