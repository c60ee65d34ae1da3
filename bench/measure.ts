/** How often is measured. */
export interface Rounds {
  /** Times over: what else the machine does in the meantime changes from one to the next. */
  readonly blocks: number;
  /** Samples of each function in a block, after one that is not counted. */
  readonly rounds: number;
}

/** Milliseconds of processor time per call of each function, by block. */
export type Times<Name extends string> = Readonly<Record<Name, readonly (readonly number[])[]>>;

/**
 * Times functions by the processor time of the whole process, which does not grow with what else the machine does.
 * Functions of one group take turns, in both directions. Groups are run apart, after a round that is not counted: or the
 * garbage of one would be collected at the expense of another. A sample is `repeats` calls.
 */
export async function measure<Name extends string>(
  groups: readonly Readonly<Partial<Record<Name, () => unknown>>>[],
  { blocks, rounds }: Rounds,
  repeats: number,
): Promise<Times<Name>> {
  const times: Partial<Record<Name, number[][]>> = {};
  for (let block = 0; block < blocks; block++) {
    for (const group of groups) {
      const functions = Object.entries(group) as [Name, () => unknown][];
      for (const [name] of functions) (times[name] ??= []).push([]);
      for (let round = 0; round <= rounds; round++) {
        for (const [name, work] of round % 2 === 0 ? functions : functions.toReversed()) {
          const time = await processorTime(work, repeats);
          if (round > 0) times[name]?.[block]?.push(time);
        }
      }
    }
  }
  return times as Times<Name>;
}

async function processorTime(work: () => unknown, repeats: number): Promise<number> {
  const before = process.cpuUsage();
  for (let call = 0; call < repeats; call++) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / repeats;
}

/** The median over the blocks, and the least and the most of them. */
export interface Measured {
  readonly value: number;
  readonly range: readonly [least: number, most: number];
}

/** `times[above]` to `times[below]`: of each block the medians are compared. */
export function ratio<Name extends string>(times: Times<Name>, above: Name, below: Name): Measured {
  const ofBlocks = times[above].map((block, at) => median(block) / median(times[below][at] ?? []));
  return measured(ofBlocks);
}

export function duration<Name extends string>(times: Times<Name>, name: Name): Measured {
  return measured(times[name].map(median));
}

export function measured(values: readonly number[]): Measured {
  return { value: median(values), range: [Math.min(...values), Math.max(...values)] };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
