/** A mistake in settings, which are the same in code and in a file. */
export interface SettingsMistake {
  readonly settings: Readonly<Record<string, unknown>>;
  /** All that is told, word by word. */
  readonly told: readonly string[];
  /** Whether the schema of monitor.json finds it as well, while somebody types. */
  readonly isInSchema: boolean;
}

const caller =
  'is no ARN pattern of a caller, or one of callers in every account; allowed: arn:aws:iam::123456789012:role/deploy-* and the like, with * and ?';
const names =
  'watchedEvents, trustedAccounts, trustedOrganizations, trustedNetworks, trustedCallers, severityOverrides, suppressions, watchPatterns, accounts, domains, wayBack';

const suppression = { rule: 'domain-deleted', reason: 'planned', expires: '2099-12-31' };
const { rule, reason, expires } = suppression;
const watchPattern = { name: 'mine', severity: 'LOW', pattern: { eventName: ['AddTags'] } };

const seen = (settings: SettingsMistake['settings'], ...told: string[]): SettingsMistake => ({
  settings,
  told,
  isInSchema: true,
});
const unseen = (settings: SettingsMistake['settings'], ...told: string[]): SettingsMistake => ({
  settings,
  told,
  isInSchema: false,
});
const suppressed = (given: object, ...told: string[]): SettingsMistake =>
  seen({ suppressions: [given] }, ...told.map((problem) => `suppressions[0] ${problem}`));
const matching = (pattern: unknown, ...told: string[]): SettingsMistake =>
  seen({ watchPatterns: [{ ...watchPattern, pattern }] }, ...told.map((problem) => `watchPatterns[0] ${problem}`));
const butUnseen = (mistake: SettingsMistake): SettingsMistake => ({ ...mistake, isInSchema: false });

const logs = 'arn:aws:es:eu-west-1:111122223333:domain/logs';
const WAY_BACK: readonly SettingsMistake[] = [
  seen(
    { wayBack: 'EsConfigMonitor-WayBack' },
    'wayBack is "EsConfigMonitor-WayBack"; allowed: {"document": "<name>", "domains": ["<ARN>"]}',
  ),
  seen(
    { wayBack: { document: 'a b', domains: ['logs'] } },
    'wayBack.document "a b" is no name of a document; allowed: 3 to 128 letters, digits and ._-',
    'wayBack.domains "logs" is no ARN of a domain; allowed: arn:aws:es:eu-west-1:123456789012:domain/logs and the like',
  ),
  seen(
    { wayBack: { documents: 'x', domains: [logs] } },
    'wayBack has "documents"; did you mean document?',
    'wayBack.document is undefined; allowed: the name of a document',
  ),
  seen({ wayBack: { document: 'Way-Back', domains: [] } }, 'wayBack.domains is empty; allowed: ARNs of domains'),
];

const NAMES: readonly SettingsMistake[] = [
  seen({ trustedAcounts: ['111122223333'] }, '"trustedAcounts" is no setting; did you mean trustedAccounts?'),
  seen({ watchedEvent: ['AddTags'] }, '"watchedEvent" is no setting; did you mean watchedEvents?'),
  seen({ TrustedAccounts: [] }, '"TrustedAccounts" is no setting; did you mean trustedAccounts?'),
  seen({ trusted_networks: [] }, '"trusted_networks" is no setting; did you mean trustedNetworks?'),
];

const EVENTS: readonly SettingsMistake[] = [
  seen({ watchedEvents: 'DeleteDomain' }, 'watchedEvents is "DeleteDomain"; allowed: a list of texts'),
  seen(
    { watchedEvents: [] },
    'watchedEvents is empty, which watches nothing; leave it out to watch every call that changes a configuration',
  ),
  seen(
    { watchedEvents: ['CreateDomian'] },
    'watchedEvents "CreateDomian" is in neither API generation; did you mean CreateDomain?',
  ),
  seen(
    { watchedEvents: ['deleteDomain'] },
    'watchedEvents "deleteDomain" is in neither API generation; did you mean DeleteDomain?',
  ),
  seen(
    { watchedEvents: ['es:DeleteDomain'] },
    'watchedEvents "es:DeleteDomain" is in neither API generation; did you mean DeleteDomain?',
  ),
  seen({ watchedEvents: ['Delete*'] }, 'watchedEvents "Delete*" is in neither API generation'),
  seen({ watchedEvents: [null] }, 'watchedEvents has null; allowed: texts'),
];

