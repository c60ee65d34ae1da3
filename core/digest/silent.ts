import { isBackfill, type Digest } from './digest';
import { chainOfName } from './chain';

const AN_HOUR = 3600_000;

/**
 * How long no digest of a chain comes until it is told, in milliseconds, and told again; then no more. Digests are hourly, each
 * some time after its hour: after three hours two have not come, and there was an hour for the second to be late in.
 */
const TOLD_AFTER = [3 * AN_HOUR, 24 * AN_HOUR, 7 * 24 * AN_HOUR] as const;

/** From then on a chain is silent, in milliseconds since it was last heard. */
export const [SILENT_AFTER] = TOLD_AFTER;

/** The clocks of two functions are no further apart, and what one has written the other can read. */
const SETTLED = 60_000;

/**
 * Whether a digest that comes `now` shows that its chain is logged now. One that is brought again later does not, and backfill
 * digests come when there is something to fill in.
 */
export function isTimely(digest: Pick<Digest, 'key' | 'end'>, now: number): boolean {
  return !isBackfill(digest) && now - Date.parse(digest.end) < SILENT_AFTER;
}

/** What is remembered of when digests of a chain came; times as ISO texts with milliseconds. */
export interface HeardChain {
  /** As `chainNameOf` has it. */
  readonly name: string;
  /** When the last timely digest came. */
  readonly heard: string;
  /** When one came again after the chain had been silent. @default - it never had */
  readonly again?: string;
}

/** A span of time, without its end. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

/** What is news at a look: chains last heard in one of the spans `heard`, and those heard again in `again`. */
export interface NewsSpans {
  readonly heard: readonly Span[];
  readonly again: Span;
}

/**
 * What has become news since the last look. Nothing is kept of each chain that was told: a chain passes each length of silence
 * once.
 * @param lastLook ISO text; anything that is no time before now is as good as none, and all that is silent is told
 * @param now in milliseconds since 1970
 */
export function newsSpans(lastLook: string | undefined, now: number): NewsSpans {
  const last = Date.parse(lastLook ?? '');
  const since = last <= now ? last : undefined;
  const text = (time: number): string => new Date(time).toISOString();
  const span = (before: number): Span => ({ from: text((since ?? before) - before), to: text(now - before) });
  return { heard: TOLD_AFTER.map(span), again: { from: text((since ?? now) - SETTLED), to: text(now - SETTLED) } };
}

/** The chains of one trail in one account. */
export interface ChainGroup {
  readonly account: string;
  readonly trail: string;
  /** `bucket/[prefix/]AWSLogs[/o-…]`. */
  readonly place: string;
  readonly regions: readonly string[];
  /** When a digest of the first of them to fall silent came last; of those heard again, when they were first heard again. */
  readonly since: string;
}

/** Chains that fell silent, or have been so for a time at which it is told again, and those that are heard again. */
export interface ChainNews {
  readonly silent: readonly ChainGroup[];
  readonly again: readonly ChainGroup[];
}

/** The news among `chains`, by account. */
export function toChainNews(chains: readonly HeardChain[], { heard, again }: NewsSpans): ChainNews {
  const isSilent = (chain: HeardChain): boolean => heard.some((span) => isIn(span, chain.heard));
  return {
    silent: groupsOf(chains.filter(isSilent).map(({ name, heard: since }) => ({ name, since }))),
    again: groupsOf(
      chains.flatMap((chain) =>
        !isSilent(chain) && chain.again !== undefined && isIn(again, chain.again)
          ? [{ name: chain.name, since: chain.again }]
          : [],
      ),
    ),
  };
}

const isIn = ({ from, to }: Span, time: string): boolean => from <= time && time < to;

function groupsOf(chains: readonly { readonly name: string; readonly since: string }[]): readonly ChainGroup[] {
  const groups = new Map<string, { chain: ReturnType<typeof chainOfName>; regions: Set<string>; since: string }>();
  for (const { name, since } of chains) {
    const chain = chainOfName(name);
    const id = [chain.account, chain.place, chain.trail].join('/');
    const group = groups.get(id) ?? { chain, regions: new Set(), since };
    group.regions.add(chain.region);
    if (since < group.since) group.since = since;
    groups.set(id, group);
  }
  return [...groups.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([
        ,
        {
          chain: { account, trail, place },
          regions,
          since,
        },
      ]) => ({
        account,
        trail,
        place,
        regions: [...regions].sort(),
        since,
      }),
    );
}
