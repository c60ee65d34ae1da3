import { toCriteria, type Settings } from '../../../core/settings';
import { toCall } from '../../../core/call';
import type { Change } from '../../../core/domain';
import { evaluate } from '../../../core/findings';
import { RULES } from '../../../core/rules';
import { countsOf, judge, type Judgement } from '../../../core/scan';
import { changeIn, RULE_CASES } from '../rules/cases';
import type { Severity } from '../../../core/base/severity';
import { changed, FIXTURES, OWN, policyOf, recordOf, STRANGER, type JsonObject } from '../../support/records';
import { checked } from '../../support/alert-schema';

function judged(record: unknown, config: Settings = {}): Judgement {
  const judgement = judge(record, toCriteria(config));
  if (judgement.alert) checked(judgement.alert);
  return judgement;
}

/** The findings of a record: rule and severity, in their order. */
const found = (record: unknown, config: Settings = {}): readonly (readonly [string, Severity])[] =>
  judged(record, config).findings.map(({ rule, severity }) => [rule.id, severity] as const);

const because = (record: unknown, config: Settings = {}): readonly string[] =>
  (judged(record, config).findings[0]?.steps ?? []).map(({ to, because: why }) => `${to}: ${why}`);

const HTTPS_OFF = recordOf('es_UpdateDomainConfig_https_off');
const DELETED = recordOf('es_DeleteDomain');
const TAGGED = recordOf('es_AddTags');

const root = (record: JsonObject): JsonObject =>
  changed(record, { userIdentity: recordOf('es_DeleteDomain_root')['userIdentity'] });
const DENIED = { errorCode: 'AccessDenied', errorMessage: '[User: x is not authorized]' };
const FAILED = { errorCode: 'ValidationException', errorMessage: 'The value is not allowed.' };

describe('the outcome', () => {
  test.each([
    ['es_DeleteDomain', 'HIGH'],
    ['es_UpdateDomainConfig_https_off', 'MEDIUM'],
    ['es_CancelDomainConfigChange', 'LOW'],
    ['es_AddTags', 'LOW'],
  ] as const)('a denied %s keeps its finding, one step lower and never below LOW', (fixture, severity) => {
    expect(judged(recordOf(fixture, DENIED)).findings.map((finding) => finding.severity)).toEqual([severity]);
    expect(judged(recordOf(fixture, DENIED)).disposition).toBe('alerted');
  });

  test('a failed call keeps its finding one step lower', () => {
    expect(found(changed(HTTPS_OFF, FAILED))).toEqual([['https-not-enforced', 'MEDIUM']]);
  });

  test.each(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'Client.UnauthorizedAccess'])(
    '%s is a denial',
    (errorCode) => {
      expect(because(changed(DELETED, { errorCode }))).toEqual([
        'CRITICAL: the rule domain-deleted says so',
        'HIGH: the call was denied',
      ]);
    },
  );

  test.each(['ValidationException', 'ResourceInUseException', 'LimitExceededException', 'BaseException'])(
    '%s is a failure',
    (errorCode) => {
      expect(because(changed(DELETED, { errorCode })).at(-1)).toBe('HIGH: the call failed');
    },
  );

  test('a response does not make a failed call a success', () => {
    const refused = changed(recordOf('es_DeleteElasticsearchDomain_missing'), { errorCode: 'ValidationException' });
    expect(found(refused)).toEqual([['domain-deleted', 'HIGH']]);
  });

  test('a denied call of which nothing is known is told all the same', () => {
    expect(found(recordOf('es_UpdateDomainConfig_denied'))).toEqual([['configuration-call', 'LOW']]);
    expect(found(recordOf('es_CreateDomain_denied'))).toEqual([['configuration-call', 'LOW']]);
  });

  test.each([
    'A change/update is in progress. Please wait for it to complete before requesting another change.',
    'An update to this domain is already in progress.',
    'Domain changes are still in progress',
  ])('a call refused because of a change under way is counted, not sent: %s', (errorMessage) => {
    const record = changed(HTTPS_OFF, { ...FAILED, errorMessage });
    expect(found(record)).toEqual([['https-not-enforced', 'INFORMATIONAL']]);
    expect(judged(record).disposition).toBe('informational');
  });

  test.each([
    ['another error code', { errorCode: 'InternalException', errorMessage: 'An update is in progress.' }],
    ['another reason', FAILED],
    ['no reason', { errorCode: 'ValidationException' }],
  ])('a call that failed with %s is sent', (_, error) => {
    expect(found(changed(HTTPS_OFF, error))).toEqual([['https-not-enforced', 'MEDIUM']]);
  });
});

