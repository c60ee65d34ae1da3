import ts from '@typescript/typescript6';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/*
 * The declarations of the sources with what their comments say, for the pages that are printed from them. The compiler of this
 * project has no API for JavaScript, so an older one parses; it checks nothing.
 */

export type Declaration =
  ts.ClassDeclaration | ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.FunctionDeclaration;

/** A comment: its text, and that of its tags by their names. */
export interface Comment {
  readonly text: string;
  readonly tags: readonly { readonly name: string; readonly parameter?: string; readonly text: string }[];
}

/** What `file` exports from other files, by name. @throws Error for an export that is declared nowhere */
export function exportsOf(file: string): ReadonlyMap<string, Declaration> {
  return new Map(
    exportedFrom(file).map((exported) => [exported.name, declarationIn(exported.file, exported.original)]),
  );
}

/** The declaration of `name` in `file`, or where that has it from. */
export function declarationIn(file: string, name: string): Declaration {
  const declared = sourceOf(file)
    .statements.filter(isDeclaration)
    .find((node) => node.name?.text === name);
  if (declared) return declared;
  const exported = exportedFrom(file).find((one) => one.name === name);
  if (!exported) throw new Error(`${name} is not declared in ${file}`);
  return declarationIn(exported.file, exported.original);
}

interface Exported {
  readonly name: string;
  /** Where it is from, and what it is called there. */
  readonly file: string;
  readonly original: string;
}

function exportedFrom(file: string): readonly Exported[] {
  return sourceOf(file).statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || !statement.moduleSpecifier) return [];
    const { exportClause, moduleSpecifier } = statement;
    if (!exportClause || !ts.isNamedExports(exportClause) || !ts.isStringLiteral(moduleSpecifier)) return [];
    const from = fileOf(file, moduleSpecifier.text);
    return exportClause.elements.map(({ name, propertyName }) => ({
      name: name.text,
      file: from,
      original: (propertyName ?? name).text,
    }));
  });
}

export function commentOf(node: ts.Node): Comment {
  const [comment] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const tags = ts.getJSDocTags(node).map((tag) => ({
    name: tag.tagName.text,
    ...(ts.isJSDocParameterTag(tag) && { parameter: tag.name.getText() }),
    text: unwrapped(ts.getTextOfJSDocComment(tag.comment)),
  }));
  return { text: unwrapped(ts.getTextOfJSDocComment(comment?.comment)), tags };
}

/** A paragraph a line. */
function unwrapped(text = ''): string {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replaceAll(/\s*\n\s*/g, ' ').trim())
    .join('\n\n');
}

function sourceOf(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
}

function fileOf(importer: string, name: string): string {
  const target = path.join(path.dirname(importer), name);
  const found = [`${target}.ts`, path.join(target, 'index.ts')].find((file) => existsSync(file));
  if (!found) throw new Error(`${importer} has exports from ${name}, which is no file`);
  return found;
}

function isDeclaration(node: ts.Node): node is Declaration {
  return (
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isFunctionDeclaration(node)
  );
}
