import { Session, type Profiler } from 'node:inspector';
import { setFlagsFromString } from 'node:v8';

/**
 * Counts how much work something is: how often the busiest block of each function of the core is run, and through how many
 * items its built-in searches of lists may have to go. The same on every machine, however busy.
 */
export function operationCounter() {
  const searches = countSearches();
  // What optimized code runs is not counted, and how soon there is any depends on how busy the machine is.
  setFlagsFromString('--no-opt');
  setFlagsFromString('--no-maglev');
  const session = new Session();
  session.connect();
  // What ran before in this process would be read through each time it is counted.
  session.post('HeapProfiler.collectGarbage');
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  /** Counts from 0 each time. */
  const blocksRun = (): number => {
    let blocks = 0;
    session.post('Profiler.takePreciseCoverage', (_, { result }) => {
      blocks = result.filter(({ url }) => url.includes('/core/')).reduce((sum, script) => sum + runsIn(script), 0);
    });
    return blocks;
  };
  return {
    of(work: () => void): number {
      blocksRun();
      const searched = searches.count();
      work();
      return blocksRun() + searches.count() - searched;
    },
    async during(work: () => Promise<unknown>): Promise<number> {
      blocksRun();
      const searched = searches.count();
      await work();
      return blocksRun() + searches.count() - searched;
    },
    end(): void {
      session.disconnect();
      // Optimizing needs no Maglev, which Node 20 does not use.
      setFlagsFromString('--opt');
      searches.end();
    },
  };
}

/** Blocks that are run equally often are told as one, so the busiest tells more than their sum. */
const runsIn = ({ functions }: Profiler.ScriptCoverage): number =>
  functions.reduce((sum, { ranges }) => sum + Math.max(...ranges.map(({ count }) => count)), 0);

function countSearches() {
  let items = 0;
  const { includes, indexOf, lastIndexOf } = Array.prototype;
  const natives = { includes, indexOf, lastIndexOf };
  for (const [name, native] of Object.entries(natives)) {
    const counted = function (this: readonly unknown[], ...args: [unknown]) {
      items += this.length;
      return Reflect.apply(native, this, args) as unknown;
    };
    Object.assign(Array.prototype, { [name]: counted });
  }
  return { count: () => items, end: () => Object.assign(Array.prototype, natives) };
}
