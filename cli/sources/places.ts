/*
 * What all threads that read files see at once. Places in the list of files: which is read next, and how many were told;
 * and how much of what was read waits to be told.
 */

/** 32-bit integers at `NEXT`, `TOLD` and `HELD`. */
export type Places = Int32Array;

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

export const sharedPlaces = (): SharedArrayBuffer => new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT);

/** What a file takes where it is compressed, as most are. */
export const compressedBytes = (file: string, bytes: number): number =>
  file.endsWith('.gz') ? bytes : Math.ceil(bytes / 10);

/** The next file is the caller's to read. */
export const take = (places: Places): number => Atomics.add(places, NEXT, 1);

/** Whether the next file has to wait until the one at `told` is told. */
export const mustWait = (places: Places, told: number): boolean =>
  isTooFarAhead(places, Atomics.load(places, NEXT), told);

/** The one that is told next never has to wait. */
function isTooFarAhead(places: Places, at: number, told: number): boolean {
  return at > told && (at >= told + MOST_AHEAD || Atomics.load(places, HELD) >= MOST_HELD);
}

/**
 * Waits, and blocks the thread, until the file at `at` may be read.
 * @param beforeWaiting is done each time
 */
export function waitFor(places: Places, at: number, beforeWaiting: () => void): void {
  for (let told = Atomics.load(places, TOLD); isTooFarAhead(places, at, told); told = Atomics.load(places, TOLD)) {
    beforeWaiting();
    Atomics.wait(places, TOLD, told);
  }
}

/**
 * A file was read.
 * @returns for how many bytes it is held until it is told
 */
export function hold(places: Places, file: string, bytes: number, records: number): number {
  const held = records === 0 ? 0 : Math.max(compressedBytes(file, bytes), records * HELD_OF_RECORD);
  Atomics.add(places, HELD, held);
  return held;
}

/** As many files were told, the last of which was held for `held` bytes. */
export function tell(places: Places, files: number, held: number): void {
  Atomics.sub(places, HELD, held);
  Atomics.store(places, TOLD, files);
  Atomics.notify(places, TOLD);
}
