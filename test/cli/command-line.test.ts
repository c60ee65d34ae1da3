import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readArguments } from '../../cli/arguments';
import { commandNamed, runCommandLine } from '../../cli/command-line';
import { COMMANDS } from '../../cli/commands/all';
import { UsageError } from '../../cli/console';
import { scripts, version } from '../../package.json';
import { toldBy } from '../support/console';
import { temporaryFolder } from '../support/log-files';
import { ROOT } from '../support/root';

const { at, file } = temporaryFolder();

const run = (...args: readonly string[]) => toldBy((console) => runCommandLine(COMMANDS, args, console));
const NAMES = COMMANDS.map(({ name }) => name);

const ALL =
  'scan, report, history, explain, policy, rules, verify, accounts, backfill, check, send-test-alert, completion, help';

test('the commands are those that the documentation tells', () => {
  expect(NAMES.join(', ')).toBe(ALL);
});

describe.each(COMMANDS.map((command) => [command.name, command] as const))('%s', (name, command) => {
  test('has two examples or more, whose arguments can be read', () => {
    expect(command.examples.length).toBeGreaterThanOrEqual(2);
    for (const { args } of command.examples) {
      const words = args.split(' ').filter((word) => word !== '');
      expect(() => readArguments(command, words, '')).not.toThrow();
    }
  });

  test('leaves it to the help to say what an option is without it', () => {
    for (const option of Object.values(command.options))
      if ('default' in option) expect(option.description).not.toContain(`${option.default} without it`);
  });

  test('has the same help by each of its ways, with every option and example in it', async () => {
    const { code, out, err } = await run('help', name);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(new RegExp(`^usage: npm run -s cli -- ${name} `));
    for (const option of Object.keys(command.options)) expect(out).toContain(`  --${option}`);
    for (const { args } of command.examples) expect(out).toContain(`  npm run -s cli -- ${`${name} ${args}`.trim()}\n`);
    expect((await run(name, '--help')).out).toBe(out);
    expect((await run(name, '-h')).out).toBe(out);
    expect((await run('--help', name)).out).toBe(out);
  });
});

describe('the overview', () => {
  test.each([[['help']], [['--help']], [['-h']]])('is what %j ask for', async (args) => {
    const { code, out, err } = await run(...args);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^usage: npm run -s cli -- COMMAND \[options\]\n/);
    for (const name of NAMES) expect(out).toMatch(new RegExp(`^ {2}${name} +[A-Z]`, 'm'));
    expect(out.match(/^ {2}npm run -s cli -- /gm)?.length).toBeGreaterThanOrEqual(2);
  });

  test('goes to standard error, with exit code 2, where no command is given', async () => {
    const { out } = await run('help');
    expect(await run()).toEqual({ code: 2, out: '', err: out });
  });
});

test('--version is that of package.json', async () => {
  expect(await run('--version')).toEqual({ code: 0, out: `${version}\n`, err: '' });
});

describe('an unknown command', () => {
  test.each<[readonly string[], string]>([
    [['scna', 'x'], `unknown command "scna"; allowed: ${ALL}; did you mean scan?\nusage: `],
    [['SCAN', 'x'], 'did you mean scan?'],
    [['test-alert'], `unknown command "test-alert"; allowed: ${ALL}\n`],
    [['help', 'scann'], `unknown command "scann"; allowed: ${ALL}; did you mean scan?`],
    [[''], 'unknown command ""'],
    [['__proto__'], 'unknown command "__proto__"'],
    [['toString'], 'unknown command "toString"'],
    [['--vresion'], 'unknown option "--vresion"; allowed: --help, --version; did you mean --version?\nusage: '],
    [['--format', 'json', 'scan'], 'unknown option "--format"; allowed: --help, --version\nusage: '],
  ])('%j is told', async (args, message) => {
    await expect(run(...args)).rejects.toThrow(UsageError);
    await expect(run(...args)).rejects.toThrow(message);
  });

  test('cannot forge a line or steer the terminal', async () => {
    const error: unknown = await run('sc\nan\u001b[2K\u009b\u202e\u200b').catch((reason: unknown) => reason);
    const [line = '', ...more] = (error as Error).message.split('\n');
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(more).toEqual(['usage: npm run -s cli -- COMMAND [options]']);
  });
});

