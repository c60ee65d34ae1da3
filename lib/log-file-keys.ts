import { Token } from 'aws-cdk-lib';

export { DEFAULT_PREFIX, LOG_FILE_SUFFIX } from '../core/notification';

/**
 * The keys of all log files that start with `prefix`, and of as little else as a pattern can say: their siblings are in
 * folders such as `CloudTrail-Digest/`. Whatever the layout, of an account or of an organization, the folder of a log file
 * is called `CloudTrail`; it may be in the prefix already.
 */
export function logFilesUnder(prefix: string): string {
  return Token.isUnresolved(prefix) || /(?:^|\/)CloudTrail\//.test(prefix) ? `${prefix}*` : `${prefix}*CloudTrail/*`;
}
