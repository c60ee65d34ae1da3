import { scanCommand } from '../../../cli/commands/scan';
import { runCommand } from '../../../cli/program';
import { toldBy } from '../../support/console';
import { recordNamed } from '../../support/golden';
import { temporaryFolder } from '../../support/log-files';
import { changed, FIXTURES, OWN, policyOf, policyUpdate, recordOf, type JsonObject } from '../../support/records';
import { sarifFaults } from '../../support/sarif';

const { file, logFile } = temporaryFolder();

const PUBLIC = recordNamed('policy-opened-to-everyone');
const TAGS = recordNamed('tags-added');

const HOSTILE = changed(PUBLIC, {
  eventID: 'hostile',
  userAgent: '=HYPERLINK("https://evil.example","x")',
  'userIdentity/userName': "=cmd|' /C calc'!A0\n| <img src=x> [x](https://evil.example) @everyone `",
  'requestParameters/domainName': '@SUM(1)',
});

const run = (...args: readonly string[]) => toldBy((console) => runCommand(scanCommand, args, console, 'scan'));

describe('text', () => {
  test('ends with the alerts of each severity and domain, how long it was open, and what was not read', async () => {
    const path = logFile('a.json', policyUpdate('14:01', policyOf('*')), policyUpdate('14:48', policyOf({ AWS: OWN })));
    const { out } = await run(path, file('b.json', '[{"a":1}]'));
    const summary = out.slice(out.lastIndexOf('-'.repeat(75)));
    expect(summary).toBe(`${'-'.repeat(75)}
2 alerts: CRITICAL 1, MEDIUM 1
  logs (${OWN} eu-west-1): CRITICAL 1, MEDIUM 1
      logs was open to the internet for 47 minutes, 14:01 to 14:48 UTC on 2026-11-20,
      opened by IAM user ann, closed by IAM user ann
Not read:
${wrappedAt(file('b.json', '[{"a":1}]'))}
`);
    expect(out).toContain(`File      ${path}\n`);
    expect(out.indexOf('CRITICAL: IAM user ann')).toBe(out.indexOf('\n') + 1);
  });

  test('tells the command that sets back what changed', async () => {
    const { out } = await run(
      logFile('a.json', policyUpdate('14:01', policyOf({ AWS: OWN })), policyUpdate('14:48', policyOf('*'))),
    );
    expect(out).toContain("aws opensearch update-domain-config --region eu-west-1 --cli-input-json '");
  });

  test('has colours where the console shows them, and none otherwise', async () => {
    const path = logFile('a.json', PUBLIC);
    const colored = await toldBy((console) => runCommand(scanCommand, [path], { ...console, isColored: true }, 'scan'));
    expect(colored.out).toContain('\u001b[31mCRITICAL\u001b[39m');
    expect((await run(path)).out).not.toContain('\u001b');
  });

  const wrappedAt = (path: string): string =>
    `  ${path}: no CloudTrail record in it: it is a list of 1 whose first is an object with a`.replace(
      /^(.{1,88}) (.*)$/,
      '$1\n  $2',
    );
});

describe('csv', () => {
  test('is a header and a row for each alert, in the order of time', async () => {
    const { out, err, code } = await run(
      '--format',
      'csv',
      logFile('a.json', policyUpdate('14:48', policyOf({ AWS: OWN })), policyUpdate('14:01', policyOf('*'))),
    );
    const rows = out.split('\r\n');
    expect(rows[0]).toBe(
      'time,severity,disposition,event_name,outcome,domain,account,region,caller,caller_arn,source_ip,rules,sentence,changes,event_id,file',
    );
    expect(rows.slice(1, -1).map((row) => row.split(',').slice(0, 6))).toEqual([
      ['2026-11-20T14:01:00Z', 'CRITICAL', 'alerted', 'UpdateDomainConfig', 'succeeded', 'logs'],
      ['2026-11-20T14:48:00Z', 'MEDIUM', 'alerted', 'UpdateDomainConfig', 'succeeded', 'logs'],
    ]);
    expect([err, code]).toEqual(['', 1]);
  });

  test('has no cell that a spreadsheet would run', async () => {
    const { out } = await run('--format', 'csv', logFile('a.json', HOSTILE));
    for (const cell of cellsOf(out)) expect(cell).not.toMatch(/^\s*[=+\-@\t]/);
    expect(out).toContain("'@SUM(1)");
  });

  function cellsOf(csv: string): readonly string[] {
    return [...csv.matchAll(/"((?:[^"]|"")*)"|([^",\r\n]+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
  }
});

describe('markdown', () => {
  test('is a ticket: totals, exposure, each call with what to do', async () => {
    const { out, code } = await run('--format', 'markdown', logFile('a.json', policyUpdate('14:01', policyOf('*'))));
    expect(out).toContain('# Configuration calls\n');
    expect(out).toContain('| CRITICAL | 1 |');
    expect(out).toContain('- logs was open to the internet since 14:01 UTC on 2026\\-11\\-20');
    expect(out).toContain('### CRITICAL: The access policy lets anyone in');
    expect(out).toContain('**What to do.** ');
    expect(code).toBe(1);
  });

  test("holds a stranger's text as nothing but text", async () => {
    const { out } = await run('--format', 'markdown', logFile('a.json', HOSTILE));
    expect(out).not.toContain('<img');
    expect(out).not.toContain('](https');
    expect(out).not.toContain('@everyone');
    expect(out).not.toMatch(/https:\/\/evil/);
    expect(
      out.split('\n').filter((line) => line.startsWith('| caller') && (line.match(/(?<!\\)\|/g) ?? []).length !== 3),
    ).toEqual([]);
  });
});

describe('sarif', () => {
  test('is valid by its schema, of every fixture, with what is hostile and what was not read', async () => {
    const records = [...FIXTURES.map((name, at) => ({ ...recordOf(name), eventID: `id-${at}` })), HOSTILE];
    const { out, code } = await run('--format', 'sarif', logFile('a b#1.json', ...records), file('bad.json', '[{}]'));
    const log = JSON.parse(out) as { runs: [{ results: readonly { ruleId: string; level: string }[] }] };
    expect(sarifFaults(log)).toEqual([]);
    expect(code).toBe(2);
    expect(log.runs[0].results.length).toBeGreaterThan(50);
    expect(out).toContain('a%20b%231.json');
    expect(out).toContain('"executionSuccessful": false');
  });

  test('names the rule, the file, and the same fingerprint for the same call', async () => {
    const { out } = await run('--format', 'sarif', logFile('a.json', PUBLIC));
    const [result] = (JSON.parse(out) as { runs: [{ results: readonly JsonObject[] }] }).runs[0].results;
    expect(result).toMatchObject({
      ruleId: 'access-policy-public',
      level: 'error',
      partialFingerprints: { 'callAndRule/v1': `${String(PUBLIC['eventID'])}/access-policy-public` },
    });
    expect(JSON.stringify(result)).toContain('file:///');
  });

  test('is a log without results where nothing is found', async () => {
    const { out, code } = await run('--format', 'sarif', logFile('a.json'));
    expect((JSON.parse(out) as { runs: [{ results: unknown }] }).runs[0].results).toEqual([]);
    expect(code).toBe(0);
  });
});

test('milder alerts are in no format where a minimum is set', async () => {
  const path = logFile('a.json', PUBLIC, TAGS);
  for (const format of ['csv', 'markdown', 'sarif', 'json', 'text']) {
    const { out } = await run('--format', format, '--minimum-severity', 'HIGH', path);
    expect(out).not.toContain('AddTags');
    expect(out).toContain('UpdateDomainConfig');
  }
});