const TRUST: readonly SettingsMistake[] = [
  seen({ trustedAccounts: '111122223333' }, 'trustedAccounts is "111122223333"; allowed: a list of texts'),
  seen({ trustedAccounts: [111122223333] }, 'trustedAccounts has 111122223333; allowed: texts'),
  seen({ trustedAccounts: null }, 'trustedAccounts is null; allowed: a list of texts'),
  seen(
    { trustedAccounts: ['1111-2222-3333'] },
    'trustedAccounts "1111-2222-3333" is no account id; allowed: twelve digits',
  ),
  seen(
    { trustedAccounts: ['arn:aws:iam::111122223333:root'] },
    'trustedAccounts "arn:aws:iam::111122223333:root" is no account id; allowed: twelve digits',
  ),
  seen(
    { trustedOrganizations: ['a1b2c3d4e5'] },
    'trustedOrganizations "a1b2c3d4e5" is no organization id; allowed: o- and 10 to 32 letters and digits',
  ),
  seen(
    { trustedOrganizations: ['ou-a1b2-c3d4e5f6'] },
    'trustedOrganizations "ou-a1b2-c3d4e5f6" is no organization id; allowed: o- and 10 to 32 letters and digits',
  ),
  seen(
    { trustedNetworks: ['office'] },
    'trustedNetworks "office" is no network; allowed: a CIDR block, a VPC id (vpc-…), a VPC endpoint id (vpce-…)',
  ),
  seen(
    { trustedNetworks: ['subnet-0123456789abcdef0'] },
    'trustedNetworks "subnet-0123456789abcdef0" is no network; allowed: a CIDR block, a VPC id (vpc-…), a VPC endpoint id (vpce-…)',
  ),
  unseen(
    { trustedNetworks: ['10.0.0.0/33'] },
    'trustedNetworks "10.0.0.0/33" is no network; allowed: a CIDR block, a VPC id (vpc-…), a VPC endpoint id (vpce-…)',
  ),
  unseen(
    { trustedNetworks: ['10.1.2.3/8'] },
    'trustedNetworks "10.1.2.3/8" is one address and the block around it; did you mean 10.0.0.0/8, or 10.1.2.3 alone?',
  ),
  unseen(
    { trustedNetworks: ['2001:db8::1/48'] },
    'trustedNetworks "2001:db8::1/48" is one address and the block around it; allowed: the first address of a block, or 2001:db8::1 alone',
  ),
  unseen(
    { trustedNetworks: ['0.0.0.0/0'] },
    'trustedNetworks "0.0.0.0/0" is most of the internet; allowed: ranges no broader than /8, or /32 of IPv6',
  ),
  unseen(
    { trustedNetworks: ['52.0.0.0/8', '53.0.0.0/8'] },
    'trustedNetworks are most of the internet together; allowed: no more addresses than one /8, or one /32 of IPv6',
  ),
  seen({ trustedCallers: ['*'] }, `trustedCallers "*" ${caller}`),
  unseen({ trustedCallers: ['arn:aws:iam::*:role/*'] }, `trustedCallers "arn:aws:iam::*:role/*" ${caller}`),
  seen({ trustedCallers: ['deploy'] }, `trustedCallers "deploy" ${caller}`),
  seen({ trustedCallers: { role: 'deploy' } }, 'trustedCallers is {"role":"deploy"}; allowed: a list of texts'),
];

