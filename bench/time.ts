import { isDeepStrictEqual } from 'node:util';
import { readRecords } from '../core/log-file';
import { type LogFile, logFile, type Size, type Variant } from './corpus';
import type { Figure, GoalId } from './figure';
import { type Groups, measure, median, ratio, type Times } from './measure';
import { OTHER_CALLS } from './other-calls';
import { READINGS } from './readings';

/** A sample covers about this much JSON, or a file; and a block of samples about that much, or three files. */
const SAMPLE_BYTES = 500_000;
const BLOCK_BYTES = 60_000_000;

const QUIET: readonly Variant[] = ['es0', 'benign', 'utf8'];
/** What a search has more to do with, or an inflate less. */
const HARD: readonly Variant[] = ['dense', 'busy'];

/** Time to read log files of each size: G1 to G3. */
export async function timeFigures(quick: boolean): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const size of quick ? (['50k', '1m', '10m'] as const) : (['50k', '1m', '10m', '50m'] as const)) {
    const blocks = quick ? 3 : 7;
    for (const variant of [...QUIET, ...HARD]) figures.push(...(await quietFigures(size, variant, blocks)));
    figures.push(await askedFigure(size, blocks), ...(await hitFigures(size, blocks)));
  }
  const rows = figures.filter(({ goal }) => goal === 'G1').map(({ value }) => value);
  return [...figures, { goal: 'G1m', what: 'time O / I, the median of the G1 rows', value: median(rows) }];
}

async function quietFigures(size: Size, variant: Variant, blocks: number): Promise<Figure[]> {
  const file = logFile(size, variant);
  const times = await timesOf(file, blocks);
  const speed = `${(file.rawBytes / 1000 / median(times.shipped)).toFixed(0)} MB/s, ${compressionOf(file)}`;
  return [
    {
      goal: inflateGoal(size, variant),
      what: `time O / I, ${file.name}`,
      ...ratio(times, 'shipped', 'inflate'),
      note: speed,
    },
    { goal: 'G2', what: `time B / O, ${file.name}`, ...ratio(times, 'baseline', 'alone') },
    { goal: 'G2b', what: `time async B / O, ${file.name}`, ...ratio(times, 'asyncBaseline', 'alone') },
  ];
}

function inflateGoal(size: Size, variant: Variant): GoalId {
  if (HARD.includes(variant)) return 'G1c';
  return size === '50k' ? 'G1b' : 'G1';
}

const compressionOf = ({ rawBytes, gzip }: LogFile): string => `${(rawBytes / gzip.length).toFixed(0)}:1`;

/** The calls of other services are looked for in the same pass. */
async function askedFigure(size: Size, blocks: number): Promise<Figure> {
  const { gzip, rawBytes } = logFile(size, 'busy');
  const inflate = (): unknown => READINGS.inflate(gzip);
  const asked = (): unknown => readRecords(gzip, { others: OTHER_CALLS });
  const times = await measureFile<'inflate' | 'asked'>([{ inflate, asked }], rawBytes, blocks);
  const count = Object.values(OTHER_CALLS).flat().length;
  const note = `${count} calls of ${Object.keys(OTHER_CALLS).length} services asked for, none there`;
  return { goal: 'G1c', what: `time O / I, ${size} busy, asked`, ...ratio(times, 'asked', 'inflate'), note };
}

async function hitFigures(size: Size, blocks: number): Promise<Figure[]> {
  const file = logFile(size, 'es1');
  const times = await timesOf(file, blocks);
  return [
    { goal: 'G3', what: `time O / B, ${file.name}`, ...ratio(times, 'alone', 'baseline') },
    {
      ...(size !== '50k' && { goal: 'G3b' as const }),
      what: `time O / I, ${file.name}`,
      ...ratio(times, 'shipped', 'inflate'),
    },
  ];
}

async function timesOf(file: LogFile, blocks: number) {
  await requireSameAnswer(file);
  const { gzip, rawBytes } = file;
  const inflate = (): unknown => READINGS.inflate(gzip);
  const shipped = (): unknown => READINGS.shipped(gzip);
  const baseline = (): unknown => READINGS.baseline(gzip);
  const asyncBaseline = (): unknown => READINGS.asyncBaseline(gzip);
  return measureFile<'inflate' | 'shipped' | 'alone' | 'baseline' | 'asyncBaseline'>(
    [{ inflate, shipped }, { alone: shipped }, { baseline }, { asyncBaseline }],
    rawBytes,
    blocks,
  );
}

function measureFile<Name extends string>(
  groups: Groups<Name>,
  rawBytes: number,
  blocks: number,
): Promise<Times<Name>> {
  const repeats = Math.max(1, Math.round(SAMPLE_BYTES / rawBytes));
  const rounds = Math.max(3, Math.round(BLOCK_BYTES / rawBytes / repeats));
  return measure(groups, { blocks, rounds }, repeats);
}

/** A wrong answer has no speed. */
export async function requireSameAnswer({ name, gzip }: Pick<LogFile, 'name' | 'gzip'>): Promise<void> {
  if (!isDeepStrictEqual(await READINGS.shipped(gzip), READINGS.baseline(gzip))) {
    throw new Error(`${name}: the shipped reading and the baseline differ`);
  }
}
