import { Token } from 'aws-cdk-lib';

export { DEFAULT_PREFIX, LOG_FILE_SUFFIX } from '../core/notification';

/**
 * The keys of all log files that start with `prefix`, and of as little else as a pattern can say: their siblings are in
 * folders such as `CloudTrail-Digest/`. Whatever the layout, of an account or of an organization, the folder of a log file
 * is called `CloudTrail`; it may be in the prefix already.
 */
export function logFilesUnder(prefix: string): string {
  return Token.isUnresolved(prefix) || IN_FOLDER.test(prefix) ? `${prefix}*` : `${prefix}*CloudTrail/*`;
}

const IN_FOLDER = /(^|\/)CloudTrail\//;

/** What the keys of the digests start with, beside log files whose keys start with `prefix`. */
export function digestPrefix(prefix: string): string {
  return prefix.replace(IN_FOLDER, '$1CloudTrail-Digest/');
}

/** The keys of all digests beside log files whose keys start with `prefix`, as `logFilesUnder` does it. */
export function digestsUnder(prefix: string): string {
  const digests = digestPrefix(prefix);
  return Token.isUnresolved(prefix) || digests !== prefix ? `${digests}*` : `${digests}*CloudTrail-Digest/*`;
}
