import type { Operation } from './catalogue';

/** What became of a call. A denied one was not allowed; a failed one was, and was refused for another reason. */
export type Outcome = 'succeeded' | 'denied' | 'failed';

export function outcomeOf(errorCode: string | undefined): Outcome {
  if (errorCode === undefined) return 'succeeded';
  return /AccessDenied|Unauthorized/i.test(errorCode) ? 'denied' : 'failed';
}

/** Seen: "A change/update is in progress. Please wait for it to complete before requesting another change." */
const BUSY =
  /\b(changes?|updates?|upgrades?)( [\w-]+){0,8} in progress\b|\b(currently|already|still) being (changed|updated|upgraded|modified|processed)\b/i;
const NOT_BUSY =
  /\b(no|without)( \w+){0,3} ([\w]+\/)?(changes?|updates?|upgrades?)( \w+){0,3} in progress\b|\bnot( \w+)? in progress\b/i;

/** What a message quotes was written by the caller, who may write quotes as well: from the first on nothing counts. */
const QUOTE = /(?<!\w)'|'(?!\w)|"/;
const REFUSES_A_VALUE = /\bvalidation errors? detected\b|\bfailed to satisfy\b|\binvalid value\b/i;

/** Whether a call was refused because an earlier change is still being applied. */
export function isRefusedAsBusy(errorCode = '', errorMessage = ''): boolean {
  if (!/ValidationException/i.test(errorCode) || REFUSES_A_VALUE.test(errorMessage)) return false;
  const [said = ''] = errorMessage.split(QUOTE);
  return BUSY.test(said) && !NOT_BUSY.test(said);
}

/** The verbs of operations that take something away, before the next word of the name. */
const TAKES_AWAY = /^(Delete|Remove|Detach|Deregister|Dissociate|Revoke)(?![a-z])/;

/** Whether a call failed because what it would have taken away is not there: then nothing was at risk. */
export function isDeletionOfNothing(call: {
  readonly operation?: Operation;
  readonly outcome: Outcome;
  readonly errorCode?: string;
}): boolean {
  const { operation = '', outcome, errorCode = '' } = call;
  return (
    outcome === 'failed' && TAKES_AWAY.test(operation) && /^(Client\.)?ResourceNotFound(Exception)?$/i.test(errorCode)
  );
}
