import { EVENT_SOURCE } from '../core/base/event-source';
import { toCall } from '../core/call';
import { changeOf, configurationAfter, tellsConfiguration } from '../core/domain';
import { judge } from '../core/scan';
import { toCriteria } from '../core/settings';
import type { Figure } from './figure';
import { median } from './measure';

/** CloudTrail delivers no larger record. */
const BYTES = 250_000;

/** What one record may cost, in milliseconds of CPU. */
const TARGET = { atMost: 50 };

type Members = Readonly<Record<string, unknown>>;

/** Stands for lists in lists, deeper than they can be written from. */
const NESTED = '(nested)';

/** One record each, made to cost as much as can be: by what was found to, and what might. */
const TRICKS: Readonly<Record<string, () => Members>> = {
  'quotes that never close, before a secret': () => failed(`${'‹'.repeat(BYTES)} password`),
  'guillemets that never close, before a secret': () => failed(`${'«'.repeat(BYTES)} password`),
  'apostrophes before a secret': () => failed(`${"'a".repeat(BYTES / 2)} password`),
  'paths of members without end': () => failed(filled("' at 'a.b")),
  'values without end': () => failed(filled("value: '")),
  'half the name of a secret': () => failed(`master${' '.repeat(BYTES)}`),
  'half the names of secrets': () => failed(filled('master user ')),
  'a change that is never in progress': () => failed(filled('change ')),
  'no change that is never in progress': () => failed(filled('no a/change ')),
  'one long word behind a change': () => failed(`no change ${'a'.repeat(BYTES)}`),
  'ARNs that never end': () => denied(filled('arn:aws:es:')),
  'a caller whose ARN is one letter': () => ({ ...denied('a'.repeat(BYTES)), userIdentity: { arn: 'a' } }),
  'a permission set of underscores': () => asked({}, { userIdentity: sessionOf(`AWSReservedSSO_${filled('_0')}`) }),
  'a session of colons and slashes': () => asked({}, { userIdentity: sessionOf(filled(':/')) }),
  'spaces in every name': () => asked({ domainName: 'a'.padEnd(BYTES / 5) }, named('a'.padEnd(BYTES / 5))),
  'marks stacked on a letter': () => asked({ domainName: filled('\u0301', 2) }, named(filled('\u0301', 2))),
  'characters that are not seen': () => asked({ domainName: filled('\u200b', 3) }, named(filled('\u200b', 3))),
  'halves of characters': () => asked({ domainName: filled('\ud800', 3) }, named(filled('\ud800', 3))),
  'members by the thousand': () => asked(membersOf(BYTES / 20, (at) => [`m${at}`, at])),
  'secrets by the thousand': () => asked({ ...manySecrets('x'), ...quoting('x') }),
  'secrets that begin alike': () => asked({ ...manySecrets('aaaaaaaaaaaa'), ...quoting('aaaaaaaaaaaa') }),
  'secrets that are one letter, longer and longer': () =>
    asked({ grants: Array.from({ length: 500 }, (_, at) => 'a'.repeat(at + 6)), ...quoting('aaaaaaaaaaaa') }),
  'lists in lists': () => asked({ a: NESTED }),
  'a wide list': () => asked({ a: Array.from({ length: BYTES / 2 }, () => 0) }),
  'log types by the thousand': () =>
    asked({ logPublishingOptions: membersOf(BYTES / 40, (at) => [`TYPE_${at}`, { enabled: false }]) }),
  'accounts by the thousand': () => ({
    ...called('UpdatePackageScope', { packageUserList: numbered('7'), operation: 'ADD' }),
  }),
  'warnings by the thousand': () => asked({ acceptedWarnings: numbered('w') }),
  'administrators by the thousand': () =>
    called('UpdateApplication', {
      appConfigs: numbered('9').map((value) => ({ key: 'dashboardAdmin.users', value })),
    }),
  'subnets by the thousand': () => asked({ vPCOptions: { subnetIds: numbered('subnet-') } }),
  'a policy of statements': () => asked({ accessPolicies: policyOf(800, (at) => ({ Sid: `s${at}` })) }),
  'a policy of wildcards': () =>
    asked({ accessPolicies: policyOf(300, (at) => ({ Resource: `*${'a*'.repeat(100)}${at}` })) }),
  'a policy of denials': () =>
    asked({
      accessPolicies: policyOf(600, (at) => ({
        Effect: at % 2 === 0 ? 'Allow' : 'Deny',
        Condition: { NotIpAddress: { 'aws:SourceIp': `203.${at % 256}.0.0/16` } },
      })),
    }),
  'a policy that nests': () =>
    asked({ accessPolicies: `{"Statement":${'['.repeat(BYTES / 2)}${']'.repeat(BYTES / 2)}}` }),
  'a policy of quotes': () => asked({ accessPolicies: filled('"\\"') }),
  'long names on the way to many leaves': () =>
    asked({ a: { [filled('n', 2)]: membersOf(BYTES / 40, (at) => [`leaf${at}`, at]) } }),
};

