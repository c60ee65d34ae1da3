import {
  chainsIn,
  compared,
  signatureProblem,
  unlistedIn,
  type Chain,
  type ChainBreak,
  type Compared,
  type PublicKeys,
} from '../../core/digest';
import type { Delivered, FoundDigest, Unread } from './delivered';

/** What is proved, and what stands against it. */
export interface Verified {
  readonly chains: readonly VerifiedChain[];
  /** Log files that should be in a digest, and are in none. */
  readonly unlisted: readonly string[];
  readonly unread: readonly Unread[];
  /** Signatures were checked. */
  readonly isSigned: boolean;
}

export interface VerifiedChain extends Compared {
  readonly chain: Chain;
  /** How many log files its digests list. */
  readonly listed: number;
  readonly signatures: Signatures;
  /** Digests that lie elsewhere than they say. */
  readonly moved: readonly string[];
  /** The digest before the first is of the time that was asked about, and is not there. */
  readonly startsLate: boolean;
  /** No digest came after the last, although hours went by. */
  readonly endsEarly: boolean;
}

export interface Signatures {
  readonly valid: number;
  readonly wrong: readonly { readonly name: string; readonly why: string }[];
  /** Digests whose signature is recorded nowhere that was read: outside S3, the newest of a chain. */
  readonly unknown: readonly string[];
}

/** Digests come hourly, minutes after their hour. */
const LATE = 2 * 3600_000;

export function verified({ digests, seenOf, names, unread, keys, since, until }: Delivered): Verified {
  const chains = chainsIn(digests.map(({ digest }) => digest));
  const newest = chains.reduce((latest, chain) => Math.max(latest, endOf(chain)), Number.NEGATIVE_INFINITY);
  const found = new Map(digests.map((one) => [one.digest, one]));
  const results = chains.map((chain): VerifiedChain => {
    const members = chain.digests.map((digest) => found.get(digest)).filter((one) => one !== undefined);
    const listed = new Map(
      chain.digests.flatMap(({ logFiles }) => logFiles.map((one) => [`${one.bucket}/${one.key}#${one.hash}`, one])),
    );
    return {
      chain,
      listed: listed.size,
      ...compared([...listed.values()], seenOf),
      signatures: signaturesOf(members, keys),
      moved: members.filter(({ isMoved }) => isMoved).map(({ name }) => name),
      startsLate:
        chain.before !== undefined &&
        since !== undefined &&
        !chain.isBackfill &&
        Date.parse(chain.digests[0].start) > since,
      endsEarly: !chain.isBackfill && endOf(chain) < (until ?? newest) - LATE,
    };
  });
  const listedNames = new Set(chains.flatMap((chain) => chain.digests.flatMap(({ logFiles }) => logFiles.map(nameOf))));
  return {
    chains: results,
    unlisted: unlistedIn(
      names.filter((name) => !listedNames.has(nameOf({ key: name }))),
      chains,
    ),
    unread,
    isSigned: keys !== undefined,
  };
}

const endOf = ({ digests }: Chain): number => Date.parse(digests.at(-1)?.end ?? '');

const nameOf = ({ key }: { readonly key: string }): string => key.replace(/^.*[/\\]/s, '').replace(/\.gz$/, '');

/** The next digest holds the signature of the one before it, the object's metadata that of the newest as well. */
function signaturesOf(digests: readonly FoundDigest[], keys: PublicKeys | undefined): Signatures {
  if (keys === undefined) return { valid: 0, wrong: [], unknown: [] };
  const kept = new Map(
    digests.flatMap(({ digest: { previous } }) =>
      previous ? [[`${previous.bucket}/${previous.key}`, previous.signature] as const] : [],
    ),
  );
  const signed = digests.map(({ digest, name, signature }) => ({
    digest,
    name,
    signature: signature ?? kept.get(`${digest.bucket}/${digest.key}`),
  }));
  const wrong = signed.flatMap(({ digest, name, signature }) => {
    const why = signature === undefined ? undefined : signatureProblem(digest, signature, keys);
    return why === undefined ? [] : [{ name, why }];
  });
  const unknown = signed.filter(({ signature }) => signature === undefined).map(({ name }) => name);
  return { valid: digests.length - wrong.length - unknown.length, wrong, unknown };
}

/** What stands against a chain, for which nobody has to have done anything wrong. */
export const isTampering = ({ kind }: ChainBreak): boolean => kind !== 'began-anew' && kind !== 'elsewhere';

/** Whether anything stands against what was verified. */
export const hasObjection = ({ chains, unlisted }: Verified): boolean =>
  unlisted.length > 0 ||
  chains.some(
    ({ chain, missing, altered, signatures, moved, startsLate, endsEarly }) =>
      [missing, altered, signatures.wrong, moved].some((list) => list.length > 0) ||
      startsLate ||
      endsEarly ||
      chain.breaks.some(isTampering),
  );

/** Whether something was not looked at, or nothing was there to verify. */
export const isIncomplete = ({ chains, unread }: Verified): boolean =>
  chains.length === 0 ||
  unread.length > 0 ||
  chains.some(({ chain }) => chain.breaks.some(({ kind }) => kind === 'elsewhere'));
