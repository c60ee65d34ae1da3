import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '../../../cli/commands/all';
import { runCommandLine } from '../../../cli/command-line';
import { toldBy } from '../../support/console';
import { DECLARATIONS } from '../../support/declarations';
import { temporaryFolder } from '../../support/log-files';
import { sarifFaults } from '../../support/sarif';
import type { JsonObject } from '../../support/records';

const { at, file } = temporaryFolder();

const run = (...args: readonly string[]) => toldBy((console) => runCommandLine(COMMANDS, ['check', ...args], console));
const template = (name: string): string => join(DECLARATIONS, `${name}.yaml`);

interface Sarif {
  readonly runs: readonly [{ readonly results: readonly JsonObject[] }];
}

describe('a template', () => {
  test('is judged as the call would be that its deployment makes, with a request that gets in', async () => {
    const { out, err, code } = await run(template('open-public'));
    expect(out).toContain(
      `${template('open-public')}:3 Domain (logs): CreateDomain\n  CRITICAL access-policy-public\n`,
    );
    expect(out).toContain('anyone on the internet can read and write every index of logs');
    expect(out).toContain('> an unsigned GET from 203.0.113.10 to /_search is allowed by statement 1');
    expect(err).toBe('1 resource in 1 file; CRITICAL 1, HIGH 1, MEDIUM 1\n');
    expect(code).toBe(1);
  });

  test('with nothing to object to is silent, and ends with 0', async () => {
    expect(await run('--quiet', template('hardened'))).toEqual({ code: 0, out: '', err: '' });
  });

  test.each([
    ['open-public', 'CRITICAL', 1],
    ['open-behind-sign-in', 'HIGH', 0],
    ['open-behind-sign-in', 'MEDIUM', 1],
    ['https-of-parameter', 'MEDIUM', 1],
    ['other-services', 'LOW', 0],
  ])('%s that fails from %s on ends with %i', async (name, level, expected) => {
    const { code } = await run('--fail-on', level, template(name));
    expect(code).toBe(expected);
  });

  test('tells what a doubt depends on, which a parameter that is given ends', async () => {
    const { out } = await run(template('https-of-parameter'));
    expect(out.replace(/\s+/g, ' ')).toContain(
      '? not known before the deployment: if DomainEndpointOptions.EnforceHTTPS, from the parameter Https, is false',
    );
    expect((await run('--parameter', 'Https=true', template('https-of-parameter'))).code).toBe(0);
    expect((await run('--parameter', 'Https=false', template('https-of-parameter'))).out).not.toContain('not known');
  });

  test('is held against the account of the deployment, where that is given', async () => {
    expect((await run('--account', '111122223333', template('named-account'))).out).not.toContain('not known');
    expect((await run('--account', '444455556666', template('named-account'))).out).not.toContain('cross-account');
  });

  test('is judged by the settings: trust, overrides and suppressions', async () => {
    const settings = file(
      'monitor.json',
      JSON.stringify({
        trustedAccounts: ['444455556666'],
        suppressions: [
          { rule: 'fine-grained-access-off', domain: 'logs', reason: 'on its way', expires: '2099-01-01' },
        ],
      }),
    );
    const { out, err, code } = await run('--settings', settings, template('named-account'));
    expect(out).toBe('');
    expect(err).toBe('1 resource in 1 file; nothing to object to; 1 suppressed\n');
    expect(code).toBe(0);
  });

  test('that is deployed already is no news, and what it changes is', async () => {
    const name = template('open-public');
    expect((await run('--before', name, name)).code).toBe(0);
    const { out } = await run('--before', template('hardened'), name);
    expect(out).toContain('UpdateDomainConfig\n  CRITICAL access-policy-public\n');
    expect(out).toContain('HIGH fine-grained-access-off\n    - fine-grained access control is turned off');
    expect(out).not.toContain('https-not-enforced');
  });

  test('from which a domain is gone deletes it', async () => {
    const { out } = await run('--before', template('open-public'), template('other-services'));
    expect(out).toContain('Domain (logs): DeleteDomain\n  CRITICAL domain-deleted\n');
  });

  test('is explained: which rules looked, and what is in doubt', async () => {
    const { out } = await run('--explain', template('https-of-parameter'));
    expect(out).toContain('posture: endpoint vpc (from the request)');
    expect(out).toContain('looked and saw nothing: access-policy-public');
    expect(out).toContain('MEDIUM https-not-enforced if DomainEndpointOptions.EnforceHTTPS');
  });

  test('holds hostile text as text', async () => {
    for (const format of ['text', 'markdown']) {
      const { out } = await run('--format', format, template('hostile-text'));
      expect(out.includes('\u001b') || out.includes('\u202e')).toBe(false);
      if (format === 'markdown') expect(out).not.toContain('<script>');
    }
  });
});