const OVERRIDES: readonly SettingsMistake[] = [
  seen(
    { severityOverrides: ['domain-deleted'] },
    'severityOverrides is ["domain-deleted"]; allowed: {"<rule id or event name>": "<severity>"}',
  ),
  seen(
    { severityOverrides: { 'domain-delete': 'LOW' } },
    'severityOverrides "domain-delete" is no rule id or event name; did you mean domain-deleted?',
  ),
  seen(
    { severityOverrides: { 'domain-deleted': 'low' } },
    'severityOverrides "domain-deleted" is "low"; allowed: INFORMATIONAL, LOW, MEDIUM, HIGH, CRITICAL',
  ),
  seen(
    { severityOverrides: { mine: 'LOW' }, watchPatterns: [watchPattern] },
    'severityOverrides "mine" is no rule id or event name',
  ),
  unseen(
    { severityOverrides: { DescribeDomain: 'HIGH' } },
    'severityOverrides "DescribeDomain" is of calls that nobody watches; watch them, or remove it',
  ),
  unseen(
    { watchedEvents: ['AddTags'], severityOverrides: { 'domain-deleted': 'LOW' } },
    'severityOverrides "domain-deleted" is of a rule on calls that nobody watches: DeleteDomain; watch them, or remove it',
  ),
];

const SUPPRESSIONS: readonly SettingsMistake[] = [
  seen(
    { suppressions: suppression },
    'suppressions is {"rule":"domain-deleted","reason":"planned","expires":"2099-12-31"}; allowed: a list of objects',
  ),
  seen({ suppressions: ['domain-deleted'] }, 'suppressions[0] is "domain-deleted"; allowed: an object'),
  suppressed({ reason, expires }, 'hides everything; give at least one of rule, eventName, domain, account, caller'),
  suppressed({ rule, expires }, 'has no reason'),
  suppressed({ ...suppression, reason: ' ' }, 'has reason " "; allowed: a text that is not blank'),
  suppressed({ rule, reason }, 'has no expires; give the last day it holds, YYYY-MM-DD'),
  suppressed({ ...suppression, expires: '31.12.2099' }, 'has expires "31.12.2099"; allowed: a day, YYYY-MM-DD'),
  butUnseen(
    suppressed({ ...suppression, expires: '2099-02-30' }, 'has expires "2099-02-30"; allowed: a day, YYYY-MM-DD'),
  ),
  butUnseen(
    suppressed(
      { ...suppression, expires: '2020-01-31' },
      'expired on 2020-01-31; remove it, or find out whether its reason still holds',
    ),
  ),
  butUnseen(
    suppressed(
      { ...suppression, rule: 'domain-delete' },
      'has rule "domain-delete", which is no rule id; did you mean domain-deleted?',
    ),
  ),
  suppressed(
    { eventName: 'AddTag', reason, expires },
    'has eventName "AddTag", which is in neither API generation; did you mean AddTags?',
  ),
  butUnseen(
    suppressed(
      { ...suppression, eventName: 'AddTags' },
      'has eventName "AddTags", of which the rule "domain-deleted" never speaks; allowed: DeleteDomain',
    ),
  ),
  butUnseen(
    suppressed(
      { rule: 'unrecognised-call', eventName: 'AddTags', reason, expires },
      'has eventName "AddTags", of which the rule "unrecognised-call" never speaks; allowed: no event name with this rule',
    ),
  ),
  butUnseen(
    suppressed(
      { eventName: 'DescribeDomain', reason, expires },
      'has eventName "DescribeDomain", whose calls nobody watches; watch them, or remove it',
    ),
  ),
  unseen(
    { watchedEvents: ['AddTags'], suppressions: [suppression] },
    'suppressions[0] has rule "domain-deleted", on calls that nobody watches: DeleteDomain; watch them, or remove it',
  ),
  unseen(
    {
      suppressions: [{ rule: 'mine', eventName: 'RemoveTags', reason, expires }],
      watchPatterns: [watchPattern],
    },
    'suppressions[0] has eventName "RemoveTags", which the watch pattern "mine" does not match',
  ),
  suppressed(
    { ...suppression, domain: 'logs-*' },
    'has domain "logs-*" is no domain name; allowed: 3 to 28 of a-z, 0-9 and -, beginning with a letter',
  ),
  suppressed(
    { ...suppression, domain: 'arn:aws:es:eu-west-1:111122223333:domain/logs' },
    'has domain "arn:aws:es:eu-west-1:111122223333:domain/logs" is no domain name; allowed: 3 to 28 of a-z, 0-9 and -, beginning with a letter',
  ),
  suppressed({ ...suppression, account: '1234' }, 'has account "1234" is no account id; allowed: twelve digits'),
  suppressed({ ...suppression, caller: 'deploy' }, `has caller "deploy" ${caller}`),
  suppressed({ ...suppression, expiry: '2099-12-31' }, 'has "expiry"; did you mean expires?'),
  suppressed(
    { ...suppression, until: '2099-12-31' },
    'has "until"; allowed: rule, eventName, domain, account, caller, reason, expires',
  ),
];

