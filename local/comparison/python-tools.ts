import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listOf, memberOf, textOf } from '../../core/base/members';
import type { Answer } from './answers';
import type { Subject } from './subjects';
import { policyInTerraform } from './terraform';

/** Where a program is that people start by its name; `undefined` where there is none. */
export function programIn(name: string): string | undefined {
  const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
  return found.status === 0 ? found.stdout.trim() : undefined;
}

/** What a program writes, however it ends: linters end with 1 where they object. */
function outputOf(program: string, args: readonly string[], input = ''): string {
  const ran = spawnSync(program, args, { encoding: 'utf8', input, maxBuffer: 2 ** 28 });
  if (ran.error) throw new Error(`${program} cannot be started: ${ran.error.message}`);
  if (ran.stdout.trim() === '') throw new Error(`${program} says nothing: ${ran.stderr.trim().slice(-500)}`);
  return ran.stdout;
}

export interface ProwlerAnswers {
  readonly version: string;
  readonly domains: readonly Answer[];
  readonly policies: readonly Answer[];
}

/** Asked by the Python that prowler is installed with. */
export const prowlerOn = (program: string, asked: object): ProwlerAnswers =>
  JSON.parse(
    outputOf(
      path.join(path.dirname(realpathSync(program)), 'python'),
      [path.join(__dirname, 'ask-prowler.py')],
      JSON.stringify(asked),
    ),
  ) as ProwlerAnswers;

/** The file of a subject, by its place among the others. */
const folderOf = (at: number): string => `subject-${at}`;

function withFiles<Result>(
  subjects: readonly Subject[],
  file: (subject: Subject) => readonly [name: string, text: string] | undefined,
  read: (folder: string) => Result,
): Result {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'comparison-')));
  try {
    subjects.forEach((subject, at) => {
      const [name, text] = file(subject) ?? [];
      if (name === undefined || text === undefined) return;
      mkdirSync(path.join(folder, folderOf(at)));
      writeFileSync(path.join(folder, folderOf(at), name), text);
    });
    return read(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const templateOf = ({ template }: Subject) => ['template.json', JSON.stringify(template, undefined, 2)] as const;

/** The ids of what cfn-lint objects to in each template. */
export const cfnLintOn = (program: string, subjects: readonly Subject[]): readonly (readonly string[])[] =>
  withFiles(subjects, templateOf, (folder) => {
    const files = subjects.map((_, at) => path.join(folder, folderOf(at), 'template.json'));
    const found = listOf(JSON.parse(outputOf(program, ['--format', 'json', '--regions', 'eu-west-1', '--', ...files])));
    return files.map((file) => [
      ...new Set(
        found
          .filter((each) => memberOf(each, 'Filename') === file)
          .flatMap((each) => textOf(memberOf(each, 'Rule', 'Id')) ?? []),
      ),
    ]);
  });

/** The ids of the checks that fail in each file, under a framework of checkov's. */
function checkovIn(program: string, folder: string, framework: string, count: number): readonly (readonly string[])[] {
  const args = ['--directory', folder, '--framework', framework, '--output', 'json', '--compact', '--quiet'];
  const report: unknown = JSON.parse(outputOf(program, [...args, '--skip-download']));
  const failed = listOf(report).flatMap((each) => listOf(memberOf(each, 'results', 'failed_checks')));
  return Array.from({ length: count }, (_, at) =>
    failed
      .filter((each) => textOf(memberOf(each, 'file_path'))?.startsWith(`/${folderOf(at)}/`))
      .flatMap((each) => textOf(memberOf(each, 'check_id')) ?? []),
  );
}

export const checkovOnTemplates = (program: string, subjects: readonly Subject[]): readonly (readonly string[])[] =>
  withFiles(subjects, templateOf, (folder) => checkovIn(program, folder, 'cloudformation', subjects.length));

/** `undefined` for policies that are not asked about in this form. */
export const checkovOnTerraform = (
  program: string,
  subjects: readonly Subject[],
): readonly (readonly string[] | undefined)[] => {
  const textOfSubject = ({ deployed }: Subject): string | undefined => deployed && policyInTerraform(deployed.policy);
  const failed = withFiles(
    subjects,
    (subject) => {
      const text = textOfSubject(subject);
      return text === undefined ? undefined : ['main.tf', text];
    },
    (folder) => checkovIn(program, folder, 'terraform', subjects.length),
  );
  return subjects.map((subject, at) => (textOfSubject(subject) === undefined ? undefined : failed[at]));
};

export const versionOf = (program: string): string =>
  /\d+(\.\d+)+/.exec(outputOf(program, ['--version']))?.[0] ?? 'unknown';
