import { command } from '../cli/command';
import { runProgram } from '../cli/program';
import { textOfError } from '../core/base/error-text';
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

runProgram(
  command({
    name: 'chaos',
    summary: 'Kills the function while it works, on this machine, and checks that every risky call is told.',
    options: {
      runs: { type: 'whole-number', value: 'COUNT', least: 1, default: 100, description: 'how many log files' },
      seed: {
        type: 'whole-number',
        value: 'NUMBER',
        least: 0,
        default: 1,
        description: 'the same seed makes the same log files, deliveries and kills, as far as time allows',
      },
    },
    examples: [
      { args: '--runs 10', gives: 'a short run' },
      { args: '--runs 100 --seed 7', gives: 'other log files and kills' },
    ],
    exitCodes: {
      0: 'nothing is missing and every repeat is explained',
      1: 'otherwise, or a run does not come to its end',
    },
    async run({ options: { runs, seed } }, console) {
      const tell = (run: number, { riskyCalls, told, repeats }: ChaosFigures): void => {
        if (run % 10 === 0) console.err(`run ${run}: ${told} of ${riskyCalls} risky calls told, ${repeats} repeats\n`);
      };
      try {
        const { lines, faults } = reportOf(await chaos({ runs, seed, mostKills: 3, tell }));
        for (const line of lines) console.out(`${line}\n`);
        for (const fault of faults) console.err(`${fault}\n`);
        return faults.length > 0 ? 1 : 0;
      } catch (error) {
        console.err(`${textOfError(error)}\n`);
        return 1;
      }
    },
  }),
);
