import { QUESTIONS, markOf, type Answer, type Answers, type Judge, type Mark } from './answers';
import { oursOn } from './ours';
import { PROVEN } from './proven';
import { SUBJECTS, type Subject } from './subjects';

const JUDGES = Object.keys(QUESTIONS) as readonly Judge[];
const MARKS: readonly Mark[] = ['right', 'too mild', 'too strict', 'fails'];

/** The page that holds our verdicts against those of other tools, from what these said when they were asked. */
export function comparisonPage(answers: Answers): string {
  return `# What other tools say of the same domains

Printed by \`npm run compare\`, which asks the tools and records what they say: ${versionsIn(answers)}. Our own
verdicts are computed with the page. A tool is held to **its own question**, not to ours:

${table(
  ['tool', 'what of it', 'asks', 'looks at'],
  JUDGES.map((tool) => [tool, QUESTIONS[tool].check, QUESTIONS[tool].asks, QUESTIONS[tool].looksAt]),
)}

## In short

${table(['', 'asked about', ...MARKS], [oursInShort(), ...JUDGES.map((tool) => inShort(tool, answers))])}

- **too mild**: silent where its question has to be answered with yes. **too strict**: objects where it has to be answered with no.
- Silence about what only the deployment tells counts as too mild: it takes it for safe. Where the words of a question leave a case
  open, either answer is right.

${provenInShort(answers)}

## Access policies

Each on a domain with a public endpoint and no sign-in, in account 111122223333.

${subjectsTable(
  SUBJECTS.filter(({ isPolicy }) => isPolicy),
  answers,
)}

## Templates

Where more than the policy decides: those of [test/fixtures/declarations](../test/fixtures/declarations/). prowler reads what runs, and is asked
where it is plain what that would be.

${subjectsTable(
  SUBJECTS.filter(({ isPolicy }) => !isPolicy),
  answers,
)}

## Linters of templates

cfn-lint asks whether CloudFormation takes a template, and checkov's checks of templates ask for encryption, logs and HTTPS. Neither asks who
gets in:

${lintersTable(answers)}
`;
}

const versionsIn = ({ versions }: Answers): string =>
  Object.entries(versions)
    .filter(([tool]) => !tool.includes(','))
    .map(([tool, version]) => `${tool} ${version}`)
    .join(', ');

const inShort = (tool: Judge, answers: Answers): readonly string[] =>
  counted(
    tool,
    SUBJECTS.map(({ name, letsIn }) => markOf(tool, answers.subjects[name]?.[tool] ?? 'not asked', letsIn)),
  );

const counted = (tool: string, marks: readonly Mark[]): readonly string[] => [
  tool,
  String(marks.filter((mark) => mark !== '-').length),
  ...MARKS.map((wanted) => String(marks.filter((mark) => mark === wanted).length)),
];

const oursInShort = (): readonly string[] =>
  counted(
    'es-config-monitor',
    SUBJECTS.map((subject) => (oursOn(subject).isRight ? 'right' : 'too mild')),
  );

/** The policies of the tests: too many for a table. */
function provenInShort(answers: Answers): string {
  const asked = PROVEN.filter(({ name }) => answers.policies[name] !== undefined);
  const rows = (['cdk-nag', 'prowler'] as const).map((tool) =>
    counted(
      tool,
      asked.map(({ name, letsIn }) => markOf(tool, answers.policies[name]?.[tool] ?? 'not asked', letsIn)),
    ),
  );
  return `The ${asked.length} policies of [our tests](../test/fixtures/access-policies.json) that need no settings, by the functions of the two tools that judge a policy. The
truth is ours here: each has its reason beside it, and an evaluator of IAM's logic that was written apart holds us to it.

${table(['', 'asked about', ...MARKS], rows)}`;
}

const subjectsTable = (subjects: readonly Subject[], answers: Answers): string =>
  table(
    ['', 'lets in', 'es-config-monitor', ...JUDGES, 'because'],
    subjects.map((subject) => {
      const { name, letsIn, because, isPolicy } = subject;
      const { says, isRight } = oursOn(subject);
      const cells = JUDGES.map((tool) => cellOf(tool, answers.subjects[name]?.[tool] ?? 'not asked', letsIn));
      return [isPolicy ? name : `\`${name}\``, letsIn, isRight ? says : `**${says}**, wrong`, ...cells, because];
    }),
  );

function cellOf(tool: Judge, answer: Answer, letsIn: Subject['letsIn']): string {
  const mark = markOf(tool, answer, letsIn);
  if (mark === '-') return '';
  return mark === 'too mild' || mark === 'too strict'
    ? `**${answer}**, ${mark}`
    : mark === 'fails'
      ? '**fails**'
      : answer;
}

/** What they say of each, the same of all or not. */
function lintersTable(answers: Answers): string {
  const rows = (['cfn-lint', 'checkov, templates'] as const).map((linter) => {
    const said = SUBJECTS.filter(({ isPolicy }) => isPolicy).map(({ name }) =>
      (answers.subjects[name]?.[linter] ?? []).toSorted().join(', '),
    );
    const different = [...new Set(said)];
    return [linter, String(said.length), String(different.length), different.map((ids) => ids || 'nothing').join('; ')];
  });
  return table(['', 'policies', 'different answers', 'which are'], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
