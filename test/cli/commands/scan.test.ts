import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { UsageError } from '../../../cli/console';
import { scanCommand } from '../../../cli/commands/scan';
import { toAlert } from '../../../core/alert';
import { runCommand } from '../../../cli/program';
import { judge } from '../../../core/scan';
import { toCriteria } from '../../../core/settings';
import { checked } from '../../support/alert-schema';
import { toldBy } from '../../support/console';
import { ROOT } from '../../support/root';
import { changed, recordOf } from '../../support/records';
import { recordNamed } from '../../support/golden';

const PUBLIC = recordNamed('policy-opened-to-everyone');
const TAGS = recordNamed('tags-added');
const READ = { ...TAGS, eventName: 'DescribeDomain', readOnly: true };
const REHEARSAL = changed(PUBLIC, { 'requestParameters/dryRun': true });
const OTHER = { eventSource: 's3.amazonaws.com', eventName: 'GetObject' };

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scan-command-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const at = (...names: readonly string[]): string => join(folder, ...names);

/** Writes a log file of `records`, compressed if its name says so, and returns its path. */
function logFile(name: string, ...records: readonly unknown[]): string {
  const json = JSON.stringify({ Records: records });
  mkdirSync(join(at(name), '..'), { recursive: true });
  writeFileSync(at(name), name.endsWith('.gz') ? gzipSync(json) : json);
  return at(name);
}

async function run(...args: readonly string[]) {
  const told = await toldBy((console) => runCommand(scanCommand, args, console, 'scan'));
  return { ...told, alerts: told.out.split('\n').filter((line) => line.startsWith('{')) };
}

describe('the exit code', () => {
  test('is 0 where nothing is found', async () => {
    expect((await run(logFile('a.json', OTHER, READ))).code).toBe(0);
    expect((await run(logFile('empty.json'))).code).toBe(0);
  });

  test('is 1 where there are alerts', async () => {
    expect((await run(logFile('a.json', OTHER, TAGS))).code).toBe(1);
  });

  test('is 2 where a file cannot be read, with or without alerts; the file is named and the rest is scanned', async () => {
    logFile('1.json', PUBLIC);
    writeFileSync(at('2.json.gz'), 'damaged');
    logFile('3.json.gz', TAGS);
    const { code, alerts, err } = await run('--format', 'json', folder);
    expect(code).toBe(2);
    expect(alerts).toHaveLength(2);
    expect(err).toMatch(new RegExp(`^${at('2.json.gz')}: no CloudTrail record in it: it is a text without JSON$`, 'm'));
    rmSync(at('1.json'));
    rmSync(at('3.json.gz'));
    expect((await run(folder)).code).toBe(2);
  });

  test('is 2 for a path that is not there, and for a text that is JSON without Records', async () => {
    writeFileSync(at('list.json'), '{"records":[]}');
    const { code, err, alerts } = await run(
      '--format',
      'json',
      at('gone.json'),
      at('list.json'),
      logFile('a.json', TAGS),
    );
    expect(code).toBe(2);
    expect(err).toContain('gone.json: ENOENT');
    expect(err).toContain('list.json: no CloudTrail record in it: it is an object with records\n');
    expect(alerts).toHaveLength(1);
  });
});

describe('json', () => {
  test('is one alert per line and nothing else: exactly the machine body', async () => {
    const path = logFile('a.json', PUBLIC, OTHER, READ, TAGS);
    const { out } = await run('--format=json', path);
    const expected = [PUBLIC, TAGS].map((record) => {
      const { call, findings } = judge(record, toCriteria());
      const alert = call && toAlert(call, findings, { logFile: path });
      return alert && JSON.stringify(checked(alert).body);
    });
    expect(out).toBe(`${expected.join('\n')}\n`);
  });

  test('is nothing at all where nothing is found', async () => {
    expect((await run('--format=json', logFile('a.json', READ))).out).toBe('');
  });
});

