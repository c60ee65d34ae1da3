import { command } from '../cli/command';
import type { Console } from '../cli/console';
import { runProgram } from '../cli/program';
import { catchesOf, mismatchesIn } from './fuzz-figures';

const AT_ONCE = 10_000;

/** @returns the exit code */
async function fuzz(seed: number, first: number, end: number, console: Console): Promise<number> {
  let mismatches = 0;
  for (let from = first; from < end; from += AT_ONCE) {
    const found = await mismatchesIn(seed, from, Math.min(from + AT_ONCE, end));
    found.slice(0, Math.max(0, 10 - mismatches)).forEach((mismatch) => console.out(`${mismatch}\n`));
    mismatches += found.length;
  }
  console.out(`${end - first} cases of seed ${seed}: ${mismatches} mismatches\n`);
  return mismatches === 0 ? 0 : 1;
}

/** Whether the cases find the mistakes they are to find. @returns the exit code */
function catchMutants(seed: number, cases: number, console: Console): number {
  const caught = Object.entries(catchesOf(seed, cases));
  for (const [name, times] of caught) {
    console.out(`naive reading ${name}: caught by ${times} of ${cases} cases\n`);
  }
  return caught.every(([, times]) => times > 0) ? 0 : 1;
}

runProgram(
  command({
    name: 'fuzz',
    summary: 'Reads made-up log files both as the function does and naively, and compares what comes out.',
    options: {
      cases: { type: 'whole-number', value: 'COUNT', least: 1, default: 100_000, description: 'how many log files' },
      seed: {
        type: 'whole-number',
        value: 'NUMBER',
        least: 0,
        description: 'the same seed makes the same log files (default: by the clock)',
      },
      case: {
        type: 'whole-number',
        value: 'NUMBER',
        least: 0,
        description: 'only this one of the seed, to look at a mismatch again; cases are counted from 0',
      },
    },
    examples: [
      { args: '--cases 5000', gives: 'a short run of a seed that is told' },
      { args: '--seed 42 --case 1234', gives: 'one case again' },
    ],
    exitCodes: { 0: 'no mismatch, and every wrong reading caught', 1: 'a mismatch, or a wrong reading not caught' },
    async run({ options }, console) {
      const { cases, case: only, seed = Date.now() % 1_000_000 } = options;
      if (only !== undefined) return fuzz(seed, only, only + 1, console);
      const code = await fuzz(seed, 0, cases, console);
      return Math.max(code, catchMutants(seed, Math.min(cases, 20_000), console));
    },
  }),
);