describe('the caller', () => {
  test('a call by root is one step higher', () => {
    expect(found(root(HTTPS_OFF))).toEqual([['https-not-enforced', 'CRITICAL']]);
    expect(found(root(TAGGED))).toEqual([['configuration-call', 'MEDIUM']]);
  });

  test('nothing is worse than CRITICAL', () => {
    expect(found(recordOf('es_DeleteDomain_root'))).toEqual([['domain-deleted', 'CRITICAL']]);
  });

  test('a denied call by root ends where it began', () => {
    expect(because(changed(root(HTTPS_OFF), DENIED))).toEqual([
      'HIGH: the rule https-not-enforced says so',
      'MEDIUM: the call was denied',
      'HIGH: the root user called',
    ]);
  });

  test.each([
    ['the ARN of the session', `arn:aws:sts::${OWN}:assumed-role/search-admin/dora`],
    ['the ARN of its role', `arn:aws:iam::${OWN}:role/search-admin`],
    ['a pattern with a star', 'arn:aws:iam::*:role/search-*'],
    ['a pattern with a question mark', `arn:aws:iam::${OWN}:role/search-admi?`],
  ])('a caller trusted by %s is one step lower', (_, pattern) => {
    expect(found(HTTPS_OFF, { trustedCallers: [pattern] })).toEqual([['https-not-enforced', 'MEDIUM']]);
  });

  test.each([
    ['another role', `arn:aws:iam::${OWN}:role/search-administrator`],
    ['the beginning of its ARN', `arn:aws:iam::${OWN}:role/search`],
    ['the role of another account', `arn:aws:iam::${STRANGER}:role/search-admin`],
  ])('trusting %s changes nothing', (_, pattern) => {
    expect(found(HTTPS_OFF, { trustedCallers: [pattern] })).toEqual([['https-not-enforced', 'HIGH']]);
  });

  test('a trusted caller is never hidden', () => {
    const config = { trustedCallers: ['arn:aws:*::*:*'] };
    expect(found(TAGGED, config)).toEqual([['configuration-call', 'LOW']]);
    expect(judged(TAGGED, config).disposition).toBe('alerted');
  });

  test('a trusted root is as severe as anybody', () => {
    expect(found(root(HTTPS_OFF), { trustedCallers: [`arn:aws:iam::${OWN}:root`] })).toEqual([
      ['https-not-enforced', 'HIGH'],
    ]);
  });

  test('a denied call of a trusted caller is two steps lower', () => {
    expect(found(changed(DELETED, DENIED), { trustedCallers: ['arn:aws:sts::*'] })).toEqual([
      ['domain-deleted', 'MEDIUM'],
    ]);
  });
});

