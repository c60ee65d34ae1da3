/* The text of a settings file, written by the stack or by people, and what it holds. */

import { applyEdits, modify, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import { isObject } from '../base/members';
import type { Settings } from '../settings';

/** The text of a settings file that holds `settings`: what `readSettingsText` reads again, in lines that people read. */
export function toSettingsText(settings: Settings): string {
  return `${JSON.stringify(settings, null, 2)}\n`;
}

/**
 * What a settings file holds, not checked yet: `problemsIn` does. Comments and trailing commas are taken, and `$schema`,
 * which tells an editor how to check the file, is left out. A text as `toSettingsText` writes it costs a hundredth of any other.
 * @param text of the whole file; editors on Windows begin it with a byte order mark, which is no JSON
 * @throws SyntaxError for a text that is no JSON, and for an object that has a name twice, with the line and column
 */
export function readSettingsText(text: string): unknown {
  const value = asWritten(text) ?? readByHand(text.replace(/^\uFEFF/, ''));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== '$schema'));
}

/**
 * `text` with another value of the setting `name`, and everything else, comments too, as it was.
 * @param text one that `readSettingsText` reads as an object
 */
export function withSetting(text: string, name: keyof Settings, value: unknown): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol };
  return applyEdits(text, modify(text, [name], value, { formattingOptions }));
}

/** What `text` holds if it is letter for letter what `toSettingsText` writes, in which no name can be lost. */
function asWritten(text: string): unknown {
  try {
    const value = JSON.parse(text) as Settings;
    return toSettingsText(value) === text ? value : undefined;
  } catch {
    // Told with its place by the slower reading.
    return undefined;
  }
}

function readByHand(json: string): unknown {
  const errors: ParseError[] = [];
  const tree = parseTree(json, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first || !tree) throw new SyntaxError(`${reasonOf(first)} ${placeIn(json, first?.offset ?? 0)}`);
  return valueOf(tree, json);
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
