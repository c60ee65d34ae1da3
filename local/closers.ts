/** What must be undone at the end, whatever happens in between. */
export interface Closers {
  /** Remembers `close`, which may answer a promise; the last remembered is the first done. */
  add(close: () => unknown): void;
  /** Does all that is remembered, once, even where some of it fails. Rejects with the first failure. */
  close(): Promise<void>;
}

export function openClosers(): Closers {
  const closers: (() => unknown)[] = [];
  return {
    add: (close) => void closers.push(close),
    async close() {
      const failures: unknown[] = [];
      for (let close = closers.pop(); close; close = closers.pop()) {
        try {
          await close();
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}
