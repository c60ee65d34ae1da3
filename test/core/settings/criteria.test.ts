import { toCriteria, type Settings, type Suppression } from '../../../core/settings';
import { toCall, type Call } from '../../../core/call';
import { OWN, PARTNER, recordOf, STRANGER, type Changes } from '../../support/records';

function callOf(fixture: string, changes: Changes = {}): Call {
  const call = toCall(recordOf(fixture, changes));
  if (!call) throw new Error(`${fixture} is no configuration call`);
  return call;
}

describe('without a configuration', () => {
  const settings = toCriteria();

  test('nobody beyond the own account is trusted, and nothing is overridden, hidden or added', () => {
    expect(settings.trust).toEqual({ accounts: [], organizations: [], networks: [] });
    expect(settings.severityOfRule.size).toBe(0);
    expect(settings.severityOfOperation.size).toBe(0);
    expect(settings.watchPatterns).toEqual([]);
    expect(settings.isTrusted(callOf('es_DeleteDomain').caller)).toBe(false);
    expect(settings.suppressionOf(callOf('es_DeleteDomain'), 'domain-deleted')).toBeUndefined();
  });

  test.each([
    ['es_DeleteDomain', true],
    ['es_DeleteElasticsearchDomain', true],
    ['es_ShareDomain', true],
    ['es_DescribeDomain', false],
    ['es_DescribeDomainSharing', false],
    ['es_InsightFeedback', false],
  ])('%s is watched: %s', (fixture, isWatched) => {
    expect(settings.watches(callOf(fixture))).toBe(isWatched);
  });
});

test('an empty configuration is as good as none, and an empty list of events watches nothing that is known', () => {
  expect(toCriteria({}).watches(callOf('es_DeleteDomain'))).toBe(true);
  expect(toCriteria({ watchedEvents: [] }).watches(callOf('es_DeleteDomain'))).toBe(false);
  expect(toCriteria({ watchedEvents: [] }).watches(callOf('es_ShareDomain'))).toBe(true);
});

test.each(['DeleteDomain', 'DeleteElasticsearchDomain'])('watching %s watches both generations', (name) => {
  const { watches } = toCriteria({ watchedEvents: [name] });
  expect(watches(callOf('es_DeleteDomain'))).toBe(true);
  expect(watches(callOf('es_DeleteElasticsearchDomain'))).toBe(true);
  expect(watches(callOf('es_AddTags'))).toBe(false);
});

test('what is trusted is handed on as it is', () => {
  const config: Settings = {
    trustedAccounts: [PARTNER],
    trustedOrganizations: ['o-a1b2c3d4e5'],
    trustedNetworks: ['203.0.113.0/24', 'vpc-0a1b2c3d'],
  };
  expect(toCriteria(config).trust).toEqual({
    accounts: [PARTNER],
    organizations: ['o-a1b2c3d4e5'],
    networks: ['203.0.113.0/24', 'vpc-0a1b2c3d'],
  });
});

test('overrides are told apart by what they name: a rule, or a call of either generation', () => {
  const { severityOfRule, severityOfOperation } = toCriteria({
    severityOverrides: { 'domain-deleted': 'HIGH', DeleteElasticsearchDomain: 'LOW', AddTags: 'MEDIUM' },
  });
  expect([...severityOfRule]).toEqual([['domain-deleted', 'HIGH']]);
  expect([...severityOfOperation]).toEqual([
    ['DeleteDomain', 'LOW'],
    ['AddTags', 'MEDIUM'],
  ]);
});

describe('a trusted caller', () => {
  const { caller } = callOf('es_DeleteDomain');

  test.each([
    [`arn:aws:sts::${OWN}:assumed-role/AWSReservedSSO_SearchOps_0123456789abcdef/sam@example.com`, true],
    [`arn:aws:sts::${OWN}:assumed-role/AWSReservedSSO_SearchOps_*`, true],
    [`arn:aws:iam::${OWN}:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_SearchOps_????????????????`, true],
    [`arn:aws:iam::${STRANGER}:role/*`, false],
    [`arn:aws:iam::${OWN}:role/AWSReservedSSO_SearchOps_*`, false],
    ['AWSReservedSSO_SearchOps_*', false],
  ])('by %s: %s', (pattern, isTrusted) => {
    expect(toCriteria({ trustedCallers: [pattern] }).isTrusted(caller)).toBe(isTrusted);
  });

  test('has an ARN', () => {
    const unknown = callOf('es_DeleteDomain', { userIdentity: { type: 'AWSService', invokedBy: 'x.amazonaws.com' } });
    expect(toCriteria({ trustedCallers: ['arn:*:*:*:*:*a*'] }).isTrusted(unknown.caller)).toBe(false);
  });
});

describe('the suppression of a finding', () => {
  const given: Suppression = { domain: 'logs', reason: 'planned', expires: '2026-12-31' };
  const suppressionOf = (suppressions: readonly Suppression[], call = callOf('es_DeleteDomain')) =>
    toCriteria({ suppressions }).suppressionOf(call, 'domain-deleted');

  test('is the first that applies', () => {
    const expired = { ...given, expires: '2026-01-31' };
    const other = { ...given, domain: 'orders' };
    expect(suppressionOf([expired, other, given, { ...given, reason: 'later' }])).toBe(given);
  });

  test('needs a call with a domain where it names one', () => {
    expect(suppressionOf([given], callOf('es_DeleteApplication'))).toBeUndefined();
  });

  test('goes by the account that owns the domain', () => {
    const arn = `arn:aws:es:eu-west-1:${PARTNER}:domain/logs`;
    const call = callOf('es_CreateVpcEndpoint', { 'requestParameters/domainArn': arn });
    const of = (account: string): Suppression => ({ account, reason: 'planned', expires: '2026-12-31' });
    expect(suppressionOf([of(PARTNER)], call)).toEqual(of(PARTNER));
    expect(suppressionOf([of(OWN)], call)).toBeUndefined();
  });

  test('of an event name no catalogue knows goes by the name itself', () => {
    const named: Suppression = { eventName: 'ShareDomain', reason: 'planned', expires: '2026-12-31' };
    expect(suppressionOf([named], callOf('es_ShareDomain'))).toBe(named);
    expect(suppressionOf([named], callOf('es_DeleteDomain'))).toBeUndefined();
    expect(suppressionOf([named], callOf('es_ShareDomain', { eventName: 'UnshareDomain' }))).toBeUndefined();
  });
});

describe('a watch pattern', () => {
  test('is matched against the whole record', () => {
    const pattern = { userIdentity: { type: ['IAMUser'] }, requestParameters: { domainName: [{ prefix: 'lo' }] } };
    const [compiled] = toCriteria({ watchPatterns: [{ name: 'by-users', severity: 'LOW', pattern }] }).watchPatterns;
    expect(compiled).toMatchObject({ name: 'by-users', severity: 'LOW' });
    expect(compiled?.matches(recordOf('es_UpdateDomainConfig_open_policy'))).toBe(true);
    expect(compiled?.matches(recordOf('es_UpdateDomainConfig_https_off'))).toBe(false);
  });

  test('that EventBridge would refuse is refused', () => {
    const watchPatterns = [{ name: 'wrong', severity: 'LOW', pattern: { eventName: 'DeleteDomain' } }] as const;
    expect(() => toCriteria({ watchPatterns })).toThrow(/eventName/);
  });
});
