import type { OtherCalls } from './content';
import type { Search } from './search';

/** Calls that are wanted only where their record holds one of some texts. */
export interface Narrowing {
  readonly calls: OtherCalls;
  /** Letters, digits, dots, hyphens and underscores: any record that names one of the resources in question holds one of them. */
  readonly holding: readonly string[];
}

/** An escape that may stand for a letter of a text: JSON may spell every letter so. */
const ESCAPE = Buffer.from('\\u00');

/**
 * Leaves out what only calls of `holding` make wanted where none of the texts is there. They are looked for in a log file only where
 * `all` finds a sign, once; then in each element with one.
 * @param all looks for every call
 * @param others looks for those that are wanted whatever their records hold
 */
export function narrowed(all: Search, others: Search, holding: readonly string[]): Search {
  const texts = [...holding.map((text) => Buffer.from(text, 'latin1')), ESCAPE];
  const mayHoldText = (json: Buffer): boolean => texts.some((text) => json.includes(text));
  const isWanted = (json: Buffer): boolean => mayHoldText(json) || others.mayHold(json);
  return {
    others: all.others,
    mayHold: (json) => all.mayHold(json) && isWanted(json),
    walk(elements) {
      const walk = all.walk(elements);
      if (elements === 'all') return walk;
      return (piece, take) =>
        walk(piece, (start, end, isDeep) => {
          // What began in an earlier piece is not at hand.
          if (start < 0 || isWanted(piece.subarray(start, end))) take(start, end, isDeep);
        });
    },
  };
}

/** `calls` without those of `narrowing`. */
export function withoutNarrowed(calls: OtherCalls, { calls: narrowing }: Narrowing): OtherCalls {
  return Object.fromEntries(
    Object.entries(calls).map(([source, names]) => [
      source,
      names.filter((name) => !narrowing[source]?.includes(name)),
    ]),
  );
}
