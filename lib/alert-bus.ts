import { Duration, Stack } from 'aws-cdk-lib';
import { EventBus, type IEventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnPipe } from 'aws-cdk-lib/aws-pipes';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, type IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { MAX_RECEIVES, SECURED } from './log-file-queue';
import { withDeadLetterQueue } from './subscribers';

/** An `EventBus` is one, but TypeScript does not take it for an `IEventBus` under `exactOptionalPropertyTypes`. */
export type AnyEventBus = IEventBus | EventBus;

/** Alerts for pagers, tickets, webhooks and step functions, which rules of EventBridge lead to. */
export interface AlertBusProps {
  /**
   * An event bus that is given every alert: its machine body as `detail`, `es-config-monitor` as `source`, `Alert` as
   * `detail-type`. `true`: a new one of its own; or one of yours, in the stack's account and region.
   * @default - there is none
   */
  readonly eventBus?: true | AnyEventBus;
}

/** What an event on the bus says of itself. Rules of others look for it: both are forever. */
export const ALERT_EVENT = { source: 'es-config-monitor', detailType: 'Alert' } as const;

interface Surroundings {
  readonly alertTopics: readonly Topic[];
  /** Has what the bus was not given. */
  readonly undelivered: IQueue;
}

export interface AlertBus {
  readonly bus: IEventBus;
  /** Alerts on their way to it. */
  readonly queue: IQueue;
}

/**
 * The way from the topics to a bus: a queue that is subscribed to all of them, and a pipe, both without code of ours. What SNS took is
 * given to the bus, again and again if need be, and is put aside with an alarm if nothing helps.
 */
export function createAlertBus(
  scope: Construct,
  { alertTopics, undelivered }: Surroundings,
  eventBus: NonNullable<AlertBusProps['eventBus']>,
): AlertBus {
  const bus = (eventBus === true ? new EventBus(scope, 'AlertBus', {}) : eventBus) as IEventBus;
  const queue = new Queue(scope, 'AlertBusQueue', {
    ...SECURED,
    visibilityTimeout: Duration.minutes(1),
    deadLetterQueue: { queue: undelivered, maxReceiveCount: MAX_RECEIVES },
  });
  const subscription = withDeadLetterQueue(new SqsSubscription(queue, { rawMessageDelivery: true }), undelivered);
  for (const topic of alertTopics) topic.addSubscription(subscription);

  const role = new Role(scope, 'AlertBusRole', {
    assumedBy: new ServicePrincipal('pipes.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  });
  role.addToPolicy(
    new PolicyStatement({
      actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      resources: [queue.queueArn],
    }),
  );
  role.addToPolicy(new PolicyStatement({ actions: ['events:PutEvents'], resources: [bus.eventBusArn] }));
  const pipe = new CfnPipe(scope, 'AlertBusPipe', {
    description: 'Gives each alert of es-config-monitor to an event bus',
    roleArn: role.roleArn,
    source: queue.queueArn,
    // The entries of one request to a bus share 256 KB, which one alert alone may need.
    sourceParameters: { sqsQueueParameters: { batchSize: 1 } },
    target: bus.eventBusArn,
    targetParameters: { eventBridgeEventBusParameters: ALERT_EVENT, inputTemplate: '<$.body>' },
  });
  // A pipe that may not read its queue yet is not created.
  pipe.node.addDependency(role);
  return { bus, queue };
}
