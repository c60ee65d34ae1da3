import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import { toReport } from '../../../core/report';
import { baselineCall, lookBack, statesIn } from '../../../core/scan';
import { toCriteria } from '../../../core/settings';
import { GOLDEN_NAMES, recordBefore, recordNamed } from '../../support/golden';
import { changed, FIXTURES, OWN, policyOf, recordOf, type JsonObject } from '../../support/records';
import { ROOT } from '../../support/root';

const isValid = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(join(ROOT, 'docs', 'report.schema.json'), 'utf8')) as object,
);

const INPUTS = { read: 1, skipped: {}, unread: [] };

async function reportOf(records: readonly JsonObject[], baseline: unknown = []) {
  const criteria = toCriteria();
  const back = lookBack(criteria);
  back.add(records, 'file');
  const states = statesIn(baseline).map((state) =>
    baselineCall(state, { name: 'logs', arn: `arn:aws:es:eu-west-1:${OWN}:domain/logs` }),
  );
  return toReport(await back.judged(states), INPUTS, criteria.trust, states);
}

/** An update of the access policy of `logs`, at a time of one day. */
const update = (clock: string, policy: string, more: JsonObject = {}): JsonObject => ({
  eventSource: 'es.amazonaws.com',
  eventName: 'UpdateDomainConfig',
  eventTime: `2026-11-20T${clock}Z`,
  eventID: `at-${clock}`,
  awsRegion: 'eu-west-1',
  recipientAccountId: OWN,
  userIdentity: { type: 'IAMUser', userName: `user-${clock.slice(0, 2)}`, accountId: OWN },
  requestParameters: { domainName: 'logs', accessPolicies: policy },
  responseElements: {
    domainConfig: {
      accessPolicies: { options: policy },
      vPCOptions: { options: {} },
      advancedSecurityOptions: { options: { enabled: false } },
    },
  },
  ...more,
});

const OPEN = policyOf('*');
const CLOSED = policyOf({ AWS: OWN });

test('is what its schema says, of every fixture at once and with what is hostile in it', async () => {
  const hostile = changed(recordNamed('policy-opened-to-everyone'), {
    eventID: 'hostile',
    eventTime: '2026-11-20T00:00:00Z\n\u202e',
    userAgent: '<script>alert(1)</script>\u001b[2K',
    'requestParameters/domainName': '<img src=x onerror=alert(1)>',
  });
  const records = [
    ...FIXTURES.map((name) => recordOf(name)),
    ...GOLDEN_NAMES.flatMap((name) => [recordBefore(name) ?? [], recordNamed(name)].flat()),
    hostile,
  ];
  const report = await reportOf(records.map((record, at) => ({ eventID: `id-${at}`, ...record })));
  expect(isValid(report) ? [] : isValid.errors).toEqual([]);
  expect(report.domains.length).toBeGreaterThan(1);
  expect(JSON.stringify(report)).not.toMatch(/\p{Cf}|\\u001b/u);
});

