import type { Report } from './report';

/** What becomes of everything that one message announced. */
export interface Account {
  /**
   * Something was announced, or is scanned once more.
   * @returns tells what became of it: once, whatever is told later of the same
   */
  readonly receive: (what?: Received) => (report: Report) => void;
  /** Tells of all that is open as failed with `error`. From now on nothing is told: nobody waits for what is still done. */
  readonly close: (error: Error) => void;
  /** How many are open. What ends with any has forgotten them. */
  readonly open: () => number;
}

/** What a failure says of what was received, beside its error. */
export type Received = Pick<Extract<Report, { readonly outcome: 'failed' }>, 'logFile' | 'isAgain' | 'isRecord'>;

/** @param messageId the message of the queue, to be found by it in the dead-letter queue */
export function accountOf(report: (report: Report) => void, messageId?: string): Account {
  const open = new Map<object, Received>();
  let isClosed = false;

  const tell = (told: Report): void =>
    report(told.outcome === 'skipped' || messageId === undefined ? told : { ...told, messageId });

  return {
    receive(what = {}) {
      const entry = {};
      if (!isClosed) open.set(entry, what);
      return (told) => {
        if (open.delete(entry)) tell(told);
      };
    },
    close(error) {
      isClosed = true;
      const late = [...open.values()];
      open.clear();
      for (const what of late) tell({ outcome: 'failed', ...what, error });
    },
    open: () => open.size,
  };
}
