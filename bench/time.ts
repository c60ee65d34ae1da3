import { isDeepStrictEqual } from 'node:util';
import { type LogFile, logFile, type Size, type Variant } from './corpus';
import type { Figure } from './figure';
import { measure, median, ratio, type Rounds } from './measure';
import { READINGS } from './readings';

/** A sample covers about this much JSON. */
const SAMPLE_BYTES = 4_000_000;

const QUIET: readonly Variant[] = ['es0', 'benign', 'utf8'];

/** Time to read log files of each size: G1 to G3. */
export async function timeFigures(quick: boolean): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const size of quick ? (['50k', '1m', '10m'] as const) : (['50k', '1m', '10m', '50m'] as const)) {
    for (const variant of QUIET) figures.push(...(await quietFigures(size, logFile(size, variant), quick)));
    figures.push(await hitFigure(logFile(size, 'es1'), roundsFor(size, quick)));
  }
  return figures;
}

function roundsFor(size: Size, quick: boolean): Rounds {
  return { warmUp: quick ? 1 : 3, counted: quick ? 5 : size === '50m' ? 9 : 21 };
}

async function quietFigures(size: Size, file: LogFile, quick: boolean): Promise<Figure[]> {
  const times = await timesOf(file, roundsFor(size, quick));
  const speed = file.rawBytes / 1000 / median(times.shipped);
  return [
    {
      goal: size === '50k' ? 'G1b' : 'G1',
      what: `time O / I, ${file.name}`,
      value: ratio(times, 'shipped', 'inflate'),
      note: `${speed.toFixed(0)} MB/s`,
    },
    { goal: 'G2', what: `time B / O, ${file.name}`, value: ratio(times, 'baseline', 'shipped') },
    { goal: 'G2b', what: `time async B / O, ${file.name}`, value: ratio(times, 'asyncBaseline', 'shipped') },
  ];
}

async function hitFigure(file: LogFile, rounds: Rounds): Promise<Figure> {
  const times = await timesOf(file, rounds);
  return { goal: 'G3', what: `time O / B, ${file.name}`, value: ratio(times, 'shipped', 'baseline') };
}

async function timesOf(file: LogFile, rounds: Rounds) {
  await requireSameAnswer(file);
  const { gzip } = file;
  const functions = {
    inflate: () => READINGS.inflate(gzip),
    baseline: () => READINGS.baseline(gzip),
    asyncBaseline: () => READINGS.asyncBaseline(gzip),
    shipped: () => READINGS.shipped(gzip),
  };
  return measure(functions, rounds, Math.max(1, Math.round(SAMPLE_BYTES / file.rawBytes)));
}

/** A wrong answer has no speed. */
export async function requireSameAnswer({ name, gzip }: Pick<LogFile, 'name' | 'gzip'>): Promise<void> {
  if (!isDeepStrictEqual(await READINGS.shipped(gzip), READINGS.baseline(gzip))) {
    throw new Error(`${name}: the shipped reading and the baseline differ`);
  }
}
