import { readFileSync } from 'node:fs';
import { type ReadingName, READINGS } from './readings';

/** What reading one log file over and over takes in a process that does nothing else, for each time. */
export interface Cost {
  /** Of processor time. */
  readonly milliseconds: number;
  /** Pages that the system had to hand out. */
  readonly pageFaults: number;
}

const WARM_UP = 3;
const MILLISECONDS = 500;

async function main([reading, path]: readonly string[]): Promise<void> {
  const gzip = readFileSync(path ?? '');
  const read = READINGS[reading as ReadingName];
  for (let time = 0; time < WARM_UP; time++) await read(gzip);
  const before = process.resourceUsage();
  let times = 0;
  for (const end = performance.now() + MILLISECONDS; performance.now() < end; times++) await read(gzip);
  const after = process.resourceUsage();
  const cost: Cost = {
    milliseconds: (after.userCPUTime + after.systemCPUTime - before.userCPUTime - before.systemCPUTime) / 1000 / times,
    pageFaults: (after.minorPageFault - before.minorPageFault) / times,
  };
  console.log(JSON.stringify(cost));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(String(error));
  process.exitCode = 1;
});