describe('a rehearsal', () => {
  const asked = 'requestParameters/dryRun';
  const mode = 'requestParameters/dryRunMode';
  test.each([
    ['dryRun', changed(HTTPS_OFF, { [asked]: true })],
    ['dryRun as text', changed(HTTPS_OFF, { [asked]: 'true' })],
    ['both', recordOf('es_UpdateDomainConfig_dry_run')],
    ['dryRun by root', root(changed(HTTPS_OFF, { [asked]: true }))],
    ['dryRun, refused', changed(HTTPS_OFF, { [asked]: true, ...FAILED })],
    ['dryRun of an open policy', recordOf('es_UpdateDomainConfig_open_policy', { [asked]: true })],
    ['performCheckOnly', recordOf('es_UpgradeDomain_check_only')],
    [
      'performCheckOnly as text through the 2015 API',
      recordOf('es_UpgradeElasticsearchDomain', { 'requestParameters/performCheckOnly': 'TRUE' }),
    ],
    ['dryRun of a cancellation', recordOf('es_CancelDomainConfigChange_dry_run')],
  ])('is counted and not sent: %s', (_, record) => {
    const { findings, disposition } = judged(record);
    expect([...new Set(findings.map(({ severity }) => severity))]).toEqual(['INFORMATIONAL']);
    expect(disposition).toBe('informational');
  });

  test('is counted and not sent whatever the settings say', () => {
    const record = recordOf('es_UpdateDomainConfig_dry_run');
    const severityOverrides = { 'https-not-enforced': 'CRITICAL', UpdateDomainConfig: 'CRITICAL' } as const;
    expect(found(record, { severityOverrides })).toEqual([['https-not-enforced', 'INFORMATIONAL']]);
  });

  test.each([
    ['dryRun false', changed(HTTPS_OFF, { [asked]: false })],
    ['dryRun false as text', changed(HTTPS_OFF, { [asked]: 'false' })],
    ['dryRun null', changed(HTTPS_OFF, { [asked]: null })],
    ['dryRunMode alone', changed(HTTPS_OFF, { [mode]: 'Basic' })],
    ['a blank dryRunMode', changed(HTTPS_OFF, { [mode]: '' })],
    ['performCheckOnly', changed(HTTPS_OFF, { 'requestParameters/performCheckOnly': true })],
    ['dryRun false with a mode', changed(HTTPS_OFF, { [asked]: false, [mode]: 'Basic' })],
  ])('is none with %s', (_, record) => {
    expect(found(record)).toEqual([['https-not-enforced', 'HIGH']]);
  });
});

describe('a call after which everything is as it was', () => {
  const call = toCall(HTTPS_OFF);
  const change = { differences: [], before: {} };

  test('is counted and not sent, by root as well', () => {
    expect(judge(HTTPS_OFF, toCriteria(), { ...change, isUnchanged: true }).disposition).toBe('informational');
    expect(judge(root(HTTPS_OFF), toCriteria(), { ...change, isUnchanged: true }).disposition).toBe('informational');
  });

  test('is told where that is not known', () => {
    expect(call && evaluate(call, toCriteria(), { ...change, isUnchanged: false })[0]?.severity).toBe('HIGH');
  });
});

describe('severity overrides', () => {
  test('a rule id replaces the severity, up and down', () => {
    expect(found(HTTPS_OFF, { severityOverrides: { 'https-not-enforced': 'LOW' } })).toEqual([
      ['https-not-enforced', 'LOW'],
    ]);
    expect(found(HTTPS_OFF, { severityOverrides: { 'https-not-enforced': 'CRITICAL' } })).toEqual([
      ['https-not-enforced', 'CRITICAL'],
    ]);
  });

  test('INFORMATIONAL is counted and not sent', () => {
    expect(judged(HTTPS_OFF, { severityOverrides: { 'https-not-enforced': 'INFORMATIONAL' } }).disposition).toBe(
      'informational',
    );
  });

  test('an override of another rule changes nothing', () => {
    expect(found(HTTPS_OFF, { severityOverrides: { 'weak-tls-policy': 'LOW' } })).toEqual([
      ['https-not-enforced', 'HIGH'],
    ]);
  });

  test('an event name of either generation raises what is milder', () => {
    expect(found(TAGGED, { severityOverrides: { AddTags: 'HIGH' } })).toEqual([['configuration-call', 'HIGH']]);
    for (const name of ['UpdateDomainConfig', 'UpdateElasticsearchDomainConfig']) {
      expect(found(HTTPS_OFF, { severityOverrides: { [name]: 'CRITICAL' } })).toEqual([
        ['https-not-enforced', 'CRITICAL'],
      ]);
    }
  });

  test('an event name does not lower what a rule objects to', () => {
    expect(found(HTTPS_OFF, { severityOverrides: { UpdateDomainConfig: 'LOW' } })).toEqual([
      ['https-not-enforced', 'HIGH'],
    ]);
  });

  test('an event name lowers a call that no rule objects to', () => {
    expect(found(TAGGED, { severityOverrides: { AddTags: 'INFORMATIONAL' } })).toEqual([
      ['configuration-call', 'INFORMATIONAL'],
    ]);
  });

  test('the outcome and the caller still count', () => {
    const severityOverrides = { 'https-not-enforced': 'CRITICAL' } as const;
    expect(found(changed(HTTPS_OFF, DENIED), { severityOverrides })).toEqual([['https-not-enforced', 'HIGH']]);
  });
});

