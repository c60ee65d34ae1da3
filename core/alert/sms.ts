import { ascii, unlinked } from '../base/plain-text';
import type { Brief } from './brief';

/** One part of a text message holds 140 bytes. */
const MAX_LENGTH = 140;

/** One line that fits one text message: how severe, whether it happened and what; then the names, which may be long. */
export function smsText(brief: Brief): string {
  const { severity, attempt, correction, rule, eventName, about, accountId, region, call } = brief;
  const did = about === undefined ? eventName : `${eventName} on ${about}`;
  const what = attempt ? `${did} (${rule})` : `${rule}: ${did}`;
  const marked = [attempt, correction && 'correction', what].filter(Boolean).join(': ');
  return ascii(unlinked(`${severity} ${marked}, ${accountId} ${region}, by ${call.caller.name}`), MAX_LENGTH);
}
