import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/**
 * The table behind "said once" and "before and after". Three kinds of items share it, under the keys `pk` and `sk`:
 *
 * - `alert#<uid>`, `-`: an alert that was sent, or that the invocation `claimant` has claimed until `leaseUntil`
 * - `domain#<ARN>`, `<eventTime>#<uid>`: the configuration a call left behind, as JSON `null` where it is not
 *   known, and where the call was found, in `logFile`
 * - `burst#<uid>`, `-`: the `first` call of a burst, and a set of its `calls`, as many as are counted
 *
 * `expires` (seconds since 1970) is the table's time to live.
 */
export const PARTITION_KEY = 'pk';
export const SORT_KEY = 'sk';
export const TIME_TO_LIVE = 'expires';

/** CloudTrail delivers again for up to 30 days. */
const KEPT_SECONDS = 35 * 24 * 3600;

/** The time to live of what is written at `now`, in milliseconds since 1970. */
export const keptFrom = (now: number): AttributeValue => ({ N: String(Math.floor(now / 1000) + KEPT_SECONDS) });

export type Key = Record<typeof PARTITION_KEY | typeof SORT_KEY, AttributeValue>;

/** Whether the condition of a write did not hold. */
export function isRefused(error: unknown): boolean {
  return error instanceof Error && error.name === 'ConditionalCheckFailedException';
}
