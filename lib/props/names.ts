import { nearestTo } from '../../core/base/nearest';
import { SETTINGS_MEMBERS, unknownSetting } from '../../core/settings';
import { isContextKey, TRIED, type ContextKey } from '../context/keys';
import type { EsConfigMonitorProps } from '../es-config-monitor-props';
import { OTHER_PROPS } from './kinds';

/** The names of everything that can be set in code. */
export const PROP_NAMES: readonly string[] = [...OTHER_PROPS, ...SETTINGS_MEMBERS];

/** What the context has under another name, in code. */
const IN_CODE: Readonly<Record<Exclude<ContextKey, keyof EsConfigMonitorProps>, string>> = {
  trailBucketName: "trailBucket: Bucket.fromBucketName(scope, 'ExistingTrailBucket', 'my-trail-bucket')",
  encryptionKeyArn: "encryptionKey: Key.fromKeyArn(scope, 'ExistingKey', 'arn:aws:kms:…:key/…')",
  alertEmail: "subscribers: [{ subscription: new EmailSubscription('oncall@example.com') }]",
  minimumSeverity: "subscribers: [{ subscription, minimumSeverity: 'HIGH' }]",
  config: "...settingsFrom('monitor.json')",
};

/** What is to be written in code instead of a name of the context, or of one that people try. */
function inCode(name: string): string | undefined {
  const key = TRIED[name] ?? (isContextKey(name) ? name : undefined);
  if (key === undefined) return undefined;
  return key in IN_CODE ? IN_CODE[key as keyof typeof IN_CODE] : key;
}

/** A sentence for each name that is no prop. */
export function nameProblems(names: readonly string[]): string[] {
  return names.filter((name) => !PROP_NAMES.includes(name)).map(nameProblem);
}

/** The names that were meant to be props of ours, although they are none: the others may be somebody else's. */
export function misspelt(names: readonly string[]): string[] {
  return names.filter((name) => inCode(name) !== undefined || nearestTo(name, PROP_NAMES).length > 0);
}

function nameProblem(name: string): string {
  const instead = inCode(name);
  if (instead === undefined) return unknownSetting(name, PROP_NAMES);
  return `'${name}' is ${isContextKey(name) ? 'a context key' : 'no setting'}; in code, write ${instead}`;
}
