import { version as cdkNagVersion } from 'cdk-nag/package.json';
import type { Answer, Answers, Judge, Linter } from './answers';
import { cdkNagOnPolicy, cdkNagOnTemplate } from './cdk-nag';
import { PROVEN } from './proven';
import { cfnLintOn, checkovOnTemplates, checkovOnTerraform, programIn, prowlerOn, versionOf } from './python-tools';
import { SUBJECTS } from './subjects';

/** What one tool said: of each subject, and of the policies of the tests. */
export interface Said {
  readonly version: string;
  readonly subjects: readonly (Answer | readonly string[])[];
  readonly policies?: readonly Answer[];
}

export type ToolName = Judge | Linter;

/** Each asks a tool; `undefined` where it is not to be had. */
export const TOOLS: Readonly<Record<ToolName, () => Said | undefined>> = {
  'cdk-nag': () => ({
    version: cdkNagVersion,
    subjects: SUBJECTS.map(({ template }) => cdkNagOnTemplate(template)),
    policies: PROVEN.map(({ policy }) => cdkNagOnPolicy(policy)),
  }),
  prowler: () => {
    const program = programIn('prowler');
    if (program === undefined) return undefined;
    const deployed = SUBJECTS.flatMap((subject) => subject.deployed ?? []);
    const { version, domains, policies } = prowlerOn(program, {
      domains: deployed,
      policies: PROVEN.map(({ policy }) => policy),
    });
    const answers = new Map(deployed.map((each, at) => [each, domains[at]]));
    return {
      version,
      subjects: SUBJECTS.map((subject) => (subject.deployed && answers.get(subject.deployed)) ?? 'not asked'),
      policies,
    };
  },
  checkov: () => {
    const program = programIn('checkov');
    if (program === undefined) return undefined;
    return {
      version: versionOf(program),
      subjects: checkovOnTerraform(program, SUBJECTS).map((ids) =>
        ids === undefined ? 'not asked' : ids.includes('CKV_AWS_283') ? 'objects' : 'silent',
      ),
    };
  },
  'checkov, templates': () => {
    const program = programIn('checkov');
    if (program === undefined) return undefined;
    return { version: versionOf(program), subjects: checkovOnTemplates(program, SUBJECTS) };
  },
  'cfn-lint': () => {
    const program = programIn('cfn-lint');
    if (program === undefined) return undefined;
    return { version: versionOf(program), subjects: cfnLintOn(program, SUBJECTS) };
  },
};

/** What is recorded, with what was said now in its place. What was not asked about any more is left out. */
export function recorded(before: Answers, said: ReadonlyMap<ToolName, Said>): Answers {
  const withSaid = <Of extends 'subjects' | 'policies'>(of: Of, names: readonly string[]): Answers[Of] =>
    Object.fromEntries(
      names.map((name, at) => {
        const now = [...said].flatMap(([tool, { [of]: all }]) => (all === undefined ? [] : [[tool, all[at]]]));
        return [name, { ...before[of][name], ...(Object.fromEntries(now) as object) }];
      }),
    );
  return {
    versions: { ...before.versions, ...Object.fromEntries([...said].map(([tool, { version }]) => [tool, version])) },
    subjects: withSaid(
      'subjects',
      SUBJECTS.map(({ name }) => name),
    ),
    policies: withSaid(
      'policies',
      PROVEN.map(({ name }) => name),
    ),
  };
}
