import { isBackfill, type Digest, type DigestLink } from './digest';
import { placeOf } from './place';

/** The digests of one trail in one account and region, in one folder, tied to one another. Backfill digests have a chain of their own. */
export interface Chain {
  readonly account: string;
  readonly region: string;
  readonly trail: string;
  readonly homeRegion: string;
  readonly isBackfill: boolean;
  /** In the order of time. */
  readonly digests: readonly [Digest, ...Digest[]];
  /** In the order of time; empty where each digest is tied to the one before. */
  readonly breaks: readonly ChainBreak[];
  /** The digest before the first: it is in no file that was read. @default - the chain begins with the first */
  readonly before?: DigestLink;
}

/** Where a chain does not go on as it should. */
export interface ChainBreak {
  /**
   * `missing`: the digest before is not there. `altered`: it is there with another content. `loose`: a digest that no later
   * one knows of, so that CloudTrail did not put it there. `elsewhere`: the one before lies in another bucket or folder, as
   * after a trail was moved. `began-anew`: logging or validation was stopped and started again, so that nothing is said of
   * the time between; no tampering.
   */
  readonly kind: 'missing' | 'altered' | 'loose' | 'elsewhere' | 'began-anew';
  /** The digest that tells it; of `loose`, the loose one. */
  readonly digest: Digest;
  /** The digest that it names. Absent for `began-anew` and `loose`. */
  readonly previous?: DigestLink;
  /** Of the time between them nothing is proved. Absent where it is not known. */
  readonly gap?: { readonly from: string; readonly to: string };
}

/** The chains that digests are of, each in the order of time. The same digest twice counts once. */
export function chainsIn(digests: readonly Digest[]): readonly Chain[] {
  const ofChain = new Map<string, Map<string, Digest>>();
  for (const digest of digests) {
    const name = chainNameOf(digest);
    const members = ofChain.get(name) ?? new Map<string, Digest>();
    // One place holds one digest: which of two copies with different contents is right, the next one tells.
    members.set(`${placeKey(digest)}#${digest.hash}`, digest);
    ofChain.set(name, members);
  }
  return [...ofChain.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, members]) => toChain([...members.values()]));
}

/**
 * The same for all digests of a chain. The folder is in it: an organization's trail may be called as that of one of its
 * accounts is, and deliver to the same bucket.
 */
export function chainNameOf(place: Pick<DigestLink, 'bucket' | 'key'>): string {
  const { region = '', trail = '', homeRegion = '' } = placeOf(place.key) ?? {};
  return [folderOf(place), region, trail, homeRegion, isBackfill(place)].join('/');
}

/** What `chainNameOf` was made of; `place` is `bucket/[prefix/]AWSLogs[/o-…]`. */
export function chainOfName(name: string): Pick<Chain, 'account' | 'region' | 'trail'> & { readonly place: string } {
  const [region = '', trail = ''] = name.split('/').slice(-4);
  const folders = name.split('/').slice(0, -5);
  return { account: folders.at(-1) ?? '', region, trail, place: folders.slice(0, -1).join('/') };
}

/** `bucket/[prefix/]AWSLogs/[o-…/]account/`. */
const folderOf = ({ bucket, key }: Pick<DigestLink, 'bucket' | 'key'>): string =>
  `${bucket}/${key.replace(/CloudTrail-Digest\/.*$/s, '')}`;

const placeKey = ({ bucket, key }: { readonly bucket: string; readonly key: string }): string => `${bucket}/${key}`;

function toChain(members: readonly Digest[]): Chain {
  const digests = members.toSorted((a, b) => Date.parse(a.end) - Date.parse(b.end) || (a.key < b.key ? -1 : 1));
  const [first, ...others] = digests;
  if (first === undefined) throw new Error('a chain has a digest');
  const { account, region, trail, homeRegion } = first;
  const indexes = new Map<string, number[]>();
  for (const [at, digest] of digests.entries()) {
    indexes.set(placeKey(digest), [...(indexes.get(placeKey(digest)) ?? []), at]);
  }
  const loose = new Set<Digest>();
  return {
    account,
    region,
    trail,
    homeRegion,
    isBackfill: isBackfill(first),
    digests: [first, ...others],
    breaks: digests.flatMap((digest, at) => (at === 0 ? [] : breaksAt(at, digest, digests, indexes, loose))),
    ...(first.previous && { before: first.previous }),
  };
}

function breaksAt(
  at: number,
  digest: Digest,
  digests: readonly Digest[],
  indexes: ReadonlyMap<string, readonly number[]>,
  loose: Set<Digest>,
): readonly ChainBreak[] {
  const { previous, start } = digest;
  const gap = { from: digests[at - 1]?.end ?? start, to: start };
  // Backfill digests come when there is something to fill in: no time is without them.
  if (previous === undefined) return isBackfill(digest) ? [] : [{ kind: 'began-anew', digest, gap }];
  // One that names itself, or a later one, is tied to nothing.
  const found = (indexes.get(placeKey(previous)) ?? []).filter((index) => index < at);
  const nearest = found.at(-1);
  if (nearest === undefined)
    return [{ kind: folderOf(previous) === folderOf(digest) ? 'missing' : 'elsewhere', digest, previous, gap }];
  // Told once each: whoever puts thousands there, each tied to the same one, makes no more of them.
  const between = digests.slice(nearest + 1, at).filter((one) => !loose.has(one));
  for (const one of between) loose.add(one);
  const isIntact = found.some((index) => digests[index]?.hash === previous.hash);
  return [
    ...between.map((one): ChainBreak => ({ kind: 'loose', digest: one })),
    ...(isIntact ? [] : [{ kind: 'altered', digest, previous } as const]),
  ];
}
