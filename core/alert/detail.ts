import { shortened } from '../base/plain-text';

/** How much an alert tells: less of it where SNS's limit would be passed. */
export interface Detail {
  /** Findings told in full, worst first; the others are named. */
  readonly findings: number;
  /** Pieces of evidence for each finding told; of the others, the number is told. */
  readonly evidence: number;
  /** Characters of each piece; one that is longer ends in an ellipsis. */
  readonly characters: number;
  /** Clauses of what changed. */
  readonly changes: number;
}

/** From everything to the least; the least fits whatever the call holds. */
export const LEVELS: readonly [Detail, ...Detail[]] = [
  { findings: 50, evidence: 20, characters: 1000, changes: 30 },
  { findings: 50, evidence: 5, characters: 500, changes: 30 },
  { findings: 20, evidence: 2, characters: 300, changes: 15 },
  { findings: 5, evidence: 1, characters: 200, changes: 5 },
];

/** What evidence is told, and how many pieces are not. */
interface Told {
  readonly pieces: readonly string[];
  readonly leftOut: number;
}

/** @param more how many pieces there are beside those of `evidence` */
export function told(evidence: readonly string[], more: number, detail: Detail): Told {
  return {
    pieces: evidence.slice(0, detail.evidence).map((piece) => shortened(piece, detail.characters)),
    leftOut: Math.max(0, evidence.length - detail.evidence) + more,
  };
}