test.each([
  'README.md',
  'docs/configuration.md',
  'docs/runbook.md',
  'docs/alerts.md',
  'docs/command-line.md',
  'docs/report.md',
])('the commands in %s can be run', (page) => {
  const lines = [...readFileSync(join(ROOT, page), 'utf8').matchAll(/npm run -s cli -- ([^\n`#]+)/g)];
  expect(lines.length).toBeGreaterThan(0);
  for (const [, line = ''] of lines) {
    const [name = '', ...words] = line.trim().split(/ +/);
    const command = commandNamed(name, COMMANDS);
    expect(() => readArguments(command, words, line)).not.toThrow();
  }
});

test('the documentation has every command, and all exit codes in one table', () => {
  const page = readFileSync(join(ROOT, 'docs', 'command-line.md'), 'utf8');
  for (const { name, exitCodes } of COMMANDS) {
    expect(page).toMatch(new RegExp(`^\\| \`${name}\` +\\| \\w`, 'm'));
    const cells = [0, 1, 2].map((code) => exitCodes[code] ?? '');
    const rows = page.split('\n').map((line) =>
      line
        .split('|')
        .map((cell) => cell.trim())
        .slice(1, -1),
    );
    expect(rows).toContainEqual([`\`${name}\``, ...cells]);
  }
});

describe('as it is run in a clone', () => {
  const npm = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync('npm', ['run', '-s', ...args], { cwd: ROOT, encoding: 'utf8' });
    return { status, stdout, stderr };
  };

  test('it is the same under the name and under the aliases', () => {
    const program = 'node local/command-line.mjs';
    expect(scripts).toMatchObject({
      cli: program,
      scan: `${program} scan`,
      'send-test-alert': `${program} send-test-alert`,
    });
  });

  test('npm run -s cli -- passes arguments on and ends with the exit code', () => {
    expect(npm('cli', '--', '--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
    const mistaken = npm('cli', '--', 'scan', '--formta=json', 'x');
    expect(mistaken).toMatchObject({ status: 2, stdout: '' });
    expect(mistaken.stderr).toMatch(/^unknown option "--formta"; .*; did you mean --format\?\n$/);
  }, 60_000);

  test('it starts from built JavaScript, which is built anew where a source is newer', () => {
    const start = () => {
      const { stdout, stderr } = spawnSync(process.execPath, [at('local/command-line.mjs'), 'word'], {
        encoding: 'utf8',
      });
      return `${stdout}${stderr}`;
    };
    file('local/command-line.mjs', readFileSync(join(ROOT, 'local', 'command-line.mjs')));
    mkdirSync(at('node_modules'));
    symlinkSync(join(ROOT, 'node_modules', 'esbuild'), at('node_modules/esbuild'));
    file('core/said.ts', "export const said = 'one' as const;");
    file(
      'bin/es-config-monitor.ts',
      "import { said } from '../core/said';\nconsole.log(said, ...process.argv.slice(2));",
    );
    expect(start()).toBe('one word\n');
    file('core/said.ts', "export const said = 'two' as const;");
    expect(start()).toBe('two word\n');
    unlinkSync(at('node_modules/esbuild'));
    expect(start()).toBe('two word\n');
    writeFileSync(at('core/more.ts'), '');
    expect(start()).toContain("Cannot find package 'esbuild'");
  }, 60_000);

  test.each(['scan', 'send-test-alert'])(
    'npm run %s is an alias',
    async (name) => {
      expect(npm(name, '--', '--help')).toEqual({ status: 0, stdout: (await run('help', name)).out, stderr: '' });
    },
    60_000,
  );

  test('without a command it ends with 2', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'local', 'command-line.mjs')], {
      encoding: 'utf8',
    });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^usage: /);
  }, 60_000);

  test('the SNS client is loaded by nothing but a test alert', () => {
    const { stdout } = spawnSync(
      process.execPath,
      [
        '--import',
        'tsx',
        '-e',
        "require('./cli/commands/all'); console.log(Object.keys(require.cache).filter((file) => file.includes('@aws-sdk')).length)",
      ],
      { cwd: ROOT, encoding: 'utf8' },
    );
    expect(stdout).toBe('0\n');
  }, 60_000);
});
