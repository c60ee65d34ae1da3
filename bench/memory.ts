import { readAlone, writeTemporary } from './children';
import { logFile } from './corpus';
import type { Figure, GoalId } from './figure';
import { median } from './measure';
import type { ReadingName } from './readings';

/** Peak memory of reading the largest file, in processes of their own: G4 to G4c. */
export function memoryFigures(quick: boolean): Figure[] {
  const quiet = writeTemporary('quiet.json.gz', logFile('50m', 'es0').gzip);
  const hit = writeTemporary('hit.json.gz', logFile('50m', 'es1').gzip);
  const children = quick ? 1 : 5;
  return [growthFigure('G4', quiet, children), growthFigure('G4b', hit, children), heapFigure(hit, quick)];
}

function growthFigure(goal: GoalId, path: string, children: number): Figure {
  const growth = (reading: ReadingName): number =>
    median(Array.from({ length: children }, () => growthOf(reading, path)));
  const [shipped, baseline] = [growth('shipped'), growth('baseline')];
  return {
    goal,
    what: `growth of peak memory O / B, 50m ${goal === 'G4' ? 'es0' : 'es1'}`,
    value: shipped / baseline,
    note: `${shipped.toFixed(0)} MB / ${baseline.toFixed(0)} MB`,
  };
}

function growthOf(reading: ReadingName, path: string): number {
  const outcome = readAlone(reading, path);
  if ('error' in outcome) throw new Error(`${reading} cannot read ${path}: ${outcome.error}`);
  return outcome.reading.growth;
}

function heapFigure(path: string, quick: boolean): Figure {
  const fits = (reading: ReadingName, heap: number): boolean =>
    'reading' in readAlone(reading, path, [`--max-old-space-size=${heap}`]);
  const smallest = (quick ? [32, 64] : [8, 16, 32, 64]).find((heap) => fits('shipped', heap)) ?? Infinity;
  const note = `the baseline ${fits('baseline', 32) ? 'reads it with 32 MB too' : 'runs out of 32 MB'}`;
  return { goal: 'G4c', what: 'JavaScript heap that 50m es1 needs', value: smallest, unit: 'MB', note };
}
