/* The exposure clock: from when to when who reached the data of a domain. */

export { minutesBetween, periodsOf, type Period } from './clock';
export { bearsOnAccess, closingClause } from './closed';
export { durationText, periodSentence } from './sentence';
export { isOpen } from './standing';
