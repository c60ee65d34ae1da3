import type { Figure } from './figure';
import { gzipMismatchIn } from './fuzz-gzip';
import { catches, mismatchIn, NAIVE_READINGS } from './fuzz-readings';

const SEED = 20_261_124;

/** Every 20th case is compressed, and perhaps damaged, as well. */
const GZIP_EVERY = 20;

/** Cases `first` up to `end` of `seed` that the shipped readings get wrong. */
export async function mismatchesIn(seed: number, first: number, end: number): Promise<string[]> {
  const mismatches: string[] = [];
  for (let index = first; index < end; index++) {
    const gzip = index % GZIP_EVERY === 0 ? await gzipMismatchIn(seed, index) : undefined;
    mismatches.push(...[await mismatchIn(seed, index), gzip].filter((mismatch) => mismatch !== undefined));
  }
  return mismatches;
}

/** How many of the cases catch each naive reading. */
export function catchesOf(seed: number, cases: number): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(NAIVE_READINGS).map(([name, reading]) => [
      name,
      Array.from({ length: cases }, (_, index) => catches(reading, seed, index)).filter(Boolean).length,
    ]),
  );
}

/** Wrong answers in the differential fuzz: G6. */
export async function fuzzFigures(quick: boolean): Promise<Figure[]> {
  const cases = quick ? 5_000 : 500_000;
  const caught = catchesOf(SEED, Math.min(cases, 20_000));
  const mismatches = await mismatchesIn(SEED, 0, cases);
  mismatches.slice(0, 10).forEach((mismatch) => console.error(mismatch));
  const missed = Object.values(caught).filter((times) => times === 0).length;
  const note = `${cases} cases; naive readings caught ${Object.values(caught).join(', ')} times in ${Math.min(cases, 20_000)}`;
  return [
    { goal: 'G6', what: 'wrong answers and missed mutants', value: mismatches.length + missed, unit: 'cases', note },
  ];
}