describe('suppressions', () => {
  const reason = 'planned, ticket 42';
  const expires = '2026-10-05';

  test.each([
    ['rule', { rule: 'https-not-enforced' }],
    ['event name', { eventName: 'UpdateDomainConfig' }],
    ['event name of the other generation', { eventName: 'UpdateElasticsearchDomainConfig' }],
    ['domain', { domain: 'logs' }],
    ['account', { account: OWN }],
    ['caller', { caller: `arn:aws:iam::${OWN}:role/search-*` }],
    ['all of them', { rule: 'https-not-enforced', domain: 'logs', account: OWN, caller: 'arn:aws:sts::*' }],
  ])('hide by %s what they match: it is counted, and not sent', (_, match) => {
    const judgement = judged(HTTPS_OFF, { suppressions: [{ ...match, reason, expires }] });
    expect(judgement.findings).toHaveLength(1);
    expect(judgement.findings[0]?.suppressedBy).toEqual({ ...match, reason, expires });
    expect(judgement.alert).toBeUndefined();
    expect(judgement.disposition).toBe('suppressed');
  });

  test.each([
    ['rule', { rule: 'weak-tls-policy' }],
    ['event name', { eventName: 'DeleteDomain' }],
    ['domain', { domain: 'orders' }],
    ['account', { account: STRANGER }],
    ['caller', { caller: `arn:aws:iam::${STRANGER}:role/*` }],
  ])('hide nothing where the %s differs, whatever else matches', (_, match) => {
    const suppression = { rule: 'https-not-enforced', domain: 'logs', account: OWN, ...match, reason, expires };
    const { findings, disposition } = judged(HTTPS_OFF, { suppressions: [suppression] });
    expect(findings[0]?.suppressedBy).toBeUndefined();
    expect(disposition).toBe('alerted');
  });

  test('hold to the end of their last day, by the day of the call', () => {
    const suppressions = [{ domain: 'logs', reason, expires }];
    const at = (eventTime: string): string => judged(changed(HTTPS_OFF, { eventTime }), { suppressions }).disposition;
    expect(at('2026-10-05T23:59:59Z')).toBe('suppressed');
    expect(at('2026-10-06T00:00:00Z')).toBe('alerted');
    expect(at('2019-01-01T00:00:00Z')).toBe('suppressed');
  });

  test('hide the findings of their rule and leave the others of the call', () => {
    const record = recordOf('es_CreateElasticsearchDomain_console');
    const suppressions = [{ rule: 'public-endpoint-created', reason, expires }];
    const { findings, alert } = judged(record, { suppressions });
    const hidden = findings.filter(({ suppressedBy }) => suppressedBy).map(({ rule }) => rule.id);
    expect(hidden).toEqual(['public-endpoint-created']);
    expect(JSON.stringify(alert)).not.toContain('public-endpoint-created');
    expect(JSON.stringify(alert)).toContain('encryption-at-rest-off');
  });

  test('do not make a counted finding a suppressed one', () => {
    const suppressions = [{ domain: 'logs', reason, expires }];
    expect(judged(recordOf('es_UpdateDomainConfig_dry_run'), { suppressions }).disposition).toBe('informational');
  });
});