const PATTERNS: readonly SettingsMistake[] = [
  seen({ watchPatterns: { mine: {} } }, 'watchPatterns is {"mine":{}}; allowed: a list of objects'),
  matching({ eventname: ['AddTags'] }, 'has a pattern on "eventname", which no record has; did you mean eventName?'),
  matching({ eventContext: { tagContext: ['x'] } }, 'has a pattern on "eventContext.tagContext", which no record has'),
  butUnseen(
    matching(
      { userIdentity: { username: ['root'] } },
      'has a pattern on "userIdentity.username", which no record has; did you mean userIdentity.userName?',
    ),
  ),
  butUnseen(
    matching(
      { requestParameters: { DomainName: ['logs'] } },
      'has a pattern on "requestParameters.DomainName", which no record has: CloudTrail begins parameters with a small letter; did you mean requestParameters.domainName?',
    ),
  ),
  butUnseen(
    matching(
      { eventSource: ['s3.amazonaws.com'] },
      'has a pattern on the eventSource of another service; allowed: es.amazonaws.com, opensearchservice.amazonaws.com',
    ),
  ),
  matching(
    { detail: { eventName: ['AddTags'] } },
    'event pattern $.detail is {"eventName":["AddTags"]}; allowed: fields of a CloudTrail record; this is the pattern of an EventBridge rule, so write the members of its detail alone',
  ),
  matching(
    { eventName: 'AddTags' },
    'event pattern $.eventName is "AddTags"; allowed: a list of values, as in ["DeleteDomain"] or [{"prefix": "Delete"}], or an object of fields',
  ),
  butUnseen(
    matching(
      { eventName: [{ starts: 'Add' }] },
      'event pattern $.eventName[0] is {"starts":"Add"}; allowed: one operator of anything-but, cidr, equals-ignore-case, exactly, exists, numeric, prefix, suffix, wildcard',
    ),
  ),
  matching({}, 'event pattern $ is {}; allowed: an object of at least one field'),
  matching({ eventName: [] }, 'event pattern $.eventName is []; allowed: a list of at least one value'),
  matching(
    undefined,
    'event pattern $ is undefined; allowed: an object of fields, as in {"eventName": ["DeleteDomain"]}',
  ),
  seen(
    { watchPatterns: [{ ...watchPattern, severity: 'INFORMATIONAL' }] },
    'watchPatterns[0] has severity "INFORMATIONAL"; allowed: LOW, MEDIUM, HIGH, CRITICAL',
  ),
  seen(
    { watchPatterns: [{ ...watchPattern, name: 'MyPattern' }] },
    'watchPatterns[0] has name "MyPattern"; allowed: kebab-case, at most 64 characters',
  ),
  seen(
    { watchPatterns: [{ ...watchPattern, name: 'domain-deleted' }] },
    'watchPatterns[0] has the name of the rule "domain-deleted"; choose another',
  ),
  seen(
    { watchPatterns: [{ ...watchPattern, enabled: true }] },
    'watchPatterns[0] has "enabled"; allowed: name, pattern, severity',
  ),
  unseen({ watchPatterns: [watchPattern, watchPattern] }, 'watchPatterns has the name "mine" more than once'),
];

const onAccount = (given: unknown, ...told: string[]): SettingsMistake =>
  seen({ accounts: { '111122223333': given } }, ...told.map((problem) => `accounts "111122223333" ${problem}`));
const onDomain = (pattern: string, given: unknown, ...told: string[]): SettingsMistake =>
  seen({ domains: { [pattern]: given } }, ...told.map((problem) => `domains "${pattern}" ${problem}`));
const noDomain =
  'matches no domain; allowed: patterns of names, such as orders-*, and of ARNs, such as arn:aws:es:eu-west-1:123456789012:domain/*, with * and ?';
const addresses = 'allowed: e-mail addresses, https://…, +15550100, ARNs of queues and functions';
const search = { owner: 'search' };

