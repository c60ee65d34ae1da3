/** How often is measured. */
export interface Rounds {
  /** Times over: what else the machine does in the meantime changes from one to the next. */
  readonly blocks: number;
  /** Samples of each function in a block, after one that is not counted. */
  readonly rounds: number;
}

/** Functions by name. */
export type Groups<Name extends string> = readonly Readonly<Partial<Record<Name, () => unknown>>>[];

/** Milliseconds of processor time per call of each function, by block: means, so that garbage counts where it falls. */
export type Times<Name extends string> = Readonly<Record<Name, readonly number[]>>;

/**
 * Times functions by the processor time of the whole process, which does not grow with what else the machine does.
 *
 * Functions of one group take turns, in both directions: where the garbage collector leaves the memory makes a
 * difference of a third, and so hits all of them alike. Groups are run apart, after a round that is not counted, or the
 * garbage of one would be collected at the expense of another. A sample is `repeats` calls.
 */
export async function measure<Name extends string>(
  groups: Groups<Name>,
  { blocks, rounds }: Rounds,
  repeats: number,
): Promise<Times<Name>> {
  const times: Partial<Record<Name, number[]>> = {};
  for (let block = 0; block < blocks; block++) {
    for (const group of groups) {
      const functions = Object.entries(group) as [Name, () => unknown][];
      const totals = new Map<Name, number>();
      for (let round = 0; round <= rounds; round++) {
        for (const [name, work] of round % 2 === 0 ? functions : functions.toReversed()) {
          const time = await processorTime(work, repeats);
          if (round > 0) totals.set(name, (totals.get(name) ?? 0) + time);
        }
      }
      for (const [name, total] of totals) (times[name] ??= []).push(total / rounds);
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

/** `times[above]` to `times[below]`, block by block. */
export function ratio<Name extends string>(times: Times<Name>, above: Name, below: Name): Measured {
  return measured(times[above].map((time, block) => time / (times[below][block] ?? Number.NaN)));
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
