import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { counted } from '../../core/base/counted';
import { textOfError } from '../../core/base/error-text';
import { isObject } from '../../core/base/members';
import { readInput } from '../../core/export';
import { note, UsageError, type Console } from '../console';
import { progressOn } from '../progress';
import { quoted } from '../quoted';
import type { Found, Source } from './paths';
import { logObjectsUnder, type List, type LogObject, type Wanted } from './s3-keys';
import { sdk } from './sdk';

/** What is asked of S3. */
export interface Bucket {
  readonly list: List;
  readonly get: (key: string) => Promise<Uint8Array>;
}

export type BucketOf = (name: string) => Promise<Bucket>;

/** An object, and what was written beside it. */
export interface ObjectRead {
  readonly bytes: Uint8Array;
  /** Members of `x-amz-meta-`, without that, in lower case. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** A bucket that also tells the metadata of its objects. */
export interface ToldBucket extends Bucket {
  readonly read: (key: string) => Promise<ObjectRead>;
}

export interface S3Options extends Wanted {
  /** A file that keeps what was read, so that nothing is read twice. @default - none */
  readonly resume: string | undefined;
}

/** Prices in the region us-east-1, in USD, for the account that pays for the requests. */
const PRICE_OF_LIST = 0.005 / 1000;
const PRICE_OF_GET = 0.0004 / 1000;
const PRICE_OF_GIB = 0.09;

/**
 * The log files at `s3://bucket/prefix`. What it costs is said before any is read.
 * @throws UsageError for an address that is none, and for a file to resume from that is none
 */
export async function logFilesInBucket(
  address: string,
  options: S3Options,
  console: Console,
  bucketOf: BucketOf = s3BucketOf,
): Promise<Found> {
  const { name, prefix } = readAddress(address);
  const done = options.resume === undefined ? undefined : readDone(options.resume);
  const progress = progressOn(console, 'objects listed');
  try {
    const bucket = await bucketOf(name);
    let requests = 0;
    const list: List = (request) => {
      requests += 1;
      return bucket.list(request);
    };
    const objects: LogObject[] = [];
    for await (const object of logObjectsUnder(prefix, options, list)) {
      objects.push(object);
      progress.show(objects.length);
    }
    progress.clear();
    const sourceOf = ({ key }: LogObject): Source => {
      const location = `s3://${name}/${key}`;
      return {
        name: location,
        isNamed: true,
        isFar: true,
        read: () => readOnce(location, () => bucket.get(key), done, options.resume),
      };
    };
    const left = objects.filter(({ key }) => !done?.has(`s3://${name}/${key}`));
    note(console, costLine(address, requests, left, objects.length - left.length));
    if (objects.length === 0)
      return {
        sources: [],
        unreadable: [{ name: address, error: new Error('there is no log file of those asked for') }],
        leftOut: [],
      };
    return { sources: objects.map(sourceOf), unreadable: [], leftOut: [] };
  } catch (error) {
    progress.clear();
    if (error instanceof UsageError) throw error;
    return { sources: [], unreadable: [{ name: address, error }], leftOut: [] };
  }
}

/** @throws UsageError for an address that is none */
export function readAddress(address: string): { readonly name: string; readonly prefix: string } {
  const [, name = '', prefix = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/s.exec(address) ?? [];
  if (name === '') throw new UsageError(`${quoted(address)} is no address of a bucket; allowed: s3://BUCKET/PREFIX`);
  return { name, prefix };
}

/** `s3://trail: 1,204 log files, 56.1 MiB; 12 LIST and 1,204 GET requests cost about 0.0005 USD …`. */
export function costLine(
  address: string,
  lists: number,
  objects: readonly LogObject[],
  known = 0,
  thing = 'log file',
): string {
  const bytes = objects.reduce((sum, { size }) => sum + size, 0);
  const gib = bytes / 2 ** 30;
  const requests = lists * PRICE_OF_LIST + objects.length * PRICE_OF_GET;
  return [
    `${quoted(address).slice(1, -1)}: ${counted(objects.length, thing)} to read, ${(bytes / 2 ** 20).toFixed(1)} MiB${known > 0 ? `, ${known} read before` : ''}`,
    `${lists} LIST and ${objects.length} GET requests cost about ${requests.toFixed(4)} USD`,
    `and out of AWS up to ${(gib * PRICE_OF_GIB).toFixed(4)} USD more, at the prices of us-east-1`,
  ].join('; ');
}

/** What was read before, by its address: the records of the service in each. */
type Done = Map<string, readonly unknown[]>;

/** @throws UsageError where the file is none that `readOnce` wrote */
function readDone(file: string): Done {
  const done: Done = new Map();
  if (!existsSync(file)) return done;
  const lines = readFileSync(file, 'utf8').split('\n');
  for (const [at, line] of lines.entries()) {
    if (line === '') continue;
    try {
      const entry: unknown = JSON.parse(line);
      if (!isObject(entry) || typeof entry['object'] !== 'string' || !Array.isArray(entry['records']))
        throw new SyntaxError('no entry');
      done.set(entry['object'], entry['records'] as readonly unknown[]);
    } catch (error) {
      // The last line may have been cut short.
      if (error instanceof SyntaxError && at === lines.length - 1) break;
      throw new UsageError(
        `--resume ${quoted(file)} is no file of read log files, in line ${at + 1}: ${textOfError(error)}`,
      );
    }
  }
  return done;
}

/** The records of an object as a log file: as they were read before, or read now and kept. */
async function readOnce(
  address: string,
  get: () => Promise<Uint8Array>,
  done: Done | undefined,
  file: string | undefined,
): Promise<Uint8Array> {
  const before = done?.get(address);
  if (before) return Buffer.from(JSON.stringify({ Records: before }));
  const bytes = await get();
  if (file === undefined) return bytes;
  const { kind, records, unread } = await readInput(bytes);
  // What could not be read is not kept: it is to be told the next time as well.
  if (kind === 'records' && unread.length === 0)
    appendFileSync(file, `${JSON.stringify({ object: address, records })}\n`);
  return bytes;
}

/** S3 itself, by its SDK, which is loaded when it is first asked. */
export const s3BucketOf = async (Bucket: string): Promise<ToldBucket> => {
  const { GetObjectCommand, ListObjectsV2Command, S3Client } = await sdk(
    '@aws-sdk/client-s3',
    's3://',
    () => import('@aws-sdk/client-s3'),
  );
  const client = new S3Client({ followRegionRedirects: true, maxAttempts: 5 });
  const read = async (Key: string): Promise<ObjectRead> => {
    const { Body, Metadata = {} } = await client.send(new GetObjectCommand({ Bucket, Key }));
    if (!Body) throw new Error('object has no body');
    return { bytes: await Body.transformToByteArray(), metadata: Metadata };
  };
  return {
    read,
    get: async (key) => (await read(key)).bytes,
    list: async ({ prefix, isFlat, token }) => {
      const {
        Contents = [],
        CommonPrefixes = [],
        NextContinuationToken,
      } = await client.send(
        new ListObjectsV2Command({
          Bucket,
          Prefix: prefix,
          ...(!isFlat && { Delimiter: '/' }),
          ...(token !== undefined && { ContinuationToken: token }),
        }),
      );
      return {
        objects: Contents.map(({ Key = '', Size = 0 }) => ({ key: Key, size: Size })),
        folders: CommonPrefixes.map(({ Prefix = '' }) => Prefix),
        nextToken: NextContinuationToken,
      };
    },
  };
};
