import {
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  paginateListSubscriptionsByTopic,
} from '@aws-sdk/client-sns';
import { memberOf, textOf } from '../../core/base/members';
import type { ExpectedOf, Members } from '../../core/state';
import { sns } from './clients';
import { readJson } from './read-json';

/** A subscription as SNS lists it. */
export interface Listed {
  /** `PendingConfirmation` or `Deleted` where there is none. */
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
}

export const isConfirmed = ({ arn }: Listed): boolean => arn.startsWith('arn:');

/** All subscriptions of a topic. */
export async function subscriptionsOf(topicArn: string): Promise<readonly Listed[]> {
  const listed: Listed[] = [];
  for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic(
    { client: sns },
    { TopicArn: topicArn },
  )) {
    for (const { SubscriptionArn: arn = '', Protocol: protocol = '', Endpoint: endpoint = '' } of Subscriptions) {
      listed.push({ arn, topicArn, protocol, endpoint });
    }
  }
  return listed;
}

export async function readTopic({ name, must }: ExpectedOf<'topic'>): Promise<Members['topic']> {
  const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn: name }));
  const isHeard = must.isHeard === null ? null : Number(Attributes?.['SubscriptionsConfirmed']) > 0;
  return { policy: readJson(Attributes?.['Policy']), isHeard };
}

export async function readSubscription({
  must,
}: ExpectedOf<'subscription'>): Promise<Members['subscription'] | 'missing'> {
  const { topicArn, protocol, endpoint } = must;
  const listed = await subscriptionsOf(topicArn);
  const ours = listed.filter((one) => one.protocol === protocol && one.endpoint === endpoint && one.arn !== 'Deleted');
  const subscription = ours.find(isConfirmed) ?? ours[0];
  if (subscription === undefined) return 'missing';
  // SNS tells nothing more of it.
  if (!isConfirmed(subscription)) return { ...must, isConfirmed: false };
  const { Attributes } = await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: subscription.arn }));
  const filterPolicy = readJson(Attributes?.['FilterPolicy']);
  return {
    ...must,
    isConfirmed: true,
    filterPolicy: JSON.stringify(filterPolicy) === '{}' ? null : filterPolicy,
    isRaw: Attributes?.['RawMessageDelivery'] === 'true',
    deadLetterQueue: textOf(memberOf(readJson(Attributes?.['RedrivePolicy']), 'deadLetterTargetArn')) ?? null,
  };
}
