import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import { listOf, memberOf, textOf } from '../../core/base/members';
import { same, type ExpectedOf, type Members } from '../../core/state';
import { s3 } from './clients';
import { readJson } from './read-json';

export async function readNotification({ name, must }: ExpectedOf<'notification'>): Promise<Members['notification']> {
  const { $metadata: _, ...all } = await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket: name }));
  const ours = (all.QueueConfigurations ?? []).map(withoutId).find((one) => same(one, must.toQueue));
  return {
    toQueue: must.toQueue === null ? null : (ours ?? null),
    isSentToEventBridge: must.isSentToEventBridge === null ? null : all.EventBridgeConfiguration !== undefined,
    all,
  };
}

/** Names of filter rules are written in any letter case. */
function withoutId(configuration: object): unknown {
  const rules = listOf(memberOf(configuration, 'Filter', 'Key', 'FilterRules')).map((rule) => ({
    Name: textOf(memberOf(rule, 'Name'))?.toLowerCase(),
    Value: memberOf(rule, 'Value'),
  }));
  return {
    QueueArn: memberOf(configuration, 'QueueArn'),
    Events: memberOf(configuration, 'Events'),
    Filter: { Key: { FilterRules: rules } },
  };
}

/** S3's way to say that there is none. */
const noneIs =
  <Value>(errorName: string, none: Value) =>
  (error: unknown): Value => {
    if (memberOf(error, 'name') === errorName) return none;
    throw error;
  };

export async function readBucket({ name: Bucket }: ExpectedOf<'bucket'>): Promise<Members['bucket']> {
  const [{ Status }, { Rules = [] }, { Policy }] = await Promise.all([
    s3.send(new GetBucketVersioningCommand({ Bucket })),
    s3
      .send(new GetBucketLifecycleConfigurationCommand({ Bucket }))
      .catch(noneIs('NoSuchLifecycleConfiguration', { Rules: [] })),
    s3.send(new GetBucketPolicyCommand({ Bucket })).catch(noneIs('NoSuchBucketPolicy', { Policy: '' })),
  ]);
  const days = Rules.filter((rule) => rule.Status === 'Enabled').map((rule) => daysOf(rule.Expiration));
  return { isVersioned: Status === 'Enabled', keptDays: Math.min(FOR_GOOD, ...days), policy: readJson(Policy) };
}

/** As long as any lifecycle rule can say. */
const FOR_GOOD = 2_147_483_647;

/** A date is a day on which everything goes. */
function daysOf(expiration: { Days?: number | undefined; Date?: Date | undefined } = {}): number {
  return expiration.Date === undefined ? (expiration.Days ?? FOR_GOOD) : 0;
}
