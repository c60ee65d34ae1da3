import { readFileSync } from 'node:fs';
import path from 'node:path';
import { apiPage } from '../../local/api-page';
import { costPage } from '../../local/cost-page';
import { metricsPage } from '../../local/metrics-page';
import { schemaPage } from '../../local/schema-page';
import { ROOT } from '../support/root';

test.each([
  ['docs/api.md', apiPage],
  ['docs/cost.md', costPage],
  ['docs/metrics.md', metricsPage],
  ['docs/monitor.schema.json', schemaPage],
])('%s is as `npm run docs` writes it', (name, page) => {
  expect(readFileSync(path.join(ROOT, name), 'utf8')).toBe(page());
});

test('the page of the API tells of everything that the package exports, and of all of it', () => {
  const page = apiPage();
  for (const name of ['EsConfigMonitor', 'EsConfigMonitorProps', 'EsConfigMonitorStack', 'settingsFrom']) {
    expect(page).toContain(`\n## ${name}\n`);
  }
  const sections = page.split(/\n#{2,3} /).slice(1);
  const silent = sections.filter((section) => !/[a-z]{3} [a-z]/m.test(section.replaceAll(/```[^]*?```/g, '')));
  expect(silent).toEqual([]);
});
