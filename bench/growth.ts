import { readRecords } from '../core/log-file';
import { recordsOf, toLogFile, type Variant } from './corpus';
import type { Figure } from './figure';
import { exponentOf, GROWING, type Growing } from './growing';
import { median } from './measure';
import { randomFrom } from './random';

/** Anything that grows faster costs too much once there is enough of it. */
const TARGET = { atMost: 1.1 };

const LOG_FILES: Readonly<Record<string, Growing>> = {
  'bytes of a log file without a call of ours': logFiles('es0'),
  'bytes of one of which a hundredth is ours': logFiles('es1'),
};

/** How processor time grows: the exponent, and what the least and the most of it took. */
export async function growthFigures(quick: boolean): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [what, growing] of Object.entries({ ...LOG_FILES, ...GROWING })) {
    figures.push(await growthFigure(what, growing, quick ? 5 : 15));
  }
  return figures;
}

async function growthFigure(what: string, { sizes, workOn }: Growing, rounds: number): Promise<Figure> {
  const costs: number[] = [];
  for (const work of sizes.map(workOn)) costs.push(await costOf(work, rounds));
  const told = sizes.map((size, at) => `${size}: ${costs[at]?.toPrecision(2)} ms`);
  return { what: `exponent of ${what}`, value: exponentOf(sizes, costs), target: TARGET, note: told.join(', ') };
}

/** Milliseconds of processor time, after rounds in which the engine compiles. */
async function costOf(work: () => Promise<unknown>, rounds: number): Promise<number> {
  const times: number[] = [];
  for (let round = -3; round < rounds; round++) {
    const start = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(start);
    if (round >= 0) times.push((user + system) / 1000);
  }
  return median(times);
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
