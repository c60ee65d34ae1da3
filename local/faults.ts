import { command } from '../cli/command';
import { runProgram } from '../cli/program';
import { textOfError } from '../core/base/error-text';
import { tableOf, together, type Figures } from './faults/figures';
import { runModel } from './faults/model';
import { runOnThisMachine } from './faults/on-this-machine';

const PLACES: Readonly<
  Record<
    'model' | 'machine',
    { readonly title: string; readonly run: (seed: number, files: number) => Promise<Figures> }
  >
> = {
  model: {
    title: 'in a model: the function in one process and virtual time',
    run: (seed, files) => runModel(seed, files),
  },
  machine: {
    title: 'on this machine: the bundle in processes that are killed, against emulators',
    run: (seed, files) => runOnThisMachine(seed, files),
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
        allowed: ['model', 'machine', 'both'],
        default: 'both',
        description: 'where: a model of the services, emulators on this machine, or one after the other',
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
      let isRight = true;
      for (const [name, { title, run }] of Object.entries(PLACES)) {
        if (on !== 'both' && on !== name) continue;
        const start = performance.now();
        const all: Figures[] = [];
        for (let seed = first; seed < first + seeds; seed++) {
          try {
            all.push(await run(seed, files));
          } catch (error) {
            console.err(`seed ${seed}: ${textOfError(error)}\n`);
            isRight = false;
          }
          console.err(`${name}: seed ${seed} done after ${Math.round((performance.now() - start) / 1000)} s\n`);
        }
        const figures = together(all);
        console.out(`${title}\n\n${tableOf(figures).join('\n')}\n\n`);
        for (const line of figures.wrong.slice(0, MOST_LINES)) console.err(`${line}\n`);
        if (figures.wrong.length > 0) isRight = false;
      }
      return isRight ? 0 : 1;
    },
  }),
);