test('text is the e-mails, and a summary on standard error', async () => {
  const path = logFile('a.json', PUBLIC, TAGS);
  const { out, err } = await run(path, logFile('b.json', OTHER));
  const { alert } = judge(PUBLIC, toCriteria());
  expect(out).toContain(`${'-'.repeat(75)}\n${alert?.email ?? ''}File      ${path}\n`);
  expect(err).toBe('2 files scanned, 2 alerts\n');
});

test('an alert tells its file once, and where copies of the call are', async () => {
  const files = ['a.json', 'b.json', 'c.json'].map((name) => logFile(name, PUBLIC));
  const linesOf = async (...paths: readonly string[]) =>
    (await run(...paths)).out.split('\n').filter((line) => /^(File|Also in) /.test(line));
  const [first = '', second = ''] = files;
  expect(await linesOf(first)).toEqual([`File      ${first}`]);
  expect(await linesOf(first, second)).toEqual([`File      ${first}`, `Also in   ${second}`]);
  expect(await linesOf(...files)).toEqual([`File      ${first}`, `Also in   ${second}, and 1 more`]);
});

test('a folder is its .json and .gz files and those below, in the order of their names; links in a circle end', async () => {
  logFile('b/2.json.gz', { ...TAGS, eventID: 'second' });
  logFile('a/1.json', { ...TAGS, eventID: 'first' });
  logFile('a/notes.txt', { ...TAGS, eventID: 'no log file' });
  logFile('c.JSON', { ...TAGS, eventID: 'third' });
  symlinkSync(folder, at('a', 'up'));
  const { alerts, code } = await run('--format', 'json', folder);
  expect(code).toBe(1);
  expect(alerts.map((line) => (JSON.parse(line) as { finding_info: { uid: string } }).finding_info.uid)).toEqual([
    'first',
    'second',
    'third',
  ]);
});

test('a file named outright is read whatever its name', async () => {
  cpSync(logFile('a.json', TAGS), at('events.log'));
  expect((await run(at('events.log'))).code).toBe(1);
});

test('digest and aggregated files are skipped and counted; a file that is named and in a folder is read once', async () => {
  writeFileSync(at('digest.json.gz'), gzipSync('{"digestS3Bucket":"trail","logFiles":[]}'));
  writeFileSync(at('aggregated.json'), '[{"eventCategory":"Data"}]');
  const { code, err } = await run(folder, logFile('a.json', OTHER));
  expect(code).toBe(0);
  expect(err).toBe('1 file scanned, 2 skipped as no log files (1 aggregated, 1 digest), 0 alerts\n');
});

describe('--minimum-severity', () => {
  test('hides milder alerts, in any letter case', async () => {
    const file = logFile('a.json', PUBLIC, TAGS);
    expect((await run('--format=json', '--minimum-severity', 'critical', file)).alerts).toHaveLength(1);
    expect((await run('--format=json', '--minimum-severity=LOW', file)).alerts).toHaveLength(2);
    expect((await run('--minimum-severity=MEDIUM', logFile('b.json', TAGS))).code).toBe(0);
  });
});

