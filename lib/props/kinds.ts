import type { Duration } from 'aws-cdk-lib';
import { isObject } from '../../core/base/members';
import { shown, type Settings } from '../../core/settings';
import type { EsConfigMonitorProps } from '../es-config-monitor-props';

/** The props that are no settings: what each holds is an object of CDK, or is given to one. */
export type OtherProp = Exclude<keyof EsConfigMonitorProps, keyof Settings>;

/** What a value of a prop must be, as the rest of a sentence, and whether one is. */
interface Kind {
  readonly mustBe: string;
  readonly is: (value: unknown) => boolean;
}

const KINDS: Readonly<Record<OtherProp, Kind>> = {
  trailBucket: {
    mustBe: "a bucket, such as Bucket.fromBucketName(scope, 'ExistingTrailBucket', 'my-trail-bucket')",
    is: (value) => hasText(value, 'bucketArn') && hasMethod(value, 'addEventNotification'),
  },
  logFilePrefix: { mustBe: 'a text', is: (value) => typeof value === 'string' },
  notifications: {
    mustBe: "'bucket', 'eventbridge' or a topic",
    is: (value) => ['bucket', 'eventbridge'].some((known) => known === value) || isTopic(value),
  },
  encryptionKey: {
    mustBe: "a key, such as Key.fromKeyArn(scope, 'ExistingKey', 'arn:aws:kms:…:key/…')",
    is: (value) => hasText(value, 'keyArn'),
  },
  logFileRetention: {
    mustBe: 'a Duration of whole days, one at least, such as Duration.days(400)',
    is: (value) => isWhole(value, 'toDays', Infinity) || isUnknownYet(value),
  },
  organization: {
    mustBe: "{ organizationId, managementAccount? }, such as { organizationId: 'o-a1b2c3d4e5' }",
    is: (value) => isObject(value) && hasText(value, 'organizationId') && Object.keys(value).every(isOfOrganization),
  },
  skipDestinationValidation: { mustBe: 'true or false', is: (value) => typeof value === 'boolean' },
  runtime: {
    mustBe: 'a runtime of Node.js 20 or later, such as Runtime.NODEJS_22_X',
    is: (value) => Number(/^nodejs(\d+)\.x$/.exec(textIn(value, 'name'))?.[1]) >= 20,
  },
  architecture: {
    mustBe: 'Architecture.ARM_64 or Architecture.X86_64',
    is: (value) => ['arm64', 'x86_64'].includes(textIn(value, 'name')),
  },
  fastPath: { mustBe: 'true or false', is: (value) => typeof value === 'boolean' },
  fastPathFrom: {
    mustBe: 'a list of ids of accounts or organizations',
    is: (value) => Array.isArray(value) && value.every((id) => typeof id === 'string'),
  },
  digest: { mustBe: "'daily' or 'weekly'", is: (value) => value === 'daily' || value === 'weekly' },
  digestSubscribers: { mustBe: 'a list of classes of aws-cdk-lib/aws-sns-subscriptions', is: Array.isArray },
  eventBus: {
    mustBe: "true or an event bus, such as EventBus.fromEventBusName(scope, 'Bus', 'alerts')",
    is: (value) => value === true || hasText(value, 'eventBusArn'),
  },
  completeness: { mustBe: 'true or false', is: (value) => typeof value === 'boolean' },
  subscribers: { mustBe: 'a list of { subscription, minimumSeverity? }', is: Array.isArray },
  operationsSubscribers: { mustBe: 'a list of classes of aws-cdk-lib/aws-sns-subscriptions', is: Array.isArray },
  silenceAfter: {
    mustBe: 'a Duration of whole hours, from 1 to 168, such as Duration.hours(2)',
    is: (value) => isWhole(value, 'toHours', 168),
  },
  heartbeat: { mustBe: 'true or false', is: (value) => typeof value === 'boolean' },
  dashboard: { mustBe: 'true or false', is: (value) => typeof value === 'boolean' },
  stateCheck: {
    mustBe: 'a Duration of whole minutes, from 5 to 1440, such as Duration.minutes(15), or false',
    is: (value) => value === false || isWhole(value, 'toMinutes', 1440, 5),
  },
  tellWhenStopped: { mustBe: 'true or false', is: (value) => typeof value === 'boolean' },
};

export const OTHER_PROPS = Object.keys(KINDS) as readonly OtherProp[];

/** The props whose values are of another kind than they must be, with a sentence for each. */
export function wrongKinds(props: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  return new Map(
    OTHER_PROPS.filter((name) => props[name] !== undefined && !KINDS[name].is(props[name])).map((name) => [
      name,
      `'${name}' must be ${KINDS[name].mustBe}, got ${shown(asText(props[name]))}`,
    ]),
  );
}

const isOfOrganization = (name: string): boolean => ['organizationId', 'managementAccount'].includes(name);

/** A duration tells itself best. */
function asText(value: unknown): unknown {
  return hasMethod(value, 'toIsoString') ? (value as Duration).toIsoString() : value;
}

function isTopic(value: unknown): boolean {
  return hasText(value, 'topicArn') && hasMethod(value, 'addSubscription');
}

/** A duration that is known at deployment only. */
function isUnknownYet(value: unknown): boolean {
  return hasMethod(value, 'isUnresolved') && (value as Duration).isUnresolved();
}

/** A duration of a whole number of a unit, from `least` to `most`. */
function isWhole(value: unknown, unit: 'toDays' | 'toHours' | 'toMinutes', most: number, least = 1): boolean {
  if (!hasMethod(value, unit)) return false;
  const duration = value as Duration;
  if (duration.isUnresolved()) return false;
  const length = duration[unit]({ integral: false });
  return Number.isInteger(length) && length >= least && length <= most;
}

/** Members of classes are inherited, and may be getters. */
function hasText(value: unknown, name: string): boolean {
  return isObject(value) && typeof value[name] === 'string';
}

function textIn(value: unknown, name: string): string {
  return isObject(value) ? String(value[name]) : '';
}

function hasMethod(value: unknown, name: string): boolean {
  return isObject(value) && typeof value[name] === 'function';
}
