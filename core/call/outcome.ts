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
