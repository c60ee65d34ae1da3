import { stat } from 'node:fs/promises';
import path from 'node:path';
import { textOfError } from '../../core/base/error-text';
import { isBucketNotifications, refusalsIn } from '../../core/bucket-notifications';
import { optional } from '../../core/base/members';
import { plain } from '../../core/base/plain-text';
import type { Declared } from '../../core/declared';
import { declaredInPlan, isPlan } from '../../core/terraform';
import { declaredInChangeSet, isChangeSet, isTemplate, type ParsedDocument } from '../../core/template';
import { UsageError, type Console } from '../console';
import { quoted } from '../quoted';
import { assemblyIn, type StackFile } from './assembly';
import { documentIfAny, documentIn } from './document';
import { filesOfFolder } from './folder';
import { templateFiles } from './nested';

/** A file that was read, and what it declares. */
export interface DeclarationFile {
  /** As it is told to people, and as code scanning finds it. */
  readonly name: string;
  readonly document: Pick<ParsedDocument, 'lineOf'>;
  readonly declared: readonly Declared[];
  /** It is read as the template of a stack within another. @default false */
  readonly isNested?: boolean;
  /** What the file may declare that cannot be seen in it, each a clause. @default - nothing */
  readonly unseen?: readonly string[];
  /** What S3 would refuse beside the notifications that a bucket has. @default - it is no answer about those */
  readonly refusals?: readonly string[];
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
  /** Files that declare nothing are passed over, as in folders, and no error. */
  readonly isPassingOver: boolean;
  /** What the keys of log files start with. */
  readonly logFilePrefix: string;
}

/**
 * What the files under `paths` declare. Of a folder all templates and plans in it count; a folder of the CDK is an assembly.
 * @throws UsageError for a template before that is none
 */
export async function declarationsIn(
  paths: readonly string[],
  given: DeploymentGiven,
  console: Console,
): Promise<Declarations> {
  const before = given.before === undefined ? undefined : await templateBefore(given.before, console);
  const files: DeclarationFile[] = [];
  const unread: { name: string; why: string }[] = [];
  let passedOver = 0;

  /** One file that cannot be read does not keep the others from being judged. */
  const attempt = async (name: string, read: () => Promise<readonly DeclarationFile[] | undefined>): Promise<void> => {
    try {
      const found = await read();
      if (found === undefined) passedOver += 1;
      else files.push(...found);
    } catch (error) {
      unread.push({ name: plain(name, 1000), why: plain(textOfError(error), 1000) });
    }
  };

  for (const at of paths) {
    if (at === '-' || !(await isFolder(at))) {
      await attempt(at, () =>
        given.isPassingOver ? fileIfAny(at, given, console) : namedFile(at, given, before, console),
      );
      continue;
    }
    const { assemblies, names } = await filesOfFolder(at);
    for (const folder of assemblies) {
      const stacks = await stacksOf(folder, unread);
      for (const { stack, root } of stacks) {
        const name = path.join(root, stack.file);
        // A nested stack is judged with the one around it, where that names its file.
        if (files.some((file) => file.name === name)) continue;
        await attempt(name, () => stackFile(name, stack, given, console));
      }
    }
    for (const name of names) await attempt(name, () => fileIfAny(name, given, console));
  }
  return { files: withoutCopies(files), unread, passedOver };
}

/** A file that was read alone, and with the stack around it as well, is judged there: it knows more. */
function withoutCopies(files: readonly DeclarationFile[]): readonly DeclarationFile[] {
  const nested = new Set(files.filter(({ isNested }) => isNested).map(({ name }) => name));
  return files.filter(({ name, isNested }) => isNested || !nested.has(name));
}

/** What is not there is told when it is read. */
async function isFolder(at: string): Promise<boolean> {
  try {
    return (await stat(at)).isDirectory();
  } catch {
    return false;
  }
}

async function stacksOf(
  folder: string,
  unread: { name: string; why: string }[],
): Promise<Awaited<ReturnType<typeof assemblyIn>>> {
  try {
    return await assemblyIn(folder);
  } catch (error) {
    unread.push({ name: plain(folder, 1000), why: plain(textOfError(error), 1000) });
    return [];
  }
}

async function stackFile(
  name: string,
  stack: StackFile,
  given: DeploymentGiven,
  console: Console,
): Promise<readonly DeclarationFile[]> {
  const document = await documentIn(name, console);
  return templateFiles(name, document, { ...templateGiven(given), ...stack }, console);
}

/** A file that may declare nothing: `undefined` for one that does not. */
async function fileIfAny(
  name: string,
  given: DeploymentGiven,
  console: Console,
): Promise<readonly DeclarationFile[] | undefined> {
  const document = await documentIfAny(name, console);
  return document && declarationFiles(name, document, given, undefined, console);
}

/** A file that was named, so that it is an error where it declares nothing. */
async function namedFile(
  at: string,
  given: DeploymentGiven,
  before: unknown,
  console: Console,
): Promise<readonly DeclarationFile[]> {
  if (/\.tf$/i.test(at)) throw new Error('is Terraform source; allowed: a plan of it, by terraform show -json PLAN');
  const document = await documentIn(at, console);
  const name = at === '-' ? 'standard input' : at;
  if (isBucketNotifications(document.value)) {
    return [{ name, document, declared: [], refusals: refusalsIn(document.value, given.logFilePrefix) }];
  }
  const files = await declarationFiles(name, document, given, before, console);
  if (files === undefined) throw new Error(`declares nothing that is known here; ${ALLOWED}`);
  return files;
}

/** @throws UsageError for what is no template */
async function templateBefore(name: string, console: Console): Promise<unknown> {
  try {
    const { value } = await documentIn(name, console);
    if (isTemplate(value)) return value;
  } catch (error) {
    throw new UsageError(`--before ${quoted(name)} cannot be read: ${plain(textOfError(error), 1000)}`);
  }
  throw new UsageError(
    `--before ${quoted(name)} is no CloudFormation template; a plan and a change set tell what was before themselves`,
  );
}

const ALLOWED =
  'allowed: a CloudFormation template, a folder of cdk synth, a plan by terraform show -json, a change set by describe-change-set --include-property-values, the answer of get-bucket-notification-configuration';

/** What a document declares, told by its shape; `undefined` for one that is none of those known. */
async function declarationFiles(
  name: string,
  document: ParsedDocument,
  given: DeploymentGiven,
  before: unknown,
  console: Console,
): Promise<readonly DeclarationFile[] | undefined> {
  const { value } = document;
  if (isChangeSet(value)) return [{ name, document, declared: declaredInChangeSet(value, templateGiven(given)) }];
  if (isPlan(value)) return [{ name, document, declared: declaredInPlan(value, given) }];
  if (!isTemplate(value)) return undefined;
  return templateFiles(name, document, { ...templateGiven(given), ...optional('before', before) }, console);
}

const templateGiven = ({ accountId, region, parameters }: DeploymentGiven) => ({ accountId, region, parameters });
