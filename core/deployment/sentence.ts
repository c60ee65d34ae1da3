import type { Expected, JudgedResource } from './judge';

/** `CreateDomain on logs: anyone on the internet can …`: the sentence of the alert, of a call that is not made yet. */
export const sentenceOf = (
  { eventName = 'no call', domain }: JudgedResource,
  { evidence: [first] }: Expected,
): string => `${eventName}${domain === undefined ? '' : ` on ${domain}`}: ${first}`;
