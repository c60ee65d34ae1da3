import { readFileSync } from 'node:fs';
import type { Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { isObject } from '../lambda/members';
import { didYouMean, nearestTo } from '../lambda/nearest';
import { ALERT_SEVERITIES, type AlertSeverity } from '../lambda/severity';
import { ConfigurationError, refuse } from './configuration-error';
import type { EsConfigMonitorProps } from './es-config-monitor-stack';
import { JUDGEMENT_MEMBERS, type JudgementProps } from './judgement';

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

/**
 * The props that the context of the command line describes, for those who write no code.
 *
 * `alertEmail` is told of alerts from `minimumSeverity` on, and of the operational alarms. `config` is the path of a JSON
 * file with the members of `JudgementProps`, for those that are no lists of texts; `-c` wins over it.
 *
 * @throws ConfigurationError for keys that look like a misspelt one, blank values, and values that cannot be
 */
export function propsFromContext(stack: Stack): EsConfigMonitorProps {
  const context = stack.node.getAllContext() as Readonly<Record<string, unknown>>;
  refuse([...misspeltKeys(Object.keys(context)), ...blankValues(context)]);

  const lists = Object.fromEntries(
    LISTS.filter((key) => context[key] !== undefined).map((key) => [key, listAt(context, key)]),
  ) as JudgementProps;
  return {
    ...judgementFile(textAt(context, 'config')),
    ...lists,
    ...logSource(stack, context),
    ...subscribers(context),
  };
}

function logSource(stack: Stack, context: Readonly<Record<string, unknown>>): EsConfigMonitorProps {
  const bucketName = textAt(context, 'trailBucketName');
  const prefix = textAt(context, 'logFilePrefix');
  const notifications = textAt(context, 'notifications');
  const keyArn = textAt(context, 'encryptionKeyArn');
  return {
    ...(bucketName && { trailBucket: Bucket.fromBucketName(stack, 'ExistingTrailBucket', bucketName) }),
    ...(prefix && { logFilePrefix: prefix }),
    ...(notifications && { notifications: readNotifications(stack, notifications) }),
    ...(keyArn && { encryptionKey: Key.fromKeyArn(stack, 'ExistingKey', keyArn) }),
  };
}

function readNotifications(stack: Stack, text: string): NonNullable<EsConfigMonitorProps['notifications']> {
  if (text === 'bucket' || text === 'eventbridge') return text;
  if (text.startsWith('arn:')) return Topic.fromTopicArn(stack, 'LogFileTopic', text);
  throw new ConfigurationError([
    `context key 'notifications' must be 'bucket', 'eventbridge' or the ARN of a topic, got '${text}'`,
  ]);
}

function subscribers(context: Readonly<Record<string, unknown>>): EsConfigMonitorProps {
  const minimumSeverity = readSeverity(textAt(context, 'minimumSeverity'));
  if (context['alertEmail'] === undefined) {
    if (minimumSeverity) refuse(["context key 'minimumSeverity' has nobody to apply to: set 'alertEmail', too"]);
    return {};
  }
  const subscriptions = [...new Set(listAt(context, 'alertEmail'))].map((address) => new EmailSubscription(address));
  return {
    subscribers: subscriptions.map((subscription) => ({ subscription, ...(minimumSeverity && { minimumSeverity }) })),
    operationsSubscribers: subscriptions,
  };
}

function readSeverity(text: string | undefined): AlertSeverity | undefined {
  if (text === undefined) return undefined;
  const severity = ALERT_SEVERITIES.find((candidate) => candidate === text.toUpperCase());
  if (severity) return severity;
  throw new ConfigurationError([
    `context key 'minimumSeverity' must be one of ${ALERT_SEVERITIES.join(', ')}, got '${text}'`,
  ]);
}

function judgementFile(path: string | undefined): JudgementProps {
  if (path === undefined) return {};
  const value = readJson(path);
  if (!isObject(value)) throw new ConfigurationError([`${path} must hold one JSON object`]);
  refuse(
    Object.keys(value)
      .filter((name) => !JUDGEMENT_MEMBERS.some((member) => member === name))
      .map((name) => `${path}: '${name}' is no setting${didYouMean(name, JUDGEMENT_MEMBERS)}`),
  );
  return value;
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch (error) {
    throw new ConfigurationError([`context key 'config': ${path} cannot be read: ${(error as Error).message}`]);
  }
}

/** Keys that are not ours but nearly: `-c watchedEvent=…` would otherwise be ignored without a word. */
function misspeltKeys(keys: readonly string[]): string[] {
  const known: readonly string[] = CONTEXT_KEYS;
  return keys
    .filter((key) => !known.includes(key) && nearestTo(key, known).length > 0)
    .map((key) => `context key '${key}' is unknown${didYouMean(key, known)}`);
}

function blankValues(context: Readonly<Record<string, unknown>>): string[] {
  return CONTEXT_KEYS.filter((key) => context[key] !== undefined && listAt(context, key).length === 0).map(
    (key) => `context key '${key}' is blank: give it a value or leave it out`,
  );
}

function textAt(context: Readonly<Record<string, unknown>>, key: ContextKey): string | undefined {
  const value = context[key];
  return value === undefined ? undefined : asText(value);
}

function listAt(context: Readonly<Record<string, unknown>>, key: ContextKey): readonly string[] {
  const value = context[key];
  const items: readonly string[] = Array.isArray(value) ? value.map(asText) : asText(value).split(',');
  return items.map((item) => item.trim()).filter((item) => item !== '');
}

/** `-c` gives texts only; cdk.json may hold anything. */
function asText(value: unknown): string {
  return typeof value === 'string' ? value.trim() : JSON.stringify(value);
}
