import type { Digest, ListedLogFile, PublicKeys, SeenLogFile } from '../../core/digest';

/** Which digests are asked about, by what they say. */
export interface Asked {
  /** In milliseconds since 1970, of the end of the digest. @default - from the first */
  readonly from: number | undefined;
  /** @default - to the last */
  readonly to: number | undefined;
  /** Empty for all. */
  readonly accounts: readonly string[];
  /** Empty for all. */
  readonly regions: readonly string[];
}

export const isAsked = (
  { account, region, end }: Pick<Digest, 'account' | 'region' | 'end'>,
  { from, to, accounts, regions }: Asked,
): boolean =>
  (accounts.length === 0 || accounts.includes(account)) &&
  (regions.length === 0 || regions.includes(region)) &&
  Date.parse(end) >= (from ?? Number.NEGATIVE_INFINITY) &&
  Date.parse(end) <= (to ?? Number.POSITIVE_INFINITY);

/** From when to when digests are of. There may be more of them than a call takes arguments. */
export function hoursOf(digests: readonly Pick<Digest, 'start' | 'end'>[]): {
  readonly from: string;
  readonly to: string;
} {
  // As CloudTrail writes times, their texts are in the order of time.
  const [from = ''] = digests.map(({ start }) => start).toSorted();
  return {
    from,
    to:
      digests
        .map(({ end }) => end)
        .toSorted()
        .at(-1) ?? '',
  };
}

/** A digest that was read, and what lay beside it. */
export interface FoundDigest {
  readonly digest: Digest;
  /** As it is told to people. */
  readonly name: string;
  /** That of the object, in hex. @default - not recorded */
  readonly signature?: string;
  /** It lies elsewhere than it says. */
  readonly isMoved: boolean;
}

/** What is there to be verified. */
export interface Delivered {
  readonly digests: readonly FoundDigest[];
  /** What lies under the name of a log file, `undefined` where that could not be read. */
  readonly seenOf: (logFile: ListedLogFile) => readonly SeenLogFile[] | undefined;
  /** The names of all log files that are there. */
  readonly names: readonly string[];
  /** What could not be read. */
  readonly unread: readonly Unread[];
  /** What the signatures are checked with. @default - they are not checked */
  readonly keys?: PublicKeys;
  /** Since when, in milliseconds since 1970, digests should be there. @default - since the oldest of each chain */
  readonly since?: number;
  /** Until when, in milliseconds since 1970, digests should be there. @default - until the newest of any chain */
  readonly until?: number;
}

export interface Unread {
  readonly name: string;
  readonly why: string;
}
