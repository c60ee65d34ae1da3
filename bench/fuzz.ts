import { parseArgs } from 'node:util';
import { mismatchIn } from './fuzz-readings';
import { gzipMismatchIn } from './fuzz-gzip';

const { values } = parseArgs({
  options: { cases: { type: 'string', default: '100000' }, seed: { type: 'string' }, case: { type: 'string' } },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const [first, end] =
  values.case === undefined ? [0, Number(values.cases)] : [Number(values.case), Number(values.case) + 1];
if (![seed, first, end].every(Number.isSafeInteger)) {
  throw new Error(`--cases, --seed and --case take whole numbers, got ${JSON.stringify(values)}`);
}

async function fuzz(): Promise<void> {
  let mismatches = 0;
  for (let index = first; index < end; index++) {
    const gzipLayer = index % 20 === 0 ? await gzipMismatchIn(seed, index) : undefined;
    for (const mismatch of [await mismatchIn(seed, index), gzipLayer]) {
      if (mismatch === undefined) continue;
      mismatches++;
      if (mismatches <= 10) console.log(mismatch);
    }
  }
  console.log(`${end - first} cases of seed ${seed}: ${mismatches} mismatches`);
  process.exitCode = mismatches === 0 ? 0 : 1;
}

void fuzz();
