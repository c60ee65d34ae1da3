import { Token } from 'aws-cdk-lib';
import type { ITopicSubscription, Topic, TopicSubscriptionConfig } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { isObject } from '../core/base/members';
import { ALERT_SEVERITIES, compareSeverity, type AlertSeverity } from '../core/base/severity';
import { didYouMean } from '../core/base/nearest';
import { refuse } from './configuration-error';
import { webhookProblem } from './https-subscribers';
import { hasMethod } from './props/kind';

/** Somebody who is told of alerts. */
export interface Subscriber {
  /** One of the classes of `aws-cdk-lib/aws-sns-subscriptions`; the same object may be given to several subscribers. */
  readonly subscription: ITopicSubscription;
  /**
   * The mildest alerts the subscriber wants: it is subscribed to the topic of this severity and of every worse one.
   * @default 'LOW'
   */
  readonly minimumSeverity?: AlertSeverity;
}

/** What is wrong with subscribers that code which is not type-checked gives, in the operator's words. */
export function subscriberProblems(
  subscribers: readonly Subscriber[],
  operations: readonly unknown[],
  digest: readonly unknown[] = [],
): string[] {
  const subscriptionProblems = (name: string, subscription: unknown): string[] => {
    if (!isSubscription(subscription)) {
      return [`${name} is no subscription; allowed: one of the classes of aws-cdk-lib/aws-sns-subscriptions`];
    }
    const problem = webhookProblem(subscription);
    return problem === undefined ? [] : [`${name} ${problem}`];
  };
  return [
    ...subscribers.flatMap((subscriber: unknown, at) => {
      const name = `'subscribers'[${at}]`;
      if (!isObject(subscriber)) return [`${name} must be { subscription, minimumSeverity? }`];
      if (isSubscription(subscriber)) return [`${name} is a subscription alone; write { subscription: … } around it`];
      const { minimumSeverity } = subscriber;
      const isKnown = [undefined, ...ALERT_SEVERITIES].some((known) => known === minimumSeverity);
      return [
        ...subscriptionProblems(`${name}.subscription`, subscriber['subscription']),
        ...unknownMembersOf(subscriber).map((member) => `${name} has ${member}`),
        ...(isKnown
          ? []
          : [
              `${name}.minimumSeverity must be one of ${ALERT_SEVERITIES.join(', ')}, got ${JSON.stringify(minimumSeverity)}`,
            ]),
      ];
    }),
    ...operations.flatMap((subscription, at) => subscriptionProblems(`'operationsSubscribers'[${at}]`, subscription)),
    ...digest.flatMap((subscription, at) => subscriptionProblems(`'digestSubscribers'[${at}]`, subscription)),
  ];
}

const MEMBERS: Readonly<Record<keyof Subscriber, true>> = { subscription: true, minimumSeverity: true };

function unknownMembersOf(subscriber: Readonly<Record<string, unknown>>): string[] {
  const names = Object.keys(MEMBERS);
  return Object.keys(subscriber)
    .filter((name) => !names.includes(name))
    .map((name) => `'${name}'${didYouMean(name, names) || `; allowed: ${names.join(', ')}`}`);
}

export const isSubscription = (value: unknown): boolean => hasMethod(value, 'bind');

/** Subscribes each to the topics it wants; what a subscriber cannot be given ends in `undelivered`. */
export function subscribe(
  topics: Readonly<Record<AlertSeverity, Topic>>,
  subscribers: readonly Subscriber[],
  undelivered: IQueue,
): void {
  for (const { subscription, minimumSeverity = 'LOW' } of subscribers) {
    for (const severity of ALERT_SEVERITIES) {
      if (compareSeverity(severity, minimumSeverity) >= 0) {
        topics[severity].addSubscription(withDeadLetterQueue(subscription, undelivered));
      }
    }
  }
}

/**
 * The same subscription, except that what cannot be delivered goes to `queue` unless it names a queue of its own.
 *
 * Its `bind` throws a `ConfigurationError` where the topic has this subscriber already.
 */
export function withDeadLetterQueue(subscription: ITopicSubscription, queue: IQueue): ITopicSubscription {
  return {
    bind(topic) {
      const config = subscription.bind(topic);
      const scope = config.subscriberScope ?? topic;
      if (scope.node.tryFindChild(config.subscriberId)) {
        refuse([`${nameOf(config)} is subscribed to ${topic.node.id} twice: give each subscriber once`]);
      }
      return { ...config, deadLetterQueue: config.deadLetterQueue ?? queue };
    },
  };
}

function nameOf({ endpoint, protocol, subscriberScope }: TopicSubscriptionConfig): string {
  const name = Token.isUnresolved(endpoint) ? subscriberScope?.node.path : endpoint;
  return `the ${protocol} subscriber '${name ?? 'unknown'}'`;
}
