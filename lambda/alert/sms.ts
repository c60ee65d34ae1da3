import { ascii } from '../plain-text';
import type { Verdict } from './verdict';

/** One part of a text message holds 140 bytes. */
const MAX_LENGTH = 140;

/** One line that fits one text message; the rule comes before the names, which may be long. */
export function smsText({ severity, rule, eventName, domain, accountId, region, call }: Verdict): string {
  const by = call.caller.name;
  return ascii(
    `${severity} ${rule}: ${eventName}${domain ? ` on ${domain}` : ''}, ${accountId} ${region}, by ${by}`,
    MAX_LENGTH,
  );
}
