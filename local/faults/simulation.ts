/** Virtual time. What waits goes on in the order of time, and only when everything before it has come to rest. */
export interface Simulation {
  /** Milliseconds. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Lets time pass until `work` is done. @throws Error when nothing can happen any more and it is not */
  readonly run: <Result>(work: Promise<Result>) => Promise<Result>;
}

export function simulation(start: number): Simulation {
  let time = start;
  const events: { readonly at: number; readonly go: () => void }[] = [];

  return {
    now: () => time,
    wait: (milliseconds) =>
      new Promise((go) => {
        const at = time + milliseconds;
        // The latest come last; those of one moment keep their order.
        let place = events.length;
        while (place > 0 && (events[place - 1]?.at ?? 0) > at) place -= 1;
        events.splice(place, 0, { at, go });
      }),
    async run(work) {
      let isDone = false;
      const finished = work.finally(() => (isDone = true));
      finished.catch(() => undefined);
      for (;;) {
        // Until nothing goes on but what waits for time to pass.
        await new Promise(setImmediate);
        if (isDone) return finished;
        const next = events.shift();
        if (!next) throw new Error('nothing happens any more, and the work is not done');
        time = next.at;
        next.go();
      }
    },
  };
}
