import type { Pieces } from './wildcard';

/** The wildcards of one item in a list of values: one, or those that one `anything-but` excludes. */
export type WildcardItem = readonly Pieces[];

const MOST_COMPLEX = 10;

/**
 * EventBridge refuses a field whose wildcards some text could bring into more than ten states at once. A state is a star
 * reached, or a beginning of the piece after a star that the text so far ends with. Stars once reached stay, so the worst
 * text has passed every star it can and ends like the piece that most pieces repeat.
 * @throws Error for such a field
 */
export function checkComplexity(all: readonly WildcardItem[], at: string): void {
  const items = [...new Map(all.map((item) => [JSON.stringify(item), item])).values()];
  const starts = new Set(items.flat().flatMap(([head = '', ...rest]) => (rest.length > 0 ? [head] : [])));
  const worst = Math.max(0, ...Array.from(starts, (start) => complexityBehind(start, items)));
  if (worst > MOST_COMPLEX) {
    throw new Error(
      `event pattern ${at} is too complex: a text can be at ${worst} places of its wildcards at once; allowed: ${MOST_COMPLEX}, ` +
        'so use fewer stars, or fewer repetitions after one',
    );
  }
}

/** The states that a text beginning with `start` can be in; wildcards that begin otherwise are out of the race. */
function complexityBehind(start: string, items: readonly WildcardItem[]): number {
  const running = items.map((item) => item.filter((pieces) => pieces.length > 1 && start.startsWith(pieces[0] ?? '')));
  const stars = running.reduce((sum, item) => {
    const firstStars = new Set(item.map(([head]) => head)).size;
    return item.reduce((count, pieces) => count + pieces.length - 2, sum + firstStars);
  }, 0);
  if (stars > MOST_COMPLEX) return stars;
  // The quote that ends a text in JSON is part of the last piece.
  const pieces = running.flat().flatMap(([, ...rest]) => [...rest.slice(0, -1), `${rest.at(-1) ?? ''}"`]);
  return stars + mostBegunAtOnce(pieces);
}

/** The largest number of beginnings of `pieces` that one text ends with. Such a text is itself the beginning of a piece. */
function mostBegunAtOnce(pieces: readonly string[]): number {
  const tables = pieces.map((piece) => [piece, bordersOf(piece)] as const);
  let most = 0;
  for (const text of pieces) {
    const begun = new Array<number>(text.length).fill(0);
    for (const [piece, borders] of tables) addBegun(begun, text, piece, borders);
    for (const count of begun) most = Math.max(most, count);
  }
  return most;
}

/** Adds to each place in `text` how many beginnings of `piece` end there. */
function addBegun(begun: number[], text: string, piece: string, borders: Borders): void {
  let matched = 0;
  for (let at = 0; at < text.length; at += 1) {
    while (matched > 0 && piece[matched] !== text[at]) matched = borders.longest[matched] ?? 0;
    if (piece[matched] === text[at]) matched += 1;
    begun[at] = (begun[at] ?? 0) + (borders.count[matched] ?? 0);
  }
}

/** By length of a beginning: its longest shorter beginning that it also ends with, and how many it ends with, itself included. */
interface Borders {
  readonly longest: readonly number[];
  readonly count: readonly number[];
}

function bordersOf(piece: string): Borders {
  const longest = [0, 0];
  const count = [0, 1];
  for (let length = 2; length <= piece.length; length += 1) {
    let border = longest[length - 1] ?? 0;
    while (border > 0 && piece[border] !== piece[length - 1]) border = longest[border] ?? 0;
    if (piece[border] === piece[length - 1]) border += 1;
    longest.push(border);
    count.push(1 + (count[border] ?? 0));
  }
  return { longest, count };
}
