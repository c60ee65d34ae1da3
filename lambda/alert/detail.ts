import { plain } from '../plain-text';

/** How much an alert tells: less of it where SNS's limit would be passed. */
export interface Detail {
  /** Findings told in full, worst first; the others are named. */
  readonly findings: number;
  /** Pieces of evidence for each finding told. */
  readonly evidence: number;
  /** Characters of each piece. */
  readonly characters: number;
}

export const FULL: Detail = { findings: 50, evidence: 20, characters: 1000 };

/** From everything to the least; the least fits whatever the call holds. */
export const LEVELS: readonly Detail[] = [
  FULL,
  { findings: 50, evidence: 5, characters: 500 },
  { findings: 20, evidence: 2, characters: 300 },
  { findings: 5, evidence: 1, characters: 200 },
];

/** The evidence that is told, safe to show, and how many pieces are not. */
export function told(evidence: readonly string[], detail: Detail): { pieces: readonly string[]; leftOut: number } {
  return {
    pieces: evidence.slice(0, detail.evidence).map((piece) => plain(piece, detail.characters)),
    leftOut: Math.max(0, evidence.length - detail.evidence),
  };
}
