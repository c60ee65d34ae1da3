import type { Console } from './console';

/** A line that overwrites itself, for work that takes long and somebody who watches; otherwise nothing. */
export interface Progress {
  readonly show: (done: number) => void;
  /** Makes room for other output. */
  readonly clear: () => void;
}

/** Often enough to see that it goes on. In milliseconds. */
const PAUSE = 1000;

/**
 * @param what is counted: `files`
 * @param total how many there are. @default - not known
 * @param now milliseconds since any moment
 */
export function progressOn(
  { err, isInteractive, loudness }: Console,
  what: string,
  total?: number,
  now: () => number = () => performance.now(),
): Progress {
  const isShown = isInteractive && loudness !== 'quiet';
  let last = isShown ? now() : 0;
  let isThere = false;
  return {
    show: (done) => {
      if (!isShown || now() - last < PAUSE) return;
      last = now();
      isThere = true;
      err(`\r${done}${total === undefined ? '' : ` of ${total}`} ${what}`);
    },
    clear: () => {
      if (isThere) err('\r\u001b[K');
      isThere = false;
    },
  };
}
