import { ascii, unlinked } from '../base/plain-text';
import type { Brief } from './brief';

/** One part of a text message holds 140 bytes. */
const MAX_LENGTH = 140;

/** One line that fits one text message; the rule comes before the names, which may be long. */
export function smsText({ severity, rule, eventName, domain, accountId, region, call }: Brief): string {
  const attempted = call.outcome === 'succeeded' ? '' : 'attempted ';
  const what = `${attempted}${eventName}${domain ? ` on ${domain}` : ''}`;
  const line = unlinked(`${severity} ${rule}: ${what}, ${accountId} ${region}, by ${call.caller.name}`);
  return ascii(line, MAX_LENGTH);
}
