/** What the object at a key is: a log file, or one of its siblings in the same bucket, which end in `.json.gz` too. */
export type ObjectKind = 'log-file' | 'digest' | 'insight' | 'network-activity' | 'aggregated' | 'not-a-log-file';

/**
 * `[prefix/]AWSLogs/[o-organization/]account/CloudTrail/region/year/month/day/name`. A prefix may hold anything, an
 * `AWSLogs/` of its own as well. The date is the delivery's; the name means nothing but its end.
 */
const TRAIL_OBJECT =
  /^(?:.+\/)?AWSLogs\/(?:o-[a-z0-9]+\/)?\d{12}\/(CloudTrail(?:-[A-Za-z]+)?)\/[a-z0-9-]+\/\d{4}\/\d{2}\/\d{2}\/[^/]+\.json(?:\.gz)?$/s;

const KINDS: ReadonlyMap<string | undefined, ObjectKind> = new Map([
  ['CloudTrail', 'log-file'],
  ['CloudTrail-Digest', 'digest'],
  ['CloudTrail-Insight', 'insight'],
  ['CloudTrail-NetworkActivity', 'network-activity'],
  ['CloudTrail-Aggregated', 'aggregated'],
]);

/** `key` as the object is called, not as S3 writes it in its messages. */
export function kindOf(key: string): ObjectKind {
  return KINDS.get(TRAIL_OBJECT.exec(key)?.[1]) ?? 'not-a-log-file';
}

/**
 * The key of an object from S3's own messages, which write it as in a form: ` ` as `+`, `+` as `%2B`. EventBridge and
 * CloudTrail write keys as they are. A key that does not decode is taken as it stands.
 */
export function decodeKey(written: string): string {
  try {
    return decodeURIComponent(written.replaceAll('+', ' '));
  } catch (error) {
    if (error instanceof URIError) return written;
    throw error;
  }
}
