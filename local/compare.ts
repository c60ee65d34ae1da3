import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { command } from '../cli/command';
import { runProgram } from '../cli/program';
import { REPOSITORY } from './child-process';
import type { Answers } from './comparison/answers';
import { comparisonPage } from './comparison/page';
import { recorded, TOOLS, type Said, type ToolName } from './comparison/tools';

const ANSWERS = path.join(REPOSITORY, 'local', 'comparison', 'answers.json');
const PAGE = path.join(REPOSITORY, 'docs', 'comparison.md');

runProgram(
  command({
    name: 'compare',
    summary:
      'Asks other tools about access policies and templates, records what they say, and writes docs/comparison.md.',
    description:
      'cdk-nag comes with the repository. prowler, checkov and cfn-lint are taken from PATH: install each with pip into an environment of its own. Of one that\n' +
      'is not there the answers stay as they were recorded.',
    options: {},
    examples: [
      { args: '', gives: 'the page, and who was asked' },
      { args: '--help', gives: 'this text, and nothing is asked' },
    ],
    exitCodes: { 0: 'all were asked', 2: 'one is missing' },
    run(_, { out, err }) {
      const before: Answers = existsSync(ANSWERS)
        ? (JSON.parse(readFileSync(ANSWERS, 'utf8')) as Answers)
        : { versions: {}, subjects: {}, policies: {} };
      const said = new Map<ToolName, Said>();
      let isWhole = true;
      for (const [tool, asked] of Object.entries(TOOLS) as [ToolName, () => Said | undefined][]) {
        const answer = asked();
        if (answer) said.set(tool, answer);
        else isWhole = false;
        if (answer) out(`${tool} ${answer.version} was asked\n`);
        else
          err(
            `MISSING: ${tool} is not on this machine; its answers are those recorded of ${before.versions[tool] ?? 'no version'}\n`,
          );
      }
      const answers = recorded(before, said);
      writeFileSync(ANSWERS, `${JSON.stringify(answers, undefined, 2)}\n`);
      writeFileSync(PAGE, comparisonPage(answers));
      return Promise.resolve(isWhole ? 0 : 2);
    },
  }),
);
