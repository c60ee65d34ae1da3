import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { COMMANDS } from '../../cli/commands/all';
import { readArguments } from '../../cli/arguments';
import { DECLARATIONS } from '../support/declarations';
import { temporaryFolder } from '../support/log-files';
import { ROOT } from '../support/root';

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: {
    readonly using: string;
    readonly steps: readonly {
      readonly uses?: string;
      readonly run?: string;
      readonly env?: Readonly<Record<string, string>>;
    }[];
  };
}

const yaml = (name: string): unknown => parse(readFileSync(join(ROOT, name), 'utf8'));
const action = yaml('action.yml') as Action;
const [setup, step] = action.runs.steps;
const { at, file } = temporaryFolder();

/** Runs the step as a shell of the runner would, with these inputs and the defaults of the others. */
function run(inputs: Readonly<Record<string, string>>) {
  const given: Readonly<Record<string, string>> = {
    ...Object.fromEntries(Object.entries(action.inputs).map(([name, { default: value = '' }]) => [name, value])),
    ...inputs,
  };
  const filled = Object.entries(step?.env ?? {}).map(([name, value]) => [
    name,
    value
      .replace('${{ github.action_path }}', ROOT)
      .replace(/\$\{\{ inputs\.([\w-]+) \}\}/, (_whole, input: string) => given[input] ?? ''),
  ]);
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', step?.run ?? ''],
    {
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        HOME: at('.'),
        GITHUB_STEP_SUMMARY: at('summary.md'),
        ...Object.fromEntries(filled),
      },
    },
  );
  return { status, stdout, stderr };
}

const hasBash = spawnSync('bash', ['--version']).status === 0;
// Said aloud, so that nobody takes this for a run.
if (!hasBash) console.warn('the step of the action is not run: there is no bash on this machine');

describe('the action', () => {
  test('is composite, names other actions by a commit, and has no expression in its script', () => {
    expect(action.runs.using).toBe('composite');
    expect(setup?.uses).toMatch(/^actions\/setup-node@[0-9a-f]{40}$/);
    expect(step?.run).not.toContain('${{');
    expect(JSON.stringify(action)).not.toMatch(/secrets\.|github\.token/);
  });

  (hasBash ? test : test.skip)(
    'fails from HIGH on, and tells of milder findings',
    () => {
      const open = run({ paths: join(DECLARATIONS, 'open-public.yaml') });
      expect(open.stdout).toContain('CRITICAL access-policy-public');
      expect(open.status).toBe(1);
      const behind = run({ paths: join(DECLARATIONS, 'open-behind-sign-in.yaml') });
      expect(behind.stdout).toContain('LOW access-policy-public');
      expect(behind.status).toBe(0);
    },
    60_000,
  );

  (hasBash ? test : test.skip)(
    'writes SARIF and a summary, and takes paths and settings as they are',
    () => {
      const settings = file(
        'my settings.json',
        '{"severityOverrides":{"access-policy-public":"LOW","fine-grained-access-off":"LOW"}}',
      );
      const odd = file('$(touch gone) "x".yaml', readFileSync(join(DECLARATIONS, 'open-public.yaml'), 'utf8'));
      const { status } = run({
        paths: `${odd}\n${join(DECLARATIONS, 'hardened.yaml')}\n`,
        settings,
        sarif: at('check.sarif'),
      });
      expect(status).toBe(0);
      const { runs } = JSON.parse(readFileSync(at('check.sarif'), 'utf8')) as {
        runs: [{ results: readonly { ruleId: string }[] }];
      };
      expect(runs[0].results.map(({ ruleId }) => ruleId)).toContain('access-policy-public');
      expect(readFileSync(at('summary.md'), 'utf8')).toContain('# Domains after this deployment');
      expect(existsSync(at('gone'))).toBe(false);
    },
    60_000,
  );

  (hasBash ? test : test.skip)(
    'ends with 2 where something cannot be read, and where there is no path',
    () => {
      expect(run({ paths: join(DECLARATIONS, 'broken-yaml.yaml') }).status).toBe(2);
      expect(run({ paths: '\n' })).toMatchObject({ status: 2, stderr: 'paths is empty; allowed: one path a line\n' });
    },
    60_000,
  );
});

test('the hook of pre-commit calls a command that there is, on the files that may be templates', () => {
  const [hook] = yaml('.pre-commit-hooks.yaml') as readonly [
    { readonly entry: string; readonly language: string; readonly files: string },
  ];
  const [program, name, ...args] = hook.entry.split(' ');
  const check = COMMANDS.find((command) => command.name === name);
  expect(program).toBe('es-config-monitor');
  expect(hook.language).toBe('node');
  if (!check) throw new Error(`no command ${name ?? ''}`);
  expect(() => readArguments(check, [...args, 'template.yaml', 'package.json'], '')).not.toThrow();
  expect(
    ['a.yaml', 'b.yml', 'c.json', 'd.template', 'e.ts'].filter((each) => new RegExp(hook.files).test(each)),
  ).toHaveLength(4);
});
