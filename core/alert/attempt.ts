import type { Call } from '../call';

/** What stands before everything that is told of a call which did not succeed. */
export type Attempt = 'attempted, denied' | 'attempted, failed';

export function attemptOf({ outcome }: Call): Attempt | undefined {
  return outcome === 'succeeded' ? undefined : `attempted, ${outcome}`;
}

/** How the attempt ended: the last clause about the caller. */
export function endOf(attempt: Attempt, errorCode: string): string {
  return `${attempt === 'attempted, denied' ? 'was denied' : 'failed'}${errorCode && ` (${errorCode})`}`;
}

/**
 * What rules say in the present of what a call does, said of one that did it not. What they say of the record alone holds
 * either way, and stays.
 */
export function conditional(evidence: string): string {
  // Behind the first clause stands why it would be so, as the policy that was asked for has it, and the domain itself.
  const end = /[:;] /.exec(evidence)?.index ?? evidence.length;
  const [clause, reasons] = [evidence.slice(0, end), evidence.slice(end)];
  const effect = EFFECTS.find(([present]) => clause.search(present) !== -1);
  if (effect === undefined) return evidence;
  return clause.replace(...effect) + REASONS.reduce((text, reason) => text.replace(...reason), reasons);
}

/** Whether evidence, in the conditional, tells what would be; otherwise it tells of the record. */
export const tellsWhatWouldBe = (evidence: string): boolean => /\b(would|could)\b/.test(evidence);

/** The verbs rules tell effects with, the most specific first. */
const EFFECTS: readonly [present: RegExp, conditional: string][] = [
  [/\b(?:would|could)\b/, '$&'],
  [/\b(?:is|are) now\b/, 'would now be'],
  [/\b(?:can|may) now\b/, 'could now'],
  [
    /\b(?:is|are) (?=(?!watched|judged|recorded|omitted)(?:\w+ed|set|put|cut|given|taken|sent|made)\b)/g,
    'would have been ',
  ],
  [/\bno longer goes\b/, 'would no longer go'],
  [/\b(?:can|may)\b/, 'could'],
  [/\bbecomes\b/, 'would become'],
  [/\bgo\b/, 'would go'],
  [/\bstops\b/, 'would stop'],
  [/^the TLS policy is\b/, 'the TLS policy would have been'],
  [/^it changes\b/, 'it would have changed'],
  [/^it sets\b/, 'it would have set'],
  [/^it removes\b/, 'it would have removed'],
];

const REASONS: readonly [present: RegExp, conditional: string][] = [
  [/; the domain has /, '; the domain would have '],
  [/; the domain is reachable /, '; the domain would be reachable '],
  [/^; it lets in /, '; it would let in '],
];
