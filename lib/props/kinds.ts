import { isObject } from '../../core/base/members';
import type { Settings } from '../../core/settings';
import type { EsConfigMonitorProps } from '../es-config-monitor-props';
import { hasMethod, hasText, isTopic, isUnknownYet, isWhole, textIn, wrongAmong, type Kind } from './kind';

/** The props that are no settings: what each holds is an object of CDK, or is given to one. */
export type OtherProp = Exclude<keyof EsConfigMonitorProps, keyof Settings>;

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

/** The props of the monitor whose values are of another kind than they must be, with a sentence for each. */
export const wrongKinds = (props: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> =>
  wrongAmong(props, KINDS);

const isOfOrganization = (name: string): boolean => ['organizationId', 'managementAccount'].includes(name);
