import { spawnSync } from 'node:child_process';
import type { Cost } from './alone-child';
import { bundled, writeTemporary } from './children';
import { logFile, type Size, type Variant } from './corpus';
import type { Figure, GoalId } from './figure';
import { median, ratio } from './measure';
import type { ReadingName } from './readings';

type Costs = Readonly<Record<ReadingName, readonly Cost[]>>;

/**
 * The ratios of `timeFigures` between processes of their own. Where readings share a heap, the garbage of one decides which
 * memory the other is given, and what the system takes for new pages is counted where it falls.
 */
export function aloneFigures(quick: boolean): Figure[] {
  const rounds = quick ? 3 : 5;
  const sizes: readonly Size[] = quick ? ['50k', '1m', '10m'] : ['50k', '1m', '10m', '50m'];
  return sizes.flatMap((size) => [
    ...quietFigures(size, 'es0', size === '50k' ? 'G1b' : 'G1', rounds),
    ...quietFigures(size, 'dense', 'G1c', rounds),
    ...quietFigures(size, 'busy', 'G1c', rounds),
    ...hitFigures(size, rounds),
  ]);
}

function quietFigures(size: Size, variant: Variant, goal: GoalId, rounds: number): Figure[] {
  const costs = costsOf(size, variant, ['inflate', 'shipped', 'baseline', 'asyncBaseline'], rounds);
  return [
    { ...figureOf(costs, 'shipped', 'inflate', `time O / I, ${size} ${variant}, alone`), goal },
    { ...figureOf(costs, 'baseline', 'shipped', `time B / O, ${size} ${variant}, alone`), goal: 'G2' },
    { ...figureOf(costs, 'asyncBaseline', 'shipped', `time async B / O, ${size} ${variant}, alone`), goal: 'G2b' },
  ];
}

function hitFigures(size: Size, rounds: number): Figure[] {
  const costs = costsOf(size, 'es1', ['inflate', 'shipped', 'baseline'], rounds);
  const toInflate = figureOf(costs, 'shipped', 'inflate', `time O / I, ${size} es1, alone`);
  return [
    { ...figureOf(costs, 'shipped', 'baseline', `time O / B, ${size} es1, alone`), goal: 'G3' },
    { ...toInflate, ...(size !== '50k' && { goal: 'G3b' as const }) },
  ];
}

function figureOf(costs: Partial<Costs>, above: ReadingName, below: ReadingName, what: string): Figure {
  const of = (name: ReadingName): readonly Cost[] => costs[name] ?? [];
  const times = {
    above: of(above).map(({ milliseconds }) => milliseconds),
    below: of(below).map(({ milliseconds }) => milliseconds),
  };
  const faults = (name: ReadingName): string => median(of(name).map(({ pageFaults }) => pageFaults)).toFixed(0);
  return { what, ...ratio(times, 'above', 'below'), note: `page faults ${faults(above)} / ${faults(below)}` };
}

let program: string | undefined;

/** The readings take turns, in both directions. */
function costsOf(
  size: Size,
  variant: Variant,
  readings: readonly ReadingName[],
  rounds: number,
): Partial<Record<ReadingName, Cost[]>> {
  program ??= bundled('alone-child');
  const path = writeTemporary(`${size}-${variant}.json.gz`, logFile(size, variant).gzip);
  const costs: Partial<Record<ReadingName, Cost[]>> = {};
  for (let round = 0; round < rounds; round++) {
    for (const reading of round % 2 === 0 ? readings : readings.toReversed()) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [program, reading, path], { encoding: 'utf8' });
      if (status !== 0) throw new Error(`${reading} cannot read ${size} ${variant}: ${stderr}`);
      (costs[reading] ??= []).push(JSON.parse(stdout) as Cost);
    }
  }
  return costs;
}
