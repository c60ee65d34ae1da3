import type { Deviation } from './deviations';

/** What is kept from check to check. */
export interface Memory {
  /** What deviates and was told, by its id. */
  readonly told: Readonly<Record<string, Told>>;
  /** The code that was first seen with an asset: its hash, by the function and the asset. */
  readonly code: Readonly<Record<string, string>>;
  /** Those who had confirmed a subscription that the stack did not make: a line for each. */
  readonly others: readonly string[];
}

interface Told {
  /** When it was first seen, and when it was last told, as ISO texts. */
  readonly since: string;
  readonly at: string;
  readonly sentence: string;
}

export const NOTHING_KEPT: Memory = { told: {}, code: {}, others: [] };

/** What is new since it was last told. */
export interface News {
  /** What began, and what lasts and was not told for a day. */
  readonly deviations: readonly (Deviation & { readonly since: string })[];
  /** Sentences of what is well again. */
  readonly over: readonly string[];
  /** Those who had confirmed a subscription that the stack did not make, and have it no more. */
  readonly left: readonly string[];
}

/** Told again a little earlier than after a day, so that the hour of the day stays. */
const TOLD_AGAIN_MS = 24 * 3_600_000 - 300_000;

/**
 * What is to be told of what deviates, and what is to be kept once it was told.
 * @param others those who have confirmed a subscription that the stack did not make
 * @param now in milliseconds since 1970
 */
export function toNews(
  deviations: readonly Deviation[],
  others: readonly string[],
  memory: Memory,
  now: number,
): { readonly news: News; readonly memory: Memory } {
  const moment = new Date(now).toISOString();
  const sinceOf = ({ id }: Deviation): string => memory.told[id]?.since ?? moment;
  const due = deviations.filter(({ id }) => !(now - Date.parse(memory.told[id]?.at ?? '') < TOLD_AGAIN_MS));
  // Whoever writes a time to come into the memory, so that nothing be told until then, is not believed.
  const early = deviations.filter(({ id }) => Date.parse(memory.told[id]?.at ?? '') > now);
  const tell = deviations.filter((one) => due.includes(one) || early.includes(one));
  const ids = new Set(deviations.map(({ id }) => id));
  return {
    news: {
      deviations: tell.map((one) => ({ ...one, since: sinceOf(one) })),
      over: Object.entries(memory.told)
        .filter(([id]) => !ids.has(id))
        .map(([, { sentence }]) => sentence),
      left: memory.others.filter((line) => !others.includes(line)),
    },
    memory: {
      ...memory,
      told: Object.fromEntries(
        deviations.map((one) => {
          const at = tell.includes(one) ? moment : (memory.told[one.id]?.at ?? moment);
          return [one.id, { since: sinceOf(one), at, sentence: one.sentence }];
        }),
      ),
      others,
    },
  };
}

/** Whether there is anything to tell. */
export function isNews({ deviations, over, left }: News): boolean {
  return deviations.length + over.length + left.length > 0;
}
