import { COMMANDS } from '../../../cli/commands/all';
import { runCommandLine } from '../../../cli/command-line';
import { UsageError } from '../../../cli/console';
import { toldBy } from '../../support/console';
import { temporaryFolder } from '../../support/log-files';
import { OWN, PARTNER, policyOf, STRANGER } from '../../support/records';

const { at, file } = temporaryFolder();

const run = (...args: readonly string[]) => toldBy((console) => runCommandLine(COMMANDS, ['policy', ...args], console));

async function verdictOn(policy: string, ...args: readonly string[]) {
  const { code, out } = await run('--format', 'json', ...args, file('policy.json', policy));
  return {
    code,
    ...(JSON.parse(out) as {
      exposure: string;
      severity: string;
      posture: object;
      witness: { sentence: string } | null;
      unreadable: readonly string[];
    }),
  };
}

const OPEN = policyOf('*');

test('tells the exposure, the severity, why, and a request that gets in', async () => {
  const { code, out } = await run(file('policy.json', OPEN));
  expect(code).toBe(1);
  expect(out).toMatch(/^exposure: public\nCRITICAL access-policy-public\n {2}- anyone on the internet can/);
  expect(out).toMatch(/gets in: GET \/_search, unsigned, from 203\.0\.113\.10, at \S+, by\s+statement 1\n/);
});

describe('the severity is that of the posture', () => {
  test.each([
    [[], 'CRITICAL'],
    [['--endpoint', 'public'], 'CRITICAL'],
    [['--endpoint', 'vpc'], 'MEDIUM'],
    [['--vpc'], 'MEDIUM'],
    [['--fine-grained-access'], 'LOW'],
    [['--vpc', '--fine-grained-access'], 'LOW'],
  ])('%j: %s', async (args, severity) => {
    expect(await verdictOn(OPEN, ...args)).toMatchObject({ exposure: 'public', severity, code: 1 });
  });
});

describe('the account of the domain is', () => {
  test('that of the ARN in the policy', async () => {
    expect(await verdictOn(policyOf({ AWS: OWN }))).toMatchObject({ exposure: 'same-account', code: 0 });
    expect(await verdictOn(policyOf({ AWS: STRANGER }))).toMatchObject({
      exposure: 'cross-account',
      severity: 'HIGH',
      code: 1,
    });
  });

  test('the one that is given', async () => {
    expect(await verdictOn(policyOf({ AWS: OWN }), '--account', STRANGER)).toMatchObject({ exposure: 'cross-account' });
  });

  test('that of the ARN that is given, for which the policy counts alone', async () => {
    const arn = `arn:aws:es:eu-west-1:${OWN}:domain/other`;
    expect(await verdictOn(OPEN, '--domain-arn', arn)).toMatchObject({ witness: null });
  });

  test('unknown otherwise, which is said', async () => {
    const { out, code } = await run(file('policy.json', policyOf({ AWS: OWN }, { Resource: '*' })));
    expect(out).toContain('every account that is named counts as another one: --account');
    expect(code).toBe(1);
  });
});

test('whom the settings trust is let in by right', async () => {
  const settings = file('monitor.json', JSON.stringify({ trustedAccounts: [PARTNER] }));
  expect(await verdictOn(policyOf({ AWS: PARTNER }), '--settings', settings)).toMatchObject({
    exposure: 'same-account',
    code: 0,
  });
});

describe('the policy may be', () => {
  test.each([
    ['a text of JSON', JSON.stringify(OPEN)],
    [
      'the answer of describe-domain-config --query DomainConfig.AccessPolicies',
      JSON.stringify({ Options: OPEN, Status: {} }),
    ],
    [
      'in the answer of describe-domain-config',
      JSON.stringify({ DomainConfig: { AccessPolicies: { Options: OPEN }, VPCOptions: { Options: {} } } }),
    ],
    [
      'in the answer of describe-domain',
      JSON.stringify({
        DomainStatus: { DomainName: 'logs', ARN: `arn:aws:es:eu-west-1:${OWN}:domain/logs`, AccessPolicies: OPEN },
      }),
    ],
  ])('%s', async (_, content) => {
    expect(await verdictOn(content)).toMatchObject({ exposure: 'public', severity: 'CRITICAL' });
  });

  test('in an answer that tells the posture, which options overrule', async () => {
    const answer = JSON.stringify({
      DomainConfig: {
        AccessPolicies: { Options: OPEN },
        VPCOptions: { Options: { VPCId: 'vpc-1', SubnetIds: ['subnet-1'] } },
        AdvancedSecurityOptions: { Options: { Enabled: true } },
      },
    });
    expect(await verdictOn(answer)).toMatchObject({
      severity: 'LOW',
      posture: { endpoint: 'vpc', fineGrainedAccess: 'on' },
    });
    expect(await verdictOn(answer, '--endpoint', 'public')).toMatchObject({ posture: { endpoint: 'public' } });
  });

  test('empty: then nobody is let in by it', async () => {
    const { out, code } = await run(file('policy.json', ''));
    expect([out, code]).toEqual([expect.stringContaining('exposure: none\n'), 0]);
    expect(out).toContain('gets in: nobody by this policy');
  });

  test('on standard input', async () => {
    const { code } = await toldBy((console) =>
      runCommandLine(COMMANDS, ['policy', '-'], { ...console, in: async () => Buffer.from(OPEN) }),
    );
    expect(code).toBe(1);
  });
});

test.each([
  ['1 where it may let others in', { Effect: 'Allow', NotPrincipal: { AWS: OWN }, Action: 'es:*', Resource: '*' }, 1],
  ['2 where nothing worse is', { Effect: 'Perhaps', Principal: { AWS: OWN }, Action: 'es:*', Resource: '*' }, 2],
])('what cannot be judged is told, with exit code %s', async (_, statement, expected) => {
  const { code, out } = await run(file('policy.json', JSON.stringify({ Statement: [statement] })));
  expect(out).toMatch(/not judged: statement 1 (uses NotPrincipal|neither allows nor denies)/);
  expect(code).toBe(expected);
});

describe('what the operator gets wrong', () => {
  test.each([
    [['gone.json'], '"gone.json" cannot be read: ENOENT'],
    [['--account', '1', 'x'], '--account is "1"; allowed: twelve digits'],
    [['--domain-arn', 'logs', 'x'], '--domain-arn is "logs"; allowed: arn:aws:es:REGION:ACCOUNT:domain/NAME'],
    [['--vpc', '--endpoint', 'public', 'x'], '--vpc and --endpoint public exclude each other'],
  ])('%j is told', async (args, message) => {
    await expect(run(...args.map((arg) => (arg === 'x' ? file('policy.json', OPEN) : arg)))).rejects.toThrow(message);
  });

  test.each([
    ['{', 'is no JSON; allowed: an access policy'],
    ['{"a":1}', 'holds no access policy; allowed: an object with Statement'],
    ['[]', 'holds no access policy'],
  ])('%s is no policy', async (content, message) => {
    const running = run(file('policy.json', content));
    await expect(running).rejects.toThrow(UsageError);
    await expect(running).rejects.toThrow(message);
    expect(at('policy.json')).toBeDefined();
  });
});
