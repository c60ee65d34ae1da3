import type { Call } from '../call';
import type { LogFileRef } from '../notification';
import { domainKeyOf, judgedWithout, placeOf, type Entry, type FoundEntry, type History } from './history';

/** A history for as long as the process lives. */
export interface MemoryHistory {
  /** The history, for the calls of one log file; for records that came as events, of none. */
  readonly of: (logFile: LogFileRef | undefined) => History;
  /** What is kept, in the order of time. */
  readonly entries: () => readonly Entry[];
}

interface Kept {
  readonly place: string;
  readonly entry: Entry & Partial<FoundEntry>;
}

/** @param isTold as `History` says */
export function historyInMemory(isTold: History['isTold']): MemoryHistory {
  /** The entries of each domain, in the order of time. */
  const domains = new Map<string, Kept[]>();
  const domainOf = (call: Call): Kept[] => {
    const key = domainKeyOf(call);
    const domain = domains.get(key) ?? [];
    domains.set(key, domain);
    return domain;
  };

  return {
    entries: () => [...domains.values()].flatMap((domain) => domain.map(({ entry }) => entry)),
    of: (logFile) => ({
      record: async (call, entry) => {
        const domain = domainOf(call);
        const place = placeOf(call);
        const at = firstFrom(place, domain);
        const kept = domain[at]?.place === place ? domain[at] : undefined;
        if (logFile === undefined && kept?.entry.logFile) return [];
        domain.splice(at, kept ? 1 : 0, { place, entry: { ...entry, ...(logFile && { logFile }) } });
        return judgedWithout(after(at, domain));
      },
      note: async (call, told) => {
        const domain = domainOf(call);
        const place = placeOf(call);
        const at = firstFrom(place, domain);
        const kept = domain[at];
        if (kept?.place !== place || (logFile === undefined && kept.entry.logFile)) return;
        domain[at] = { place, entry: { ...kept.entry, told } };
      },
      async *earlier(call) {
        const domain = domainOf(call);
        for (let at = firstFrom(placeOf(call), domain) - 1; at >= 0; at--) {
          const kept = domain[at];
          if (kept) yield kept.entry;
        }
      },
      isTold,
    }),
  };
}

/** Index of the first entry that is at `place` or behind it; calls mostly come in their order, so it is looked for from the end. */
function firstFrom(place: string, domain: readonly Kept[]): number {
  let [low, high] = [0, domain.length];
  if ((domain.at(-1)?.place ?? '') < place) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((domain[middle]?.place ?? '') < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

function* after(at: number, domain: readonly Kept[]): Generator<FoundEntry> {
  for (let next = at + 1; next < domain.length; next++) {
    const { logFile, ...entry } = domain[next]?.entry ?? {};
    if (logFile) yield { ...(entry as Entry), logFile };
  }
}
