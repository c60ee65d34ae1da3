/**
 * The names most like `text`, best first, at most three, and none that is nothing like it: for "did you mean". Where one
 * is the same in other letters, it is meant, and no other.
 */
export function nearestTo(text: string, names: Iterable<string>): readonly string[] {
  const wanted = text.toLowerCase();
  const most = Math.max(2, Math.ceil(wanted.length / 3));
  const near = [...new Set(names)].flatMap((name) => {
    const distance = distanceWithin(most, wanted, name.toLowerCase());
    return distance === undefined ? [] : [{ name, distance }];
  });
  const same = near.filter(({ distance }) => distance === 0);
  return (same.length > 0 ? same : near)
    .sort((a, b) => a.distance - b.distance || a.name.localeCompare(b.name))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** `; did you mean A, B?`, or nothing where no name is near. */
export function didYouMean(text: string, names: Iterable<string>): string {
  const nearest = nearestTo(text, names);
  return nearest.length === 0 ? '' : `; did you mean ${nearest.join(', ')}?`;
}

/** Levenshtein distance: letters inserted, left out or replaced. Undefined where it is more than `most`. */
function distanceWithin(most: number, a: string, b: string): number | undefined {
  if (Math.abs(a.length - b.length) > most) return undefined;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 0; row < a.length; row++) {
    const current = [row + 1];
    let least = row + 1;
    for (let column = 0; column < b.length; column++) {
      const replaced = (previous[column] ?? 0) + (a[row] === b[column] ? 0 : 1);
      const distance = Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1);
      current.push(distance);
      least = Math.min(least, distance);
    }
    if (least > most) return undefined;
    previous = current;
  }
  const distance = previous[b.length] ?? 0;
  return distance <= most ? distance : undefined;
}
