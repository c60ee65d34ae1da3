import { existsSync } from 'node:fs';
import path from 'node:path';
import {
  declaredInTemplate,
  isTemplate,
  nestedStacksIn,
  unseenIn,
  unseenStacksIn,
  type ParsedDocument,
  type TemplateContext,
} from '../../core/template';
import type { Console } from '../console';
import { documentIn } from './document';
import type { DeclarationFile } from '.';

/** Stacks hold stacks. */
const DEEPEST = 10;

/** Ten templates that name the next one ten times each are billions. */
const MOST = 500;

/** Where reading nested stacks is. */
interface Reading {
  /** The files of the stacks around, and of this one. */
  readonly around: readonly string[];
  /** How many were read, of all. */
  readonly count: { read: number };
}

/**
 * What a template declares, and those of the stacks within it whose files are beside it or below. A nested template that is
 * there and cannot be read is told by an error.
 */
export async function templateFiles(
  name: string,
  document: ParsedDocument,
  context: TemplateContext,
  console: Console,
  { around, count }: Reading = { around: [path.normalize(name)], count: { read: 0 } },
): Promise<readonly DeclarationFile[]> {
  const read = new Set<string>();
  const files: DeclarationFile[] = [];
  for (const { logicalId, file } of nestedStacksIn(document.value)) {
    const at = file === undefined ? undefined : fileBelow(path.dirname(name), file);
    if (at === undefined || context.before !== undefined) continue;
    // CloudFormation would make stacks in one that is in itself for ever.
    if (around.length > DEEPEST || around.includes(at) || count.read >= MOST) continue;
    count.read += 1;
    const nested = await documentIn(at, console);
    if (!isTemplate(nested.value)) continue;
    read.add(logicalId);
    const stack = context.stack === undefined ? logicalId : `${context.stack}/${logicalId}`;
    const { parameters: _, ...place } = context;
    const within = { template: document.value, context, logicalId };
    files.push(
      ...(await templateFiles(at, nested, { ...place, stack, within }, console, { around: [...around, at], count })),
    );
  }
  const own: DeclarationFile = {
    name,
    document,
    declared: declaredInTemplate(document.value, context),
    isNested: around.length > 1,
    unseen: [...unseenIn(document.value), ...unseenStacksIn(document.value, read)],
  };
  return [own, ...files];
}

/** A template names files, and those who check it did not name these: only what is beside it or below is read. */
function fileBelow(folder: string, file: string): string | undefined {
  const normal = path.normalize(file);
  const at = path.join(folder, normal);
  return path.isAbsolute(normal) || normal.startsWith('..') || !existsSync(at) ? undefined : at;
}
