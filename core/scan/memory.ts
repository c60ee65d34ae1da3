import type { Call } from '../call';
import type { LogFileRef } from '../notification';
import { domainKeyOf, judgedWithout, placeOf, type Entry, type FoundEntry, type History } from './history';

/** A history for as long as the process lives. */
export interface MemoryHistory {
  /** The history, for the calls of one log file. */
  readonly of: (logFile: LogFileRef) => History;
  /** What is kept, in the order of time. */
  readonly entries: () => readonly Entry[];
}

type Kept = Entry & FoundEntry;

/** @param isTold as `History` says */
export function historyInMemory(isTold: History['isTold']): MemoryHistory {
  const domains = new Map<string, Map<string, Kept>>();
  const domainOf = (call: Call): Map<string, Kept> => {
    const key = domainKeyOf(call);
    const domain = domains.get(key) ?? new Map<string, Kept>();
    domains.set(key, domain);
    return domain;
  };
  const inOrder = (domain: ReadonlyMap<string, Kept>) => [...domain].toSorted(([a], [b]) => (a < b ? -1 : 1));

  return {
    entries: () => [...domains.values()].flatMap((domain) => inOrder(domain).map(([, entry]) => entry)),
    of: (logFile) => ({
      record: (call, entry) => {
        const domain = domainOf(call);
        domain.set(placeOf(call), { ...entry, logFile });
        const later = inOrder(domain).flatMap(([place, each]) => (place > placeOf(call) ? [each] : []));
        return judgedWithout(later);
      },
      note: async (call, told) => {
        const domain = domainOf(call);
        const kept = domain.get(placeOf(call));
        if (kept) domain.set(placeOf(call), { ...kept, told });
      },
      async *earlier(call) {
        for (const [place, entry] of inOrder(domainOf(call)).toReversed()) if (place < placeOf(call)) yield entry;
      },
      isTold,
    }),
  };
}
