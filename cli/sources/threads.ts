import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { Calls } from '../../core/base/event-source';
import { textOfError } from '../../core/base/error-text';
import { readInput, type Input } from '../../core/export';
import type { Source } from './paths';

/** What a thread is asked: to read files, by their paths. */
interface Task {
  readonly number: number;
  readonly files: readonly string[];
}

/** What it answers: of each file what is in it, or why it cannot be read. */
interface Done {
  readonly number: number;
  readonly read: readonly ({ readonly input: Input } | { readonly error: string })[];
}

/** Enough that the messages cost nothing, and short enough that no thread is left with much at the end. In milliseconds. */
const TASK = 20;
const MOST_FILES_A_TASK = 16;

/** How many tasks may be done and not yet asked for: what they hold is in memory. */
const MOST_AHEAD = 64;

/** The thread's side: reads what it is asked to, until it is ended. */
export function serveReading(): void {
  const others = workerData as Calls;
  parentPort?.on('message', ({ number, files }: Task) => {
    void (async () => {
      const read: Done['read'][number][] = [];
      for (const file of files) {
        try {
          read.push({ input: await readInput(readFileSync(file), others) });
        } catch (error) {
          read.push({ error: textOfError(error) });
        }
      }
      parentPort?.postMessage({ number, read } satisfies Done);
    })();
  });
}

/**
 * Reads files in as many threads as the processor has cores, and tells what is in them in their order.
 * @param others calls of other services whose records are wanted as well
 * @param reader the program whose threads call `serveReading`
 * @param millisecondsAFile how long one takes, more or less
 */
export async function* readInThreads(
  sources: readonly Source[],
  others: Calls,
  reader: string,
  millisecondsAFile: number,
): AsyncGenerator<{ readonly source: Source; readonly input?: Input; readonly error?: unknown }> {
  const size = Math.max(1, Math.min(MOST_FILES_A_TASK, Math.round(TASK / millisecondsAFile)));
  const tasks = Array.from({ length: Math.ceil(sources.length / size) }, (_, number) =>
    sources.slice(number * size, (number + 1) * size),
  );
  const answers = new Map<number, Done>();
  const idle = new Set<Worker>();
  const workers = Array.from(
    { length: Math.min(availableParallelism(), tasks.length) },
    () => new Worker(reader, { workerData: others }),
  );
  let failure: Error | undefined;
  let wake = (): void => {};
  let [asked, told] = [0, 0];

  function ask(worker: Worker): void {
    const files = tasks[asked];
    if (files === undefined || asked >= told + MOST_AHEAD) {
      idle.add(worker);
      return;
    }
    idle.delete(worker);
    worker.postMessage({ number: asked, files: files.map(({ file = '' }) => file) } satisfies Task);
    asked += 1;
  }

  /** @throws Error where a thread ended before it answered */
  async function answerTo(number: number): Promise<Done> {
    for (;;) {
      const answer = answers.get(number);
      answers.delete(number);
      if (answer) return answer;
      if (failure !== undefined) throw failure;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  for (const worker of workers) {
    worker.on('message', (done: Done) => {
      answers.set(done.number, done);
      ask(worker);
      wake();
    });
    worker.on('error', (error: Error) => {
      failure = error;
      wake();
    });
    ask(worker);
  }
  try {
    for (const [number, files] of tasks.entries()) {
      const { read } = await answerTo(number);
      told = number + 1;
      for (const worker of idle) ask(worker);
      for (const [at, source] of files.entries()) {
        const result = read[at];
        if (result)
          yield { source, ...('input' in result ? { input: result.input } : { error: new Error(result.error) }) };
      }
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
