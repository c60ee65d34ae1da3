import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { COMMANDS } from '../../../cli/commands/all';
import { runCommandLine } from '../../../cli/command-line';
import type { Console } from '../../../cli/console';
import { UsageError } from '../../../cli/console';
import { toldBy } from '../../support/console';
import { recordNamed } from '../../support/golden';
import { temporaryFolder } from '../../support/log-files';
import { OWN, policyOf, type JsonObject } from '../../support/records';

const { at, file, logFile } = temporaryFolder();

const PUBLIC = recordNamed('policy-opened-to-everyone');
const TAGS = recordNamed('tags-added');

/** Runs the command line with something on standard input. */
const runWith = (console: Partial<Console>, ...args: readonly string[]) =>
  toldBy((own) => runCommandLine(COMMANDS, args, { ...own, ...console }));
const run = (...args: readonly string[]) => runWith({}, ...args);

const input = (content: string | Buffer): Partial<Console> => ({ in: async () => Buffer.from(content) });
const LOOKED_UP = JSON.stringify({ Events: [{ EventId: 'x', CloudTrailEvent: JSON.stringify(PUBLIC) }] });

describe('standard input', () => {
  test.each([
    ['scan', '-', 1],
    ['report', '-', 0],
    ['explain', '-', 0],
  ])('is read by %s for a hyphen, whatever its form', async (command, hyphen, expected) => {
    const { code, out } = await runWith(input(gzipSync(LOOKED_UP)), command, hyphen);
    expect(code).toBe(expected);
    expect(out).toContain('UpdateDomainConfig');
  });

  test('is what explain reads where nothing is named', async () => {
    const { out } = await runWith(input(LOOKED_UP), 'explain');
    expect(out).toContain('standard input call 1: UpdateDomainConfig');
  });

  test('that holds no record is an error', async () => {
    const { code, err } = await runWith(input('[]'), 'scan', '-');
    expect(code).toBe(2);
    expect(err).toContain('standard input: no CloudTrail record in it: it is an empty list');
    expect((await run('scan', '-')).err).toContain('there is no standard input');
  });
});

describe('folders', () => {
  test('have files left out by their names, which are counted, and told where more is asked for', async () => {
    logFile('logs/a.json', TAGS);
    file('logs/notes.txt', 'x');
    file('logs/b.jsonl', JSON.stringify(PUBLIC));
    const { err } = await run('scan', at('logs'));
    expect(err).toBe('2 files scanned, 1 left out by its name, 2 alerts\n');
    expect((await run('scan', '--verbose', at('logs'))).err).toContain(
      `${at('logs', 'notes.txt')}: left out by its name\n`,
    );
  });

  test.each([
    [['*.log'], ['a.log', 'sub/b.log']],
    [['sub/*'], ['sub/b.log', 'sub/c.txt']],
    [
      ['**/c.*', 'a.*'],
      ['a.json', 'a.log', 'sub/c.txt', 'sub/deep/c.log'],
    ],
    [['?.json'], ['a.json']],
  ])('are read by %j instead', async (globs, expected) => {
    for (const name of ['a.json', 'a.log', 'a1.json', 'sub/b.log', 'sub/c.txt', 'sub/deep/c.log']) {
      if (name.startsWith('sub/deep') && !expected.includes(name)) continue;
      logFile(`logs/${name}`, { ...TAGS, eventID: name });
    }
    const { out } = await run('report', ...globs.flatMap((glob) => ['--include', glob]), at('logs'));
    const report = JSON.parse(out) as { domains: readonly { calls: readonly { uid: string }[] }[] };
    expect(report.domains.flatMap(({ calls }) => calls.map(({ uid }) => uid)).toSorted()).toEqual(expected);
  });

  test('without a file that is named like it are no scan that found nothing', async () => {
    mkdirSync(at('logs'));
    const { code, err } = await run('scan', '--include', '*.log', at('logs'));
    expect([code, err]).toEqual([
      2,
      `${at('logs')}: there is no file to read that is named like "*.log"\n0 files scanned, 0 alerts, 1 not read\n`,
    ]);
  });

  test('may have settings in them, which are passed over; named outright they are refused', async () => {
    logFile('logs/a.json', TAGS);
    const settings = file('logs/monitor.json', '{"trustedAccounts":["111122223333"]}');
    expect((await run('scan', at('logs'))).err).toBe(
      '1 file scanned, 1 skipped as no log files (1 settings), 1 alert\n',
    );
    const { code, err } = await run('scan', settings);
    expect(code).toBe(2);
    expect(err).toContain('settings of this monitor: give them as --settings');
  });
});

