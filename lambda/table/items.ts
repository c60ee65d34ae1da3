import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { PARTITION_KEY, SORT_KEY } from '../environment';

/*
 * The table behind "said once" and "before and after". Several kinds of items share it, under the keys `pk` and `sk`:
 *
 * - `alert#<uid>`, `-`: the alert about a call: the worst severity that was `told`, the worst that was told as `attempted`,
 *   as indexes of `SEVERITIES`, and what was `shown` of what the call set; or that the invocation `claimant` has claimed it
 *   until `leaseUntil`, as an attempt the `attemptClaimant` until `attemptUntil`. An item with neither is one that version
 *   0.1 sent
 * - `alert#<uid>`, `owner#<owner>`: the same, as told to an owner
 * - `burst-alert#<uid>`, `-` or `owner#<owner>`: likewise, about a burst
 * - `domain#<ARN>`, `<eventTime>#<uid>`: an entry of the history. JSON: the `configuration` the call left behind, `null`
 *   where it is not known; the leaves it `asked` for; those that had been `told` of; the `logFile` it was found in. And
 *   its `caller`, and whether it was to be `mentioned`
 * - `place#<bucket>/<key>`, `-`: how many records of a log file are `done` that needs several invocations, their `mark`, and
 *   the first part of them with an alert that `failed`
 * - `burst#<uid>`, `-`: the `first` call of a burst, and a set of its `calls`, as many as are counted
 * - `digest#<bucket>/<key>`, `-`: the `hash` of a digest that was followed
 * - `chains`, `<folder, region and trail>`: `since` when the digests of a chain have been followed, when the last timely one
 *   was `heard`, and when one was heard `again` after the chain had been silent. In one partition, to be looked through
 * - `state-check`, `-`: what the check of state has `kept`; `state-check`, `chains`: its `lastLook` at the chains
 *
 * `expires` (seconds since 1970) is the table's time to live.
 */

const A_DAY = 24 * 3600;

/** CloudTrail delivers again for up to 30 days. */
export const KEPT_SECONDS = 35 * A_DAY;

/** Whether people were told is asked as long as a configuration is applied again and again. */
export const TOLD_SECONDS = 400 * A_DAY;

/** The time to live of what is written at `now`, in milliseconds since 1970. */
export const keptFrom = (now: number, seconds = KEPT_SECONDS): AttributeValue => ({
  N: String(Math.floor(now / 1000) + seconds),
});

export type Key = Record<typeof PARTITION_KEY | typeof SORT_KEY, AttributeValue>;

export const keyOfAlert = (uid: string, owner?: string): Key => ({ pk: { S: `alert#${uid}` }, sk: sortKeyOf(owner) });

export const keyOfBurstAlert = (uid: string, owner?: string): Key => ({
  pk: { S: `burst-alert#${uid}` },
  sk: sortKeyOf(owner),
});

const sortKeyOf = (owner: string | undefined): AttributeValue => ({ S: owner === undefined ? '-' : `owner#${owner}` });

/** Whether an alert was sent about a call that took effect. */
export const isToldItem = (item: Record<string, AttributeValue>): boolean =>
  item['told'] !== undefined ||
  ['attempted', 'leaseUntil', 'attemptUntil'].every((attribute) => item[attribute] === undefined);

/** Whether the condition of a write did not hold. */
export function isRefused(error: unknown): boolean {
  return error instanceof Error && error.name === 'ConditionalCheckFailedException';
}
