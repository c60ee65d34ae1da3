import { createHash } from 'node:crypto';
import {
  chainNameOf,
  isBackfill,
  readDigest,
  type Deviation,
  type DeviationKind,
  type Digest,
} from '../../core/digest';
import { inflate } from '../../core/log-file';
import { toListedMessages, type LogFileRef } from '../../core/notification';

/** What following a digest does to the world. */
export interface DigestEffects {
  /** The whole object, `undefined` where there is none. */
  readonly read: (place: LogFileRef) => Promise<Uint8Array | undefined>;
  readonly known: KnownDigests;
  /** Puts messages into the function's own queue. */
  readonly send: (messages: readonly string[]) => Promise<void>;
  /** Tells people, once. */
  readonly tell: (deviation: Deviation) => Promise<unknown>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The digests that were followed, shared by all invocations. */
export interface KnownDigests {
  /**
   * The beginning of the first digest of this chain that was followed; of this one, where it is the first. Remembers as well that
   * the chain was heard of now, if this one is timely.
   */
  readonly since: (chain: string, digest: Digest) => Promise<string>;
  /** The hash of a digest that was followed lately. */
  readonly hashOf: (place: Place) => Promise<string | undefined>;
  readonly keep: (digest: Digest) => Promise<void>;
}

type Place = Pick<Digest, 'bucket' | 'key'>;

/** What became of a digest. */
export interface Followed {
  /** How many log files it lists that are sent to be checked. */
  readonly logFiles: number;
  /** How many lie where nothing is read. */
  readonly elsewhere: number;
  readonly deviations: readonly DeviationKind[];
}

/** Digests that were followed are known a little longer. What is older is not looked for. */
const LOOKED_BACK = 30 * 24 * 3600_000;

/** Digests have a few kilobytes. */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Follows a digest: has every log file that it lists read and held to it, whether it was read before or not, and holds the
 * digest before it to what this one says. One that was never announced is looked for, and followed as well. No bucket but
 * that of the digest is read.
 * @throws Error when the digest cannot be read, says that it lies elsewhere, or what is to be done about it fails
 */
export async function follow(ref: LogFileRef, effects: DigestEffects): Promise<Followed> {
  const bytes = await effects.read(ref);
  if (bytes === undefined) throw new Error('digest is not there any more, though it was announced');
  const digest = readDigest(bytes);
  if (digest.bucket !== ref.bucket || digest.key !== ref.key) {
    throw new Error(`digest says that it lies at ${placeText(digest)}: it was moved, or is not CloudTrail's`);
  }
  const here = digest.logFiles.filter(({ bucket }) => bucket === ref.bucket);
  const away = digest.logFiles.find(({ bucket }) => bucket !== ref.bucket);
  const { deviations, unfollowed } = await heldToChain(digest, effects);
  if (away) deviations.push(deviationOf('chain-elsewhere', digest, away));
  for (const deviation of deviations) await effects.tell(deviation);
  // A trail announces its log files in these words.
  const again = unfollowed.map(({ bucket, key }) => JSON.stringify({ s3Bucket: bucket, s3ObjectKey: [key] }));
  await effects.send([...toListedMessages(digest, here), ...again]);
  // Kept last: what is kept is done.
  await effects.known.keep(digest);
  return {
    logFiles: here.length,
    elsewhere: digest.logFiles.length - here.length,
    deviations: deviations.map(({ kind }) => kind),
  };
}

interface Held {
  readonly deviations: Deviation[];
  /** Digests that are there and were never followed. */
  readonly unfollowed: readonly Place[];
}

/** What is wrong with the digest before, as far as that is to be known. */
async function heldToChain(digest: Digest, { known, read, now }: DigestEffects): Promise<Held> {
  const nothing: Held = { deviations: [], unfollowed: [] };
  const chain = chainNameOf(digest);
  const since = await known.since(chain, digest);
  const isFirst = Date.parse(since) >= Date.parse(digest.start);
  const { previous } = digest;
  if (previous === undefined) {
    return isFirst || isBackfill(digest)
      ? nothing
      : { ...nothing, deviations: [deviationOf('chain-began-anew', digest, digest)] };
  }
  if (chainNameOf(previous) !== chain)
    return { ...nothing, deviations: [deviationOf('chain-elsewhere', digest, previous)] };
  const followed = await known.hashOf(previous);
  if (followed !== undefined) return followed === previous.hash ? nothing : altered(digest, previous);
  // What was there before the first is not looked for: of that time nothing was promised.
  if (isFirst || Date.parse(digest.start) < now() - LOOKED_BACK) return nothing;
  const bytes = await read(previous);
  if (bytes === undefined) return { ...nothing, deviations: [deviationOf('digest-missing', digest, previous)] };
  return hashOf(bytes) === previous.hash ? { ...nothing, unfollowed: [previous] } : altered(digest, previous);
}

const altered = (digest: Digest, previous: Place): Held => ({
  deviations: [deviationOf('digest-altered', digest, previous)],
  unfollowed: [],
});

/** What cannot be inflated is no digest of CloudTrail any more. */
function hashOf(bytes: Uint8Array): string | undefined {
  try {
    const content = inflate(bytes, MOST_BYTES);
    return content && createHash('sha256').update(content).digest('hex');
  } catch {
    return undefined;
  }
}

function deviationOf(kind: DeviationKind, digest: Digest, object: Place): Deviation {
  const { account, region, trail, start, end } = digest;
  return {
    kind,
    account,
    region,
    trail,
    digest: placeText(digest),
    time: end,
    object: placeText(object),
    ...((kind === 'digest-missing' || kind === 'chain-began-anew') && { unprovedBefore: start }),
  };
}

const placeText = ({ bucket, key }: Place): string => `s3://${bucket}/${key}`;
