import { readdir, readFile } from 'node:fs/promises';
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
  const nestedFiles = (await readdir(folder)).filter((name) => name.endsWith('.nested.template.json'));
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
    const nested = nestedFiles.filter((name) => name.startsWith(file.replace(/\.template\.json$/, '')));
    return [stack, ...nested.map((name) => nestedStack(stack, name))].map((each) => ({ stack: each, root: folder }));
  });
  return (await Promise.all(found)).flat();
}

/** A nested stack, whose parameters are not known. */
const nestedStack = (stack: StackFile, file: string): StackFile => ({
  ...stack,
  file,
  stack: `${stack.stack}/${file.replace(/\.nested\.template\.json$/, '')}`,
  parameters: new Map(),
});

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