const OWNERS: readonly SettingsMistake[] = [
  seen({ accounts: [] }, 'accounts is []; allowed: {"<twelve digits>": {…}}'),
  seen({ domains: 'orders-*' }, 'domains is "orders-*"; allowed: {"<pattern of a name or ARN>": {…}}'),
  seen({ accounts: { '1111-2222-3333': {} } }, 'accounts "1111-2222-3333" is no account id; allowed: twelve digits'),
  onAccount('search', 'is "search"; allowed: an object'),
  onAccount({ ownr: 'search' }, 'has "ownr"; did you mean owner?'),
  onAccount(
    { team: 'search' },
    'has "team"; allowed: name, owner, subscribers, minimumSeverity, tags, organization, organizationalUnit',
  ),
  onAccount({ name: ' ' }, 'has name " "; allowed: a text that is not blank, at most 100 characters'),
  onAccount(
    { owner: 'search*' },
    'has owner "search*"; allowed: at most 64 letters, digits, spaces and ._-, beginning with a letter or digit',
  ),
  onAccount({ ...search, subscribers: [] }, 'has subscribers []; allowed: a list of addresses, one at least'),
  onAccount(
    { ...search, subscribers: ['search@example'] },
    `has subscribers ["search@example"]: "search@example" is no address; ${addresses}`,
  ),
  onAccount(
    { ...search, subscribers: ['arn:aws:sns:eu-west-1:111122223333:search'] },
    `has subscribers ["arn:aws:sns:eu-west-1:111122223333:search"]: "arn:aws:sns:eu-west-1:111122223333:search" is no address; ${addresses}`,
  ),
  onAccount(
    { subscribers: ['search@example.com'], minimumSeverity: 'HIGH' },
    'has subscribers and no owner: give it one, or remove them',
    'has minimumSeverity and no owner: give it one, or remove them',
  ),
  onAccount({ ...search, minimumSeverity: 'high' }, 'has minimumSeverity "high"; allowed: LOW, MEDIUM, HIGH, CRITICAL'),
  onAccount({ tags: { team: 1 } }, 'has tags {"team":1}; allowed: {"<name>": "<text>"}'),
  onAccount(
    { organization: 'a1b2c3d4e5' },
    'has organization "a1b2c3d4e5", which is no organization id; allowed: o- and 10 to 32 letters and digits',
  ),
  onAccount({ organizationalUnit: '' }, 'has organizationalUnit ""; allowed: a text that is not blank'),
  onDomain('Orders-*', search, noDomain),
  onDomain('orders_*', search, noDomain),
  butUnseen(onDomain('arn:aws:es:eu-west-1:111122223333:orders', search, noDomain)),
  butUnseen(onDomain('arn:aws:s3:::orders-*', search, noDomain)),
  butUnseen(onDomain(`${'a'.repeat(29)}*`, search, noDomain)),
  onDomain(
    'orders*',
    { ...search, organization: 'o-a1b2c3d4e5' },
    'has "organization"; allowed: name, owner, subscribers, minimumSeverity, tags',
  ),
  butUnseen(onDomain('or', search, 'is no domain name; allowed: 3 to 28 of a-z, 0-9 and -, beginning with a letter')),
  unseen(
    {
      accounts: {
        '111122223333': { ...search, subscribers: ['a@example.com', 'b@example.com'] },
        '444455556666': { ...search, subscribers: ['b@example.com', 'a@example.com'] },
      },
      domains: { 'orders-*': { ...search, subscribers: ['b@example.com'] } },
    },
    'domains "orders-*" has other subscribers than the owner "search" has elsewhere; give them once, or the same everywhere',
  ),
];

/** A name that is nothing like a setting is told with all the names there are, of which code has more. */
export const NAMELESS: SettingsMistake = seen({ foo: 1 }, `"foo" is no setting; allowed: ${names}`);

export const SETTINGS_MISTAKES: readonly SettingsMistake[] = [
  ...NAMES,
  ...WAY_BACK,
  ...EVENTS,
  ...TRUST,
  ...OVERRIDES,
  ...SUPPRESSIONS,
  ...PATTERNS,
  ...OWNERS,
];
