import { UsageError, type Console } from '../console';
import { quoted } from '../quoted';
import { filesUnder, type Found, type Source } from './paths';
import type { BucketOf, S3Options } from './s3';

export type { Found, Source } from './paths';

/** Most of what is looked at are files. */
const inBuckets = () => import('./s3.js');

/** What stands for standard input. */
const STANDARD_INPUT = '-';

export interface SourceOptions extends S3Options {
  /** What to read in folders instead of log files. */
  readonly include: readonly string[];
}

/**
 * What to read for the operands of a command: files and what is in folders, log files in buckets, standard input for a hyphen.
 * @throws UsageError for an operand that is empty, and for what begins as an address of a bucket and is none
 */
export async function sourcesOf(
  operands: readonly string[],
  options: SourceOptions,
  console: Console,
  bucketOf?: BucketOf,
): Promise<Found> {
  const { include } = options;
  const sources: Source[] = [];
  const unreadable: Found['unreadable'][number][] = [];
  const leftOut: string[] = [];
  for (const operand of new Set(operands)) {
    if (operand === STANDARD_INPUT) {
      sources.push({ name: 'standard input', isNamed: true, read: () => readStandardInput(console) });
      continue;
    }
    const isInBucket = /^s3:/i.test(operand);
    if (operand === '') throw new UsageError('a PATH is empty; allowed: a file, a folder, - or s3://BUCKET/PREFIX');
    const found = isInBucket
      ? await (await inBuckets()).logFilesInBucket(operand, options, console, bucketOf)
      : filesUnder([operand], include);
    // One by one: a folder may hold more files than a call takes arguments.
    for (const one of found.sources) sources.push(one);
    for (const one of found.unreadable) unreadable.push(one);
    for (const one of found.leftOut) leftOut.push(one);
  }
  if (sources.length === 0 && unreadable.length === 0) {
    unreadable.push({ name: operands.join(', '), error: new Error(noFiles(include)) });
  }
  return { sources: eachOnce(sources), unreadable, leftOut };
}

function noFiles(include: readonly string[]): string {
  return include.length === 0
    ? 'there is no .json, .jsonl, .ndjson and no .gz file to read'
    : `there is no file to read that is named like ${include.map(quoted).join(' or ')}`;
}

async function readStandardInput({ in: read }: Console): Promise<Uint8Array> {
  if (!read) throw new Error('there is no standard input');
  return read();
}

/** A file that is named and also in a folder is read once. */
function eachOnce(sources: readonly Source[]): readonly Source[] {
  return [...new Map(sources.toReversed().map((source) => [source.name, source])).values()].toReversed();
}
