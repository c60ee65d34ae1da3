import { textOfError } from '../../core/base/error-text';
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
  type News,
  type Order,
} from '../../core/state';

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
  readonly publish: (topicArn: string, message: ReturnType<typeof toMessage>) => Promise<void>;
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
  if (isNews(news)) await tell(order, found, news, effects);
  if (isTableThere(order, found)) await effects.keep({ ...kept, code });
  effects.report({ outcome: 'checked', looked: order.expected.length, deviations, news });
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

/** Tells the operations topic; and the CRITICAL one as well where nobody would hear it, or it cannot be told. */
async function tell(order: Order, found: readonly Found[], news: News, effects: CheckEffects): Promise<void> {
  const message = toMessage(order, news);
  const operations = found[order.expected.findIndex(({ name }) => name === order.operationsTopic)];
  const isHeard =
    operations !== undefined && operations !== 'missing' && 'isHeard' in operations && operations.isHeard === true;
  const why = await effects.publish(order.operationsTopic, message).then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  if (isHeard && why === undefined) return;
  try {
    await effects.publish(order.criticalTopic, message);
  } catch (error) {
    // Nobody could be told, by either: the alarm on the check does.
    const first = why === undefined ? 'nobody hears it' : textOfError(why.error);
    throw new Error(
      `nobody was told of what deviates: operations topic: ${first}; CRITICAL topic: ${textOfError(error)}`,
      {
        cause: error,
      },
    );
  }
}