describe('what cannot be read', () => {
  test.each([
    ['broken-yaml', 'is no YAML: '],
    ['hostile-aliases', 'has more than 100000 values'],
    ['hostile-recursion', 'has the alias *r within what it stands for'],
  ])('%s is told, and the rest is judged', async (name, why) => {
    const { out, err, code } = await run(template(name), template('open-public'));
    expect(err).toContain(`${template(name)}: ${why}`);
    expect(out).toContain('access-policy-public');
    expect(code).toBe(2);
  });

  test.each([
    [
      'source of Terraform',
      'main.tf',
      'resource "aws_opensearch_domain" "x" {}',
      'is Terraform source; allowed: a plan of it, by terraform show -json PLAN',
    ],
    [
      'anything else',
      'package.json',
      '{"name":"x"}',
      'declares nothing that is known here; allowed: a CloudFormation template',
    ],
    ['a packed plan', 'plan', 'PK\u0003\u0004', 'is a packed plan; allowed: its text, by terraform show -json'],
  ])('%s says what is allowed', async (_, name, content, why) => {
    const { err, code } = await run(file(name, content));
    expect(err).toContain(`${at(name)}: ${why}`);
    expect(code).toBe(2);
  });

  test.each([
    [['--account', '12', 'x'], '--account is "12"; allowed: twelve digits'],
    [['--parameter', 'x', 'y'], '--parameter is "x"; allowed: NAME=VALUE'],
    [['--explain', '--format', 'json', 'x'], '--explain is a text for people and does not go with --format json'],
    [[], 'nothing to check; allowed: a PATH, or --settings FILE'],
  ])('%j is refused', async (args, why) => {
    await expect(run(...args)).rejects.toThrow(why);
  });
});

test('of a folder templates are judged, and what declares nothing is passed over', async () => {
  file('stack.yaml', readFileSync(template('open-public'), 'utf8'));
  file('tsconfig.json', '{"compilerOptions":{}}');
  const { err } = await run(at('.'));
  expect(err).toMatch(/; \d+ files? passed over/);
  expect(err).toMatch(/CRITICAL 1/);
});

describe('sarif', () => {
  const sarif = async (...args: readonly string[]): Promise<Sarif> => {
    const log = JSON.parse((await run('--format', 'sarif', ...args)).out) as Sarif;
    expect(sarifFaults(log)).toEqual([]);
    return log;
  };

  test('is valid by its schema, of every declaration there is', async () => {
    const { runs } = await sarif(
      DECLARATIONS,
      file('all.json', '{"QueueConfigurations":[{"Events":["s3:ObjectCreated:*"]}]}'),
    );
    expect(runs[0].results.length).toBeGreaterThan(50);
  });

  test('names the rule, our severity and the line that declares what it objects to', async () => {
    const [result] = (await sarif(template('open-public'))).runs[0].results;
    expect(result).toMatchObject({
      ruleId: 'access-policy-public',
      level: 'error',
      properties: { severity: 'CRITICAL', isCertain: true, eventName: 'CreateDomain' },
      locations: [
        {
          physicalLocation: { region: { startLine: 14 } },
          logicalLocations: [{ fullyQualifiedName: 'Domain', kind: 'resource' }],
        },
      ],
    });
    const lines = readFileSync(template('open-public'), 'utf8').split('\n');
    expect(lines[13]).toContain("Principal: '*'");
  });

  test('is a log without results where there is nothing of ours', async () => {
    expect((await sarif(template('other-services'))).runs[0].results).toEqual([]);
  });
});

describe('what a template may declare that cannot be seen in it', () => {
  const says = 'the macro Tagging may add domains';

  test.each([
    ['text', `? cannot be seen in it: ${says}`],
    ['markdown', `- cannot be seen in it: ${says}`],
    ['json', `"says": "${says}"`],
    ['sarif', `cannot be seen in it: ${says}`],
  ])('is told in %s', async (format, told) => {
    const { out } = await run('--format', format, template('macro-of-the-template'));
    expect(out).toContain(told);
  });

  test('is told of one that declares no domain, which is no failure', async () => {
    const { out, code } = await run(file('tagged.yaml', 'Transform: Tagging\nResources: {}\n'));
    expect(out).toContain(says);
    expect(code).toBe(0);
  });

  test('is nothing for the macros of AWS that make no domains', async () => {
    const { out } = await run(file('sam.yaml', 'Transform: AWS::Serverless-2016-10-31\nResources: {}\n'));
    expect(out).toBe('');
  });
});

