import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { Calls } from '../../core/base/event-source';
import { textOfError } from '../../core/base/error-text';
import { readInput, type Input } from '../../core/export';
import { hold, take, waitFor, type Places } from './places';

/** What is in a file, or why it cannot be read. */
export type Answer = { readonly input: Input } | { readonly error: string };

/** Files by their places in the list, what was found in each, and how many bytes each is held for. */
export type Answers = readonly (readonly [at: number, answer: Answer, held: number])[];

/** What each thread is given when it starts. */
export interface Work {
  readonly files: readonly string[];
  /** Calls of other services whose records are wanted as well. */
  readonly others: Calls;
  /** The `Places`. */
  readonly shared: SharedArrayBuffer;
}

/** As long a thread reads before it answers: messages of single small files would cost as much as reading them. In seconds. */
const PAUSE = 0.005;

export async function readFileAt(
  at: number,
  { files, others }: Pick<Work, 'files' | 'others'>,
  places: Places,
): Promise<readonly [Answer, held: number]> {
  const file = files[at] ?? '';
  try {
    const content = readFileSync(file);
    const bytes = content.length;
    const input = await readInput(content, others, { isGivenUp: true });
    return [{ input }, hold(places, file, bytes, input.records.length)];
  } catch (error) {
    return [{ error: textOfError(error) }, 0];
  }
}

/** The work of a thread: reads files as long as there are any that nobody reads. */
export async function serveReading(): Promise<void> {
  const work = workerData as Work;
  const places = new Int32Array(work.shared);
  let answers: [number, Answer, number][] = [];
  // A clock that Node.js has at hand: that of `performance` takes 2 ms to load.
  let last = process.uptime();

  function answer(): void {
    if (answers.length === 0) return;
    parentPort?.postMessage(answers satisfies Answers);
    answers = [];
    last = process.uptime();
  }

  for (let at = take(places); at < work.files.length; at = take(places)) {
    waitFor(places, at, answer);
    answers.push([at, ...(await readFileAt(at, work, places))]);
    if (process.uptime() - last > PAUSE) answer();
  }
  answer();
}
