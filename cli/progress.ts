import type { Console } from './console';

/** A line that overwrites itself, for many files and somebody who watches; otherwise nothing. */
export interface Progress {
  readonly show: (done: number, alerts: number) => void;
  /** Makes room for other output. */
  readonly clear: () => void;
}

export function progressOn({ err, isInteractive }: Console, total: number): Progress {
  const isShown = isInteractive && total > 20;
  return {
    show: (done, alerts) => {
      if (isShown && done % 10 === 0) err(`\r${done} of ${total} files, ${alerts} alerts`);
    },
    clear: () => {
      if (isShown) err('\r\u001b[K');
    },
  };
}