describe('watch patterns', () => {
  const tags = { name: 'team-tag-changed', severity: 'HIGH', pattern: { eventName: ['AddTags'] } } as const;

  test('are rules of their own, with their name and severity', () => {
    expect(found(TAGGED, { watchPatterns: [tags] })).toEqual([['team-tag-changed', 'HIGH']]);
  });

  test('say nothing of what they do not match', () => {
    expect(found(recordOf('es_RemoveTags'), { watchPatterns: [tags] })).toEqual([['configuration-call', 'LOW']]);
  });

  test('stand beside the rules', () => {
    const watchPatterns = [{ name: 'by-dora', severity: 'LOW', pattern: { awsRegion: ['eu-west-1'] } }] as const;
    expect(found(HTTPS_OFF, { watchPatterns })).toEqual([
      ['https-not-enforced', 'HIGH'],
      ['by-dora', 'LOW'],
    ]);
  });

  test('watch reads and calls that nobody else watches', () => {
    const watchPatterns = [{ name: 'reads', severity: 'MEDIUM', pattern: { readOnly: [true] } }] as const;
    expect(found(recordOf('es_DescribeDomain'), { watchPatterns })).toEqual([['reads', 'MEDIUM']]);
    expect(found(TAGGED, { watchPatterns: [tags], watchedEvents: ['DeleteDomain'] })).toEqual([
      ['team-tag-changed', 'HIGH'],
    ]);
  });

  test('are moved by the outcome and the caller, and suppressed by name', () => {
    expect(found(changed(TAGGED, DENIED), { watchPatterns: [tags] })).toEqual([['team-tag-changed', 'MEDIUM']]);
    const suppressions = [{ rule: 'team-tag-changed', reason: 'planned', expires: '2026-12-31' }];
    expect(judged(TAGGED, { watchPatterns: [tags], suppressions }).disposition).toBe('suppressed');
  });
});

describe('what is watched', () => {
  test('without a list: every change, and no read', () => {
    expect(judged(recordOf('es_DescribeDomain')).disposition).toBe('ignored');
    expect(judged(recordOf('es_ListDomainNames')).disposition).toBe('ignored');
    expect(judged(recordOf('es_InsightFeedback')).disposition).toBe('ignored');
    expect(judged(TAGGED).disposition).toBe('alerted');
  });

  test('with a list: the calls on it by the name of either generation, reads as well', () => {
    const config = { watchedEvents: ['DeleteElasticsearchDomain', 'DescribeDomain'] };
    expect(found(DELETED, config)).toEqual([['domain-deleted', 'CRITICAL']]);
    expect(found(recordOf('es_DescribeElasticsearchDomain'), config)).toEqual([['configuration-call', 'LOW']]);
    expect(found(HTTPS_OFF, config)).toEqual([]);
    expect(judged(HTTPS_OFF, config).disposition).toBe('ignored');
  });

  test('with a list: calls no catalogue knows all the same', () => {
    expect(found(recordOf('es_ShareDomain'), { watchedEvents: ['DeleteDomain'] })).toEqual([
      ['unrecognised-call', 'MEDIUM'],
    ]);
  });

  test('a read says by its name that it is one, and not by readOnly', () => {
    expect(judged(recordOf('es_DescribeDomain', { readOnly: false })).disposition).toBe('ignored');
    expect(judged(changed(TAGGED, { readOnly: true })).disposition).toBe('alerted');
  });
});

describe('what is not ours', () => {
  test.each([
    ['ses.amazonaws.com', { eventSource: 'ses.amazonaws.com' }],
    ['states.amazonaws.com', { eventSource: 'states.amazonaws.com' }],
    ['aoss.amazonaws.com', { eventSource: 'aoss.amazonaws.com' }],
    ['codeartifact.amazonaws.com, which has a DeleteDomain too', { eventSource: 'codeartifact.amazonaws.com' }],
    ['ES.amazonaws.com', { eventSource: 'ES.amazonaws.com' }],
    ['no event source', { eventSource: undefined }],
    ['a copy in the data events', { eventCategory: 'Data' }],
    ['a copy in the network activity events', { eventCategory: 'NetworkActivity' }],
  ])('is ignored: %s', (_, twist) => {
    expect(judged(changed(DELETED, twist))).toEqual({ findings: [], disposition: 'ignored' });
  });

  test('a record of a time before event categories is ours', () => {
    expect(found(recordOf('es_DeleteElasticsearchDomain'))).toEqual([['domain-deleted', 'CRITICAL']]);
    expect(found(changed(DELETED, { eventCategory: undefined }))).toEqual([['domain-deleted', 'CRITICAL']]);
  });
});

