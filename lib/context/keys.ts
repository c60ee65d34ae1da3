import { didYouMean, nearestTo } from '../../core/base/nearest';
import { LIST_SETTINGS, SETTINGS_MEMBERS } from '../../core/settings';
import type { EsConfigMonitorProps } from '../es-config-monitor-props';
import type { SettingsProps } from '../settings';

const TEXTS = [
  'trailBucketName',
  'logFilePrefix',
  'notifications',
  'skipDestinationValidation',
  'encryptionKeyArn',
  'completeness',
  'fastPath',
  'fastPathFrom',
  'minimumSeverity',
  'digest',
  'config',
] as const;

/** What `cdk deploy -c KEY=VALUE` takes. Lists are separated by commas; in cdk.json they may be lists. */
export const CONTEXT_KEYS = [...TEXTS, 'alertEmail', ...LIST_SETTINGS] as const;

export type ContextKey = (typeof CONTEXT_KEYS)[number];

const set = (key: ContextKey): string => `set '${key}'`;

/** The props that are no settings and have no key of their own name, and what to do instead. */
const OTHER_PROPS: Readonly<Record<Exclude<keyof EsConfigMonitorProps, keyof SettingsProps | ContextKey>, string>> = {
  trailBucket: set('trailBucketName'),
  encryptionKey: set('encryptionKeyArn'),
  subscribers: "set 'alertEmail', or the prop in bin/app.ts",
  operationsSubscribers: "set 'alertEmail', or the prop in bin/app.ts",
  logFileRetention: 'set the prop in bin/app.ts',
  organization: 'set the prop in bin/app.ts',
  silenceAfter: 'set the prop in bin/app.ts',
  heartbeat: 'set the prop in bin/app.ts',
  eventBus: 'set the prop in bin/app.ts',
  digestSubscribers: "set 'alertEmail', or the prop in bin/app.ts",
  stateCheck: 'set the prop in bin/app.ts',
  dashboard: 'set the prop in bin/app.ts',
  tellWhenStopped: 'set the prop in bin/app.ts',
  runtime: 'set the prop in bin/app.ts',
  architecture: 'set the prop in bin/app.ts',
};

/** Names that people try, and the key each means. */
export const TRIED: Readonly<Record<string, ContextKey>> = {
  bucket: 'trailBucketName',
  bucketName: 'trailBucketName',
  trailBucketArn: 'trailBucketName',
  trail: 'trailBucketName',
  prefix: 'logFilePrefix',
  keyPrefix: 'logFilePrefix',
  topicArn: 'notifications',
  keyArn: 'encryptionKeyArn',
  kmsKeyArn: 'encryptionKeyArn',
  kmsKeyId: 'encryptionKeyArn',
  email: 'alertEmail',
  emails: 'alertEmail',
  notificationEmail: 'alertEmail',
  severity: 'minimumSeverity',
  events: 'watchedEvents',
  configFile: 'config',
};

/** What to do instead of a name that is no key, by the name in lower case. Settings that are lists of texts are keys. */
const ADVICE: ReadonlyMap<string, string> = new Map(
  [
    ...SETTINGS_MEMBERS.filter((name) => !isContextKey(name)).map(
      (name) => [name, "write it in the JSON file that context key 'config' names"] as const,
    ),
    ...Object.entries(OTHER_PROPS),
    ...Object.entries(TRIED).map(([name, key]) => [name, set(key)] as const),
  ].map(([name, advice]) => [name.toLowerCase(), advice]),
);

/** Keys that are not ours but nearly: `-c watchedEvent=…` would otherwise be ignored without a word. */
export function keyProblems(keys: readonly string[]): string[] {
  return keys
    .filter((key) => !isContextKey(key))
    .flatMap((key) => {
      const advice = ADVICE.get(key.toLowerCase());
      if (advice !== undefined) return [`context key '${key}' is no context key: ${advice}`];
      return nearestTo(key, CONTEXT_KEYS).length > 0
        ? [`context key '${key}' is unknown${didYouMean(key, CONTEXT_KEYS)}`]
        : [];
    });
}

/** Whether the context has a key of this name. */
export function isContextKey(name: string): name is ContextKey {
  return CONTEXT_KEYS.some((key) => key === name);
}
