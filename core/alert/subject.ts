import { ascii, shortened } from '../base/plain-text';
import type { Brief } from './brief';

/** SNS takes fewer than a hundred characters. */
const MAX_LENGTH = 99;

/** A shorter end would tell nothing. */
const SHORTEST_END = 6;

/**
 * The subject of the e-mail: how severe, whether it happened, what and where. What does not fit is cut from the end: first
 * the rule of an attempt, or the name of a call that a rule's id stands for; then the name of the account; then its id and the
 * region, which are whole or not there.
 */
export function subjectOf(brief: Brief): string {
  const { severity, attempt, correction, burst, rule, eventName, about, accountId, accountName, region } = brief;
  const [what, other] = attempt ? [eventName, rule] : [rule, eventName];
  const on = about === undefined ? '' : ` on ${shortened(about, 40)}`;
  const such = burst ? `${burst.calls} calls such as ` : '';
  const head = ascii(
    [severity, attempt, correction && 'correction', `${such}${what}${on}`].filter(Boolean).join(': '),
    MAX_LENGTH,
  );
  const place = `${ascii(accountId, 20)} ${ascii(region, 30)}`;
  const named = `${head} (${ascii(accountName ?? '', 40)} ${place})`;
  const placed = accountName === undefined || named.length > MAX_LENGTH ? `${head} (${place})` : named;
  if (placed.length > MAX_LENGTH) return head;
  const room = MAX_LENGTH - placed.length - ': '.length;
  return room < SHORTEST_END ? placed : `${placed}: ${ascii(other, room)}`;
}
