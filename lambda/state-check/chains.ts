import {
  newsSpans,
  SILENT_AFTER,
  toChainNews,
  type ChainNews,
  type HeardChain,
  type NewsSpans,
} from '../../core/digest';
import { toChainMessage, type Found, type Order } from '../../core/state';
import type { CheckEffects } from './check';
import { tell } from './tell';

/** What looking at the chains does to the world. */
export interface ChainEffects {
  /** When they were last looked at, an ISO text. */
  readonly lastLook: () => Promise<string | undefined>;
  /** The chains that are news. */
  readonly newsIn: (spans: NewsSpans) => Promise<readonly HeardChain[]>;
  /** How many were heard since an ISO text. */
  readonly countHeard: (since: string) => Promise<number>;
  readonly keepLook: (at: string) => Promise<void>;
}

/**
 * Tells of chains that have fallen silent, and of those that are heard again.
 * @param now in milliseconds since 1970
 * @throws Error where it could not look, or nobody could be told: the next look tells
 */
export async function tellOfChains(
  order: Order,
  found: readonly Found[],
  now: number,
  { chains, publish }: Pick<CheckEffects, 'chains' | 'publish'>,
): Promise<ChainNews> {
  const spans = newsSpans(await chains.lastLook(), now);
  const news = toChainNews(await chains.newsIn(spans), spans);
  if (news.silent.length + news.again.length > 0) {
    const others = await chains.countHeard(new Date(now - SILENT_AFTER).toISOString());
    await tell(order, found, toChainMessage(order, news, others), { publish });
  }
  await chains.keepLook(new Date(now).toISOString());
  return news;
}
