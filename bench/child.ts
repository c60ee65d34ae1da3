import { readFileSync } from 'node:fs';
import { peakMemory } from './peak';
import { type ReadingName, READINGS } from './readings';

/** What reading one log file does to a process that does nothing else. */
export interface Reading {
  readonly records: number;
  readonly milliseconds: number;
  /** The highest the process's memory was, in MB. */
  readonly peak: number;
  /** How far that is above the highest before. */
  readonly growth: number;
}

async function main([reading, path]: readonly string[]): Promise<void> {
  const gzip = readFileSync(path ?? '');
  const before = peakMemory();
  const start = performance.now();
  const records = (await READINGS[reading as ReadingName](gzip)) as readonly unknown[];
  const milliseconds = performance.now() - start;
  const peak = peakMemory();
  const answer: Reading = { records: records.length, milliseconds, peak, growth: peak - before };
  console.log(JSON.stringify(answer));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(String(error));
  process.exitCode = 1;
});