describe('doubt', () => {
  test.each([
    ['true', { omitted: true, originalSize: 149893, reason: 'requestParameters too large' }],
    ['"true"', { omitted: 'true', originalSize: '149893', reason: 'requestParameters too large' }],
  ])('omitted parameters are a finding, said with %s', (_, requestParameters) => {
    expect(found(changed(HTTPS_OFF, { requestParameters }))).toEqual([['parameters-omitted', 'HIGH']]);
  });

  test('omitted parameters of a creation are a finding beside what the response shows', () => {
    const requestParameters = { omitted: true, reason: 'requestParameters too large', originalSize: 149893 };
    const record = recordOf('es_CreateDomain_public', {
      requestParameters,
      'responseElements/domainStatus/accessPolicies': policyOf('*', {}, 'sandbox'),
    });
    expect(found(record).slice(0, 2)).toEqual([
      ['access-policy-public', 'CRITICAL'],
      ['fine-grained-access-off', 'HIGH'],
    ]);
    expect(found(record)).toContainEqual(['parameters-omitted', 'HIGH']);
  });

  test('a creation of which nothing at all is known makes no claim about its settings', () => {
    const requestParameters = { omitted: true, reason: 'requestParameters too large', originalSize: 149893 };
    const record = recordOf('es_CreateDomain_public', { requestParameters, responseElements: null });
    expect(found(record)).toEqual([['parameters-omitted', 'HIGH']]);
  });

  test('a posture that nothing tells is judged as the worst, and the evidence says so', () => {
    const known = judged(recordOf('es_UpdateDomainConfig_open_policy'))
      .findings[0]?.evidence.map(({ says }) => says)
      .join();
    const record = recordOf('es_UpdateDomainConfig_open_policy', { responseElements: null });
    expect(found(record)[0]).toEqual(['access-policy-public', 'CRITICAL']);
    expect(
      judged(record)
        .findings[0]?.evidence.map(({ says }) => says)
        .join(),
    ).toContain('unknown');
    expect(known).not.toContain('unknown');
  });

  test('a call no catalogue knows is a finding', () => {
    expect(found(recordOf('es_ShareDomain'))).toEqual([['unrecognised-call', 'MEDIUM']]);
  });
});

