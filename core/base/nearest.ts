/**
 * The names most like `text`, best first, at most three, and none that is nothing like it: for "did you mean". Where one
 * is the same in other letters, it is meant, and no other.
 */
export function nearestTo(text: string, names: Iterable<string>): readonly string[] {
  const wanted = text.toLowerCase();
  const distances = [...new Set(names)].map((name) => ({
    name,
    distance: distanceBetween(wanted, name.toLowerCase()),
  }));
  const isSame = distances.some(({ distance }) => distance === 0);
  const furthest = isSame ? 0 : Math.max(2, Math.ceil(wanted.length / 3));
  return distances
    .filter(({ distance }) => distance <= furthest)
    .sort((a, b) => a.distance - b.distance || a.name.localeCompare(b.name))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** `; did you mean A, B?`, or nothing where no name is near. */
export function didYouMean(text: string, names: Iterable<string>): string {
  const nearest = nearestTo(text, names);
  return nearest.length === 0 ? '' : `; did you mean ${nearest.join(', ')}?`;
}

/** Levenshtein distance: letters inserted, left out or replaced. */
function distanceBetween(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...a].entries()) {
    const current = [row + 1];
    for (let column = 0; column < b.length; column++) {
      const replaced = (previous[column] ?? 0) + (letter === b[column] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
