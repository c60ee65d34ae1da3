import { leadsTo, leavesAt, type Choice, type List, type Place } from './leaves';
import type { Values } from './values';

/** A field of an event pattern. */
export interface Field {
  /** The names on the way, joined with dots, as EventBridge does: `{"a": {"b": …}}` and `{"a.b": …}` are one field. */
  readonly path: string;
  readonly values: Values;
}

/**
 * Whether one leaf can be taken for each field so that no two come from different items of one list. A field that may be
 * absent is so if nothing is at its path in the items taken for the fields before it.
 */
export function matchesFields(fields: readonly Field[], root: Place): boolean {
  const choice: Choice = new Map();
  const hopeless = new Set<string>();

  const matchesFrom = (index: number): boolean => {
    const field = fields[index];
    if (!field) return true;
    const state = stateAt(index);
    if (hopeless.has(state)) return false;
    const leaves = leavesAt(root, field.path, choice);
    const isMatch =
      leaves.some(([leaf, place]) => field.values.accepts(leaf) && matchesAfter(place, index + 1)) ||
      (leaves.length === 0 && field.values.acceptsAbsence && matchesFrom(index + 1));
    if (!isMatch) hopeless.add(state);
    return isMatch;
  };

  const matchesAfter = (place: Place, index: number): boolean => {
    const added = choose(place, choice);
    const isMatch = matchesFrom(index);
    for (const list of added) choice.delete(list);
    return isMatch;
  };

  /** All of the choice that the fields from `index` on can tell: without it, independent lists would multiply. */
  const stateAt = (index: number): string => {
    const ids = [`${index}`];
    for (const [list, place] of choice) {
      if (fields.some((field, at) => at >= index && leadsTo(list, field.path))) ids.push(`${place.id}`);
    }
    return ids.join();
  };

  return matchesFrom(0);
}

/** Takes the items that `place` lies in, as far as they are not taken yet, and tells of which lists. */
function choose(place: Place, choice: Choice): readonly List[] {
  const added: List[] = [];
  for (let item = place; item.list && !choice.has(item.list); item = item.list.place) {
    choice.set(item.list, item);
    added.push(item.list);
  }
  return added;
}
