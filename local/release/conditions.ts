import { ALERT_SEVERITIES, compareSeverity, type AlertSeverity } from '../../core/base/severity';
import type { ParameterName } from './parameters';

/** A value with intrinsic functions, as it stands in a template. */
export type Intrinsic = Readonly<Record<string, unknown>>;

const ref = (name: ParameterName): Intrinsic => ({ Ref: name });
const equals = (name: ParameterName, value: string): Intrinsic => ({ 'Fn::Equals': [ref(name), value] });
const not = (condition: Intrinsic): Intrinsic => ({ 'Fn::Not': [condition] });
const isGiven = (name: ParameterName): Intrinsic => not(equals(name, ''));

/** Where the log files come from: one of these holds. */
export const SOURCES = ['FromNewTrail', 'ByBucket', 'ByEventBridge', 'ByTopic'] as const;
export type Source = (typeof SOURCES)[number];

/** The condition under which `AlertEmail` is sent the alerts of a severity. */
export const mailCondition = (severity: AlertSeverity): string =>
  `Mails${severity.charAt(0)}${severity.slice(1).toLowerCase()}`;

const viaExisting = (notifications: string): Intrinsic => ({
  'Fn::And': [isGiven('TrailBucketName'), equals('Notifications', notifications)],
});

const SOURCE_CONDITIONS: Readonly<Record<Source, Intrinsic>> = {
  FromNewTrail: equals('TrailBucketName', ''),
  ByBucket: viaExisting('bucket'),
  ByEventBridge: viaExisting('eventbridge'),
  ByTopic: viaExisting('topic'),
};

/** At least as mild as `severity`: with one way alone CloudFormation takes no `Fn::Or`. */
function asksFor(severity: AlertSeverity): Intrinsic {
  const ways = ALERT_SEVERITIES.filter((mildest) => compareSeverity(mildest, severity) <= 0).map((mildest) =>
    equals('MinimumSeverity', mildest),
  );
  const [only, ...others] = ways;
  return only !== undefined && others.length === 0 ? only : { 'Fn::Or': ways };
}

export const CONDITIONS: Readonly<Record<string, Intrinsic>> = {
  ...SOURCE_CONDITIONS,
  ...Object.fromEntries(
    ALERT_SEVERITIES.map((severity) => [
      mailCondition(severity),
      { 'Fn::And': [isGiven('AlertEmail'), asksFor(severity)] },
    ]),
  ),
  MailsOperations: isGiven('OperationsEmail'),
  IsEncrypted: isGiven('EncryptionKeyArn'),
  HasSettings: isGiven('SettingsArchive'),
  WatchesAll: equals('WatchedEvents', ''),
};

/** What CloudFormation refuses before it makes anything. */
export const RULES: Readonly<Record<string, unknown>> = {
  TopicNeedsItsArn: {
    RuleCondition: equals('Notifications', 'topic'),
    Assertions: [
      {
        Assert: isGiven('NotificationTopicArn'),
        AssertDescription: "Notifications is 'topic': NotificationTopicArn must be given",
      },
      {
        Assert: isGiven('TrailBucketName'),
        AssertDescription: 'Notifications is for the bucket TrailBucketName: it must be given',
      },
    ],
  },
  KeyNeedsABucket: {
    RuleCondition: isGiven('EncryptionKeyArn'),
    Assertions: [
      {
        Assert: isGiven('TrailBucketName'),
        AssertDescription: 'EncryptionKeyArn is for the log files of a bucket: TrailBucketName must be given',
      },
    ],
  },
  ArnNeedsATopic: {
    RuleCondition: isGiven('NotificationTopicArn'),
    Assertions: [
      {
        Assert: equals('Notifications', 'topic'),
        AssertDescription: "NotificationTopicArn is given: Notifications must be 'topic'",
      },
    ],
  },
};
