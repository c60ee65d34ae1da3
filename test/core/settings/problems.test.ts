import { problemsIn, type Settings } from '../../../core/settings';
import { EVENT_NAMES } from '../../../core/call';
import { RULE_IDS } from '../../../core/rules';
import { SEVERITIES } from '../../../core/base/severity';

const TODAY = '2026-11-24';
const problems = (config: unknown): readonly string[] => problemsIn(config, TODAY);

/** The one problem of a configuration. */
function problem(config: unknown): string {
  const [first, ...others] = problems(config);
  expect(others).toEqual([]);
  return first ?? 'no problem';
}

const suppression = { rule: 'domain-deleted', reason: 'planned, ticket 42', expires: TODAY };
const watchPattern = { name: 'team-tag-changed', severity: 'LOW', pattern: { eventName: ['AddTags'] } };

describe('nothing is wrong with', () => {
  const everything: Settings = {
    watchedEvents: ['DeleteElasticsearchDomain', 'DeleteDomain', 'DescribeDomain', 'UpdateDomainConfig', 'AddTags'],
    trustedAccounts: ['444455556666'],
    trustedOrganizations: ['o-a1b2c3d4e5'],
    trustedNetworks: ['203.0.113.0/24', '203.0.113.7', '2001:db8::/32', 'vpc-0a1b2c3d', 'vpce-0123456789abcdef0'],
    trustedCallers: ['arn:aws:iam::*:role/deploy-*', 'arn:aws-us-gov:sts::444455556666:assumed-role/ci/*'],
    severityOverrides: { 'dual-stack-enabled': 'INFORMATIONAL', AddTags: 'HIGH', UpgradeElasticsearchDomain: 'LOW' },
    suppressions: [
      suppression,
      {
        eventName: 'AddTags',
        domain: 'logs',
        account: '444455556666',
        caller: 'arn:aws:iam::*:role/tagger',
        reason: 'nightly',
        expires: '2028-02-29',
      },
      { rule: 'team-tag-changed', reason: 'noise', expires: '2026-12-31' },
    ],
    watchPatterns: [{ ...watchPattern, severity: 'LOW' }],
  };

  test.each([
    ['an empty configuration', {}],
    ['a full one', everything],
    ['members that are not there', { watchedEvents: undefined, suppressions: undefined }],
    ['empty lists', { trustedAccounts: [], suppressions: [], watchPatterns: [] }],
    ['every event name', { watchedEvents: EVENT_NAMES }],
    ['an override of every rule', { severityOverrides: Object.fromEntries(RULE_IDS.map((id) => [id, 'LOW'])) }],
    [
      'an override of calls that only a pattern sees',
      { severityOverrides: { DescribeDomain: 'HIGH' }, watchPatterns: [watchPattern] },
    ],
    [
      'a suppression of calls that only a pattern sees',
      {
        suppressions: [{ ...suppression, rule: undefined, eventName: 'DescribeDomain' }],
        watchPatterns: [watchPattern],
      },
    ],
    [
      'a suppression of what a pattern matches',
      {
        suppressions: [{ ...suppression, rule: 'team-tag-changed', eventName: 'AddTags' }],
        watchPatterns: [watchPattern],
      },
    ],
    [
      'a suppression of an event by its older name',
      { suppressions: [{ ...suppression, eventName: 'DeleteElasticsearchDomain' }] },
    ],
    [
      'a suppression of an event that its rule speaks of among others',
      {
        suppressions: [{ ...suppression, rule: 'access-policy-public', eventName: 'UpdateElasticsearchDomainConfig' }],
      },
    ],
    [
      'an override of a rule some of whose calls are watched',
      { watchedEvents: ['UpdateDomainConfig'], severityOverrides: { 'dual-stack-enabled': 'LOW' } },
    ],
    [
      'an override of a rule that may speak of a call nobody knows, whatever is watched',
      { watchedEvents: ['AddTags'], severityOverrides: { 'access-policy-public': 'LOW' } },
    ],
    [
      'an override of a rule on all calls',
      { watchedEvents: ['AddTags'], severityOverrides: { 'unrecognised-call': 'LOW' } },
    ],
    [
      'networks by their first addresses',
      { trustedNetworks: ['10.0.0.0/8', '10.1.2.3/32', '2001:db8::/48', '2001:db8::1/128'] },
    ],
    ['every severity', { severityOverrides: Object.fromEntries(SEVERITIES.map((s, at) => [RULE_IDS[at], s])) }],
  ])('%s', (_, config) => {
    expect(problems(config)).toEqual([]);
  });
});

