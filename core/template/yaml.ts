import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
  type ScalarTag,
  type CollectionTag,
  type Node,
  type Pair,
  type Scalar,
} from 'yaml';
import type { Path } from '../declared';
import { nameOfTag, SHORT_FORMS } from './short-forms';
import type { ParsedDocument } from './text';

/** More than a template of 1 MB has; a few aliases of aliases are billions. */
const MOST_NODES = 100_000;

/** A template nests some twenty levels. */
const DEEPEST = 200;

/**
 * Reads one document of YAML as CloudFormation does: version 1.1, with the short forms of its functions.
 * @throws Error with a clause about what is wrong
 */
export function readYaml(text: string): ParsedDocument {
  if (deepestFlow(text) > DEEPEST) throw new Error(`is nested deeper than ${DEEPEST} levels`);
  const lines = new LineCounter();
  const document = onlyDocument(text, lines);
  const [error] = document.errors;
  if (error) {
    const [why = ''] = error.message.split('\n');
    throw new Error(/call stack/i.test(why) ? 'is nested too deep' : `is no YAML: ${why.replace(/:$/, '')}`);
  }
  const places = new Map<string, number>();
  const value = toValue(document, places, (offset) => lines.linePos(offset).line);
  return { value, lineOf: (path) => lineOf(path, places) };
}

/** @throws Error for nothing, several documents, and what exhausts the parser */
function onlyDocument(text: string, lineCounter: LineCounter): Document {
  let documents;
  try {
    documents = parseAllDocuments(text, {
      version: '1.1',
      schema: 'core',
      customTags: TAGS,
      lineCounter,
      prettyErrors: true,
      logLevel: 'error',
      // Its own check compares each with each; members are told apart below.
      uniqueKeys: false,
      merge: true,
    });
  } catch (error) {
    if (error instanceof RangeError) throw new Error('is nested too deep', { cause: error });
    throw error;
  }
  const [document, ...others] = Array.isArray(documents) ? documents : [];
  if (document === undefined) throw new Error('is empty');
  if (others.length > 0) throw new Error(`holds ${others.length + 1} documents; allowed: one`);
  return document;
}

/** `!Ref`, `!Sub` … before a text, a list or a map. */
const TAGS = [...SHORT_FORMS].flatMap((name): (ScalarTag | CollectionTag)[] => [
  { tag: `!${name}`, resolve: (text: string) => text },
  { tag: `!${name}`, collection: 'seq' },
  { tag: `!${name}`, collection: 'map' },
]);

/** The deepest brackets outside of texts, roughly: what makes the parser call itself. */
function deepestFlow(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = Math.max(0, depth + (bracket === '[' || bracket === '{' ? 1 : -1));
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** The value, its aliases replaced by what they stand for. `places` gets the line of each member and item. */
function toValue(document: Document, places: Map<string, number>, lineAt: (offset: number) => number): unknown {
  let left = MOST_NODES;
  const within: Node[] = [];

  const visit = (node: unknown, path: Path): unknown => {
    left -= 1;
    if (left < 0) throw new Error(`has more than ${MOST_NODES} values, counted as often as its aliases name them`);
    if (path.length > DEEPEST) throw new Error(`is nested deeper than ${DEEPEST} levels`);
    if (isAlias(node)) {
      const target = node.resolve(document);
      if (target === undefined) throw new Error(`has the alias *${node.source} of an anchor that is not there`);
      if (within.includes(target)) throw new Error(`has the alias *${node.source} within what it stands for`);
      return visit(target, path);
    }
    if (isScalar(node)) return tagged(node, scalarOf(node));
    if (!isMap(node) && !isSeq(node)) return null;
    within.push(node);
    const value = isMap(node)
      ? membersOf(node.items, path)
      : node.items.map((item, at) => {
          note([...path, at], item);
          return visit(item, [...path, at]);
        });
    within.pop();
    return tagged(node, value);
  };

  const membersOf = (pairs: readonly Pair[], path: Path): unknown => {
    const members = new Map<string, unknown>();
    const written = new Set<string>();
    for (const { key, value } of pairs) {
      const name = isScalar(key) ? String(key.source ?? key.value) : String(visit(key, path));
      const at = [...path, name];
      if (name === '<<') {
        const merged = visit(value, path);
        for (const each of Array.isArray(merged) ? (merged as unknown[]) : [merged]) {
          if (typeof each !== 'object' || each === null) throw new Error('merges (<<) what is no map');
          for (const [inner, member] of Object.entries(each)) if (!members.has(inner)) members.set(inner, member);
        }
        continue;
      }
      note(at, key);
      if (written.has(name)) throw new Error(`has ${JSON.stringify(name.slice(0, 80))} twice in one map`);
      written.add(name);
      members.set(name, visit(value, at));
    }
    return Object.fromEntries(members);
  };

  const note = (path: Path, node: unknown): void => {
    const range = (node as Partial<Node> | null)?.range;
    const key = keyOf(path);
    if (range && !places.has(key)) places.set(key, lineAt(range[0]));
  };

  return visit(document.contents, []);
}

/** A value behind the tag of a short form is that of the function: `!GetAtt A.Arn` is `{ "Fn::GetAtt": ["A", "Arn"] }`. */
function tagged(node: Node, value: unknown): unknown {
  const name = nameOfTag((node as { readonly tag?: string }).tag);
  if (name === undefined) return value;
  if (name === 'Fn::GetAtt' && typeof value === 'string') {
    const [resource = '', ...attribute] = value.split('.');
    return { [name]: [resource, attribute.join('.')] };
  }
  return { [name]: value };
}

/** A number as it is written, where it is written otherwise: accounts begin with zeros. */
function scalarOf({ value, source }: Scalar): unknown {
  return typeof value === 'number' && source !== undefined && String(value) !== source ? source : value;
}

const keyOf = (path: Path): string => path.join('\u0000');

function lineOf(path: Path, places: ReadonlyMap<string, number>): number {
  for (let length = path.length; length > 0; length -= 1) {
    const line = places.get(keyOf(path.slice(0, length)));
    if (line !== undefined) return line;
  }
  return 1;
}
