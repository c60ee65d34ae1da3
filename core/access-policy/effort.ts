/**
 * How much of a policy's patterns is compared with each other. A policy may be written to take minutes, by whoever may
 * call the API.
 */
export interface Effort {
  /** Pays for so many steps; `false` where nothing is left to pay with. */
  readonly spend: (steps: number) => boolean;
  /** How many steps can still be paid for. */
  readonly left: () => number;
  readonly isSpent: () => boolean;
}

/** Some hundredths of a second: one log file may hold hundreds of such calls. Policies that people write take hundredths of it. */
const MOST_STEPS = 1_500_000;

export function newEffort(): Effort {
  let left = MOST_STEPS;
  return {
    spend: (steps) => {
      left -= steps;
      return left >= 0;
    },
    left: () => Math.max(0, left),
    isSpent: () => left < 0,
  };
}
