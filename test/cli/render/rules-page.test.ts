import { readFileSync } from 'node:fs';
import path from 'node:path';
import { rulesPage } from '../../../cli/render/rules-page';
import { ROOT } from '../../support/root';
import { RULE_IDS } from '../../../core/rules';

const page = rulesPage();

test('docs/rules.md is what the catalogue prints: run `npm run docs` after a change of a rule', () => {
  expect(readFileSync(path.join(ROOT, 'docs', 'rules.md'), 'utf8')).toBe(page);
});

test.each(RULE_IDS)('%s has a section with severities, what to do and ATT&CK', (id) => {
  const section = page.split(`### ${id}\n`)[1]?.split('\n### ')[0] ?? '';
  expect(section).toMatch(/\| (CRITICAL|HIGH|MEDIUM|LOW) \| .+ \|/);
  expect(section).toContain('**What to do.** ');
  expect(section).toMatch(/\*\*ATT&CK\*\* T\d{4}/);
});
