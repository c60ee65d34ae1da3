import { readFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parentPort, SHARE_ENV, Worker, workerData } from 'node:worker_threads';
import type { Calls } from '../../core/base/event-source';
import { textOfError } from '../../core/base/error-text';
import { readInput, type Input } from '../../core/export';
import type { Source } from './paths';

/** What is in a file, or why it cannot be read. */
type Answer = { readonly input: Input } | { readonly error: string };

/** Files by their places in the list, and what was found in each. */
type Answers = readonly (readonly [at: number, answer: Answer])[];

/** What each thread is given when it starts. */
interface Work {
  readonly files: readonly string[];
  /** Calls of other services whose records are wanted as well. */
  readonly others: Calls;
  /** What all threads see at once: 32-bit integers at `NEXT` and `TOLD`. */
  readonly shared: SharedArrayBuffer;
}

/** Place of the file that is read next by whichever thread is free. */
const NEXT = 0;

/** How many files were told. */
const TOLD = 1;

/** How many files may be read before they are told: what they hold is in memory. */
const MOST_AHEAD = 256;

/** As long a thread reads before it answers: messages of single small files would cost as much as reading them. In milliseconds. */
const PAUSE = 5;

async function read(file: string, others: Calls): Promise<Answer> {
  try {
    return { input: await readInput(readFileSync(file), others) };
  } catch (error) {
    return { error: textOfError(error) };
  }
}

/** The work of a thread: reads files as long as there are any that nobody reads. */
export async function serveReading(): Promise<void> {
  const { files, others, shared } = workerData as Work;
  const places = new Int32Array(shared);
  let answers: [number, Answer][] = [];
  let last = performance.now();

  function answer(): void {
    parentPort?.postMessage(answers satisfies Answers);
    answers = [];
    last = performance.now();
  }

  for (let at = Atomics.add(places, NEXT, 1); at < files.length; at = Atomics.add(places, NEXT, 1)) {
    for (let told = Atomics.load(places, TOLD); at >= told + MOST_AHEAD; told = Atomics.load(places, TOLD)) {
      answer();
      Atomics.wait(places, TOLD, told);
    }
    answers.push([at, await read(files[at] ?? '', others)]);
    if (performance.now() - last > PAUSE) answer();
  }
  answer();
}

/**
 * Reads files in this thread and in others, and tells what is in them in their order.
 * @param others calls of other services whose records are wanted as well
 * @param reader the program whose threads call `serveReading`
 * @param threads how many there are beside this
 * @throws Error where a thread ends before it told of a file that it took
 */
export async function* readInThreads(
  sources: readonly Source[],
  others: Calls,
  reader: string,
  threads: number,
): AsyncGenerator<{ readonly source: Source; readonly input?: Input; readonly error?: unknown }> {
  const shared = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);
  const places = new Int32Array(shared);
  const files = sources.map(({ file = '' }) => file);
  const answers = new Map<number, Answer>();
  let failure: Error | undefined;
  let wake = (): void => {};
  const workers = Array.from(
    { length: threads },
    () => new Worker(reader, { workerData: { files, others, shared } satisfies Work, env: SHARE_ENV }),
  );
  for (const worker of workers) {
    worker.on('message', (found: Answers) => {
      for (const [at, answer] of found) answers.set(at, answer);
      wake();
    });
    worker.on('error', (error: Error) => {
      failure = error;
      wake();
    });
    worker.on('exit', (code) => {
      if (code !== 0) failure ??= new Error(`a thread that reads files ended with ${code}`);
      wake();
    });
  }

  /** Reads files itself as long as the one that is to be told is being read elsewhere. */
  async function answerTo(at: number): Promise<Answer> {
    for (;;) {
      const answer = answers.get(at);
      answers.delete(at);
      if (answer) return answer;
      if (failure !== undefined) throw failure;
      const own = Atomics.load(places, NEXT) < at + MOST_AHEAD ? Atomics.add(places, NEXT, 1) : files.length;
      if (own < files.length) {
        answers.set(own, await read(files[own] ?? '', others));
        // Answers of other threads come between two turns of the event loop.
        await nextTurn();
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  }

  try {
    for (const [at, source] of sources.entries()) {
      const answer = await answerTo(at);
      Atomics.store(places, TOLD, at + 1);
      Atomics.notify(places, TOLD);
      yield { source, ...('input' in answer ? { input: answer.input } : { error: new Error(answer.error) }) };
    }
  } finally {
    for (const worker of workers) void worker.terminate();
  }
}
