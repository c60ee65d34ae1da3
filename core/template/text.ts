import { parseTree, type Node } from 'jsonc-parser';
import { textOfError } from '../base/error-text';
import { once } from '../base/once';
import type { Path } from '../declared';
import { readYaml } from './yaml';

/** A document of JSON or YAML, with where things are in it. */
export interface ParsedDocument {
  readonly value: unknown;
  /** The line, counted from 1, where the nearest of `path` that is there begins. */
  readonly lineOf: (path: Path) => number;
}

/** CloudFormation takes templates of 1 MB. */
const LARGEST_YAML = 1_100_000;

/** A template nests some twenty levels. */
const DEEPEST = 200;

/** Larger ones are read, but lines are not looked for in them. */
const LARGEST_WITH_LINES = 5_000_000;

/**
 * Reads a document.
 * @throws Error with a clause about what is wrong: what is no JSON and no YAML, is nested too deep, too large, or refers to itself
 */
export function parseDocument(text: string): ParsedDocument {
  const json = text.replace(/^\uFEFF/, '');
  const isJson = /^\s*[[{]/.test(json);
  if (isJson) {
    // What nests by the million takes gigabytes once it is parsed.
    if (isNestedDeeperThan(DEEPEST, json)) throw new Error(`is nested deeper than ${DEEPEST} levels`);
    const parsed = parsedJson(json);
    if ('value' in parsed) return { value: parsed.value, lineOf: linesInJson(json) };
    // A template in YAML's flow style begins as one of JSON does.
    if (json.length > LARGEST_YAML) throw new Error(`is no JSON: ${parsed.error}`);
    try {
      return readYaml(json);
    } catch {
      throw new Error(`is no JSON: ${parsed.error}`);
    }
  }
  if (json.length > LARGEST_YAML)
    throw new Error(
      `has ${json.length} characters; allowed: at most ${LARGEST_YAML} of YAML, as CloudFormation takes templates of 1 MB`,
    );
  return readYaml(json);
}

function parsedJson(text: string): { readonly value: unknown } | { readonly error: string } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof RangeError)) throw error;
    return { error: textOfError(error) };
  }
}

/** Whether brackets outside of texts nest deeper in a text of JSON. */
function isNestedDeeperThan(depth: number, json: string): boolean {
  let open = 0;
  for (let at = 0; at < json.length; at += 1) {
    const mark = json[at];
    if (mark === '"') at = endOfText(json, at);
    else if (mark === '{' || mark === '[') open += 1;
    else if (mark === '}' || mark === ']') open -= 1;
    if (open > depth) return true;
  }
  return false;
}

/** Where the text ends that begins at a quotation mark. */
function endOfText(json: string, begin: number): number {
  let at = begin + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at;
}

/** Read once, and only where somebody asks: a line is asked for of each finding. */
function linesInJson(text: string): ParsedDocument['lineOf'] {
  let read: { membersOf: (node: Node) => Members; root: Node | undefined; breaks: readonly number[] } | undefined;
  return (path) => {
    if (path.length === 0 || text.length > LARGEST_WITH_LINES) return 1;
    read ??= { membersOf: once(toMembers), root: parseTree(text), breaks: breaksIn(text) };
    let nearest: number | undefined;
    let node = read.root;
    for (const step of path) {
      const member: Node | undefined = node && read.membersOf(node).get(step);
      if (member === undefined) break;
      // The member's name stands before its value.
      nearest = member.parent?.type === 'property' ? member.parent.offset : member.offset;
      node = member;
    }
    return nearest === undefined ? 1 : lineAt(read.breaks, nearest);
  };
}

type Members = ReadonlyMap<string | number, Node>;

/** What is in an object by name, and in a list by place; of a name that is there twice the last, as it is read. */
function toMembers({ type, children = [] }: Node): Members {
  if (type === 'array') return new Map(children.map((child, at) => [at, child]));
  const members = children.flatMap(({ children: [name, value] = [] }): [string, Node][] => {
    return name && value ? [[String(name.value), value]] : [];
  });
  return new Map(type === 'object' ? members : []);
}

function breaksIn(text: string): number[] {
  const breaks: number[] = [];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) breaks.push(at);
  return breaks;
}

/** One more than the line breaks before an offset. */
function lineAt(breaks: readonly number[], offset: number): number {
  let [from, to] = [0, breaks.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((breaks[middle] ?? 0) < offset) from = middle + 1;
    else to = middle;
  }
  return from + 1;
}
