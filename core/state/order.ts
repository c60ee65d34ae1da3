import { isObject, listOf, memberOf, textOf } from '../base/members';
import { expectedOfOwners } from './owners';
import type { Expected } from './resources';

/** What the schedule of the stack hands to each check: written at synthesis, resolved at deployment. */
export interface Order {
  /** The address of the monitor, as people know it. */
  readonly monitor: string;
  /** The dimension of its metrics. */
  readonly service: string;
  readonly region: string;
  /** ARN of the stack, which is changing while it is deployed. */
  readonly stackId: string;
  readonly tableName: string;
  readonly operationsTopic: string;
  /** Told as well where nobody hears the operations topic. */
  readonly criticalTopic: string;
  /** URL of the queue that is tagged, so that the trail has a write to record. @default - none is */
  readonly heartbeatQueue?: string;
  readonly expected: readonly Expected[];
  /** Digests are followed: of which chains none comes any more is told. @default false */
  readonly followsDigests?: boolean;
  /** The owners, who have a topic each. @default - nobody has one */
  readonly owners?: {
    /** How the ARNs of their topics begin. */
    readonly topicPrefix: string;
    /** ARN of the queue for what cannot be delivered. */
    readonly deadLetterQueue: string;
    /** The addresses of each, by its name. */
    readonly subscribers: Readonly<Record<string, readonly string[]>>;
  };
}

const TEXTS = ['monitor', 'service', 'region', 'stackId', 'tableName', 'operationsTopic', 'criticalTopic'] as const;

/**
 * What invoked the check, which only the stack writes.
 * @throws Error where it is no order: the check was invoked by hand, or its schedule was changed
 */
export function readOrder(event: unknown): Order {
  const missing = TEXTS.filter((name) => textOf(memberOf(event, name)) === undefined);
  const expected = listOf(memberOf(event, 'expected'));
  const isWhole = expected.every(
    (one) => isObject(one) && textOf(one['kind']) && textOf(one['name']) && isObject(one['must']),
  );
  if (missing.length > 0 || expected.length === 0 || !isWhole) {
    const lacks = missing.length > 0 ? missing.join(', ') : 'expected';
    throw new Error(`the order of the state check lacks ${lacks}; allowed: the input of the schedule of the stack`);
  }
  const order = event as Order;
  return { ...order, expected: [...order.expected, ...expectedOfOwners(order)] };
}
