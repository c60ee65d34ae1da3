import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { command } from '../cli/command';
import { runProgram } from '../cli/program';
import { rulesPage } from '../cli/render/rules-page';
import { apiPage } from './api-page';
import { REPOSITORY } from './child-process';
import type { Answers } from './comparison/answers';
import answers from './comparison/answers.json';
import { comparisonPage } from './comparison/page';
import { costPage } from './cost-page';
import { metricsPage } from './metrics-page';
import { schemaPage } from './schema-page';

const PAGES: Readonly<Record<string, () => string>> = {
  'docs/comparison.md': () => comparisonPage(answers as unknown as Answers),
  'docs/rules.md': rulesPage,
  'docs/api.md': apiPage,
  'docs/metrics.md': metricsPage,
  'docs/cost.md': costPage,
  'docs/monitor.schema.json': schemaPage,
};

runProgram(
  command({
    name: 'docs',
    summary: `Writes what is printed from the code: ${Object.keys(PAGES).join(', ')}.`,
    options: {},
    examples: [
      { args: '', gives: 'the pages as the code is now' },
      { args: '--help', gives: 'this text, and nothing is written' },
    ],
    exitCodes: { 0: 'written' },
    async run() {
      for (const [name, page] of Object.entries(PAGES)) writeFileSync(path.join(REPOSITORY, name), page());
      return 0;
    },
  }),
);
