import { judgeAccessPolicy } from '../../../core/access-policy';
import { toCall } from '../../../core/call';
import { changeOf, configurationAfter } from '../../../core/domain';
import { judge } from '../../../core/scan';
import { toCriteria, type Settings } from '../../../core/settings';
import { checked } from '../../support/alert-schema';
import { OWN, PARTNER, policyOf, recordOf, STRANGER, type JsonObject } from '../../support/records';

const ARN = `arn:aws:es:eu-west-1:${OWN}:domain/logs`;

/** An update of a domain that had, and answers with, the blocks given. */
function update(blocks: JsonObject, held: JsonObject = {}, more: JsonObject = {}): JsonObject {
  const shown = { vPCOptions: {}, advancedSecurityOptions: { enabled: false }, ...held, ...blocks };
  return {
    ...recordOf('es_UpdateDomainConfig_open_policy'),
    requestParameters: { domainName: 'logs', ...blocks },
    responseElements: {
      domainConfig: Object.fromEntries(Object.entries(shown).map(([name, options]) => [name, { options }])),
    },
    ...more,
  };
}

/** What an alert offers to do about a call after which the domain has `after`, and before it `before`. */
function offered(before: JsonObject | undefined, after: JsonObject, settings: Settings = {}, more: JsonObject = {}) {
  const criteria = toCriteria(settings);
  const call = toCall(update(after, before, more));
  const earlier = before && toCall(update(before, {}, more));
  const change = call && earlier && changeOf(call, configurationAfter(earlier));
  const { alert } = judge(update(after, before, more), criteria, change);
  if (!alert) throw new Error('the record makes no alert');
  const { email, body } = checked(alert);
  const commands = (body.unmapped.commands ?? []).map(({ command }) => command);
  return { email, commands, restore: body.unmapped.restore_command };
}

const inOneLine = (text: string): string => text.replace(/\s+/g, ' ');

/** The JSON in the single quotes of a command. */
const jsonIn = (command = ''): unknown => JSON.parse(/'(\{[^']*\})'$/.exec(command)?.[1] ?? 'null') as unknown;

const EVERYONE = policyOf('*');
const OFFICE = policyOf('*', {
  Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } },
  Action: 'es:ESHttpGet',
});
const OWN_ACCOUNT = policyOf({ AWS: OWN });
const OF_PARTNER = policyOf({ AWS: PARTNER });
const OF_STRANGER = policyOf({ AWS: STRANGER });

describe('of an access policy that was replaced', () => {
  test.each([
    ['the own account, by everyone', OWN_ACCOUNT, EVERYONE],
    ['one network, by everyone', OFFICE, EVERYONE],
    ['a stranger, by everyone', OF_STRANGER, EVERYONE],
    ['none, by everyone', '', EVERYONE],
    ['the own account, by a stranger', OWN_ACCOUNT, OF_STRANGER],
    ['the own account, by none', OWN_ACCOUNT, ''],
  ])('the one that held before is offered: %s', (_, before, after) => {
    const { restore, commands } = offered({ accessPolicies: before }, { accessPolicies: after });
    expect(jsonIn(restore)).toEqual({ DomainName: 'logs', AccessPolicies: before });
    expect(commands[0]).toBe(restore);
  });

  test.each([
    ['everyone, by the own account', EVERYONE, OWN_ACCOUNT],
    ['everyone, by one network', EVERYONE, OFFICE],
    ['everyone, by everyone in other words', EVERYONE, policyOf('*', { Action: 'es:*' })],
    ['a stranger, by the own account', OF_STRANGER, OWN_ACCOUNT],
    ['a stranger, by another', OF_STRANGER, policyOf({ AWS: '999988887777' })],
    ['one that cannot be judged, by everyone', policyOf(undefined, { NotPrincipal: { AWS: OWN } }), EVERYONE],
    ['one that is no JSON, by everyone', '{"Statement":', EVERYONE],
  ])('one that opens the domain again is not: %s', (_, before, after) => {
    const { restore, email, commands } = offered({ accessPolicies: before }, { accessPolicies: after });
    expect(restore).toBeUndefined();
    expect(inOneLine(email)).toContain('No command sets this back: what held before of the access policy');
    for (const command of commands) {
      const policy = jsonIn(command);
      if (policy !== null)
        expect(judgeAccessPolicy(policy, { accountId: OWN, domainArn: ARN }).exposure).toBe('same-account');
    }
  });

  test('behind fine-grained access control too, where the rules call the opening milder than the closing', () => {
    const behind = { advancedSecurityOptions: { enabled: true } };
    const [open, closed] = [EVERYONE, OWN_ACCOUNT].map((accessPolicies) => ({ ...behind, accessPolicies }));
    expect(offered(open, { accessPolicies: OWN_ACCOUNT, ...behind }).restore).toBeUndefined();
    expect(jsonIn(offered(closed, { accessPolicies: EVERYONE, ...behind }).restore)).toEqual({
      DomainName: 'logs',
      AccessPolicies: OWN_ACCOUNT,
    });
  });

  test('one that lets in whom the settings trust is, and without the settings is not', () => {
    const [before, after] = [{ accessPolicies: OF_PARTNER }, { accessPolicies: OF_STRANGER }];
    expect(offered(before, after, { trustedAccounts: [PARTNER] }).restore).toBeDefined();
    expect(offered(before, after).restore).toBeUndefined();
  });

  test('one too long to paste is left out, and one that lets in the own account alone is offered', () => {
    const long = policyOf({
      AWS: Array.from({ length: 100 }, (_, at) => `arn:aws:iam::${OWN}:role/application-${at}`),
    });
    const { restore, commands } = offered({ accessPolicies: long }, { accessPolicies: EVERYONE });
    expect(restore).toBeUndefined();
    expect(jsonIn(commands[0])).toMatchObject({ Statement: [{ Principal: { AWS: `arn:aws:iam::${OWN}:root` } }] });
  });
});

