import { ownerTopicEnd } from '../base/owner-topic';
import { protocolOf } from '../settings';
import type { Order } from './order';
import type { Expected } from './resources';

/** What is wanted of the owners' topics: each is there and heard, and has its subscribers, confirmed. */
export function expectedOfOwners({ owners }: Pick<Order, 'owners'>): readonly Expected[] {
  if (owners === undefined) return [];
  const { topicPrefix, deadLetterQueue, subscribers } = owners;
  return Object.entries(subscribers).flatMap(([owner, addresses]) => {
    const topicArn = `${topicPrefix}${ownerTopicEnd(owner)}`;
    return [
      { kind: 'topic', name: topicArn, must: { policy: null, isHeard: true } },
      ...addresses.map((endpoint): Expected => {
        const protocol = protocolOf(endpoint) ?? '';
        return {
          kind: 'subscription',
          name: `${topicArn} ${protocol} ${endpoint}`,
          must: { topicArn, protocol, endpoint, isConfirmed: true, filterPolicy: null, isRaw: false, deadLetterQueue },
        };
      }),
    ] satisfies Expected[];
  });
}
