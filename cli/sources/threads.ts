import { SHARE_ENV, Worker } from 'node:worker_threads';
import type { Calls } from '../../core/base/event-source';
import type { Input } from '../../core/export';
import type { Source } from './paths';
import { mustWait, sharedPlaces, take, tell } from './places';
import type { Answer, Answers, Work } from './reading-thread';

/** What is in a log file in which there is nothing that is wanted. */
const NOTHING: Answer = { input: { kind: 'records', records: [], unread: [] } };

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
  const shared = sharedPlaces();
  const places = new Int32Array(shared);
  const files = sources.map(({ file = '' }) => file);
  const work: Work = { files, others, shared };
  const answers = new Map<number, readonly [Answer, held: number]>();
  let failure: Error | undefined;
  let wake = (): void => {};
  const workers = Array.from({ length: threads }, () => new Worker(reader, { workerData: work, env: SHARE_ENV }));
  for (const worker of workers) {
    worker.on('message', ({ empty, found }: Answers) => {
      for (const at of empty) answers.set(at, [NOTHING, 0]);
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

  try {
    // Loaded while the threads start.
    const { readFileAt, PAUSE } = await import('./reading-thread.js');
    let listened = process.uptime();

    /** Reads files itself as long as the one that is to be told is being read elsewhere. */
    async function answerTo(at: number): Promise<readonly [Answer, held: number]> {
      for (;;) {
        const answer = answers.get(at);
        answers.delete(at);
        if (answer) return answer;
        if (failure !== undefined) throw failure;
        const own = mustWait(places, at) ? files.length : take(places);
        if (own < files.length) {
          answers.set(own, await readFileAt(own, work, places));
          if (process.uptime() - listened < PAUSE) continue;
          // Answers of other threads come between two turns of the event loop.
          await new Promise((resolve) => setImmediate(resolve));
          listened = process.uptime();
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    }

    for (const [at, source] of sources.entries()) {
      const [answer, held] = await answerTo(at);
      tell(places, at + 1, held);
      yield { source, ...('input' in answer ? { input: answer.input } : { error: new Error(answer.error) }) };
    }
  } finally {
    for (const worker of workers) void worker.terminate();
  }
}
