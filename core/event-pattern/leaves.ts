import { isObject } from '../base/members';

/** What a field of a record holds in the end, null included. */
export type Leaf = string | number | boolean | null;

/** The record itself, or one object or list among the items of a list: what lies in two items of one list is apart. */
export interface Place {
  /** Unique within a record. */
  readonly id: number;
  readonly leaves: Map<string, Leaf[]>;
  readonly lists: List[];
  /** The list this is an item of; the record is of none. */
  readonly list?: List;
}

export interface List {
  /** The names on the way, joined with dots. Nesting of lists in lists leaves no trace in it. */
  readonly path: string;
  readonly items: Place[];
  readonly place: Place;
}

/** The paths a pattern asks for, and all their beginnings: whatever else a record holds is not looked at. */
export interface Wanted {
  readonly paths: ReadonlySet<string>;
  readonly beginnings: ReadonlySet<string>;
}

export function wantedOf(paths: Iterable<string>): Wanted {
  const all = new Set(paths);
  const beginnings = new Set<string>();
  for (const path of all) {
    for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) beginnings.add(path.slice(0, dot));
  }
  return { paths: all, beginnings };
}

/** EventBridge reads no event whose lists and objects nest deeper. */
const DEEPEST = 1000;

interface Task {
  readonly value: object;
  readonly path: string | undefined;
  readonly place: Place;
  readonly depth: number;
}

/** The wanted leaves of a record. Goes through the record without recursion, as it may nest deeper than the stack. */
export function leavesOf(record: Readonly<Record<string, unknown>>, wanted: Wanted): Place {
  let ids = 0;
  const placeIn = (list?: List): Place => ({ id: ids++, leaves: new Map(), lists: [], ...(list && { list }) });
  const root = placeIn();
  const tasks: Task[] = [{ value: record, path: undefined, place: root, depth: 0 }];

  const visit = (value: unknown, path: string, task: Task, placeOfItem: () => Place): void => {
    if (typeof value !== 'object' || value === null) {
      if (wanted.paths.has(path)) addLeaf(task.place, path, value);
    } else if (task.depth < DEEPEST && (Array.isArray(value) || wanted.beginnings.has(path))) {
      tasks.push({ value, path, place: placeOfItem(), depth: task.depth + 1 });
    }
  };

  for (let task = tasks.pop(); task; task = tasks.pop()) {
    const { value, path, place } = task;
    if (Array.isArray(value)) {
      const list: List = { path: path ?? '', items: [], place };
      const placeOfItem = (): Place => {
        const item = placeIn(list);
        list.items.push(item);
        return item;
      };
      for (const item of value as readonly unknown[]) visit(item, list.path, task, placeOfItem);
      if (list.items.length > 0) place.lists.push(list);
    } else if (isObject(value)) {
      for (const name of Object.keys(value)) {
        const inner = path === undefined ? name : `${path}.${name}`;
        if (wanted.paths.has(inner) || wanted.beginnings.has(inner)) visit(value[name], inner, task, () => place);
      }
    }
  }
  return root;
}

function addLeaf(place: Place, path: string, value: unknown): void {
  if (value !== null && typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return;
  const leaves = place.leaves.get(path);
  if (leaves) leaves.push(value);
  else place.leaves.set(path, [value]);
}

/** Which item was taken of each list that a leaf was taken from. */
export type Choice = Map<List, Place>;

/** The leaves at a path that lie, for every list in `choice`, in the item taken of it or in none of its items. */
export function leavesAt(root: Place, path: string, choice: Choice): readonly (readonly [Leaf, Place])[] {
  const found: (readonly [Leaf, Place])[] = [];
  const places = [root];
  for (let place = places.pop(); place; place = places.pop()) {
    for (const leaf of place.leaves.get(path) ?? []) found.push([leaf, place]);
    for (const list of place.lists) {
      if (!leadsTo(list, path)) continue;
      const taken = choice.get(list);
      if (taken) places.push(taken);
      else for (const item of list.items) places.push(item);
    }
  }
  return found;
}

/** Never false where the list holds a leaf at the path, and seldom true where it holds none. */
export function leadsTo(list: List, path: string): boolean {
  return list.path === '' || path === list.path || path.startsWith(`${list.path}.`);
}
