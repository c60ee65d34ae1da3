import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { Calls } from '../../core/base/event-source';
import { textOfError } from '../../core/base/error-text';
import { readInput, type Input } from '../../core/export';
import { hold, take, waitFor, type Places } from './places';

/** What is in a file, or why it cannot be read. */
export type Answer = { readonly input: Input } | { readonly error: string };

/** Files by their places in the list. */
export interface Answers {
  /** Log files in which there is nothing that is wanted, as in most. */
  readonly empty: readonly number[];
  /** What was found in each of the others, and how many bytes it is held for. */
  readonly found: readonly (readonly [at: number, answer: Answer, held: number])[];
}

const isNothing = (answer: Answer): boolean =>
  'input' in answer &&
  answer.input.kind === 'records' &&
  answer.input.records.length === 0 &&
  answer.input.unread.length === 0;

/** What each thread is given when it starts. */
export interface Work {
  readonly files: readonly string[];
  /** Calls of other services whose records are wanted as well. */
  readonly others: Calls;
  /** The `Places`. */
  readonly shared: SharedArrayBuffer;
}

/** As long a thread reads before it answers, or listens: for each small file, that would cost as much as reading it. In seconds. */
export const PAUSE = 0.005;

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
  let empty: number[] = [];
  let found: [number, Answer, number][] = [];
  // A clock that Node.js has at hand: that of `performance` takes 2 ms to load.
  let last = process.uptime();

  function tell(): void {
    if (empty.length + found.length === 0) return;
    parentPort?.postMessage({ empty, found } satisfies Answers);
    empty = [];
    found = [];
    last = process.uptime();
  }

  for (let at = take(places); at < work.files.length; at = take(places)) {
    waitFor(places, at, tell);
    const [answer, held] = await readFileAt(at, work, places);
    if (isNothing(answer)) empty.push(at);
    else found.push([at, answer, held]);
    if (process.uptime() - last > PAUSE) tell();
  }
  tell();
}
