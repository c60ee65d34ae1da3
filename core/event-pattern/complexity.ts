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
export function checkComplexity(items: readonly WildcardItem[], at: string): void {
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
  return stars + mostBegunAtOnce(running.flat());
}

/**
 * The largest number of beginnings of pieces that one text ends with. Such a text is itself the beginning of a piece. A
 * wildcard that comes again shares the longest beginning with the first, and begins anew by itself.
 */
function mostBegunAtOnce(wildcards: readonly Pieces[]): number {
  const times = new Map<string, { readonly pieces: readonly string[]; count: number }>();
  for (const wildcard of wildcards) {
    const name = JSON.stringify(wildcard);
    const known = times.get(name);
    if (known) known.count += 1;
    else times.set(name, { pieces: endedPieces(wildcard), count: 1 });
  }
  const tables = [...times.values()].flatMap(({ pieces, count }) =>
    pieces.map((piece) => ({ piece, count, borders: bordersOf(piece) })),
  );
  let most = 0;
  for (const { piece: text } of tables) {
    const begun = new Array<number>(text.length).fill(0);
    for (const table of tables) addBegun(begun, text, table);
    for (const count of begun) most = Math.max(most, count);
  }
  return most;
}

/** The pieces after the first star. The quote that ends a text in JSON is part of the last one. */
const endedPieces = ([, ...pieces]: Pieces): readonly string[] => [...pieces.slice(0, -1), `${pieces.at(-1) ?? ''}"`];

interface Table {
  readonly piece: string;
  /** How often its wildcard stands in the field. */
  readonly count: number;
  readonly borders: Borders;
}

/** Adds to each place in `text` how many beginnings of `piece` end there. */
function addBegun(begun: number[], text: string, { piece, count, borders }: Table): void {
  let matched = 0;
  for (let at = 0; at < text.length; at += 1) {
    while (matched > 0 && piece[matched] !== text[at]) matched = borders.longest[matched] ?? 0;
    if (piece[matched] === text[at]) matched += 1;
    const here = borders.count[matched] ?? 0;
    begun[at] = (begun[at] ?? 0) + (here > 0 ? 1 + (here - 1) * count : 0);
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
