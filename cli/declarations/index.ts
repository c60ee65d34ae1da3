import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { textOfError } from '../../core/base/error-text';
import { memberOf } from '../../core/base/members';
import { plain } from '../../core/base/plain-text';
import type { Declared } from '../../core/declared';
import { declaredInTemplate, isTemplate, parseDocument, type ParsedDocument } from '../../core/template';
import type { Console } from '../console';
import { assemblyIn, type StackFile } from './assembly';
import { filesOfFolder } from './folder';

/** A file that was read, and what it declares. */
export interface DeclarationFile {
  /** As it is told to people, and as code scanning finds it. */
  readonly name: string;
  readonly document: Pick<ParsedDocument, 'lineOf'>;
  readonly declared: readonly Declared[];
}

/** What was found under the paths given. */
export interface Declarations {
  readonly files: readonly DeclarationFile[];
  readonly unread: readonly { readonly name: string; readonly why: string }[];
  /** Files in folders that declare nothing: no templates and no plans. */
  readonly passedOver: number;
}

/** What is known of the deployment beside the files. */
export interface DeploymentGiven {
  readonly accountId: string | undefined;
  readonly region: string | undefined;
  readonly parameters: ReadonlyMap<string, string>;
  /** The template that is deployed now. */
  readonly before: string | undefined;
}

/** A plan of some thousand resources has some megabytes. */
const LARGEST = 200_000_000;

/** What the files under `paths` declare. Of a folder all templates and plans in it count; a folder of the CDK is an assembly. */
export async function declarationsIn(
  paths: readonly string[],
  given: DeploymentGiven,
  console: Console,
): Promise<Declarations> {
  const files: DeclarationFile[] = [];
  const unread: { name: string; why: string }[] = [];
  let passedOver = 0;

  const attempt = async (name: string, read: () => Promise<void>): Promise<void> => {
    try {
      await read();
    } catch (error) {
      unread.push({ name: plain(name, 1000), why: plain(textOfError(error), 1000) });
    }
  };
  const readStack = (stack: StackFile, root: string): Promise<void> =>
    attempt(path.join(root, stack.file), async () => {
      const name = path.join(root, stack.file);
      const document = await documentIn(name, console);
      files.push({
        name,
        document,
        declared: declaredInTemplate(document.value, { ...templateGiven(given), ...stack }),
      });
    });

  for (const at of paths) {
    await attempt(at, async () => {
      if (at === '-' || !(await stat(at)).isDirectory()) {
        files.push(await declarationFile(at, given, console));
        return;
      }
      const { assemblies, names } = await filesOfFolder(at);
      for (const folder of assemblies) {
        await attempt(folder, async () => {
          for (const { stack, root } of await assemblyIn(folder)) await readStack(stack, root);
        });
      }
      for (const name of names) {
        await attempt(name, async () => {
          const document = await documentIn(name, console);
          const declared = declaredIn(document.value, given, undefined);
          if (declared === undefined) passedOver += 1;
          else files.push({ name, document, declared });
        });
      }
    });
  }
  return { files, unread, passedOver };
}

async function declarationFile(name: string, given: DeploymentGiven, console: Console): Promise<DeclarationFile> {
  if (/\.tf$/i.test(name)) throw new Error('is Terraform source; allowed: a plan of it, by terraform show -json PLAN');
  const document = await documentIn(name, console);
  const before = given.before === undefined ? undefined : await documentIn(given.before, console);
  const declared = declaredIn(document.value, given, before?.value);
  if (declared === undefined) throw new Error(`declares nothing that is known here; ${ALLOWED}`);
  return { name: name === '-' ? 'standard input' : name, document, declared };
}

const ALLOWED =
  'allowed: a CloudFormation template, a folder of cdk synth, a plan by terraform show -json, a change set by describe-change-set --include-property-values';

/** What a document declares, told by its shape; `undefined` for one that is none of those known. */
function declaredIn(value: unknown, given: DeploymentGiven, before: unknown): readonly Declared[] | undefined {
  if (!isTemplate(value)) return undefined;
  return declaredInTemplate(value, { ...templateGiven(given), ...(before !== undefined && { before }) });
}

const templateGiven = ({ accountId, region, parameters }: DeploymentGiven) => ({ accountId, region, parameters });

/** @throws Error for what cannot be read */
async function documentIn(name: string, { in: input }: Console): Promise<ParsedDocument> {
  const bytes = Buffer.from(name === '-' && input ? await input() : await readFile(name));
  if (bytes.length > LARGEST) throw new Error(`has ${bytes.length} bytes; allowed: at most ${LARGEST}`);
  if (bytes.subarray(0, 2).toString('latin1') === 'PK')
    throw new Error(`is a packed plan; allowed: its text, by terraform show -json`);
  return parseDocument(bytes.toString('utf8'));
}

/** Whether a document has a member, whatever it is. */
export const has = (value: unknown, member: string): boolean => memberOf(value, member) !== undefined;
