import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { commandsThatFetch } from '../support/commands-that-fetch';
import { ROOT } from '../support/root';

/** All that people read, in the repository and from what runs: pages, programs, workflows, and texts within the code. */
const READ = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter(
    (name) =>
      /\.(md|ts|mjs|json|yml|svg)$|^\.ci\//.test(name) && !/^(test\/|package-lock|docs\/decisions\/)/.test(name),
  );

test('no printed command runs a name from the public registry', () => {
  expect(READ.length).toBeGreaterThan(150);
  const found = READ.flatMap((name) =>
    commandsThatFetch(readFileSync(path.join(ROOT, name), 'utf8')).map((command) => `${name}: ${command}`),
  );
  expect(found).toEqual([]);
});

test.each([
  ['npx es-config-monitor scan', true],
  ['run `npx --yes es-config-monitor`', true],
  ['npm exec es-config-monitor', true],
  ['npm install es-config-monitor', true],
  ['npm i -D es-config-monitor@1', true],
  ['yarn dlx es-config-monitor', true],
  ['pnpm dlx es-config-monitor', true],
  ['npx cdk deploy', true],
  ['npx --no-install es-config-monitor scan', false],
  ['npm run -s cli -- scan', false],
  ['npm install ../es-config-monitor/es-config-monitor-0.1.0.tgz', false],
])('%s: %s', (command, isFetching) => {
  expect(commandsThatFetch(command).length > 0).toBe(isFetching);
});
