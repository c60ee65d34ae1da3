import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { Figure, GoalId } from './figure';
import { ratio } from './measure';
import { NODE_FILTER, scanOf } from './peers/peers';
import { canTime, type Taken, taken, writtenLogFiles } from './whole-processes';

const ROOT = path.join(__dirname, '..');
const BUILT = path.join(ROOT, 'dist', 'cli', 'es-config-monitor.mjs');

const SCAN = scanOf('.').command;

/** Whole processes of the command line as it is packed, beside what reads the same files without a verdict: G3c, G9 and G9b. */
export function commandLineFigures(quick: boolean): Figure[] {
  if (!canTime()) {
    process.stderr.write('SKIPPED: taskset and GNU time are not on this machine\n');
    return [];
  }
  execFileSync(process.execPath, ['--import', 'tsx', path.join('local', 'build.ts')], { cwd: ROOT });
  const rounds = quick ? 3 : 9;

  function figure(goal: GoalId, what: string, above: () => Taken, below: () => Taken, member: keyof Taken): Figure {
    const times: { above: number[]; below: number[] } = { above: [], below: [] };
    for (let round = 0; round < rounds; round++) {
      times.above.push(above()[member]);
      times.below.push(below()[member]);
    }
    const [one, other] = [times.above, times.below].map((all) => Math.min(...all).toFixed(2));
    return { goal, what, ...ratio(times, 'above', 'below'), note: `at best ${one} s / ${other} s` };
  }

  function byReading(goal: GoalId, files: number, bytes: number, what: string, by: string): Figure {
    const { folder, names } = writtenLogFiles(what, files, bytes, goal === 'G3c' ? 'es1' : 'es0');
    const run = (command: string, args: readonly string[] = []) =>
      taken(command, '0', folder, { COMMAND_LINE: BUILT }, args);
    return figure(
      goal,
      what,
      () => run(SCAN),
      () => run(by, names),
      'processor',
    );
  }

  function byCores(files: number): Figure {
    const what = `time of a scan on one core / on two, ${files} x 10 MB`;
    const { folder } = writtenLogFiles(what, files, 10_000_000, 'es0');
    const run = (cores: string) => taken(SCAN, cores, folder, { COMMAND_LINE: BUILT });
    return figure(
      'G9b',
      what,
      () => run('0'),
      () => run('0,1'),
      'seconds',
    );
  }

  return [
    byReading('G3c', 20, 10_000_000, 'scan, JSON / gunzip, JSON.parse, filter: 20 x 10 MB, 1 % es', NODE_FILTER),
    byReading('G9', 2000, 50_000, 'scan / zcat: 2,000 x 50 KB', 'zcat "$@" > /dev/null'),
    byReading('G9', 20, 10_000_000, 'scan / zcat: 20 x 10 MB', 'zcat "$@" > /dev/null'),
    ...[24, 48, 96].map(byCores),
  ];
}