test('what could not be read among records is told, and the rest is judged', async () => {
  const path = file('a.jsonl', `${JSON.stringify(PUBLIC)}\n{"a":1}\n`);
  const { code, out, err } = await run('scan', '--format', 'json', path);
  expect(code).toBe(2);
  expect(out.split('\n')).toHaveLength(2);
  expect(err).toBe(`${path}: 1 of 2 values in it hold no record; the first is an object with a\n`);
});

describe('--baseline', () => {
  const update: JsonObject = {
    ...PUBLIC,
    eventName: 'UpdateDomainConfig',
    requestParameters: { domainName: 'logs', accessPolicies: policyOf('*') },
    responseElements: { domainConfig: { accessPolicies: { options: policyOf('*') } } },
  };
  const config = JSON.stringify({ DomainConfig: { AccessPolicies: { Options: policyOf({ AWS: OWN }) } } });

  test('is what the first call is compared with', async () => {
    const { out } = await run('scan', '--baseline', file('logs.json', config), logFile('a.json', update));
    expect(out).toContain('What changed');
    expect(out).toContain('aws opensearch update-domain-config');
  });

  test.each([
    ['that is not there', undefined, 'cannot be read: ENOENT'],
    ['that is no JSON', 'x', 'cannot be read: it is no JSON'],
    ['that tells no state', '{"a":1}', 'tells the state of no domain; allowed: the output of describe-domain,'],
    [
      'that is of no domain there is',
      '{"DomainConfig":{}}',
      'does not tell which domain it is of: none is in what was read',
    ],
  ])('%s stops with a helpful message', async (_, content, message) => {
    const path = content === undefined ? at('gone.json') : file('b.json', content);
    const running = run('scan', '--baseline', path, logFile('a.json'));
    await expect(running).rejects.toThrow(UsageError);
    await expect(running).rejects.toThrow(message);
  });
});

test.each([
  ['', 'a PATH is empty; allowed: a file, a folder, - or s3://BUCKET/PREFIX'],
  ['S3://bucket/x', '"S3://bucket/x" is no address of a bucket; allowed: s3://BUCKET/PREFIX'],
  ['s3:/bucket/x', '"s3:/bucket/x" is no address of a bucket'],
])('the PATH %p is refused', async (operand, message) => {
  await expect(run('scan', operand)).rejects.toThrow(UsageError);
  await expect(run('scan', operand)).rejects.toThrow(message);
});

test('files that PowerShell saved are read wherever one is given', async () => {
  const saved = (name: string, value: unknown): string =>
    file(name, Buffer.from(`\uFEFF${JSON.stringify(value)}`, 'utf16le'));
  const state = saved('logs.json', { DomainConfig: { AccessPolicies: { Options: policyOf({ AWS: OWN }) } } });
  const settings = saved('monitor.json', { trustedAccounts: ['444455556666'] });
  expect((await run('policy', '--account', OWN, state)).out).toContain('exposure: same-account');
  expect((await run('check', '--settings', settings)).code).toBe(0);
  expect((await run('scan', '--baseline', state, logFile('a.json', PUBLIC))).code).toBe(1);
});

describe('--quiet', () => {
  test('keeps to what was asked for and what went wrong', async () => {
    expect((await run('scan', '--quiet', logFile('a.json', TAGS))).err).toBe('');
    expect((await run('scan', '--quiet', file('b.json', '[]'))).err).toContain('an empty list');
  });
});

test('--no-color is stronger than a terminal', async () => {
  const path = logFile('a.json', PUBLIC);
  expect((await runWith({ isColored: true }, 'scan', path)).out).toContain('\u001b[31m');
  expect((await runWith({ isColored: true }, 'scan', '--no-color', path)).out).not.toContain('\u001b');
});

describe('report', () => {
  test('goes to a file', async () => {
    const path = at('report.json');
    const { code, out, err } = await run('report', '--format', 'json', '--output', path, logFile('a.json', PUBLIC));
    expect([code, out, err]).toEqual([0, '', '1 file scanned, 1 alert\n']);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ schemaVersion: '1', totals: { CRITICAL: 1 } });
  });

  test('that cannot be written is told', async () => {
    await expect(run('report', '--output', at('no', 'where'), logFile('a.json'))).rejects.toThrow(
      'cannot be written: ENOENT',
    );
    expect(existsSync(at('no'))).toBe(false);
  });
});

describe('explain', () => {
  test('tells what changed, each step, and where copies are', async () => {
    const first = logFile('a.json', PUBLIC);
    const { out } = await run('explain', first, logFile('b.json', PUBLIC));
    expect(out).toContain('alerted, CRITICAL');
    expect(out).toMatch(/the same call: \S*b\.json call 1/);
  });

  test('ends with 2 where there is nothing to explain', async () => {
    const { code, err } = await run('explain', logFile('a.json'));
    expect([code, err]).toEqual([2, 'there is no record of the service in what was read\n']);
  });
});
