import { memberOf } from '../core/base/members';
import { contentHash, placeOf, type Deviation } from '../core/digest';
import { readRecords, type LogFileContent, type ReadOptions } from '../core/log-file';
import type { LogFileRef } from '../core/notification';

/** Whether S3 said that there is no such object. It says so only to those who may list the bucket. */
export const isGone = (error: unknown): boolean => memberOf(error, 'name') === 'NoSuchKey';

/** What became of a log file that a digest lists. */
export interface Checked {
  readonly state: 'intact' | 'missing' | 'altered';
  /** What it holds, where that can be read. */
  readonly content?: LogFileContent;
}

/**
 * Holds a log file to what a digest lists.
 * @param bytes the object; `undefined` where there is none
 * @param reading how its records are read
 * @throws Error where CloudTrail itself delivered what cannot be read
 */
export async function checked(
  { listed }: Pick<LogFileRef, 'listed'>,
  bytes: Uint8Array | undefined,
  reading: ReadOptions & { readonly signal: AbortSignal },
): Promise<Checked> {
  if (bytes === undefined) return { state: 'missing' };
  try {
    const content = await readRecords(bytes, { ...reading, isHashed: true });
    return { state: content.hash === listed?.hash ? 'intact' : 'altered', content };
  } catch (error) {
    reading.signal.throwIfAborted();
    const hash = await contentHash(bytes).catch(() => undefined);
    if (hash === listed?.hash) throw error;
    return { state: 'altered' };
  }
}

/** What is told of a log file that is not as a digest lists it; `undefined` where it is. */
export function deviationOf({ bucket, key, listed }: LogFileRef, state: Checked['state']): Deviation | undefined {
  if (state === 'intact' || listed === undefined) return undefined;
  const { digest } = listed;
  const { account = '', region = '', trail = '' } = placeOf(digest.key) ?? {};
  return {
    kind: state === 'missing' ? 'log-file-missing' : 'log-file-altered',
    account,
    region,
    trail,
    digest: `s3://${digest.bucket}/${digest.key}`,
    time: digest.end,
    object: `s3://${bucket}/${key}`,
  };
}
