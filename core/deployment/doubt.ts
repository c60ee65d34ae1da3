import type { Choice } from '../declared';

/** What a finding depends on that is not known. */
interface Doubt {
  /** A clause: `the parameter Env is dev`. */
  readonly says: string;
  /** The finding rests on a value that stands for any like it. */
  readonly isGuess: boolean;
}

/**
 * What has to be chosen as in `made` for something to be so, which is not so in `others`: told by what it is if it is not
 * the likeliest, and else by what it would have to be for it not to be so. `undefined` where it is so in all readings.
 */
export function doubtAbout(made: readonly Choice[], others: readonly (readonly Choice[])[]): Doubt | undefined {
  const [nearest] = others.map((other) => differencesOf(made, other)).toSorted((a, b) => a.length - b.length);
  if (nearest === undefined) return undefined;
  const unlikely = nearest.filter(({ mine }) => mine.at > 0);
  if (unlikely.length > 0) {
    const says = unlikely.map(({ mine }) => mine.says).join(' and ');
    return { says: `if ${says}`, isGuess: unlikely.some(({ mine }) => mine.isGuess) };
  }
  const says = nearest.map(({ theirs }) => theirs?.says ?? '').filter(Boolean);
  return {
    says: `unless ${says.join(' and ') || 'what is not known is otherwise'}`,
    isGuess: nearest.some(({ mine }) => mine.isGuess),
  };
}

interface Difference {
  readonly mine: Choice;
  readonly theirs: Choice | undefined;
}

function differencesOf(made: readonly Choice[], other: readonly Choice[]): readonly Difference[] {
  const theirs = new Map(other.map((choice) => [choice.name, choice]));
  return made.flatMap((mine) => {
    const chosen = theirs.get(mine.name);
    return chosen?.at === mine.at ? [] : [{ mine, theirs: chosen }];
  });
}