/** The CPU that a record costs from its text to its alert, with what held before it told where the function would. */
export function hostileFigures(quick: boolean): Figure[] {
  const criteria = toCriteria();
  const before = toCall(asked({ domainName: 'logs', accessPolicies: policyOf(1, () => ({})) }));
  const held = before && configurationAfter(before);
  return Object.entries(TRICKS).map(([what, toRecord]) => {
    const json = JSON.stringify(toRecord()).replace(`"${NESTED}"`, '['.repeat(BYTES / 2) + ']'.repeat(BYTES / 2));
    const cost = (): number => {
      const start = process.cpuUsage();
      // Parsed anew each time: engines are quick with an object they have seen.
      const record = JSON.parse(json) as unknown;
      const call = toCall(record);
      judge(record, criteria, call && held && tellsConfiguration(call) ? changeOf(call, held) : undefined);
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    };
    const costs = Array.from({ length: quick ? 4 : 8 }, cost);
    return { what, value: median(costs.slice(1)), unit: 'ms', target: TARGET };
  });
}

const filled = (piece: string, parts = 1): string => piece.repeat(Math.ceil(BYTES / parts / piece.length));

const numbered = (prefix: string): readonly string[] =>
  Array.from({ length: BYTES / 20 }, (_, at) => `${prefix}${String(at).padStart(11, '0')}`);

function membersOf(count: number, toEntry: (at: number) => readonly [string, unknown]): Members {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => toEntry(at)));
}

const manySecrets = (prefix: string): Members =>
  membersOf(BYTES / 60, (at) => [`password${at}`, `${prefix}${String(at).padStart(6, '0')}`]);

/** What rules quote at length. */
const quoting = (text: string): Members => ({
  acceptedWarnings: [text.repeat(Math.ceil(BYTES / 4 / text.length))],
  domainEndpointOptions: { customEndpoint: text.repeat(Math.ceil(BYTES / 4 / text.length)) },
});

function policyOf(count: number, toStatement: (at: number) => Members): string {
  const statement = { Effect: 'Allow', Principal: '*', Action: 'es:*', Resource: '*' };
  return JSON.stringify({
    Statement: Array.from({ length: count }, (_, at) => ({ ...statement, ...toStatement(at) })),
  });
}

function called(eventName: string, requestParameters: Members, record: Members = {}): Members {
  return {
    eventVersion: '1.11',
    eventSource: EVENT_SOURCE,
    eventName,
    eventTime: '2026-11-20T14:01:11Z',
    awsRegion: 'eu-west-1',
    recipientAccountId: '111122223333',
    eventID: '9d3b7c64-0000-4000-9000-000000000001',
    userIdentity: { type: 'IAMUser', userName: 'user', arn: 'arn:aws:iam::111122223333:user/user' },
    requestParameters,
    responseElements: { domainConfig: { vPCOptions: { options: {} } } },
    ...record,
  };
}

const asked = (requestParameters: Members, record: Members = {}): Members =>
  called('UpdateDomainConfig', { domainName: 'logs', ...requestParameters }, record);

const failed = (errorMessage: string): Members =>
  asked({}, { errorCode: 'ValidationException', errorMessage, responseElements: null });

const denied = (errorMessage: string): Members =>
  called('DeleteDomain', {}, { errorCode: 'AccessDenied', errorMessage, requestParameters: null });

const sessionOf = (name: string): Members => ({
  type: 'AssumedRole',
  principalId: `AROAEXAMPLE:${name.slice(0, BYTES / 3)}`,
  arn: `arn:aws:sts::111122223333:assumed-role/${name}`,
});

/** Every text of the record that the alert shows. */
const named = (text: string): Members => ({
  userAgent: text,
  sourceIPAddress: text,
  userIdentity: { type: 'IAMUser', userName: text, arn: text },
});
