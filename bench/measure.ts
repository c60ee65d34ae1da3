export interface Rounds {
  readonly warmUp: number;
  readonly counted: number;
}

/** Milliseconds per call of each function, by round. */
export type Times<Name extends string> = Readonly<Record<Name, readonly number[]>>;

/**
 * Times functions in turn, round by round, so that what else the machine does hits all alike: only ratios of one round
 * mean anything. Every second round goes backwards, or one function would always pay for the garbage of the same other.
 * A sample is `repeats` calls.
 */
export async function measure<Name extends string>(
  functions: Readonly<Record<Name, () => unknown>>,
  rounds: Rounds,
  repeats: number,
): Promise<Times<Name>> {
  const names = Object.keys(functions) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;
  for (let round = 0; round < rounds.warmUp + rounds.counted; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const start = performance.now();
      for (let call = 0; call < repeats; call++) await functions[name]();
      if (round >= rounds.warmUp) times[name].push((performance.now() - start) / repeats);
    }
  }
  return times;
}

/** The median over the rounds of `times[above]` to `times[below]`. */
export function ratio<Name extends string>(times: Times<Name>, above: Name, below: Name): number {
  return median(times[above].map((time, round) => time / (times[below][round] ?? Number.NaN)));
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
