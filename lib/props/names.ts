import type { StackProps } from 'aws-cdk-lib';
import { nearestTo } from '../../core/base/nearest';
import { SETTINGS_MEMBERS, unknownSetting } from '../../core/settings';
import { isContextKey, TRIED, type ContextKey } from '../context/keys';
import type { EsConfigMonitorProps } from '../es-config-monitor-props';
import { OTHER_PROPS } from './kinds';

/** The names of everything that can be set in code. */
export const PROP_NAMES: readonly string[] = [...OTHER_PROPS, ...SETTINGS_MEMBERS];

/** What CDK's `Stack` takes today; a later version may take more. */
const STACK_PROPS: Readonly<Record<keyof StackProps, true>> = {
  analyticsReporting: true,
  crossRegionReferences: true,
  description: true,
  env: true,
  notificationArns: true,
  permissionsBoundary: true,
  propertyInjectors: true,
  stackName: true,
  suppressTemplateIndentation: true,
  synthesizer: true,
  tags: true,
  terminationProtection: true,
};

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
  const tried = Object.hasOwn(TRIED, name) ? TRIED[name] : undefined;
  const key = tried ?? (isContextKey(name) ? name : undefined);
  if (key === undefined) return undefined;
  return key in IN_CODE ? IN_CODE[key as keyof typeof IN_CODE] : key;
}

/** A sentence for each name that is no prop. */
export function nameProblems(names: readonly string[]): string[] {
  return names.filter((name) => !PROP_NAMES.includes(name)).map(nameProblem);
}

/**
 * Whether a name in the props of a stack is for the monitor: it is one of its own, or looks like one. Others are for CDK, which
 * may know more than this version does.
 */
export function isForMonitor(name: string): boolean {
  if (PROP_NAMES.includes(name)) return true;
  if (Object.hasOwn(STACK_PROPS, name)) return false;
  return inCode(name) !== undefined || nearestTo(name, PROP_NAMES).length > 0;
}

function nameProblem(name: string): string {
  const instead = inCode(name);
  if (Object.hasOwn(STACK_PROPS, name)) return `'${name}' is for a stack, and not for the monitor in it`;
  if (instead === undefined) return unknownSetting(name, PROP_NAMES);
  return `'${name}' is ${isContextKey(name) ? 'a context key' : 'no setting'}; in code, write ${instead}`;
}
