import { ascii, unlinked } from '../base/plain-text';
import type { Brief } from './brief';

/** One part of a text message holds 140 bytes. */
const MAX_LENGTH = 140;

/** One line that fits one text message: how severe, whether it happened and what; then the names, which may be long. */
export function smsText(brief: Brief): string {
  const { severity, attempt, correction, rule, eventName, about, accountId, accountName, region, call } = brief;
  const did = about === undefined ? eventName : `${eventName} on ${about}`;
  const what = attempt ? `${did} (${rule})` : `${rule}: ${did}`;
  const marked = [attempt, correction && 'correction', what].filter(Boolean).join(': ');
  const lineIn = (account: string): string =>
    unlinked(`${severity} ${marked}, ${account} ${region}, by ${call.caller.name}`);
  const named = lineIn(`${accountId} (${accountName})`);
  return ascii(accountName === undefined || named.length > MAX_LENGTH ? lineIn(accountId) : named, MAX_LENGTH);
}
