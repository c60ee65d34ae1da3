import { messageFor, type Publish } from './sns-message';
import type { SubscriptionPlan } from './plan';

/** A message as one subscriber sees it. */
export interface Delivery {
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  /** Unset for what has no subject line: SMS, and queues with raw delivery. */
  readonly subject?: string;
  readonly message: string;
}

/** SNS's own subject line for an e-mail that was published without one. */
const SUBJECT_BY_DEFAULT = 'AWS Notification Message';

/** What the subscribers of a topic receive when `publish` is accepted: one delivery each. */
export function deliveriesOf(publish: Publish, subscriptions: readonly SubscriptionPlan[]): readonly Delivery[] {
  return subscriptions
    .filter(({ topicArn }) => topicArn === publish.topicArn)
    .map(({ topicArn, protocol, endpoint, isRaw }) => {
      const message = messageFor(publish, protocol);
      const hasSubject = protocol !== 'sms' && !isRaw;
      const subject = publish.subject ?? (protocol === 'email' ? SUBJECT_BY_DEFAULT : undefined);
      return { topicArn, protocol, endpoint, message, ...(hasSubject && subject !== undefined && { subject }) };
    });
}
