import { isObject } from '../base/members';

/** An object that takes members of any name: a stranger may have chosen `__proto__`. */
export type Tree = Record<string, unknown>;

export const newTree = (): Tree => Object.create(null) as Tree;

/** Sets the value at the end of a path of names, and the objects on the way there. */
export function setAt(tree: Tree, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    tree[name] = value;
    return;
  }
  const there = tree[name];
  const branch: Tree = isObject(there) ? there : newTree();
  tree[name] = branch;
  setAt(branch, rest, value);
}
