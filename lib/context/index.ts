import { readFileSync } from 'node:fs';
import { Annotations, type Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { isObject, memberOf } from '../../core/base/members';
import { didYouMean, nearestTo } from '../../core/base/nearest';
import { ALERT_SEVERITIES, type AlertSeverity } from '../../core/base/severity';
import { readSettingsText } from '../../core/settings/settings-text';
import { isTopicArn, keyArnProblem } from '../arns';
import { refuse } from '../configuration-error';
import { propsProblems, type EsConfigMonitorProps } from '../es-config-monitor-stack';
import { SETTINGS_MEMBERS, type SettingsProps } from '../settings';

const LISTS = [
  'watchedEvents',
  'trustedAccounts',
  'trustedOrganizations',
  'trustedNetworks',
  'trustedCallers',
] as const;

const TEXTS = [
  'trailBucketName',
  'logFilePrefix',
  'notifications',
  'encryptionKeyArn',
  'minimumSeverity',
  'config',
] as const;

/** What `cdk deploy -c KEY=VALUE` takes. Lists are separated by commas; in cdk.json they may be lists. */
export const CONTEXT_KEYS = [...TEXTS, 'alertEmail', ...LISTS] as const;

type ContextKey = (typeof CONTEXT_KEYS)[number];
type Context = Readonly<Record<string, unknown>>;

const inTheFile = "is no context key: write it in the JSON file that context key 'config' names";
const insteadOfIt = (key: ContextKey): string => `is no context key: set '${key}'`;

/** Props that have no key of their own and names that people try, all in lower case, and what to do about each. */
const NOT_KEYS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    severityOverrides: inTheFile,
    suppressions: inTheFile,
    watchPatterns: inTheFile,
    subscribers: "is no context key: set 'alertEmail', or the prop in bin/app.ts",
    operationsSubscribers: "is no context key: set 'alertEmail', or the prop in bin/app.ts",
    logFileRetention: 'is no context key: set the prop in bin/app.ts',
    trailBucket: insteadOfIt('trailBucketName'),
    bucket: insteadOfIt('trailBucketName'),
    bucketName: insteadOfIt('trailBucketName'),
    trailBucketArn: insteadOfIt('trailBucketName'),
    trail: insteadOfIt('trailBucketName'),
    prefix: insteadOfIt('logFilePrefix'),
    keyPrefix: insteadOfIt('logFilePrefix'),
    topicArn: insteadOfIt('notifications'),
    encryptionKey: insteadOfIt('encryptionKeyArn'),
    keyArn: insteadOfIt('encryptionKeyArn'),
    kmsKeyArn: insteadOfIt('encryptionKeyArn'),
    kmsKeyId: insteadOfIt('encryptionKeyArn'),
    email: insteadOfIt('alertEmail'),
    emails: insteadOfIt('alertEmail'),
    notificationEmail: insteadOfIt('alertEmail'),
    severity: insteadOfIt('minimumSeverity'),
    events: insteadOfIt('watchedEvents'),
    configFile: insteadOfIt('config'),
  }).map(([name, advice]) => [name.toLowerCase(), advice]),
);

/** What was read, and what is wrong with it; a value that is wrong is left out. */
interface Read<Value> {
  readonly value: Value;
  readonly problems: readonly string[];
}

/**
 * The props that the context of the command line describes, for those who write no code. A stack that is given no bucket
 * draws a warning: options of the command line hold for one deployment, and the next one without them would move the
 * monitor to a new trail.
 *
 * `alertEmail` is told of alerts from `minimumSeverity` on, and of the operational alarms. `config` is the path of a JSON
 * file with the members of `SettingsProps`, for those that are no lists of texts; `-c` wins over it.
 *
 * @throws ConfigurationError for keys that look like a misspelt one, blank values, and values that cannot be: all at once
 */
export function propsFromContext(stack: Stack): EsConfigMonitorProps {
  const context = stack.node.getAllContext() as Context;
  const blank = blankKeys(context);
  const given = Object.fromEntries(Object.entries(context).filter(([key]) => !blank.some((other) => other === key)));

  const lists = Object.fromEntries(
    LISTS.filter((key) => given[key] !== undefined).map((key) => [key, listAt(given, key)]),
  ) as SettingsProps;
  const file = judgementFile(textAt(given, 'config'));
  const source = logSource(stack, given);
  const told = subscribers(given);
  const props = { ...file.value, ...lists, ...source.value, ...told.value };
  refuse([
    ...unknownKeys(Object.keys(context)),
    ...blank.map((key) => `context key '${key}' is blank: give it a value or leave it out`),
    ...file.problems,
    ...source.problems,
    ...told.problems,
    ...propsProblems(stack, props),
  ]);
  if (!props.trailBucket) warnOfNewTrail(stack);
  return props;
}

