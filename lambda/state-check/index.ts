/* The scheduled check of state: whether the monitor's own resources are as the stack deployed them. A function of its own. */

import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { PublishCommand } from '@aws-sdk/client-sns';
import { readOrder } from '../../core/state';
import { check } from './check';
import { cloudFormation, dynamoDb, sns } from './clients';
import { heardChainsIn } from './heard-chains';
import { lookAtAll } from './look';
import { keep, readMemory } from './memory';
import { beat } from './queues';
import { reporterOf } from './report';
import { isConfirmed, subscriptionsOf } from './topics';

/** What the schedule calls, with the order that the stack wrote into it. */
export const handler = async (event: unknown): Promise<void> => {
  const order = readOrder(event);
  await check(order, {
    now: Date.now,
    stackStatus: async () => {
      const { Stacks: [stack] = [] } = await cloudFormation.send(
        new DescribeStacksCommand({ StackName: order.stackId }),
      );
      return stack?.StackStatus ?? 'unknown';
    },
    beat,
    look: lookAtAll,
    confirmedSubscribers: async (topicArn) => (await subscriptionsOf(topicArn)).filter(isConfirmed),
    readMemory: () => readMemory(order.tableName),
    keep: (memory) => keep(order.tableName, memory),
    chains: heardChainsIn(dynamoDb, order.tableName),
    publish: async (TopicArn, message) => void (await sns.send(new PublishCommand({ TopicArn, ...message }))),
    report: reporterOf(order.service),
  });
};
