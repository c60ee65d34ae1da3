import { parseArgs } from 'node:util';
import { catchesOf, mismatchesIn } from './fuzz-figures';

const { values } = parseArgs({
  options: { cases: { type: 'string', default: '100000' }, seed: { type: 'string' }, case: { type: 'string' } },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const [first, end] =
  values.case === undefined ? [0, Number(values.cases)] : [Number(values.case), Number(values.case) + 1];
if (![seed, first, end].every(Number.isSafeInteger)) {
  throw new Error(`--cases, --seed and --case take whole numbers, got ${JSON.stringify(values)}`);
}

const AT_ONCE = 10_000;

async function fuzz(): Promise<void> {
  let mismatches = 0;
  for (let from = first; from < end; from += AT_ONCE) {
    const found = await mismatchesIn(seed, from, Math.min(from + AT_ONCE, end));
    found.slice(0, Math.max(0, 10 - mismatches)).forEach((mismatch) => console.log(mismatch));
    mismatches += found.length;
  }
  console.log(`${end - first} cases of seed ${seed}: ${mismatches} mismatches`);
  const mutantCases = Math.min(end - first, 20_000);
  const caught = values.case === undefined ? Object.entries(catchesOf(seed, mutantCases)) : [];
  for (const [name, times] of caught) console.log(`naive reading ${name}: caught by ${times} of ${mutantCases} cases`);
  process.exitCode = mismatches === 0 && caught.every(([, times]) => times > 0) ? 0 : 1;
}

void fuzz();
