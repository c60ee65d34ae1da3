import { parseTree, findNodeAtLocation } from 'jsonc-parser';
import { textOfError } from '../base/error-text';
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
    if ('value' in parsed) return { value: parsed.value, lineOf: (path) => lineInJson(json, path) };
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

function lineInJson(text: string, path: Path): number {
  if (text.length > LARGEST_WITH_LINES) return 1;
  const root = parseTree(text);
  if (root === undefined) return 1;
  for (let length = path.length; length > 0; length -= 1) {
    const node = findNodeAtLocation(root, path.slice(0, length));
    // The member's name stands before its value.
    if (node) return lineAt(text, node.parent?.type === 'property' ? node.parent.offset : node.offset);
  }
  return 1;
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
