import { bounded } from '../../core/base/bounded';
import { textOfError } from '../../core/base/error-text';
import { memberOf } from '../../core/base/members';
import { readDigest, type ListedLogFile, type PublicKeys, type SeenLogFile } from '../../core/digest';
import { note, type Console } from '../console';
import { progressOn } from '../progress';
import { costLine, readAddress, type ToldBucket } from '../sources/s3';
import { logObjectsUnder, type Folder, type List, type LogObject, type Wanted } from '../sources/s3-keys';
import { hoursOf, isAsked, type Asked, type Delivered, type FoundDigest, type Unread } from './delivered';
import { seenAs } from './seen';

/** What verifying a bucket asks of AWS. */
export interface BucketEffects {
  readonly bucketOf: (name: string) => Promise<ToldBucket>;
  /** The public keys of a region, of digests between two times. */
  readonly publicKeysOf: (region: string, from: Date, to: Date) => Promise<PublicKeys>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** How many objects are read at once. */
const MOST_AT_ONCE = 16;

/** A digest may be signed with a key that is published after its hour. */
const KEY_MARGIN = 2 * 3600_000;

/**
 * What lies at an address: the digests asked for, and of the log files those that they list, of this bucket and no other.
 * @param given public keys, rather than those that CloudTrail is asked for
 * @throws UsageError for an address that is none
 */
export async function deliveredInBucket(
  address: string,
  asked: Asked,
  given: PublicKeys | undefined,
  console: Console,
  effects: BucketEffects,
): Promise<Delivered> {
  const { name, prefix } = readAddress(address);
  const bucket = await effects.bucketOf(name);
  const unread: Unread[] = [];
  const atOnce = bounded(MOST_AT_ONCE, MOST_AT_ONCE);
  let requests = 0;
  const list: List = (request) => {
    requests += 1;
    return bucket.list(request);
  };
  const listed = (kind: Folder): Promise<readonly LogObject[]> =>
    all(logObjectsUnder(inFolder(prefix, kind), wantedOf(asked, effects.now()), list, kind));
  const [digestObjects, logObjects] = [await listed('CloudTrail-Digest'), await listed('CloudTrail')];
  note(console, costLine(address, requests, [...digestObjects, ...logObjects], 0, 'object'));

  const reading = <Result>(key: string, work: () => Promise<Result>): Promise<Result | undefined> =>
    atOnce(1, async () => {
      try {
        return await work();
      } catch (error) {
        unread.push({ name: `s3://${name}/${key}`, why: textOfError(error) });
        return undefined;
      }
    });
  const found = await Promise.all(
    digestObjects.map(({ key }) =>
      reading(key, async (): Promise<FoundDigest> => {
        const { bytes, metadata } = await bucket.read(key);
        const digest = readDigest(bytes);
        const { signature } = metadata;
        if (signature === undefined)
          throw new Error('has no signature in its metadata, which every digest of CloudTrail has');
        return {
          digest,
          name: `s3://${name}/${key}`,
          isMoved: digest.bucket !== name || digest.key !== key,
          signature,
        };
      }),
    ),
  );
  const digests = found.filter((one) => one !== undefined).filter(({ digest }) => isAsked(digest, asked));

  const logFiles = new Map(digests.flatMap(({ digest }) => digest.logFiles.map((one) => [placeOf(one), one] as const)));
  const isHere = ([, { bucket: lies }]: readonly [string, ListedLogFile]): boolean => lies === name;
  for (const [place] of [...logFiles].filter((one) => !isHere(one))) {
    unread.push({ name: place, why: `lies in another bucket than ${name}, and is not read: verify that one as well` });
  }
  const seen = new Map<string, readonly SeenLogFile[]>();
  const progress = progressOn(console, 'log files', logFiles.size);
  await Promise.all(
    [...logFiles].filter(isHere).map(([place, { key }]) =>
      reading(key, async () => {
        const bytes = await bytesOf(bucket, key);
        seen.set(place, bytes ? [await seenAs(place, bytes)] : []);
        progress.show(seen.size);
      }),
    ),
  );
  progress.clear();
  const keys = given ?? (await keysFor(digests, effects, unread));
  return {
    digests,
    seenOf: (logFile) => seen.get(placeOf(logFile)),
    names: logObjects.map(({ key }) => `s3://${name}/${key}`),
    unread,
    ...(keys && { keys }),
    ...(asked.from !== undefined && { since: asked.from }),
    until: asked.to ?? effects.now(),
  };
}

const placeOf = ({ bucket, key }: Pick<ListedLogFile, 'bucket' | 'key'>): string => `s3://${bucket}/${key}`;

/** `undefined` where there is no such object. */
async function bytesOf(bucket: ToldBucket, key: string): Promise<Uint8Array | undefined> {
  try {
    return await bucket.get(key);
  } catch (error) {
    if (memberOf(error, 'name') === 'NoSuchKey') return undefined;
    throw error;
  }
}

/** An address may lead into the folder of log files, or into that of digests: the other is beside it. */
const inFolder = (prefix: string, kind: Folder): string =>
  `${prefix}/`.replace(/(^|\/)CloudTrail(?:-Digest)?\//, `$1${kind}/`).replace(/\/+$/, '');

function wantedOf({ from, to, accounts, regions }: Asked, now: number): Wanted {
  const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);
  // CloudTrail began in 2013.
  const days =
    from === undefined && to === undefined ? undefined : { first: dayOf(from ?? BEGINNING), last: dayOf(to ?? now) };
  return { accounts, regions, days };
}

const BEGINNING = Date.parse('2013-11-01T00:00:00Z');

/** The keys of each region there are digests of. What cannot be asked is told. */
async function keysFor(
  digests: readonly FoundDigest[],
  { publicKeysOf }: BucketEffects,
  unread: Unread[],
): Promise<PublicKeys | undefined> {
  const regions = [...new Set(digests.map(({ digest }) => digest.region))];
  const keys = await Promise.all(
    regions.map(async (region) => {
      const hours = hoursOf(digests.map(({ digest }) => digest).filter((digest) => digest.region === region));
      try {
        const until = new Date(Date.parse(hours.to) + KEY_MARGIN);
        return [...(await publicKeysOf(region, new Date(hours.from), until))];
      } catch (error) {
        unread.push({ name: `public keys of ${region}`, why: textOfError(error) });
        return [];
      }
    }),
  );
  return keys.flat().length === 0 ? undefined : new Map(keys.flat());
}

async function all<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}
