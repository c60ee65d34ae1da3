/*
 * Something that is not known has a few values that make a difference. What is declared is read once for each of them, and
 * for each combination with others, so that what holds in all readings is certain and the rest is doubt.
 */

/** A value that something may have. */
export interface Candidate<Value> {
  readonly value: Value;
  /** As a clause: `the parameter Env is prod`. */
  readonly says: string;
  /** The value stands for any like it, so that nobody should be shown it. @default false */
  readonly isGuess?: true;
}

/** The value that something has in this reading. Of candidates the mildest, or the likeliest, stands first. */
export type Choose = <Value>(name: string, candidates: readonly [Candidate<Value>, ...Candidate<Value>[]]) => Value;

/** What was chosen where there was a choice. */
export interface Choice {
  readonly name: string;
  /** Which of the candidates; 0 is the mildest or the likeliest. */
  readonly at: number;
  readonly says: string;
  readonly isGuess: boolean;
}

export interface Readings<Result> {
  /** Those that depart least from the first candidates come first. Never empty. */
  readonly readings: readonly { readonly result: Result; readonly choices: readonly Choice[] }[];
  /** There are more combinations than were tried. */
  readonly isCut: boolean;
}

/** So many combinations are tried, which is five independent questions with two answers. */
const MOST = 32;

/** Runs `read` for each combination of what it asks to choose. Where there are too many, the last candidates of all are tried, too. */
export function readingsOf<Result>(read: (choose: Choose) => Result): Readings<Result> {
  const waiting: ReadonlyMap<string, number>[] = [new Map()];
  const readings: Readings<Result>['readings'][number][] = [];
  for (let next = waiting.shift(); next && readings.length < MOST; next = waiting.shift()) {
    const fixed = next;
    const made = new Map<string, number>();
    readings.push(
      readOnce(read, (name, count) => {
        const at = Math.min(fixed.get(name) ?? 0, count - 1);
        if (!fixed.has(name) && waiting.length < 4 * MOST)
          for (let other = 1; other < count; other += 1) waiting.push(new Map([...fixed, ...made, [name, other]]));
        made.set(name, at);
        return at;
      }),
    );
  }
  const isCut = waiting.length > 0;
  if (isCut) readings.push(readOnce(read, (_name, count) => count - 1));
  return { readings, isCut };
}

function readOnce<Result>(
  read: (choose: Choose) => Result,
  pick: (name: string, count: number) => number,
): { readonly result: Result; readonly choices: readonly Choice[] } {
  const choices = new Map<string, Choice>();
  const result = read((name, candidates) => {
    const known = choices.get(name);
    const at = known ? Math.min(known.at, candidates.length - 1) : pick(name, candidates.length);
    const { value, says, isGuess = false } = candidates[at] ?? candidates[0];
    if (!known && candidates.length > 1) choices.set(name, { name, at, says, isGuess });
    return value;
  });
  return { result, choices: [...choices.values()] };
}
