import { parseArgs } from 'node:util';
import { chaos, KILL_POINTS, type ChaosFigures } from './chaos-runs';

/** Lines of figures, and what is wrong with them, where something is. */
function reportOf(figures: ChaosFigures): { readonly lines: readonly string[]; readonly faults: readonly string[] } {
  const kills = KILL_POINTS.map((point) => figures.kills[point]).reduce((sum, one) => sum + one, 0);
  const unexplained = figures.repeats - figures.repeatsExplained;
  const rows: readonly (readonly [number, string])[] = [
    [figures.runs, 'runs'],
    [figures.deliveries, 'deliveries of log files'],
    [kills, 'kills of the function'],
    ...KILL_POINTS.map((point) => [figures.kills[point], `  ${point}`] as const),
    [figures.riskyCalls, 'risky calls'],
    [figures.told, 'in the inbox at least once'],
    [figures.missing.length, 'missing'],
    [figures.unchangedTold.length, 'told though they changed nothing'],
    [figures.deadLetters, 'in the dead-letter queue'],
    [figures.repeats, 'repeats'],
    [figures.repeatsExplained, '  after a kill between publish and record'],
    [unexplained, '  not explained by a kill'],
  ];
  return {
    lines: rows.map(([count, what]) => `${String(count).padStart(6)}  ${what}`),
    faults: [
      ...figures.missing.map((uid) => `${uid} is missing`),
      ...figures.unchangedTold.map((uid) => `${uid} changed nothing and was told`),
      ...(unexplained === 0 ? [] : [`${unexplained} repeats are not explained by a kill`]),
      ...(figures.deadLetters === 0 ? [] : [`${figures.deadLetters} messages are in the dead-letter queue`]),
    ],
  };
}

/** Exit code 0 when nothing is missing and every repeat is explained, 1 otherwise. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { runs: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
  });
  const [runs, seed] = [Number(values.runs), Number(values.seed)];
  if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs is ${values.runs}, allowed: a whole number from 1`);
  if (!Number.isInteger(seed)) throw new Error(`--seed is ${values.seed}, allowed: a whole number`);
  const tell = (run: number, { riskyCalls, told, repeats }: ChaosFigures): void => {
    if (run % 10 === 0) console.error(`run ${run}: ${told} of ${riskyCalls} risky calls told, ${repeats} repeats`);
  };
  const { lines, faults } = reportOf(await chaos({ runs, seed, mostKills: 3, tell }));
  for (const line of lines) console.log(line);
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
