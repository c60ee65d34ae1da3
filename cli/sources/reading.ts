import type { Calls } from '../../core/base/event-source';
import { readInput, type Input } from '../../core/export';
import type { Source } from './paths';
import { readInThreads } from './threads';

/** What became of a source: it was read, or there is an error. */
export interface SourceRead {
  readonly source: Source;
  readonly input?: Input;
  readonly error?: unknown;
}

/** How many of those that are far away are read at once. */
const MOST_AT_ONCE = 16;

/** Threads are worth their start, cold as they are, where what is left would take longer than this. In milliseconds. */
const WORTH_THREADS = 600;

/** As long is read without them, to see how long it takes. In milliseconds. */
const TRIAL = 150;

/**
 * Reads the sources in their order. Of those that are far away, the next are under way meanwhile; many files are spread
 * over the processor's cores.
 * @param others calls of other services whose records are wanted as well
 * @param reader the program whose threads can read files. @default - everything is read in this thread
 */
export async function* readInTurn(
  sources: readonly Source[],
  others: Calls,
  reader?: string,
): AsyncGenerator<SourceRead> {
  const underWay = new Map<Source, Promise<SourceRead>>();
  const start = performance.now();
  let isDecided = reader === undefined;
  let next = 0;
  for (const [at, source] of sources.entries()) {
    const spent = performance.now() - start;
    if (!isDecided && spent > TRIAL) {
      isDecided = true;
      if (reader !== undefined && isWorthThreads(spent, at, sources)) {
        for await (const read of readInThreads(sources.slice(at), others, reader, spent / at)) yield acceptedRead(read);
        return;
      }
    }
    next = Math.max(next, at);
    while (next < sources.length && next < at + MOST_AT_ONCE && sources[next]?.isFar === true) {
      const far = sources[next];
      if (far) underWay.set(far, readSource(far, others));
      next += 1;
    }
    const reading = underWay.get(source) ?? readSource(source, others);
    underWay.delete(source);
    yield await reading;
  }
}

/** By the time that the first `done` took. */
function isWorthThreads(spent: number, done: number, sources: readonly Source[]): boolean {
  const isAllFiles = sources.slice(done).every(({ file }) => file !== undefined);
  return isAllFiles && (spent / done) * (sources.length - done) > WORTH_THREADS;
}

async function readSource(source: Source, others: Calls): Promise<SourceRead> {
  try {
    return acceptedRead({ source, input: await readInput(await source.read(), others) });
  } catch (error) {
    return { source, error };
  }
}

/** Settings beside log files are passed over; whoever names them means something else. */
function acceptedRead(read: SourceRead): SourceRead {
  const isMistaken = read.input?.kind === 'settings' && read.source.isNamed;
  return isMistaken
    ? { source: read.source, error: new Error('settings of this monitor: give them as --settings') }
    : read;
}