describe('--settings', () => {
  test('judges as the function would with it', async () => {
    writeFileSync(at('settings'), JSON.stringify({ watchedEvents: ['DeleteDomain'] }));
    expect((await run('--settings', at('settings'), logFile('a.json', TAGS))).code).toBe(0);
  });

  test.each([
    ['that is not there', undefined, 'cannot be read: ENOENT'],
    ['that is not JSON', '{', 'cannot be read: '],
    ['with a misspelt event', '{"watchedEvents":["DeleteDomian"]}', 'DeleteDomain'],
    [
      'with an expired suppression',
      '{"suppressions":[{"domain":"logs","reason":"x","expires":"2020-01-31"}]}',
      'expired on 2020-01-31',
    ],
    ['that is a list', '[]', 'allowed: an object'],
  ])('%s stops with a helpful message', async (_, content, message) => {
    if (content !== undefined) writeFileSync(at('settings'), content);
    const running = run('--settings', at('settings'), logFile('a.json', TAGS));
    await expect(running).rejects.toThrow(UsageError);
    await expect(running).rejects.toThrow(message);
  });

  test('is --config by its former name', async () => {
    writeFileSync(at('settings'), JSON.stringify({ watchedEvents: ['DeleteDomain'] }));
    const file = logFile('a.json', TAGS);
    expect((await run(file)).code).toBe(1);
    expect((await run('--config', at('settings'), file)).code).toBe(0);
    expect((await run(`--config=${at('settings')}`, file)).code).toBe(0);
    await expect(run('--config', 'a', '--settings', 'b', file)).rejects.toThrow('--settings is given more than once');
  });

  test('may begin with a byte order mark', async () => {
    writeFileSync(at('settings'), '\uFEFF{"watchedEvents":["DeleteDomain"]}');
    expect((await run('--settings', at('settings'), logFile('a.json', TAGS))).code).toBe(0);
  });

  test.each([
    ['name', 'a\n\u001b[2K\u202e', undefined],
    ['content', 'settings', '{"a\u202e\u009b": 1}'],
    ['broken content', 'settings', '\u001b[2K\u202e'],
  ])('cannot steer the terminal by its %s', async (_, name, content) => {
    if (content !== undefined) writeFileSync(at(name), content);
    const error: unknown = await run('--settings', at(name), folder).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as Error).message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  test('names the file before each of several problems', async () => {
    writeFileSync(at('settings'), '{"watchedEvents":["Nope"],"trustedAccounts":["1"]}');
    const error: unknown = await run('--settings', at('settings'), folder).catch((reason: unknown) => reason);
    const lines = (error as Error).message.split('\n');
    expect(lines).toHaveLength(2);
    expect(lines.filter((line) => !line.startsWith(`${at('settings')}: `))).toEqual([]);
  });
});

describe('--explain', () => {
  test.each([
    [
      'a call that alerts',
      PUBLIC,
      ['saw: anyone on the internet can', 'posture: endpoint public', 'alerted, CRITICAL'],
    ],
    ['a read', READ, ['ignored: a read, which changes nothing']],
    [
      'a call that no posture bears on',
      TAGS,
      ['posture: unknown, as such a call does not tell it', 'looked and saw nothing: parameters-omitted'],
    ],
    [
      'a call about an endpoint, which is not that of the domain',
      recordOf('es_CreateVpcEndpoint'),
      ['posture: unknown, as such a call does not tell it'],
    ],
    [
      'a denied call, which has no parameters',
      recordOf('es_UpdateDomainConfig_denied'),
      ['the request is not there to be seen', 'looked and saw nothing: access-policy-public'],
    ],
    ['a rehearsal', REHEARSAL, ['INFORMATIONAL: a rehearsal changes nothing', 'not sent: counted only']],
    ['a copy outside the management events', { ...PUBLIC, eventCategory: 'Data' }, ['ignored: a copy outside']],
  ])('tells why of %s', async (_, record, expected) => {
    const { out } = await run('--explain', logFile('a.json', OTHER, record));
    for (const text of expected) expect(out).toContain(text);
  });

  test('tells why a suppressed finding is not sent', async () => {
    writeFileSync(
      at('settings'),
      JSON.stringify({ suppressions: [{ domain: 'logs', reason: 'a playground', expires: '2999-12-31' }] }),
    );
    const { out, code } = await run('--explain', '--settings', at('settings'), logFile('a.json', TAGS));
    expect(out).toContain('suppressed until 2999-12-31: a playground');
    expect(out).toContain('not sent: every finding is suppressed');
    expect(code).toBe(0);
  });

  test('tells the posture that a deletion ends, the account and the region', async () => {
    const { out } = await run('--explain', logFile('a.json', recordOf('es_DeleteDomain')));
    expect(out).toMatch(/posture: endpoint (public|vpc) \(from the response\)/);
    expect(out).toMatch(/ in 111122223333 eu-west-1, /);
  });

  test('tells which watch patterns looked, too', async () => {
    const watchPatterns = [
      { name: 'team-tag', severity: 'HIGH', pattern: { eventName: ['AddTags'] } },
      { name: 'other-tag', severity: 'HIGH', pattern: { eventName: ['RemoveTags'] } },
    ];
    writeFileSync(at('settings'), JSON.stringify({ watchPatterns }));
    const { out } = await run('--explain', '--settings', at('settings'), logFile('a.json', TAGS));
    expect(out).toContain('HIGH team-tag\n');
    expect(out).toMatch(/looked and saw nothing:[\s\S]*other-tag/);
  });

  test('tells which call is not watched', async () => {
    writeFileSync(at('settings'), '{"watchedEvents":["DeleteDomain"]}');
    const { out } = await run('--explain', '--settings', at('settings'), logFile('a.json', TAGS));
    expect(out).toContain('ignored: AddTags is not among the watched events');
  });
});

test('a folder without log files is no scan that found nothing', async () => {
  mkdirSync(at('empty'));
  const { err, code } = await run(at('empty'));
  expect(err).toContain('there is no .json, .jsonl, .ndjson and no .gz file to read');
  expect(code).toBe(2);
});

describe('what the operator gets wrong', () => {
  test.each([
    [['--format', 'xml', 'x'], '--format is "xml"; allowed: text, json, csv, markdown, sarif'],
    [['--minimum-severity', 'SEVERE', 'x'], '--minimum-severity is "SEVERE"; allowed: LOW, MEDIUM, HIGH, CRITICAL'],
    [['--minimum-severity', 'INFORMATIONAL', 'x'], 'allowed: LOW, MEDIUM, HIGH, CRITICAL'],
    [['--colour', 'x'], 'unknown option "--colour"'],
    [['--formt', 'json', 'x'], 'did you mean --format, --from?'],
    [['--format'], '--format has no value; allowed: text|json|csv|markdown|sarif'],
    [['--explain', '--format', 'json', 'x'], '--explain is a text for people'],
    [[], 'no PATH given'],
  ])('%j is told', async (args, message) => {
    await expect(run(...args)).rejects.toThrow(UsageError);
    await expect(run(...args)).rejects.toThrow(message);
  });

  test('--help is no mistake', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    expect(out).toMatch(/^usage: /);
  });
});

