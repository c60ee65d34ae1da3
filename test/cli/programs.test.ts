import { spawnSync } from 'node:child_process';
import { scripts } from '../../package.json';
import { ROOT } from '../support/root';

const PROGRAMS = [
  ['bench', '--quik', '--quick'],
  ['fuzz', '--sede=1', '--seed'],
  ['test:faults', '--seedz', '--seeds'],
  ['catalogue:check', '--extrat', '--extract'],
  ['commands:check', '--hlep', '--help'],
  ['docs', '--hlep', '--help'],
  ['build', '--hlep', '--help'],
  ['test:package', '--hlep', '--help'],
  ['demo', '--hepl', '--help'],
] as const;

/** As npm would, without the time it takes. */
function run(name: keyof typeof scripts, ...args: readonly string[]) {
  const [, ...program] = scripts[name].split(' ');
  const { status, stdout, stderr } = spawnSync(process.execPath, [...program, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe.each(PROGRAMS)('npm run %s', (name, misspelt, nearest) => {
  test('answers --help with two examples or more', () => {
    const { status, stdout, stderr } = run(name, '--help');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^usage: npm run ${name} -- \\[options\\]\n`));
    expect(stdout.match(new RegExp(`^ {2}npm run ${name}\\b`, 'gm'))?.length).toBeGreaterThanOrEqual(2);
  }, 60_000);

  test(`refuses ${misspelt} with the nearest name`, () => {
    const { status, stdout, stderr } = run(name, misspelt);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(`; did you mean ${nearest}?\n`);
  }, 60_000);
});

test('npm run fuzz tells where options belong, which npm keeps for itself before the hyphens', () => {
  expect(run('fuzz', '300').stderr).toBe('unexpected "300"; allowed: options only\nusage: npm run fuzz -- [options]\n');
}, 60_000);

test('npm run bench refuses sections that are none', () => {
  const { status, stderr } = run('bench', '--only', 'time,memroy');
  expect(status).toBe(2);
  expect(stderr).toMatch(/^--only has "memroy"; allowed: time, .*; did you mean memory\?\n$/);
}, 60_000);

test('npm run fuzz runs as many cases as it is told', () => {
  const { status, stdout } = run('fuzz', '--cases=300', '--seed', '7');
  expect(stdout).toContain('300 cases of seed 7: 0 mismatches\n');
  expect(stdout).toContain('of 300 cases\n');
  expect(status).toBe(0);
}, 60_000);

test('a program that waits for what never comes says so, and does not end as if nothing was found', () => {
  const waiting = `require('./cli/program').runProcess(() => new Promise(() => {}))`;
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--eval', waiting], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 2, stderr: 'ended before it was done\n' });
}, 60_000);