describe('nothing is wrong with a pattern on fields that records have', () => {
  test.each([
    { userIdentity: { type: ['Root'], futureThing: ['x'] } },
    { 'userIdentity.sessionContext.attributes.mfaAuthenticated': ['false'] },
    { requestParameters: { domainName: ['logs'], vPCOptions: { subnetIds: ['subnet-1'] } } },
    { requestParameters: { logPublishingOptions: { AUDIT_LOGS: { enabled: [false] } } } },
    { eventSource: [{ suffix: '.amazonaws.com' }] },
    { eventSource: ['opensearchservice.amazonaws.com'], eventName: [{ prefix: 'Delete' }] },
    { $or: [{ eventSource: ['s3.amazonaws.com'] }, { errorCode: [{ exists: true }] }] },
  ])('%j', (pattern) => {
    expect(problems({ watchPatterns: [{ ...watchPattern, pattern }] })).toEqual([]);
  });
});

describe('a problem is told with what is there and what is allowed', () => {
  test.each([
    [{ watchedEvents: 'DeleteDomain' }, 'watchedEvents is "DeleteDomain"; allowed: a list of texts'],
    [{ watchedEvents: [42] }, 'watchedEvents has 42; allowed: texts'],
    [
      { watchedEvents: [] },
      'watchedEvents is empty, which watches nothing; leave it out to watch every call that changes a configuration',
    ],
    [
      { watchedEvents: ['DeleteElasticsearchDomains'] },
      /^watchedEvents "DeleteElasticsearchDomains" is in neither API generation; did you mean DeleteElasticsearchDomain[,?]/,
    ],
    [{ trustedAccounts: ['12345678901'] }, 'trustedAccounts "12345678901" is no account id; allowed: twelve digits'],
    [{ trustedAccounts: [123456789012] }, 'trustedAccounts has 123456789012; allowed: texts'],
    [{ trustedOrganizations: ['a1b2c3d4e5'] }, /^trustedOrganizations "a1b2c3d4e5" is no organization id; allowed: o-/],
    [{ trustedOrganizations: ['o-*'] }, /is no organization id/],
    [{ trustedNetworks: ['10.0.0.0/33'] }, /^trustedNetworks "10.0.0.0\/33" is no network; allowed: a CIDR block/],
    [{ trustedNetworks: ['2001:db8::/129'] }, /is no network/],
    [{ trustedNetworks: ['10.0.0.0/8/8'] }, /is no network/],
    [{ trustedNetworks: ['10.0.0.0/-1'] }, /is no network/],
    [{ trustedNetworks: ['10.0.0.0/'] }, /is no network/],
    [{ trustedNetworks: ['office'] }, /is no network/],
    [{ trustedNetworks: ['vpc-'] }, /is no network/],
    [{ trustedNetworks: ['fe80::1%eth0'] }, /is no network/],
    [
      { trustedCallers: ['*'] },
      /^trustedCallers "\*" is no ARN pattern of a caller, or one of callers in every account; allowed: arn:aws:iam::/,
    ],
    [{ trustedCallers: ['arn:aws:iam::*:*'] }, /is no ARN pattern of a caller/],
    [{ trustedCallers: ['deploy'] }, /is no ARN pattern of a caller/],
    [{ trustedCallers: ['arn:aws:iam::*:role/*'] }, /is no ARN pattern of a caller/],
    [{ trustedCallers: ['arn:aws:iam::*:root'] }, /is no ARN pattern of a caller/],
    [{ trustedCallers: ['arn:aws:iam::111122223333:role/deploy '] }, /is no ARN pattern of a caller/],
    [{ trustedCallers: ['arn:aws:iam::**:r*'] }, /is no ARN pattern of a caller/],
    [{ trustedCallers: ['arn:*:*:*:*:*o*'] }, /is no ARN pattern of a caller/],
    [{ trustedCallers: ['arn:aws:iam::12345:role/deploy'] }, /is no ARN pattern of a caller/],
    [{ trustedCallers: ['arn:aws:s3:::deploy'] }, /is no ARN pattern of a caller/],
    [{ trustedCallers: ['ARN:aws:iam::111122223333:role/deploy'] }, /is no ARN pattern of a caller/],
    [{ severityOverrides: [] }, /^severityOverrides is \[\]; allowed: \{/],
    [
      { severityOverrides: { 'domain-deleted': 'SEVERE' } },
      'severityOverrides "domain-deleted" is "SEVERE"; allowed: INFORMATIONAL, LOW, MEDIUM, HIGH, CRITICAL',
    ],
    [
      { severityOverrides: { 'domain-delete': 'LOW' } },
      /^severityOverrides "domain-delete" is no rule id or event name; did you mean domain-deleted/,
    ],
    [{ severityOverrides: { constructor: 'LOW' } }, /^severityOverrides "constructor" is no rule id or event name/],
    [{ suppressions: {} }, 'suppressions is {}; allowed: a list of objects'],
    [{ suppressions: ['all'] }, 'suppressions[0] is "all"; allowed: an object'],
    [{ watchPatterns: {} }, 'watchPatterns is {}; allowed: a list of objects'],
    [{ watchPatterns: [[]] }, 'watchPatterns[0] is []; allowed: an object'],
    [{ watchedEvent: ['AddTags'] }, '"watchedEvent" is no setting; did you mean watchedEvents?'],
    [{ toString: [] }, /^"toString" is no setting/],
    [undefined, 'the configuration is undefined; allowed: an object'],
    [[], 'the configuration is []; allowed: an object'],
  ])('%j', (config, message) => {
    expect(problem(config)).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
  });
});

describe('a suppression', () => {
  const wrong = (changes: Record<string, unknown>): string =>
    problem({ suppressions: [{ ...suppression, ...changes }] });

  test('holds on its last day and has expired the day after', () => {
    expect(problemsIn({ suppressions: [suppression] }, '2026-11-24')).toEqual([]);
    expect(problemsIn({ suppressions: [suppression] }, '2026-11-25')).toEqual([
      'suppressions[0] expired on 2026-11-24; remove it, or find out whether its reason still holds',
    ]);
  });

  test.each([
    [{ reason: undefined }, 'suppressions[0] has no reason'],
    [{ reason: ' ' }, 'suppressions[0] has reason " "; allowed: a text that is not blank'],
    [{ expires: undefined }, 'suppressions[0] has no expires; give the last day it holds, YYYY-MM-DD'],
    [{ expires: '24.12.2026' }, 'suppressions[0] has expires "24.12.2026"; allowed: a day, YYYY-MM-DD'],
    [{ expires: '2027-02-30' }, 'suppressions[0] has expires "2027-02-30"; allowed: a day, YYYY-MM-DD'],
    [{ expires: '2027-12-31T00:00:00Z' }, /allowed: a day, YYYY-MM-DD$/],
    [{ expires: 20271231 }, 'suppressions[0] has expires 20271231; allowed: a text that is not blank'],
    [
      { rule: undefined },
      'suppressions[0] hides everything; give at least one of rule, eventName, domain, account, caller',
    ],
    [
      { rule: 'domain-delete' },
      /^suppressions\[0\] has rule "domain-delete", which is no rule id; did you mean domain-deleted/,
    ],
    [
      { eventName: 'AddTag' },
      /^suppressions\[0\] has eventName "AddTag", which is in neither API generation; did you mean AddTags/,
    ],
    [{ account: '1234' }, 'suppressions[0] has account "1234" is no account id; allowed: twelve digits'],
    [{ caller: '*' }, /^suppressions\[0\] has caller "\*" is no ARN pattern of a caller/],
    [{ domain: '' }, 'suppressions[0] has domain ""; allowed: a text that is not blank'],
    [{ domain: 'logs-*' }, /^suppressions\[0\] has domain "logs-\*" is no domain name; allowed: 3 to 28 of a-z/],
    [{ domain: `l${'o'.repeat(28)}` }, /is no domain name/],
    [{ domain: 'Logs' }, /^suppressions\[0\] has domain "Logs" is no domain name/],
    [{ domain: 'arn:aws:es:eu-west-1:111122223333:domain/logs' }, /is no domain name/],
    [{ why: 'x' }, /^suppressions\[0\] has "why"; allowed: rule, eventName, domain, account, caller, reason, expires$/],
    [{ expiry: '2027-01-01' }, /^suppressions\[0\] has "expiry"; did you mean expires\?/],
  ])('with %j is refused', (changes, message) => {
    expect(wrong(changes)).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
  });

  test('is told by its place in the list, and all that is wrong with it at once', () => {
    expect(problems({ suppressions: [suppression, {}] })).toEqual([
      'suppressions[1] hides everything; give at least one of rule, eventName, domain, account, caller',
      'suppressions[1] has no reason',
      'suppressions[1] has no expires; give the last day it holds, YYYY-MM-DD',
    ]);
  });
});

describe('a watch pattern', () => {
  const wrong = (changes: Record<string, unknown>): string =>
    problem({ watchPatterns: [{ ...watchPattern, ...changes }] });

  test.each([
    [{ name: undefined }, /^watchPatterns\[0\] has name undefined; allowed: kebab-case, at most 64 characters$/],
    [{ name: 'TeamTag' }, /^watchPatterns\[0\] has name "TeamTag"; allowed: kebab-case/],
    [{ name: 'a'.repeat(65) }, /; allowed: kebab-case, at most 64 characters$/],
    [{ name: 'domain-deleted' }, 'watchPatterns[0] has the name of the rule "domain-deleted"; choose another'],
    [
      { severity: 'INFORMATIONAL' },
      'watchPatterns[0] has severity "INFORMATIONAL"; allowed: LOW, MEDIUM, HIGH, CRITICAL',
    ],
    [{ pattern: { eventName: 'AddTags' } }, /^watchPatterns\[0\] .*\$\.eventName/],
    [{ pattern: { eventName: [{ starts: 'Add' }] } }, /^watchPatterns\[0\] .*\$\.eventName\[0\]/],
    [{ pattern: undefined }, /^watchPatterns\[0\] /],
    [{ pattern: { detail: { eventName: ['AddTags'] } } }, /^watchPatterns\[0\] .*detail/],
    [{ enabled: true }, /^watchPatterns\[0\] has "enabled"/],
  ])('with %j is refused', (changes, message) => {
    expect(wrong(changes)).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
  });

  test('has a name of its own', () => {
    expect(problems({ watchPatterns: [watchPattern, watchPattern, { ...watchPattern, name: 'other' }] })).toEqual([
      'watchPatterns has the name "team-tag-changed" more than once',
    ]);
  });
});

test('a value that nests deeper than the stack, or turns back on itself, is named by its kind', () => {
  let nested: unknown = 'x';
  for (let depth = 0; depth < 100_000; depth += 1) nested = [nested];
  const circular: Record<string, unknown> = {};
  circular['itself'] = circular;
  for (const odd of [nested, circular]) {
    for (const config of [
      odd,
      { watchedEvents: odd },
      { suppressions: odd },
      { watchPatterns: [{ ...watchPattern, name: odd }] },
    ]) {
      expect(problems(config)).not.toEqual([]);
    }
  }
  expect(problem({ watchPatterns: [{ ...watchPattern, pattern: { a: { a: nested } } }] })).toMatch(
    /^watchPatterns\[0\] /,
  );
  let deep: unknown = ['x'];
  for (let depth = 0; depth < 100_000; depth += 1) deep = { a: deep };
  expect(problem({ watchPatterns: [{ ...watchPattern, pattern: deep }] })).toBe(
    'watchPatterns[0] has a pattern that is nested too deeply',
  );
});

test('every problem is told, and a long value is cut', () => {
  const config = {
    watchedEvents: ['x'.repeat(500)],
    trustedAccounts: ['1'],
    severityOverrides: { 'domain-deleted': 1 },
  };
  expect(problems(config)).toHaveLength(3);
  expect(Math.max(...problems(config).map((text) => text.length))).toBeLessThan(200);
});

test.each([
  ['most of the internet', ['0.0.0.0/0'], 'is most of the internet'],
  ['most of IPv6', ['::/0'], 'is most of the internet'],
  ['a half and a half of it', ['52.0.0.0/8', '53.0.0.0/8'], 'together'],
])('%s is no network to trust', (_, trustedNetworks, said) => {
  expect(problem({ trustedNetworks })).toContain(said);
});

test.each(['search', 'Search-Team', 'search_team', 'search  team'])(
  'one owner is not written Search Team and %s',
  (owner) => {
    const accounts = { '111122223333': { owner: 'Search Team' }, '444455556666': { owner } };
    const problems = problemsIn({ accounts }, '2026-01-01');
    expect(problems).toEqual(
      owner === 'search'
        ? []
        : [
            `accounts "444455556666" has owner "${owner}", written "Search Team" elsewhere; write both the same, or give them names that nobody takes for one`,
          ],
    );
  },
);
