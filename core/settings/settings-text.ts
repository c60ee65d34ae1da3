import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import { isObject } from '../base/members';

/**
 * What a settings file holds, not checked yet: `problemsIn` does. Comments and trailing commas are taken, and `$schema`,
 * which tells an editor how to check the file, is left out.
 * @param text of the whole file; editors on Windows begin it with a byte order mark, which is no JSON
 * @throws SyntaxError for a text that is no JSON, and for an object that has a name twice, with the line and column
 */
export function readSettingsText(text: string): unknown {
  const json = text.replace(/^\uFEFF/, '');
  const errors: ParseError[] = [];
  const tree = parseTree(json, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first || !tree) throw new SyntaxError(`${reasonOf(first)} ${placeIn(json, first?.offset ?? 0)}`);
  const value = valueOf(tree, json);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== '$schema'));
}

/** The parser's own `getNodeValue` lets a later member replace one of the same name without a word. */
function valueOf(node: Node, json: string): unknown {
  const children = node.children ?? [];
  if (node.type === 'array') return children.map((child) => valueOf(child, json));
  if (node.type !== 'object') return node.value as unknown;
  const members = new Map<string, unknown>();
  for (const { children: [key, member] = [] } of children) {
    if (!key || !member) continue;
    const name = String(key.value);
    if (members.has(name)) {
      throw new SyntaxError(`${JSON.stringify(name)} is there a second time ${placeIn(json, key.offset)}`);
    }
    members.set(name, valueOf(member, json));
  }
  return Object.fromEntries(members);
}

/** `CloseBraceExpected` as words. */
function reasonOf(error: ParseError | undefined): string {
  const code = error ? printParseErrorCode(error.error) : 'ValueExpected';
  return code.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}

/** Counted as editors do, from one. */
function placeIn(json: string, offset: number): string {
  const lines = json.slice(0, offset).split('\n');
  return `at line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`;
}
