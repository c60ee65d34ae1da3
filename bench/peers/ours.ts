import { readFileSync } from 'node:fs';
import { readRecords } from '../../core/log-file';

/** Counts the records of the service in the log files it is given: what each peer does as well. */
async function main(paths: readonly string[]): Promise<void> {
  let count = 0;
  for (const path of paths) count += (await readRecords(readFileSync(path))).records.length;
  console.log(count);
}

void main(process.argv.slice(2));
