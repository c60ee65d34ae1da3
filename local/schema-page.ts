import ts from '@typescript/typescript6';
import path from 'node:path';
import { settingsSchema } from '../core/settings';
import { REPOSITORY } from './child-process';
import { commentOf, declarationIn } from './declarations';

/** docs/monitor.schema.json: the schema of a settings file, with what the comments of `Settings` say. */
export function schemaPage(): string {
  return `${JSON.stringify(settingsSchema(descriptionOf), null, 2)}\n`;
}

/** @throws Error for a member that has no comment */
function descriptionOf(type: string, member: string): string {
  const declaration = declarationIn(path.join(REPOSITORY, 'core', 'settings', 'settings.ts'), type);
  const members = ts.isInterfaceDeclaration(declaration) ? declaration.members : [];
  const found = members.find(({ name }) => name?.getText() === member);
  const { text = '', tags = [] } = found ? commentOf(found) : {};
  if (text === '') throw new Error(`${type}.${member} has no comment`);
  const defaults = tags
    .filter(({ name }) => name === 'default')
    .map((tag) => `Default: ${tag.text.replace(/^- /, '')}.`);
  return [text, ...defaults].join('\n\n').replaceAll('`', '');
}