test('a file name cannot forge a line or steer the terminal', async () => {
  const name = 'a\n1000 files scanned, 0 alerts\u001b[2K\u202e.json';
  writeFileSync(at(name), 'damaged');
  const { err } = await run(folder);
  expect(err.split('\n')).toHaveLength(3);
  expect(err).not.toMatch(/\p{Cf}|\p{Cc}\[/u);
  logFile(name, TAGS);
  const { out } = await run('--explain', folder);
  expect(out).not.toMatch(/\p{Cf}|\p{Cc}\[/u);
});

describe('the command line', () => {
  const COMMAND = [join(ROOT, 'local', 'command-line.mjs')];

  test('ends with the exit code of the scan, e-mails on standard output', () => {
    const file = logFile('a.json.gz', PUBLIC);
    const { status, stdout, stderr } = spawnSync('npm', ['run', '-s', 'scan', '--', file], { encoding: 'utf8' });
    expect(stdout).toContain('CRITICAL: IAM user test-user on the console called UpdateDomainConfig');
    expect(stderr).toContain('1 file scanned, 1 alert\n');
    expect(status).toBe(1);
  }, 30_000);

  test('tells a mistake without a stack trace', () => {
    const { status, stderr } = spawnSync(process.execPath, [...COMMAND, 'scan', '--format', 'xml'], {
      encoding: 'utf8',
    });
    expect(status).toBe(2);
    expect(stderr).toBe('--format is "xml"; allowed: text, json, csv, markdown, sarif\n');
  }, 30_000);

  test('takes a reader that leaves early, as head does, without a stack trace', async () => {
    const records = Array.from({ length: 3000 }, (_, at) => ({ ...PUBLIC, eventID: `id-${at}` }));
    const child = spawn(process.execPath, [...COMMAND, 'scan', '--format', 'json', logFile('a.json', ...records)]);
    let err = '';
    child.stderr.on('data', (data: Buffer) => (err += data.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    await new Promise((resolve) => child.on('close', resolve));
    expect(err).toBe('');
  }, 30_000);
});
