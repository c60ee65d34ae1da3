import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isObject, memberOf, textOf } from '../../core/base/members';

/** The template of a stack in a cloud assembly, and what the assembly says of the stack. */
export interface StackFile {
  /** Within the assembly. */
  readonly file: string;
  readonly stack: string;
  readonly accountId: string | undefined;
  readonly region: string | undefined;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Assemblies hold those of stages, which hold those of stages. */
const DEEPEST = 10;

/** The stacks of a cloud assembly, those of its stages and those within others. */
export async function assemblyIn(
  folder: string,
  depth = 0,
): Promise<readonly { readonly stack: StackFile; readonly root: string }[]> {
  if (depth > DEEPEST) throw new Error(`holds assemblies within assemblies, more than ${DEEPEST} deep`);
  const artifacts = memberOf(await jsonIn(folder, 'manifest.json'), 'artifacts');
  const found = Object.entries(isObject(artifacts) ? artifacts : {}).map(async ([id, artifact]) => {
    const type = memberOf(artifact, 'type');
    if (type === 'cdk:cloud-assembly') {
      const directory = textOf(memberOf(artifact, 'properties', 'directoryName'));
      return directory === undefined ? [] : assemblyIn(path.join(folder, inside(directory)), depth + 1);
    }
    if (type !== 'aws:cloudformation:stack') return [];
    const file = textOf(memberOf(artifact, 'properties', 'templateFile'));
    if (file === undefined) return [];
    const [, account, region] =
      /^aws:\/\/([^/]*)\/([^/]*)$/.exec(textOf(memberOf(artifact, 'environment')) ?? '') ?? [];
    const stack: StackFile = {
      file: inside(file),
      stack: textOf(memberOf(artifact, 'displayName')) ?? id,
      accountId: account !== undefined && /^\d{12}$/.test(account) ? account : undefined,
      region: region === 'unknown-region' ? undefined : region,
      parameters: textsIn(memberOf(artifact, 'properties', 'parameters')),
    };
    return [{ stack, root: folder }, ...(await nestedIn(folder, stack, depth))];
  });
  return (await Promise.all(found)).flat();
}

/** The templates of nested stacks: assets of the template they are in. Their parameters are not known. */
async function nestedIn(
  folder: string,
  stack: StackFile,
  depth: number,
): Promise<readonly { readonly stack: StackFile; readonly root: string }[]> {
  if (depth > DEEPEST) return [];
  const resources = memberOf(await jsonIn(folder, stack.file), 'Resources');
  const nested = Object.entries(isObject(resources) ? resources : {}).map(async ([id, resource]) => {
    const file = textOf(memberOf(resource, 'Metadata', 'aws:asset:path'));
    if (memberOf(resource, 'Type') !== 'AWS::CloudFormation::Stack' || !file?.endsWith('.json')) return [];
    const inner: StackFile = { ...stack, file: inside(file), stack: `${stack.stack}/${id}`, parameters: new Map() };
    return [{ stack: inner, root: folder }, ...(await nestedIn(folder, inner, depth + 1))];
  });
  return (await Promise.all(nested)).flat();
}

/** @throws Error for a path that leads out of the assembly */
function inside(file: string): string {
  const normal = path.normalize(file);
  if (path.isAbsolute(normal) || normal.startsWith('..'))
    throw new Error(`names a file outside of it: ${JSON.stringify(file)}`);
  return normal;
}

function textsIn(parameters: unknown): ReadonlyMap<string, string> {
  const texts = Object.entries(isObject(parameters) ? parameters : {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return new Map(texts);
}

async function jsonIn(folder: string, file: string): Promise<unknown> {
  return JSON.parse(await readFile(path.join(folder, file), 'utf8')) as unknown;
}
