import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { context as featureFlags } from '../../cdk.json';
import { problemsIn } from '../../core/settings';
import { readSettingsText } from '../../core/settings-text';
import { CONTEXT_KEYS } from '../../lib/context/keys';
import { ROOT } from '../support/root';
import { onExistingBucket, templateWith } from '../lib/stack-in';
import { settingsFileIn } from '../support/deployed-settings';

const folder = mkdtempSync(path.join(tmpdir(), 'es-config-monitor-'));
afterAll(() => rmSync(folder, { recursive: true }));

const pageOf = (name: string): string => readFileSync(path.join(ROOT, name), 'utf8');
const configuration = pageOf('docs/configuration.md');
const readme = pageOf('README.md');
const runbook = pageOf('docs/runbook.md');

/** The code blocks of a page in one language. */
function blocksIn(page: string, language: string): string[] {
  return [...page.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].flatMap(([, name, code = '']) =>
    name === language ? [code] : [],
  );
}

describe('docs/configuration.md', () => {
  test('shows the example that is type-checked here', () => {
    expect(blocksIn(configuration, 'ts')[0]).toBe(pageOf('examples/settings-in-code.ts'));
  });

  test('has an example that is a whole app', () => {
    const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'examples/settings-in-code.ts'], {
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        CDK_VALIDATION: 'false',
        CDK_OUTDIR: folder,
        CDK_CONTEXT_JSON: JSON.stringify({ ...featureFlags, 'aws:cdk:bundling-stacks': [] }),
      },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const template = readFileSync(path.join(folder, 'EsConfigMonitor.template.json'), 'utf8');
    expect(template).toContain('"my-trail-bucket"');
    expect(readFileSync(settingsFileIn(folder), 'utf8')).toContain('production-tag-removed');
  }, 30_000);

  test('has JSON that the settings take, whole files and parts of them', () => {
    const blocks = blocksIn(configuration, 'json').map((text) => readSettingsText(text) as Record<string, unknown>);
    const files = blocks.filter((value) => !('context' in value));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(problemsIn(file, '2026-11-24')).toEqual([]);
    const contexts = blocks.flatMap(({ context }) => (context ? [Object.keys(context)] : []));
    expect(contexts.flat().filter((key) => !CONTEXT_KEYS.some((known) => known === key))).toEqual([]);
  });

  test.each(CONTEXT_KEYS)('tells of %s', (name) => {
    expect(configuration).toContain(`\`${name}\``);
  });
});

describe('links', () => {
  const pages = {
    'README.md': readme,
    'docs/configuration.md': configuration,
    'docs/runbook.md': runbook,
    'docs/command-line.md': pageOf('docs/command-line.md'),
    'docs/report.md': pageOf('docs/report.md'),
    'docs/decisions/2026-11-24-history.md': pageOf('docs/decisions/2026-11-24-history.md'),
  };

  test.each(Object.entries(pages))('of %s lead somewhere', (name, page) => {
    const headingsOf = (text: string): string[] =>
      [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
        title
          .toLowerCase()
          .replace(/[^\p{L}\p{N}\- ]/gu, '')
          .replaceAll(' ', '-'),
      );
    for (const [, target = '', anchor] of page.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)) {
      const file = path.join(path.dirname(name), target);
      const text = target === '' ? page : target.endsWith('.md') ? pageOf(file) : undefined;
      expect(existsSync(path.join(ROOT, file))).toBe(true);
      if (text === undefined) continue;
      if (anchor !== undefined) expect(headingsOf(text)).toContain(anchor);
    }
  });
});

describe('docs/runbook.md', () => {
  test('explains every name in capitals that its commands have', () => {
    const commands = [
      ...blocksIn(runbook, 'sh'),
      ...[...runbook.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code),
    ];
    const used = commands
      .filter((code) => /^aws |^npm /m.test(code))
      .flatMap((code) => [...code.matchAll(/(?<![\w-])[A-Z]{3,}(?:_[A-Z]+)*(?![\w-])/g)].map(([name]) => name));
    const explained = [...runbook.matchAll(/^\| `[^|]+\|/gm)].join(' ');
    const notOurs = ['ALARM', 'ERROR', 'REVERT_DRIFT', 'CAPABILITY_IAM'];
    expect(new Set(used.filter((name) => !notOurs.includes(name) && !explained.includes(`\`${name}\``)))).toEqual(
      new Set(),
    );
  });

  test('names outputs that the stack has', () => {
    const outputs = Object.keys(templateWith(onExistingBucket()).toJSON()['Outputs'] as object);
    const named = [...runbook.matchAll(/^\| `[A-Z_]+` +\| `(\w+)` +\|/gm)].map(([, name]) => name);
    expect(named).toHaveLength(5);
    for (const name of named) expect(outputs).toContain(name);
  });
});
