import { optional } from '../../core/base/members';
import type { ChainNews } from '../../core/digest';
import {
  deviationsIn,
  isNews,
  NOTHING_KEPT,
  toMessage,
  toNews,
  withKnownCode,
  type Deviation,
  type Expected,
  type Found,
  type Memory,
  type Message,
  type News,
  type Order,
} from '../../core/state';
import { tellOfChains, type ChainEffects } from './chains';
import { tell } from './tell';

/** What the check does to the world. */
export interface CheckEffects {
  /** In milliseconds since 1970. */
  readonly now: () => number;
  /** Of the stack, in CloudFormation's words. */
  readonly stackStatus: () => Promise<string>;
  /** Has something recorded. */
  readonly beat: (queueUrl: string, now: number) => Promise<void>;
  readonly look: (expected: readonly Expected[]) => Promise<readonly Found[]>;
  readonly confirmedSubscribers: (
    topicArn: string,
  ) => Promise<readonly { readonly topicArn: string; readonly protocol: string; readonly endpoint: string }[]>;
  readonly readMemory: () => Promise<Memory>;
  readonly keep: (memory: Memory) => Promise<void>;
  readonly chains: ChainEffects;
  readonly publish: (topicArn: string, message: Message) => Promise<void>;
  readonly report: (told: CheckReport) => void;
}

/** What became of a check that came to its end. */
export type CheckReport =
  | { readonly outcome: 'waited'; readonly stackStatus: string }
  | {
      readonly outcome: 'checked';
      readonly looked: number;
      readonly deviations: readonly Deviation[];
      readonly news: News;
      /** Where digests are followed. */
      readonly chains?: ChainNews;
    };

/**
 * Looks at what the stack deployed and tells what deviates: once when it begins, daily while it lasts, and when it is over.
 * @throws Error where it could not look at something, or nobody could be told
 */
export async function check(order: Order, effects: CheckEffects): Promise<void> {
  const now = effects.now();
  if (order.heartbeatQueue !== undefined) await effects.beat(order.heartbeatQueue, now);
  const stackStatus = await effects.stackStatus();
  if (stackStatus.endsWith('_IN_PROGRESS')) {
    // Half of it is as it was, and half as it will be.
    effects.report({ outcome: 'waited', stackStatus });
    return;
  }
  const found = await effects.look(order.expected);
  const memory = await remembered(order, found, effects);
  const { expected, code } = withKnownCode(order.expected, found, memory);
  const deviations = deviationsIn(expected, found);
  const others = await othersIn(order, found, effects);
  const { news, memory: kept } = toNews(deviations, others, memory, now);
  if (isNews(news)) await tell(order, found, toMessage(order, news), effects);
  const isRemembered = isTableThere(order, found);
  if (isRemembered) await effects.keep({ ...kept, code });
  // Last, so that what a look through the table fails with keeps nothing else from being told.
  const chains = order.followsDigests && isRemembered ? await tellOfChains(order, found, now, effects) : undefined;
  effects.report({
    outcome: 'checked',
    looked: order.expected.length,
    deviations,
    news,
    ...optional('chains', chains),
  });
}

/** Without a table nothing is known of earlier checks, and what deviates is told at each. */
async function remembered(order: Order, found: readonly Found[], effects: CheckEffects): Promise<Memory> {
  return isTableThere(order, found) ? effects.readMemory() : NOTHING_KEPT;
}

function isTableThere({ expected }: Order, found: readonly Found[]): boolean {
  return found[expected.findIndex(({ kind }) => kind === 'table')] !== 'missing';
}

/** Those who have confirmed a subscription that the stack did not make, a line for each. */
async function othersIn(
  { expected }: Order,
  found: readonly Found[],
  effects: CheckEffects,
): Promise<readonly string[]> {
  const lineOf = (one: { readonly topicArn: string; readonly protocol: string; readonly endpoint: string }): string =>
    `the ${one.protocol} subscription of ${one.endpoint} to ${one.topicArn}`;
  const made = new Set(expected.flatMap((one) => (one.kind === 'subscription' ? [lineOf(one.must)] : [])));
  const topics = expected.filter(({ kind }, at) => kind === 'topic' && isReadable(found[at]));
  const lines: string[] = [];
  for (const { name } of topics) lines.push(...(await effects.confirmedSubscribers(name)).map(lineOf));
  return lines.filter((line) => !made.has(line)).sort();
}

const isReadable = (found: Found | undefined): boolean =>
  found !== undefined && found !== 'missing' && !('unreadable' in found);
