import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { command } from '../cli/command';
import { runProgram } from '../cli/program';
import { rulesPage } from '../cli/render/rules-page';

runProgram(
  command({
    name: 'docs',
    summary: 'Writes the pages of docs/ that are printed from the code: docs/rules.md.',
    options: {},
    examples: [
      { args: '', gives: 'docs/rules.md as the rules are now' },
      { args: '--help', gives: 'this text, and nothing is written' },
    ],
    exitCodes: { 0: 'written' },
    async run() {
      const docs = path.join(__dirname, '..', 'docs');
      mkdirSync(docs, { recursive: true });
      writeFileSync(path.join(docs, 'rules.md'), rulesPage());
      return 0;
    },
  }),
);
