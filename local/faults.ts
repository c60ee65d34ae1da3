import { command } from '../cli/command';
import { runProgram } from '../cli/program';
import { all } from '../core/base/all';
import { bounded } from '../core/base/bounded';
import { textOfError } from '../core/base/error-text';
import { apart } from './faults/apart';
import { tableOf, together, type Figures } from './faults/figures';
import { batchTableOf } from './faults/hostile-batch';
import { runModel } from './faults/model';

/** What came of a part of the suite. */
interface Outcome {
  readonly title: string;
  readonly table: readonly string[];
  /** In words. */
  readonly wrong: readonly string[];
}

/** Does `work` and tells when it is done. A failure is one more thing that is wrong. */
type Attempt = <Result>(what: string, work: () => Promise<Result>) => Promise<readonly Result[]>;

/** The seeds of a run, and how many log files each has. */
interface Extent {
  readonly seeds: readonly number[];
  readonly files: number;
}

async function seedsIn(
  place: string,
  title: string,
  { seeds, files }: Extent,
  atOnce: number,
  run: (seed: number, files: number) => Promise<Figures>,
  attempt: Attempt,
): Promise<Outcome> {
  const inFlight = bounded(atOnce, atOnce);
  const runs = await all(seeds, (seed) => inFlight(1, () => attempt(`${place}, seed ${seed}`, () => run(seed, files))));
  const figures = together(runs.flat());
  return { title, table: tableOf(figures), wrong: figures.wrong };
}

async function hostileBatches(attempt: Attempt): Promise<Outcome> {
  const [batches = []] = await attempt('batches', () => apart('batch'));
  return {
    title: 'One batch of ten, at the memory of the function',
    table: batchTableOf(batches),
    wrong: batches.flatMap((batch) => batch.wrong ?? []),
  };
}

/** In the order in which they are told. */
const PLACES: Readonly<Record<'model' | 'machine' | 'batch', (extent: Extent, attempt: Attempt) => Promise<Outcome>>> =
  {
    model: (extent, attempt) =>
      seedsIn('model', 'In a model: the function in one process and virtual time', extent, 1, runModel, attempt),
    machine: (extent, attempt) =>
      seedsIn(
        'machine',
        'On this machine: the bundle in processes that are killed, against emulators',
        extent,
        2,
        (seed, files) => apart('machine', seed, files),
        attempt,
      ),
    batch: (_, attempt) => hostileBatches(attempt),
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
      const attempt: Attempt = async (what, work) => {
        try {
          return [await work()];
        } catch (error) {
          wrong.push(`${what}: ${textOfError(error)}`);
          return [];
        } finally {
          done(what);
        }
      };

      const extent = { seeds: Array.from({ length: seeds }, (_, at) => first + at), files };
      const places = Object.entries(PLACES).filter(([name]) => on === 'all' || on === name);
      // Side by side: most of the time of what is not the model is waited.
      const outcomes = places.map(([, run]) => run(extent, attempt));
      for (const outcome of outcomes) {
        const { title, table, wrong: found } = await outcome;
        console.out(`${title}\n\n${table.join('\n')}\n\n`);
        wrong.push(...found);
      }
      for (const line of wrong.slice(0, MOST_LINES)) console.err(`${line}\n`);
      if (wrong.length > MOST_LINES) console.err(`and ${wrong.length - MOST_LINES} more\n`);
      return wrong.length > 0 ? 1 : 0;
    },
  }),
);
