import { readFile } from 'node:fs/promises';
import { textOfError } from '../core/base/error-text';
import { plain } from '../core/base/plain-text';
import { scan, type Judgement } from '../core/scan';
import type { Criteria } from '../core/settings';
import type { Console } from './console';
import { progressOn } from './progress';
import { logFilesUnder } from './sources/paths';

/** What became of the files: each was read, skipped among them those that are no log files, or failed. */
export interface Tally {
  readonly read: number;
  /** How many of the files read are of each kind that has no records to judge. */
  readonly skipped: ReadonlyMap<string, number>;
  readonly failed: number;
  readonly alerts: number;
}

/**
 * Judges the log files under `paths`, one after the other. A file that fails is told on standard error and keeps no other
 * from being read.
 * @param tell hears of each file; answers how many alerts it told
 */
export async function scanPaths(
  paths: readonly string[],
  criteria: Criteria,
  console: Console,
  tell: (path: string, judgements: readonly Judgement[]) => number,
): Promise<Tally> {
  const { files, unreadable } = await logFilesUnder(paths);
  const progress = progressOn(console, files.length);
  const skipped = new Map<string, number>();
  let read = 0;
  let failed = 0;
  let alerts = 0;
  const fail = (path: string, error: unknown): void => {
    failed += 1;
    progress.clear();
    console.err(`${plain(path, 1000)}: ${plain(textOfError(error), 1000)}\n`);
  };

  for (const { path, error } of unreadable) fail(path, error);
  if (files.length === 0 && unreadable.length === 0) {
    fail(paths.join(', '), new Error('there is no .json and no .gz file to scan'));
  }
  for (const [at, path] of files.entries()) {
    progress.show(at, alerts);
    try {
      const { kind, judgements } = await scan(await readFile(path), criteria, undefined, path);
      if (kind !== 'records') skipped.set(kind, (skipped.get(kind) ?? 0) + 1);
      progress.clear();
      alerts += tell(path, judgements);
      read += 1;
    } catch (error) {
      fail(path, error);
    }
  }
  progress.clear();
  return { read, skipped, failed, alerts };
}
