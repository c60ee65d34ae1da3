import { command } from '../cli/command';
import { runProgram } from '../cli/program';
import { bounded } from '../core/base/bounded';
import { textOfError } from '../core/base/error-text';
import { tableOf, together, type Figures } from './faults/figures';
import { batchTableOf, runHostileBatches } from './faults/hostile-batch';
import { runModel } from './faults/model';
import { runOnThisMachine } from './faults/on-this-machine';

interface Place {
  readonly title: string;
  readonly run: (seed: number, files: number) => Promise<Figures>;
  /** How many seeds at once. */
  readonly atOnce: number;
}

const PLACES: Readonly<Record<'model' | 'machine', Place>> = {
  model: {
    title: 'In a model: the function in one process and virtual time',
    run: (seed, files) => runModel(seed, files),
    atOnce: 1,
  },
  machine: {
    title: 'On this machine: the bundle in processes that are killed, against emulators',
    run: (seed, files) => runOnThisMachine(seed, files),
    // Most of the time is waited.
    atOnce: 2,
  },
};

/** Lines that say what is wrong, at most. */
const MOST_LINES = 50;

runProgram(
  command({
    name: 'test:faults',
    summary: 'Lets everything go wrong that can, and checks that every risky call is told.',
    options: {
      seeds: {
        type: 'whole-number',
        value: 'COUNT',
        least: 1,
        default: 2,
        description: 'how many runs, each with a seed of its own',
      },
      files: {
        type: 'whole-number',
        value: 'COUNT',
        least: 1,
        default: 300,
        description: 'how many log files in each',
      },
      first: {
        type: 'whole-number',
        value: 'NUMBER',
        least: 0,
        default: 1,
        description: 'the first seed; in the model, the same one gives the same run',
      },
      on: {
        type: 'choice',
        value: 'PLACE',
        allowed: ['model', 'machine', 'batch', 'all'],
        default: 'all',
        description:
          'where: a model of the services, emulators on this machine, batches with one hostile file, or all of them',
      },
    },
    examples: [
      { args: '--seeds 2 --files 300', gives: 'what CI runs' },
      { args: '--seeds 20 --files 10000 --on model', gives: 'a long run' },
    ],
    exitCodes: {
      0: 'nothing is lost, every repeat has a reason, and the accounts balance',
      1: 'otherwise, or a run does not come to its end',
    },
    async run({ options: { seeds, files, first, on } }, console) {
      const wrong: string[] = [];
      const start = performance.now();
      const done = (what: string): void =>
        console.err(`${what} done after ${Math.round((performance.now() - start) / 1000)} s\n`);
      const attempt = async <Result>(what: string, work: () => Promise<Result>): Promise<readonly Result[]> => {
        try {
          return [await work()];
        } catch (error) {
          wrong.push(`${what}: ${textOfError(error)}`);
          return [];
        } finally {
          done(what);
        }
      };

      for (const [name, { title, run, atOnce }] of Object.entries(PLACES)) {
        if (on !== 'all' && on !== name) continue;
        const inFlight = bounded(atOnce, atOnce);
        const all = await Promise.all(
          Array.from({ length: seeds }, (_, at) =>
            inFlight(1, () => attempt(`${name}, seed ${first + at}`, () => run(first + at, files))),
          ),
        );
        const figures = together(all.flat());
        console.out(`${title}\n\n${tableOf(figures).join('\n')}\n\n`);
        wrong.push(...figures.wrong);
      }
      if (on === 'all' || on === 'batch') {
        const [batches = []] = await attempt('batches', () => runHostileBatches());
        console.out(`One batch of ten, at the memory of the function\n\n${batchTableOf(batches).join('\n')}\n\n`);
        wrong.push(...batches.flatMap((batch) => batch.wrong ?? []));
      }
      for (const line of wrong.slice(0, MOST_LINES)) console.err(`${line}\n`);
      if (wrong.length > MOST_LINES) console.err(`and ${wrong.length - MOST_LINES} more\n`);
      return wrong.length > 0 ? 1 : 0;
    },
  }),
);