function warnOfNewTrail(stack: Stack): void {
  Annotations.of(stack).addWarningV2(
    'es-config-monitor:new-trail',
    "context key 'trailBucketName' is not set: a new trail is created, with a bucket of its own, and log files of no other " +
      'trail are read; where it was given with -c before, give it again, or keep it in "context" of cdk.json',
  );
}

function logSource(stack: Stack, context: Context): Read<EsConfigMonitorProps> {
  const bucketName = textAt(context, 'trailBucketName');
  const prefix = textAt(context, 'logFilePrefix');
  const notifications = textAt(context, 'notifications');
  const keyArn = textAt(context, 'encryptionKeyArn');

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
      ...(keyProblem === undefined ? [] : [`context key 'encryptionKeyArn' ${keyProblem}`]),
    ],
  };
}

function toNotifications(stack: Stack, text: string): NonNullable<EsConfigMonitorProps['notifications']> {
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

function subscribers(context: Context): Read<EsConfigMonitorProps> {
  const minimumSeverity = readSeverity(textAt(context, 'minimumSeverity'));
  if (context['alertEmail'] === undefined) {
    const isIdle = context['minimumSeverity'] !== undefined;
    const idle = isIdle ? ["context key 'minimumSeverity' has nobody to apply to: set 'alertEmail', too"] : [];
    return { value: {}, problems: [...minimumSeverity.problems, ...idle] };
  }
  const addresses = [...new Set(listAt(context, 'alertEmail'))];
  const subscriptions = addresses.map((address) => new EmailSubscription(address));
  return {
    value: {
      subscribers: subscriptions.map((subscription) => ({
        subscription,
        ...(minimumSeverity.value && { minimumSeverity: minimumSeverity.value }),
      })),
      operationsSubscribers: subscriptions,
    },
    problems: [
      ...addresses
        .filter((address) => !/^[^\s@,;<>]+@[^\s@.,;<>]+(?:\.[^\s@.,;<>]+)+$/.test(address))
        .map((address) => `context key 'alertEmail' must be e-mail addresses separated by commas, got '${address}'`),
      ...minimumSeverity.problems,
    ],
  };
}

function readSeverity(text: string | undefined): Read<AlertSeverity | undefined> {
  const severity = ALERT_SEVERITIES.find((candidate) => candidate === text?.toUpperCase());
  if (severity || text === undefined) return { value: severity, problems: [] };
  const allowed = ALERT_SEVERITIES.join(', ');
  return {
    value: undefined,
    problems: [`context key 'minimumSeverity' must be one of ${allowed}, got '${text}'`],
  };
}

function judgementFile(path: string | undefined): Read<SettingsProps> {
  if (path === undefined) return { value: {}, problems: [] };
  const { value, problems } = readJson(path);
  if (problems.length > 0) return { value: {}, problems };
  if (!isObject(value)) return { value: {}, problems: [`${path} must hold one JSON object`] };
  return {
    value,
    problems: Object.keys(value)
      .filter((name) => !SETTINGS_MEMBERS.some((member) => member === name))
      .map((name) => `${path}: '${name}' is no setting${didYouMean(name, SETTINGS_MEMBERS)}`),
  };
}

function readJson(path: string): Read<unknown> {
  try {
    return { value: readSettingsText(readFileSync(path, 'utf8')), problems: [] };
  } catch (error) {
    const why = String(memberOf(error, 'message') ?? error);
    return { value: undefined, problems: [`context key 'config': ${path} cannot be read: ${why}`] };
  }
}

/** Keys that are not ours but nearly: `-c watchedEvent=…` would otherwise be ignored without a word. */
function unknownKeys(keys: readonly string[]): string[] {
  const known: readonly string[] = CONTEXT_KEYS;
  return keys
    .filter((key) => !known.includes(key))
    .flatMap((key) => {
      const advice = NOT_KEYS.get(key.toLowerCase());
      if (advice !== undefined) return [`context key '${key}' ${advice}`];
      return nearestTo(key, known).length > 0 ? [`context key '${key}' is unknown${didYouMean(key, known)}`] : [];
    });
}

function blankKeys(context: Context): readonly ContextKey[] {
  return CONTEXT_KEYS.filter((key) => context[key] !== undefined && listAt(context, key).length === 0);
}

function textAt(context: Context, key: ContextKey): string | undefined {
  const value = context[key];
  return value === undefined ? undefined : asText(value);
}

function listAt(context: Context, key: ContextKey): readonly string[] {
  const value = context[key];
  const items: readonly string[] = Array.isArray(value) ? value.map(asText) : asText(value).split(',');
  return items.map((item) => item.trim()).filter((item) => item !== '');
}

/** `-c` gives texts only; cdk.json may hold anything. */
function asText(value: unknown): string {
  return typeof value === 'string' ? value.trim() : JSON.stringify(value);
}