describe('the findings of a call', () => {
  test('on the AWS page: the policy is as harmless as it looks, and the rest is not', () => {
    expect(found(recordOf('es_CreateElasticsearchDomain_console'))).toEqual([
      ['fine-grained-access-off', 'HIGH'],
      ['public-endpoint-created', 'MEDIUM'],
      ['https-not-enforced', 'MEDIUM'],
      ['encryption-at-rest-off', 'MEDIUM'],
      ['node-to-node-encryption-off', 'MEDIUM'],
    ]);
  });

  test('are told worst first, each rule once', () => {
    const ranks = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL'];
    for (const fixture of FIXTURES) {
      const findings = found(recordOf(fixture));
      const order = findings.map(([, severity]) => ranks.indexOf(severity));
      expect([fixture, order]).toEqual([fixture, order.toSorted((a, b) => a - b)]);
      expect([fixture, new Set(findings.map(([id]) => id)).size]).toEqual([fixture, findings.length]);
    }
  });

  test('say what was seen, in a clause', () => {
    const evidence = FIXTURES.flatMap((fixture) =>
      judged(recordOf(fixture)).findings.flatMap((finding) => finding.evidence.map(({ says }) => says)),
    );
    expect(
      evidence.filter((says) => !/^\S.*[^.\s]$/.test(says) || /\b(undefined|null|NaN)\b|\[object/.test(says)),
    ).toEqual([]);
  });

  test('of all records are counted once', () => {
    const judgements = FIXTURES.map((fixture) => judged(recordOf(fixture)));
    const counts = countsOf(judgements);
    expect(counts.alerted + counts.ignored + counts.informational + counts.suppressed).toBe(FIXTURES.length);
    expect(counts).toMatchObject({ ignored: 6, suppressed: 0 });
  });
});

/** Names of the 2015 API's members, with what the 2021 API calls them. */
const renamed = (record: JsonObject, eventName: string): JsonObject =>
  JSON.parse(
    JSON.stringify({ ...record, eventName })
      .replaceAll('elasticsearchClusterConfig', 'clusterConfig')
      .replaceAll('elasticsearchVersion', 'engineVersion')
      .replaceAll('crossClusterSearchConnectionId', 'connectionId')
      .replaceAll('reservedElasticsearchInstanceOfferingId', 'reservedInstanceOfferingId'),
  ) as JsonObject;

test.each([
  ['es_CreateElasticsearchDomain_console', 'CreateDomain'],
  ['es_CreateElasticsearchDomain_public', 'CreateDomain'],
  ['es_CreateElasticsearchDomain_hardened', 'CreateDomain'],
  ['es_UpdateElasticsearchDomainConfig_open_policy', 'UpdateDomainConfig'],
  ['es_UpdateElasticsearchDomainConfig_cluster', 'UpdateDomainConfig'],
  ['es_UpdateElasticsearchDomainConfig_audit_logs_off', 'UpdateDomainConfig'],
  ['es_UpdateElasticsearchDomainConfig_master_user', 'UpdateDomainConfig'],
  ['es_DeleteElasticsearchDomain', 'DeleteDomain'],
  ['es_UpgradeElasticsearchDomain', 'UpgradeDomain'],
  ['es_CancelElasticsearchServiceSoftwareUpdate', 'CancelServiceSoftwareUpdate'],
  ['es_StartElasticsearchServiceSoftwareUpdate', 'StartServiceSoftwareUpdate'],
  ['es_PurchaseReservedElasticsearchInstanceOffering', 'PurchaseReservedInstanceOffering'],
  ['es_AcceptInboundCrossClusterSearchConnection', 'AcceptInboundConnection'],
  ['es_RejectInboundCrossClusterSearchConnection', 'RejectInboundConnection'],
  ['es_DeleteInboundCrossClusterSearchConnection', 'DeleteInboundConnection'],
  ['es_DeleteOutboundCrossClusterSearchConnection', 'DeleteOutboundConnection'],
  ['es_CreateOutboundCrossClusterSearchConnection', 'CreateOutboundConnection'],
])('%s has the findings of %s', (fixture, current) => {
  const legacy = recordOf(fixture);
  expect(found(renamed(legacy, current))).toEqual(found(legacy));
});

describe('what a call changes', () => {
  const settings: Settings = {
    severityOverrides: { 'weak-tls-policy': 'LOW' },
    suppressions: [{ rule: 'resilience-reduced', reason: 'known', expires: '9999-12-31' }],
    watchPatterns: [{ name: 'every-update', severity: 'LOW', pattern: { eventName: [{ prefix: 'Update' }] } }],
  };
  const criteria = toCriteria(settings);
  const compared = RULE_CASES.flatMap((one) => changeIn(one) ?? []);

  test('is known of cases of every rule that compares', () => {
    const rules = RULES.filter(({ compares }) => compares).map(({ id }) => id);
    const withChange = RULE_CASES.filter((one) => changeIn(one)).map(({ rule }) => rule);
    expect(rules.filter((id) => !withChange.includes(id))).toEqual([]);
  });

  // `judge` asks first what is to be said of the call alone, and then those rules again that compare.
  test('leads to the same findings, whether the rules were asked before it was known or not', () => {
    for (const { record } of RULE_CASES) {
      const call = toCall(record);
      // Of no other call it is known what it changes.
      if (call?.judgedAs !== 'UpdateDomainConfig') continue;
      const states = ['isUnchanged', 'isRepeat'].map((state) => ({ ...compared[0], [state]: true }));
      for (const change of [...compared, ...states] as readonly Change[]) {
        expect(judge(record, criteria, change).findings).toEqual(evaluate(call, criteria, change));
      }
    }
  });
});