describe('the exposures of a domain', () => {
  test('are from when to when who reached it, by whom', async () => {
    const { domains } = await reportOf([update('14:01:11', OPEN), update('14:48:30', CLOSED)]);
    expect(domains).toHaveLength(1);
    expect(domains[0]).toMatchObject({ name: 'logs', account: OWN, region: 'eu-west-1' });
    expect(domains[0]?.exposures).toEqual([
      {
        from: '2026-11-20T14:01:11Z',
        to: '2026-11-20T14:48:30Z',
        exposure: 'public',
        minutes: 47,
        openedBy: 'IAM user user-14',
        closedBy: 'IAM user user-14',
        openedByCall: 'at-14:01:11',
        closedByCall: 'at-14:48:30',
        endpoint: 'public',
        signIn: 'not-required',
        isOpen: true,
        sentence:
          'logs was open to the internet for 47 minutes, 14:01 to 14:48 UTC on 2026-11-20, opened by IAM user user-14, closed by IAM user user-14',
      },
      expect.objectContaining({
        from: '2026-11-20T14:48:30Z',
        to: null,
        exposure: 'same-account',
        minutes: null,
        closedBy: null,
        isOpen: false,
      }),
    ]);
  });

  test('are told where nobody closes them', async () => {
    const { domains } = await reportOf([update('14:01:11', OPEN)]);
    expect(domains[0]?.exposures.map(({ sentence }) => sentence)).toEqual([
      'logs was open to the internet since 14:01 UTC on 2026-11-20, opened by IAM user user-14, and was never closed',
    ]);
  });

  test('say whether a call closed the domain, opened it further, or only ended a time when it was closed', async () => {
    const others = policyOf({ AWS: '444455556666' });
    const { domains } = await reportOf([
      update('09:00:00', CLOSED),
      update('10:00:00', others),
      update('11:00:00', OPEN),
      update('12:00:00', CLOSED),
    ]);
    expect(domains[0]?.exposures.map(({ sentence }) => sentence.replace(/.* UTC on 2026-11-20, /, ''))).toEqual([
      'made so by IAM user user-09, ended by IAM user user-10',
      'opened by IAM user user-10, changed by IAM user user-11',
      'opened by IAM user user-11, closed by IAM user user-12',
      'made so by IAM user user-12, and still was so at the last call',
    ]);
  });

  test('begin before the first call where a baseline tells what held then', async () => {
    const baseline = {
      DomainConfig: {
        AccessPolicies: { Options: OPEN },
        VPCOptions: { Options: {} },
        AdvancedSecurityOptions: { Options: { Enabled: false } },
      },
    };
    const { domains } = await reportOf([update('14:48:30', CLOSED)], baseline);
    expect(domains[0]?.exposures[0]).toMatchObject({
      from: null,
      to: '2026-11-20T14:48:30Z',
      exposure: 'public',
      minutes: null,
      openedBy: null,
    });
    expect(domains[0]?.exposures[0]?.sentence).toBe(
      'logs was open to the internet until 14:48 UTC on 2026-11-20, closed by IAM user user-14',
    );
    expect(domains[0]?.calls[0]).not.toHaveProperty('restore');
  });

  test("are nobody's doing where a call only shows them", async () => {
    const shown = update('14:01:11', OPEN, {
      requestParameters: { domainName: 'logs', clusterConfig: { instanceCount: 3 } },
    });
    const { domains } = await reportOf([shown]);
    expect(domains[0]?.exposures[0]).toMatchObject({ exposure: 'public', openedBy: null, openedByCall: null });
    expect(domains[0]?.exposures[0]?.sentence).toContain(
      ', and was so before the first call that tells, and was never closed',
    );
  });

  test('are said to be unknown after a call that does not tell what it leaves behind', async () => {
    const cancelled = update('14:20:00', OPEN, { eventName: 'CancelDomainConfigChange', responseElements: null });
    const { domains } = await reportOf([update('14:01:11', OPEN), cancelled]);
    expect(domains[0]?.exposures.map(({ exposure, to }) => [exposure, to])).toEqual([
      ['public', '2026-11-20T14:20:00Z'],
      ['unknown', null],
    ]);
    expect(domains[0]?.exposures[1]?.sentence).toContain('logs was in a state that no record tells since');
  });

  test('end with the domain', async () => {
    const deleted = update('15:00:00', OPEN, {
      eventName: 'DeleteDomain',
      requestParameters: { domainName: 'logs' },
      responseElements: { domainStatus: { deleted: true } },
    });
    const { domains } = await reportOf([update('14:01:11', OPEN), deleted]);
    expect(
      domains[0]?.exposures.map(({ exposure, minutes, closedByCall }) => [exposure, minutes, closedByCall]),
    ).toEqual([['public', 59, 'at-15:00:00']]);
  });

  test.each<[string, JsonObject, string, boolean]>([
    ['a VPC', { vPCOptions: { options: { vPCId: 'vpc-1' } } }, 'open to everyone in its VPC', true],
    [
      'fine-grained access control',
      { advancedSecurityOptions: { options: { enabled: true } } },
      'open to the internet, who had to sign in',
      false,
    ],
    [
      'anonymous access',
      { advancedSecurityOptions: { options: { enabled: true, anonymousAuthEnabled: true } } },
      'open to the internet',
      true,
    ],
  ])('are by the posture, too: %s', async (_, blocks, says, isOpen) => {
    const record = update('14:01:11', OPEN);
    const { domainConfig } = record['responseElements'] as { domainConfig: JsonObject };
    const { domains } = await reportOf([
      { ...record, responseElements: { domainConfig: { ...domainConfig, ...blocks } } },
    ]);
    expect(domains[0]?.exposures[0]?.sentence).toContain(`logs was ${says} since`);
    expect(domains[0]?.exposures[0]?.isOpen).toBe(isOpen);
  });
});

test('has what changed by the values, and no secrets', async () => {
  const before = update('14:01:11', CLOSED);
  const password = update('14:02:00', OPEN, {
    requestParameters: {
      domainName: 'logs',
      accessPolicies: OPEN,
      advancedSecurityOptions: { masterUserOptions: { masterUserPassword: 'hunter2' } },
    },
  });
  const report = await reportOf([before, password]);
  const [, call] = report.domains[0]?.calls ?? [];
  expect(call?.differences).toContainEqual({ setting: 'accessPolicies', before: CLOSED, after: OPEN });
  expect(call?.differences).toContainEqual({
    setting: 'advancedSecurityOptions.masterUserOptions.masterUserPassword',
    before: null,
    after: '(hidden)',
  });
  expect(JSON.stringify(report)).not.toContain('hunter2');
});

test('lists what is about no domain, counts what is not told, and has the worst domain first', async () => {
  const tags = recordNamed('tags-added');
  const read = { ...tags, eventName: 'DescribeDomain', eventID: 'read' };
  const rehearsal = update('14:03:00', OPEN, {
    requestParameters: { domainName: 'logs', accessPolicies: OPEN, dryRun: true },
  });
  const other = update('14:01:11', OPEN, {
    eventID: 'other',
    requestParameters: { domainName: 'a-domain', clusterConfig: { instanceCount: 2 } },
    responseElements: null,
  });
  const purchase = recordOf('es_PurchaseReservedInstanceOffering');
  const report = await reportOf([other, update('14:01:11', OPEN), rehearsal, read, purchase]);
  expect(report.domains.map(({ name }) => name)).toEqual(['logs', 'a-domain']);
  expect(report.domains[0]?.totals).toEqual({
    CRITICAL: 1,
    HIGH: 0,
    MEDIUM: 0,
    LOW: 0,
    informational: 1,
    suppressed: 0,
  });
  expect(report.otherCalls.map(({ eventName }) => eventName)).toEqual(['PurchaseReservedInstanceOffering']);
  expect(report.ignored).toBe(1);
});
