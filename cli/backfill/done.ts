import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { textOfError } from '../../core/base/error-text';
import { isObject } from '../../core/base/members';
import { UsageError } from '../console';
import { quoted } from '../quoted';

/** What is backfilled, and to where: what is resumed must be the same. */
export interface Task {
  readonly address: string;
  readonly queueUrl: string;
  /** The days as they were asked for: `30d` is of other days tomorrow. */
  readonly asked: string;
  /** Days of delivery, `YYYY-MM-DD`, both included. */
  readonly first: string;
  readonly last: string;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
}

/** How far a task came. */
export interface Done {
  readonly task: Task;
  /** How many log files were announced. */
  readonly announced: number;
  /** The key of the last of them. @default - none was */
  readonly lastKey?: string;
}

/**
 * How far `task` came by the file that `keepDone` wrote. A file that is not there is a beginning. Days that were asked for in the same
 * words are those of the file: whoever goes on the next day means the same.
 * @throws UsageError for a file that is none, and for one of another task
 */
export function readDone(file: string, task: Task): Done {
  if (!existsSync(file)) return { task, announced: 0 };
  const done = doneIn(file);
  const { asked, ...compared } = task;
  const differing = (Object.keys(compared) as (keyof typeof compared)[])
    .filter((name) => !(done.task.asked === asked && (name === 'first' || name === 'last')))
    .filter((name) => JSON.stringify(done.task[name]) !== JSON.stringify(task[name]));
  if (differing.length === 0) return done;
  const differences = differing.map(
    (name) => `${name} ${quoted(shown(done.task[name]))}, not ${quoted(shown(task[name]))}`,
  );
  throw new UsageError(
    `--resume ${quoted(file)} is of another backfill: its ${differences.join('; ')}. Give what was given then, or another file`,
  );
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function doneIn(file: string): Done {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (isObject(value) && isObject(value['task']) && Number.isSafeInteger(value['announced']))
      return value as unknown as Done;
    throw new SyntaxError('it has no task and count');
  } catch (error) {
    throw new UsageError(`--resume ${quoted(file)} is no file of a backfill: ${textOfError(error)}`);
  }
}

/** Keeps how far a task came; a process that is killed meanwhile leaves the file as it was. */
export function keepDone(file: string, done: Done): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(done)}\n`);
  renameSync(`${file}.new`, file);
}

/** Forgets a task that is done: the same words begin anew. */
export const forgetDone = (file: string): void => rmSync(file, { force: true });
