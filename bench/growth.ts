import { setFlagsFromString } from 'node:v8';
import { readRecords } from '../core/log-file';
import { recordsOf, toLogFile, type Variant } from './corpus';
import type { Figure } from './figure';
import { exponentOf, GROWING, type Growing } from './growing';
import { randomFrom } from './random';

/** Anything that grows faster costs too much once there is enough of it. */
const TARGET = { atMost: 1.1 };

const LOG_FILES: Readonly<Record<string, Growing>> = {
  'bytes of a log file without a call of ours': logFiles('es0'),
  'bytes of one of which a hundredth is ours': logFiles('es1'),
};

/** How processor time grows: the exponent, and what the least and the most of it took. */
export async function growthFigures(quick: boolean): Promise<Figure[]> {
  // Threads that help to collect garbage wait for each other in a loop, which is counted as well.
  setFlagsFromString('--no-parallel-scavenge');
  const figures: Figure[] = [];
  for (const [what, growing] of Object.entries({ ...LOG_FILES, ...GROWING })) {
    figures.push(await growthFigure(what, growing, quick ? 5 : 15));
  }
  setFlagsFromString('--parallel-scavenge');
  return figures;
}

async function growthFigure(what: string, { sizes, workOn, engineOn }: Growing, rounds: number): Promise<Figure> {
  const costs = await costsOf(sizes, workOn, rounds);
  const told = `at best ${sizes.map((size, at) => `${size}: ${costs[at]?.toPrecision(2)} ms`).join(', ')}`;
  const figure = { what: `exponent of ${what}`, target: TARGET };
  if (!engineOn) return { ...figure, value: exponentOf(sizes, costs), note: told };
  const engine = exponentOf(sizes, await costsOf(sizes, engineOn, rounds));
  const value = exponentOf(sizes, costs) - (engine - 1);
  return { ...figure, value, note: `${told}; JSON.parse alone, taken as 1: ${engine.toFixed(2)}` };
}

type Work = () => unknown;

/** Milliseconds of one round are at least as many: less is not worth a look at the clock. */
const LONG_ENOUGH = 10;
const MOST_TIMES = 200;

/**
 * Milliseconds of processor time of the work on each size, in turns, after rounds in which the engine compiles. What is little
 * is done more often, until it is as much, so that what the engine collects now and then falls on all of them alike. It is
 * the least of the rounds, as other work on the machine only adds to it.
 */
async function costsOf(sizes: readonly number[], workOn: (size: number) => Work, rounds: number): Promise<number[]> {
  const works = sizes.map(workOn);
  const most = sizes.at(-1) ?? 1;
  // The first times, it is compiled.
  await millisecondsOf(works.at(-1), 5);
  const times = Math.min(MOST_TIMES, Math.ceil(LONG_ENOUGH / (await millisecondsOf(works.at(-1), 5))));
  const least = sizes.map(() => Number.POSITIVE_INFINITY);
  for (let round = -3; round < rounds; round++) {
    for (const [at, size] of sizes.entries()) {
      const each = await millisecondsOf(works[at], Math.round((times * most) / size));
      if (round >= 0) least[at] = Math.min(least[at] ?? each, each);
    }
  }
  return least;
}

async function millisecondsOf(work: Work | undefined, times: number): Promise<number> {
  const start = process.cpuUsage();
  for (let time = 0; time < times; time++) await work?.();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000 / times;
}

function logFiles(variant: Variant): Growing {
  return {
    sizes: [250_000, 1_000_000, 4_000_000, 16_000_000],
    workOn: (size) => {
      const { gzip } = toLogFile(variant, recordsOf(size, variant, randomFrom(size)));
      return () => readRecords(gzip);
    },
  };
}
