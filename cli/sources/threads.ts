import { readFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parentPort, SHARE_ENV, Worker, workerData } from 'node:worker_threads';
import type { Calls } from '../../core/base/event-source';
import { textOfError } from '../../core/base/error-text';
import { readInput, type Input } from '../../core/export';
import type { Source } from './paths';

/** What is in a file, or why it cannot be read. */
type Answer = { readonly input: Input } | { readonly error: string };

/** Files by their places in the list, what was found in each, and how many bytes each is held for. */
type Answers = readonly (readonly [at: number, answer: Answer, held: number])[];

/** What each thread is given when it starts. */
interface Work {
  readonly files: readonly string[];
  /** Calls of other services whose records are wanted as well. */
  readonly others: Calls;
  /** What all threads see at once: 32-bit integers at `NEXT`, `TOLD` and `HELD`. */
  readonly shared: SharedArrayBuffer;
}

/** Place of the file that is read next by whichever thread is free. */
const NEXT = 0;

/** How many files were told. */
const TOLD = 1;

/** How many bytes are held: of files that were read, in which there is something, and that are not yet told. */
const HELD = 2;

/** How many files may be read before they are told. */
const MOST_AHEAD = 256;

/**
 * How many bytes of them, compressed: what is wanted of them is in memory, in both threads for a while. A record counts as
 * so many at least, as files of nothing but calls of ours compress well.
 */
const MOST_HELD = 8_000_000;
const HELD_OF_RECORD = 400;

/** As long a thread reads before it answers: messages of single small files would cost as much as reading them. In milliseconds. */
const PAUSE = 5;

/** What a file takes where it is compressed, as most are. */
export const compressedBytes = (file: string, bytes: number): number =>
  file.endsWith('.gz') ? bytes : Math.ceil(bytes / 10);

async function read(file: string, others: Calls, places: Int32Array): Promise<readonly [Answer, held: number]> {
  try {
    const content = readFileSync(file);
    const input = await readInput(content, others);
    const records = input.records.length;
    const held = records === 0 ? 0 : Math.max(compressedBytes(file, content.length), records * HELD_OF_RECORD);
    Atomics.add(places, HELD, held);
    return [{ input }, held];
  } catch (error) {
    return [{ error: textOfError(error) }, 0];
  }
}

/** Whether a file has to wait for others to be told. The one that is told next never has to. */
const isTooFarAhead = (at: number, told: number, places: Int32Array): boolean =>
  at > told && (at >= told + MOST_AHEAD || Atomics.load(places, HELD) >= MOST_HELD);

/** The work of a thread: reads files as long as there are any that nobody reads. */
export async function serveReading(): Promise<void> {
  const { files, others, shared } = workerData as Work;
  const places = new Int32Array(shared);
  let answers: [number, Answer, number][] = [];
  let last = performance.now();

  function answer(): void {
    if (answers.length === 0) return;
    parentPort?.postMessage(answers satisfies Answers);
    answers = [];
    last = performance.now();
  }

  for (let at = Atomics.add(places, NEXT, 1); at < files.length; at = Atomics.add(places, NEXT, 1)) {
    for (let told = Atomics.load(places, TOLD); isTooFarAhead(at, told, places); told = Atomics.load(places, TOLD)) {
      answer();
      Atomics.wait(places, TOLD, told);
    }
    answers.push([at, ...(await read(files[at] ?? '', others, places))]);
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
  const shared = new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT);
  const places = new Int32Array(shared);
  const files = sources.map(({ file = '' }) => file);
  const answers = new Map<number, readonly [Answer, held: number]>();
  let failure: Error | undefined;
  let wake = (): void => {};
  const workers = Array.from(
    { length: threads },
    () => new Worker(reader, { workerData: { files, others, shared } satisfies Work, env: SHARE_ENV }),
  );
  for (const worker of workers) {
    worker.on('message', (found: Answers) => {
      for (const [at, ...answer] of found) answers.set(at, answer);
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
  async function answerTo(at: number): Promise<readonly [Answer, held: number]> {
    for (;;) {
      const answer = answers.get(at);
      answers.delete(at);
      if (answer) return answer;
      if (failure !== undefined) throw failure;
      const isAhead = isTooFarAhead(Atomics.load(places, NEXT), at, places);
      const own = isAhead ? files.length : Atomics.add(places, NEXT, 1);
      if (own < files.length) {
        answers.set(own, await read(files[own] ?? '', others, places));
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
      const [answer, held] = await answerTo(at);
      Atomics.sub(places, HELD, held);
      Atomics.store(places, TOLD, at + 1);
      Atomics.notify(places, TOLD);
      yield { source, ...('input' in answer ? { input: answer.input } : { error: new Error(answer.error) }) };
    }
  } finally {
    for (const worker of workers) void worker.terminate();
  }
}