test('json says of each finding what it rests on', async () => {
  const { out } = await run('--format', 'json', template('role-of-import'));
  const { totals, resources } = JSON.parse(out) as {
    totals: JsonObject;
    resources: readonly [{ findings: readonly JsonObject[] }];
  };
  expect(totals).toEqual({ LOW: 1, MEDIUM: 0, HIGH: 0, CRITICAL: 0 });
  expect(resources[0].findings).toEqual([
    expect.objectContaining({
      rule: 'access-policy-public',
      severity: 'LOW',
      doubt: 'if what is not known of the access policy (the import ReaderArn) lets in all it may',
      witness: null,
    }),
  ]);
});

test('markdown tells severity, rule, sentence and what to do in a table', async () => {
  const { out } = await run('--format', 'markdown', template('open-public'));
  expect(out).toContain('# Domains after this deployment\n\n3 findings on 1 resource of 1.\n');
  expect(out).toMatch(/\n\| CRITICAL \| access\\-policy\\-public \| CreateDomain on logs: anyone on the internet can /);
});

describe("a bucket's notifications", () => {
  const notifications = (filter: object, events = ['s3:ObjectCreated:*']) =>
    JSON.stringify({
      QueueConfigurations: [
        { Id: 'indexer', QueueArn: 'arn:aws:sqs:eu-west-1:111122223333:indexer', Events: events, ...filter },
      ],
      EventBridgeConfiguration: {},
    });
  const rules = (...pairs: readonly (readonly [string, string])[]) => ({
    Filter: { Key: { FilterRules: pairs.map(([Name, Value]) => ({ Name, Value })) } },
  });

  test.each<[string, string, number]>([
    ['on all objects', notifications({}), 1],
    ['on all log files', notifications(rules(['Prefix', 'AWSLogs/'], ['Suffix', '.json.gz'])), 1],
    ['on the log files of one account', notifications(rules(['prefix', 'AWSLogs/111122223333/'])), 1],
    ['on a suffix within ours', notifications(rules(['suffix', '.gz'])), 1],
    ['on one kind of creation', notifications({}, ['s3:ObjectCreated:Put']), 1],
    ['on another prefix', notifications(rules(['prefix', 'images/'])), 0],
    ['on another suffix', notifications(rules(['suffix', '.png'])), 0],
    ['on deletions', notifications({}, ['s3:ObjectRemoved:*']), 0],
    ['to EventBridge alone', '{"EventBridgeConfiguration":{}}', 0],
  ])('%s', async (_, content, expected) => {
    const { out, code } = await run(file('notifications.json', content));
    expect(code).toBe(expected);
    if (expected === 1)
      expect(out.replace(/\s+/g, ' ')).toContain(
        "the bucket tells arn:aws:sqs:eu-west-1:111122223333:indexer of new objects under '",
      );
    else expect(out).toBe('');
  });

  test('are held against the prefix of the log files', async () => {
    const { code } = await run(
      '--log-file-prefix',
      'trail/',
      file('notifications.json', notifications(rules(['prefix', 'AWSLogs/']))),
    );
    expect(code).toBe(0);
  });
});

describe('files that declare nothing are passed over', () => {
  const NOT_OURS = 'apiVersion: v1\nkind: {{ .Values.kind }}\n';

  test('where that is asked for, whatever they are', async () => {
    const names = [file('chart.yaml', NOT_OURS), file('package.json', '{"name":"x"}'), template('open-public')];
    const { err, code } = await run('--pass-over', ...names);
    expect(err).toBe('1 resource in 1 file; CRITICAL 1, HIGH 1, MEDIUM 1; 2 files passed over\n');
    expect(code).toBe(1);
  });

  test('but not where they are about domains and cannot be read', async () => {
    const { err, code } = await run(
      '--pass-over',
      file('broken.yaml', `Type: AWS::OpenSearchService::Domain\nDomain: [\n`),
    );
    expect(err).toContain('broken.yaml: is no YAML: ');
    expect(code).toBe(2);
  });
});

test('what is said to be before is a template', async () => {
  await expect(run('--before', file('x.json', '{}'), template('hardened'))).rejects.toThrow(
    'is no CloudFormation template',
  );
});
