import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Calls } from '../../core/base/event-source';
import type { Input } from '../../core/export';
import type { Source } from './paths';
import { compressedBytes } from './places';
import { readInThreads } from './threads';

/** What became of a source: it was read, or there is an error. */
export interface SourceRead {
  readonly source: Source;
  readonly input?: Input;
  readonly error?: unknown;
}

/** How many of those that are far away are read at once. */
const MOST_AT_ONCE = 16;

const CORES = availableParallelism();

/** Node.js inflates as many aside at once, however many cores there are. */
const MOST_ASIDE = 4;

/** Files that are ready whenever this thread is done with what is in one. */
const READY = 2;

/** Smaller files, compressed, cost more beside their bytes, and are inflated aside by nobody. */
const SMALL = 64 * 1024;

/**
 * So many bytes, compressed, are worth the start of a thread. Small files take half a second then, and it takes an eighth
 * of that. Large ones would be inflated aside otherwise, which takes a fifth more of the processor.
 */
const WORTH_A_THREAD = { small: 60_000_000, large: 12_000_000 };

/** Threads that have a large file in memory each, where most of what is read are large ones. */
const MOST_WITH_LARGE = 4;

/** What a small file costs beside its bytes, in bytes. */
const COST_OF_FILE = 8_000;

/** The size of many files is told by as many of them. */
const MOST_SIZES = 100;

/**
 * Reads the sources in their order, on as many cores as the processor has: of those that are far away, the next are under way
 * meanwhile; where there are enough, files are spread over threads; fewer large ones are inflated aside.
 * @param others calls of other services whose records are wanted as well
 * @param reader the program whose threads can read files. @default - everything is read in this thread
 * @param cores @default - those of the processor
 */
export async function* readInTurn(
  sources: readonly Source[],
  others: Calls,
  reader?: string,
  cores = CORES,
): AsyncGenerator<SourceRead> {
  const threads = reader === undefined ? 0 : threadsWorth(sources, cores);
  if (reader !== undefined && threads > 0) {
    for await (const read of readInThreads(sources, others, reader, threads)) yield acceptedRead(read);
    return;
  }
  // Where there are threads, they are started before what reads is loaded.
  const { readInput } = await import('../../core/export/index.js');
  const read = (bytes: Uint8Array) => readInput(bytes, others, { isAside: cores > 1, isGivenUp: true });
  const underWay = new Map<Source, Promise<SourceRead>>();
  let next = 0;
  for (const [at, source] of sources.entries()) {
    next = Math.max(next, at);
    for (let ahead = sources[next]; ahead && next < at + mostAtOnce(ahead, cores); ahead = sources[next]) {
      underWay.set(ahead, readSource(ahead, read));
      next += 1;
    }
    const reading = underWay.get(source) ?? readSource(source, read);
    underWay.delete(source);
    yield await reading;
  }
}

/** As many are in memory. What is no file and not far away is standard input. */
function mostAtOnce({ isFar = false, file }: Source, cores: number): number {
  if (isFar) return MOST_AT_ONCE;
  return file === undefined || cores === 1 ? 1 : Math.min(cores, MOST_ASIDE) + READY;
}

/** How many threads beside this one are worth their start, by the sizes of the files. */
export function threadsWorth(sources: readonly Source[], cores: number): number {
  if (cores === 1 || !sources.every(({ file }) => file !== undefined)) return 0;
  const step = Math.ceil(sources.length / MOST_SIZES);
  const sizes = sources.filter((_, at) => at % step === 0).map(({ file = '' }) => sizeOf(file));
  const large = step * sum(sizes.filter((size) => size >= SMALL));
  const small = step * sum(sizes.filter((size) => size < SMALL).map((size) => size + COST_OF_FILE));
  const worth = Math.floor(small / WORTH_A_THREAD.small + large / WORTH_A_THREAD.large);
  const most = Math.min(cores, sources.length, large > small ? MOST_WITH_LARGE : cores);
  return Math.min(most - 1, worth);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

function sizeOf(file: string): number {
  try {
    return compressedBytes(file, statSync(file).size);
  } catch {
    // Whoever reads it tells why it cannot be read.
    return 0;
  }
}

async function readSource(source: Source, read: (bytes: Uint8Array) => Promise<Input>): Promise<SourceRead> {
  try {
    return acceptedRead({ source, input: await read(await source.read()) });
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