describe('where no policy is known that held before', () => {
  test.each([
    ['eu-west-1', 'aws'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['cn-north-1', 'aws-cn'],
    ['eusc-de-east-1', 'aws-eusc'],
    ['us-iso-east-1', 'aws-iso'],
  ])('an opened domain in %s is closed to all but its own account', (awsRegion, partition) => {
    const [closing = '', show] = offered(undefined, { accessPolicies: EVERYONE }, {}, { awsRegion }).commands;
    expect(closing).toMatch(
      new RegExp(
        `^aws opensearch update-domain-config --region ${awsRegion} --domain-name logs --access-policies '[^']*'$`,
      ),
    );
    const domainArn = `arn:${partition}:es:${awsRegion}:${OWN}:domain/logs`;
    const verdict = judgeAccessPolicy(jsonIn(closing), { accountId: OWN, domainArn });
    expect(verdict).toMatchObject({ exposure: 'same-account', unreadable: [] });
    expect(verdict.grants[0]).toMatchObject({ isWhole: true, principals: [`arn:${partition}:iam::${OWN}:root`] });
    expect(show).toBe(
      `aws opensearch describe-domain-config --region ${awsRegion} --domain-name logs --query DomainConfig.AccessPolicies.Options --output text`,
    );
  });

  test('a policy that opens nothing is shown, and nothing put in its place', () => {
    for (const accessPolicies of [OWN_ACCOUNT, '']) {
      const { commands } = offered(undefined, { accessPolicies });
      expect(commands.map((command) => command.split(' ')[2])).toEqual(['describe-domain-config']);
    }
  });

  test('a domain that cannot be named is closed by no command, and the alert says so', () => {
    const { email, commands } = offered(undefined, { accessPolicies: EVERYONE }, {}, { awsRegion: 'eu; reboot' });
    expect(inOneLine(email)).toContain('The domain cannot be named in a command');
    expect(commands.filter((command) => command.includes('update-domain-config'))).toEqual([]);
  });
});

describe.each<[string, JsonObject, JsonObject]>([
  [
    'enforcement of HTTPS',
    { domainEndpointOptions: { enforceHTTPS: true } },
    { domainEndpointOptions: { enforceHTTPS: false } },
  ],
  [
    'the TLS policy',
    { domainEndpointOptions: { tLSSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' } },
    { domainEndpointOptions: { tLSSecurityPolicy: 'Policy-Min-TLS-1-0-2019-07' } },
  ],
  [
    'anonymous access',
    { advancedSecurityOptions: { enabled: true, anonymousAuthEnabled: false } },
    { advancedSecurityOptions: { enabled: true, anonymousAuthEnabled: true } },
  ],
  [
    'the pause of snapshots',
    { automatedSnapshotPauseOptions: { enabled: false } },
    { automatedSnapshotPauseOptions: { enabled: true } },
  ],
  [
    'audit logs',
    { logPublishingOptions: { AUDIT_LOGS: { enabled: true } } },
    { logPublishingOptions: { AUDIT_LOGS: { enabled: false } } },
  ],
  [
    'zone awareness',
    { clusterConfig: { zoneAwarenessEnabled: true } },
    { clusterConfig: { zoneAwarenessEnabled: false } },
  ],
  ['the number of nodes', { clusterConfig: { instanceCount: 6 } }, { clusterConfig: { instanceCount: 3 } }],
])('of %s', (_, safe, risky) => {
  test('the safe value is offered where the risky one was set', () => {
    expect(offered(safe, risky).restore).toBeDefined();
  });

  test('the risky one is never offered where the safe one was set', () => {
    const { restore, email } = offered(
      { ...risky, eBSOptions: { volumeSize: 2 } },
      { ...safe, eBSOptions: { volumeSize: 1 } },
    );
    expect(jsonIn(restore)).toEqual({ DomainName: 'logs', EBSOptions: { VolumeSize: 2 } });
    expect(inOneLine(email)).toMatch(/To set back what the call changed, but for \S+, whose earlier value was worse:/);
  });
});

test('what is no better and no worse is offered: security groups', () => {
  const [before, after] = ['sg-1', 'sg-2'].map((group) => ({ vPCOptions: { securityGroupIds: [group] } }));
  expect(jsonIn(offered(before, after ?? {}).restore)).toEqual({
    DomainName: 'logs',
    VPCOptions: { SecurityGroupIds: ['sg-1'] },
  });
});

test('what is known is offered beside what is not, which is named', () => {
  const after = { accessPolicies: EVERYONE, eBSOptions: { iops: 3000 } };
  const { restore, email } = offered({ accessPolicies: OWN_ACCOUNT }, after);
  expect(jsonIn(restore)).toEqual({ DomainName: 'logs', AccessPolicies: OWN_ACCOUNT });
  expect(inOneLine(email)).toContain('but for eBSOptions.iops, whose earlier value is not known:');
});

test('a log type is turned on again with the log group it had, as the service wants both', () => {
  const group = `arn:aws:logs:eu-west-1:${OWN}:log-group:/aws/opensearch/audit:*`;
  const before = { logPublishingOptions: { AUDIT_LOGS: { enabled: true, cloudWatchLogsLogGroupArn: group } } };
  const { restore } = offered(before, { logPublishingOptions: { AUDIT_LOGS: { enabled: false } } });
  expect(jsonIn(restore)).toEqual({
    DomainName: 'logs',
    LogPublishingOptions: { AUDIT_LOGS: { Enabled: true, CloudWatchLogsLogGroupArn: group } },
  });
});

describe('an option that a rule takes from a file', () => {
  test('stands in the command where the record tells its value', () => {
    const group = `arn:aws:logs:eu-west-1:${OWN}:log-group:/aws/opensearch/audit:*`;
    const off = { logPublishingOptions: { AUDIT_LOGS: { enabled: false, cloudWatchLogsLogGroupArn: group } } };
    expect(jsonIn(offered(undefined, off).commands[0])).toEqual({
      AUDIT_LOGS: { CloudWatchLogsLogGroupArn: group, Enabled: true },
    });
    const cluster = { clusterConfig: { zoneAwarenessEnabled: 'false', multiAZWithStandbyEnabled: false } };
    expect(jsonIn(offered(undefined, cluster).commands[0])).toEqual({
      ZoneAwarenessEnabled: true,
      MultiAZWithStandbyEnabled: true,
    });
    const masters = {
      dedicatedMasterEnabled: false,
      dedicatedMasterType: 'm7g.large.search',
      dedicatedMasterCount: '3',
    };
    expect(jsonIn(offered(undefined, { clusterConfig: masters }).commands[0])).toEqual({
      DedicatedMasterEnabled: true,
      DedicatedMasterType: 'm7g.large.search',
      DedicatedMasterCount: 3,
    });
  });

  test.each<[string, JsonObject, string, object]>([
    [
      'a log group nobody knows',
      { logPublishingOptions: { INDEX_SLOW_LOGS: { enabled: false } } },
      'Put in {LOG_GROUP_ARN}:',
      { INDEX_SLOW_LOGS: { CloudWatchLogsLogGroupArn: '{LOG_GROUP_ARN}', Enabled: true } },
    ],
    [
      'a log group of a stranger',
      {
        logPublishingOptions: {
          AUDIT_LOGS: { enabled: true, cloudWatchLogsLogGroupArn: `arn:aws:logs:eu-west-1:${STRANGER}:log-group:a` },
        },
      },
      'Put in {LOG_GROUP_ARN}:',
      { AUDIT_LOGS: { CloudWatchLogsLogGroupArn: '{LOG_GROUP_ARN}', Enabled: true } },
    ],
    [
      'dedicated masters of which neither type nor number is known',
      { clusterConfig: { dedicatedMasterEnabled: false } },
      'Put in {INSTANCE_TYPE}:',
      { DedicatedMasterEnabled: true, DedicatedMasterType: '{INSTANCE_TYPE}', DedicatedMasterCount: 3 },
    ],
    [
      'a master user',
      { advancedSecurityOptions: { enabled: false } },
      'Put in {MASTER_USER_ARN}:',
      { Enabled: true, MasterUserOptions: { MasterUserARN: '{MASTER_USER_ARN}' } },
    ],
    [
      'the pools of Cognito',
      { cognitoOptions: { enabled: false } },
      'Put in {USER_POOL_ID}, {IDENTITY_POOL_ID}, {ROLE_ARN}:',
      {
        Enabled: true,
        UserPoolId: '{USER_POOL_ID}',
        IdentityPoolId: '{IDENTITY_POOL_ID}',
        RoleArn: '{ROLE_ARN}',
      },
    ],
  ])('has a word to be put in where it tells none: %s', (_, after, says, value) => {
    const { email, commands } = offered(undefined, after);
    expect(inOneLine(email)).toContain(says);
    expect(commands.filter((command) => command.includes('file://'))).toEqual([]);
    expect(commands.filter((command) => command.includes(" '{")).map(jsonIn)).toContainEqual(value);
  });
});

describe('of what setting it back does not bring back', () => {
  const SIGNED_IN = { advancedSecurityOptions: { enabled: true } };

  test('a domain that became dual stack is given no command', () => {
    const { restore, email } = offered({ iPAddressType: 'ipv4' }, { iPAddressType: 'dualstack' });
    expect(restore).toBeUndefined();
    expect(email).toContain('This cannot be undone.');
  });

  test('a larger disk is not made smaller, and what else changed is set back', () => {
    const { restore, email } = offered(
      { eBSOptions: { volumeSize: 100, iops: 3000 } },
      { eBSOptions: { volumeSize: 200, iops: 6000 } },
    );
    expect(jsonIn(restore)).toEqual({ DomainName: 'logs', EBSOptions: { Iops: 3000 } });
    expect(inOneLine(email)).toContain('but for eBSOptions.volumeSize, as the data may not fit any more:');
  });

  test('a smaller disk is made larger again', () => {
    const { restore } = offered({ eBSOptions: { volumeSize: 200 } }, { eBSOptions: { volumeSize: 100 } });
    expect(jsonIn(restore)).toEqual({ DomainName: 'logs', EBSOptions: { VolumeSize: 200 } });
  });

  test('fine-grained access control is turned on with a master user, and not without', () => {
    const { restore, email, commands } = offered(SIGNED_IN, { advancedSecurityOptions: { enabled: false } });
    expect(restore).toBeUndefined();
    expect(commands.filter((command) => command.includes('"Enabled":true')).map(jsonIn)).toEqual([
      { Enabled: true, MasterUserOptions: { MasterUserARN: '{MASTER_USER_ARN}' } },
    ]);
    expect(inOneLine(email)).toContain('Put in {MASTER_USER_ARN}:');
  });
});

test.each([
  ['anonymousAuthEnabled', 'clients that do not sign in'],
  ['internalUserDatabaseEnabled', 'everyone who signs in with a password'],
])('whom it shuts out to set back %s is said before the command: %s', (flag, whom) => {
  const options = (value: boolean) => ({ advancedSecurityOptions: { enabled: true, [flag]: value } });
  const { email, commands } = offered(options(false), options(true));
  expect(inOneLine(email)).toContain(`To set back what the call changed; it shuts out ${whom}:`);
  expect(commands.filter((command) => command.includes('update-domain-config'))).toHaveLength(1);
});

describe('a setting that is set back', () => {
  const tls = (policy: string) => ({ domainEndpointOptions: { tLSSecurityPolicy: policy } });
  const [STRONG, WEAK] = ['Policy-Min-TLS-1-2-2019-07', 'Policy-Min-TLS-1-0-2019-07'];

  test('is not set by another command as well', () => {
    const { commands, restore } = offered(tls(STRONG), tls(WEAK));
    expect(commands).toEqual([restore]);
  });

  test('is set by the command of the rule where what held before is not known', () => {
    const { commands } = offered(undefined, tls(WEAK));
    expect(commands[0]).toMatch(/ --domain-endpoint-options TLSSecurityPolicy=Policy-Min-TLS-1-2-PFS-2023-10$/);
  });

  test('is set by it where only its neighbour is set back', () => {
    const { commands } = offered(
      { domainEndpointOptions: { customEndpointEnabled: false } },
      { domainEndpointOptions: { enforceHTTPS: false, customEndpointEnabled: true } },
    );
    expect(commands.filter((command) => command.endsWith('EnforceHTTPS=true'))).toHaveLength(1);
  });
});

describe('where everyone has to sign in all the same', () => {
  const open = (enabled: boolean) =>
    offered(
      undefined,
      { accessPolicies: EVERYONE },
      {},
      {
        responseElements: {
          domainConfig: {
            accessPolicies: { options: EVERYONE },
            vPCOptions: { options: {} },
            advancedSecurityOptions: { options: { enabled } },
          },
        },
      },
    );

  test('nobody is shut out for an open policy', () => {
    const { email, commands } = open(true);
    expect(email).toMatch(/^LOW: /);
    expect(commands.filter((command) => command.includes('update-domain-config'))).toEqual([]);
    expect(commands).toHaveLength(1);
  });

  test('and otherwise all but the own account are', () => {
    const { commands } = open(false);
    expect(commands.filter((command) => command.includes('update-domain-config'))).toHaveLength(1);
  });
});

describe('a command is left out only where setting back does what it does', () => {
  const security = (options: object) => ({ advancedSecurityOptions: { enabled: true, ...options } });
  const of = (before: object, after: object): readonly string[] =>
    offered(before as JsonObject, after as JsonObject).email.match(/(?<=^ {8})aws .*$/gm) ?? [];

  test('anonymous access that is renewed is ended, and not renewed once more', () => {
    const commands = of(security({ anonymousAuthEnabled: true }), security({ anonymousAuthEnabled: true }));
    expect(commands.filter((command) => command.endsWith('AnonymousAuthEnabled=false'))).toHaveLength(1);
    expect(commands.filter((command) => command.includes('"AnonymousAuthEnabled":true'))).toEqual([]);
  });

  test('a pause of snapshots that is renewed is ended, and not renewed once more', () => {
    const paused = { automatedSnapshotPauseOptions: { enabled: true } };
    const commands = of(paused, paused);
    expect(
      commands.filter((command) => command.endsWith('--automated-snapshot-pause-options Enabled=false')),
    ).toHaveLength(1);
    expect(commands.filter((command) => command.includes('"Enabled":true'))).toEqual([]);
  });

  test('one of two protections of which the other was not known', () => {
    const commands = of(
      { clusterConfig: { zoneAwarenessEnabled: true } },
      { clusterConfig: { zoneAwarenessEnabled: false, multiAZWithStandbyEnabled: false } },
    );
    expect(commands).toContainEqual(expect.stringContaining('"MultiAZWithStandbyEnabled":true'));
  });

  test('a weak TLS policy before a weak one', () => {
    const tls = (policy: string) => ({ domainEndpointOptions: { tLSSecurityPolicy: policy } });
    expect(of(tls('Policy-Min-TLS-1-0-2019-07'), tls('Policy-Min-TLS-1-1-2020-01'))).toContainEqual(
      expect.stringContaining('TLSSecurityPolicy=Policy-Min-TLS-1-2-PFS-2023-10'),
    );
  });

  test('another member of the block that was set back', () => {
    const commands = of(
      security({ internalUserDatabaseEnabled: false }),
      security({
        internalUserDatabaseEnabled: true,
        masterUserOptions: { masterUserName: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
      }),
    );
    expect(commands).toContainEqual(expect.stringContaining('{MASTER_USER_ARN}'));
  });

  test('what cannot be set back, beside what can', () => {
    const commands = of(security({ anonymousAuthEnabled: false }), {
      advancedSecurityOptions: { enabled: false, anonymousAuthEnabled: true },
    });
    expect(commands).toContainEqual(expect.stringContaining('"Enabled":true,"MasterUserOptions"'));
  });

  test('one stranger as master user is not replaced by another', () => {
    const master = (account: string) =>
      security({ masterUserOptions: { masterUserARN: `arn:aws:iam::${account}:role/master` } });
    const commands = of(master(STRANGER), master('999988887777'));
    expect(commands.filter((command) => command.includes(STRANGER))).toEqual([]);
    expect(commands).toContainEqual(expect.stringContaining('{MASTER_USER_ARN}'));
  });
});

test('who has an open policy called CRITICAL is given what closes it, also behind fine-grained access control', () => {
  const settings = { severityOverrides: { 'access-policy-public': 'CRITICAL' } } as const;
  const { commands, email } = offered(undefined, { accessPolicies: EVERYONE }, settings, {
    responseElements: {
      domainConfig: {
        accessPolicies: { options: EVERYONE },
        vPCOptions: { options: {} },
        advancedSecurityOptions: { options: { enabled: true } },
      },
    },
  });
  expect(email).toMatch(/^CRITICAL: /);
  expect(commands.filter((command) => command.includes('update-domain-config'))).toHaveLength(1);
});
