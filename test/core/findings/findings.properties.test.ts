import * as fc from 'fast-check';
import { EVENT_NAMES, operationOf, toCall } from '../../../core/call';
import { REHEARSED_BY } from '../../../core/call/rehearsal';
import { evaluate } from '../../../core/findings';
import { isObject, memberOf } from '../../../core/base/members';
import { judge } from '../../../core/scan';
import { toCriteria, type Criteria } from '../../../core/settings';
import { compareSeverity, type Severity } from '../../../core/base/severity';
import { FIXTURES, OWN, PARTNER, recordOf, type JsonObject } from '../../support/records';
import { WATCHED_NAMES } from '../../support/watched';
import { RULE_CASE_SETTINGS, RULE_CASES } from '../rules/cases';

/** All records of the rule cases and all fixtures, each once. */
const RECORDS: readonly JsonObject[] = [
  ...new Set(
    [...RULE_CASES.map(({ record }) => record), ...FIXTURES.map((name) => recordOf(name))].map((record) =>
      JSON.stringify(record),
    ),
  ),
].map((json) => JSON.parse(json) as JsonObject);

const anyRecord = fc.constantFrom(...RECORDS);

const found = (record: unknown, settings: Criteria = RULE_CASE_SETTINGS): readonly string[] =>
  judge(record, settings).findings.map(({ rule, severity }) => `${rule.id} ${severity}`);

/** The severities of a record's findings, by rule. */
const severities = (record: unknown, settings: Criteria = RULE_CASE_SETTINGS): ReadonlyMap<string, Severity> =>
  new Map(judge(record, settings).findings.map(({ rule, severity }) => [rule.id, severity]));

const SETTINGS: readonly Criteria[] = [
  toCriteria(),
  toCriteria({
    watchedEvents: ['DescribeDomain', 'UpdateDomainConfig'],
    trustedAccounts: [PARTNER],
    trustedCallers: ['arn:aws:iam::*:role/*'],
    severityOverrides: { 'domain-deleted': 'LOW', UpdateDomainConfig: 'HIGH' },
    suppressions: [{ domain: 'logs', reason: 'planned', expires: '2026-12-31' }],
    watchPatterns: [
      { name: 'everything', severity: 'LOW', pattern: { eventName: [{ exists: true }] } },
      { name: 'ranges', severity: 'HIGH', pattern: { sourceIPAddress: [{ cidr: '203.0.113.0/24' }] } },
    ],
  }),
];

describe('judgement is total', () => {
  const anySettings = fc.constantFrom(...SETTINGS);
  const odd = fc.oneof(
    { weight: 3, arbitrary: fc.jsonValue() },
    fc.constantFrom<unknown>(
      null,
      '',
      ' ',
      'true',
      'false',
      '0',
      -1,
      1e308,
      [],
      {},
      [[]],
      [null],
      { omitted: 'true' },
      '{',
      '*',
      'arn:::::',
    ),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constant(JSON.parse('{"__proto__": {"enabled": true}, "constructor": null, "toString": 1}') as unknown),
  );

  const holdsFor = (record: unknown, settings: Criteria): void => {
    const { disposition, findings, alert } = judge(record, settings);
    expect(['ignored', 'informational', 'suppressed', 'alerted']).toContain(disposition);
    expect(alert !== undefined).toBe(disposition === 'alerted');
    expect(findings.length > 0).toBe(disposition !== 'ignored');
  };

  test('on any JSON value', () => {
    fc.assert(fc.property(fc.jsonValue(), anySettings, holdsFor), { numRuns: 300 });
  });

  test('on any record of the service', () => {
    const anyName = fc.oneof(fc.constantFrom(...EVENT_NAMES), fc.string(), odd);
    const record = fc.record(
      {
        eventSource: fc.constant('es.amazonaws.com'),
        eventName: anyName,
        eventTime: odd,
        eventCategory: fc.oneof(fc.constant('Management'), odd),
        userIdentity: odd,
        requestParameters: odd,
        responseElements: odd,
        errorCode: odd,
        errorMessage: odd,
        awsRegion: odd,
        recipientAccountId: odd,
        eventID: odd,
        sharedEventID: odd,
      },
      { requiredKeys: ['eventSource'] },
    );
    fc.assert(fc.property(record, anySettings, holdsFor), { numRuns: 500 });
  });

  test('on any record that something was done to', () => {
    const damaged = fc
      .record({ record: anyRecord, at: fc.array(fc.nat(), { minLength: 1, maxLength: 6 }), value: odd })
      .map(({ record, at, value }) => ({ ...damagedAt(record, at, value), eventSource: 'es.amazonaws.com' }));
    fc.assert(fc.property(damaged, anySettings, holdsFor), { numRuns: 1500 });
  });

  test.each(['accessPolicies', 'advancedSecurityOptions', 'vPCOptions', 'logPublishingOptions', 'indexSchema'])(
    'on %s nested deeper than the stack, as a record without an id as well',
    (block) => {
      const nested = JSON.parse(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`) as unknown;
      for (const requestParameters of [{ [block]: nested }, { [block]: { enabled: nested } }]) {
        for (const eventID of ['e', undefined]) {
          const call = toCall({ ...recordOf('es_UpdateDomainConfig_volume'), eventID, requestParameters });
          expect(call && evaluate(call, toCriteria())).not.toEqual([]);
        }
      }
    },
  );
});

/** `object` with `value` at the place that `at` leads to, a number for each level. */
function damagedAt(object: JsonObject, [index = 0, ...rest]: readonly number[], value: unknown): JsonObject {
  const names = Object.keys(object);
  const name = names[index % Math.max(1, names.length)] ?? 'new';
  const member = object[name];
  return { ...object, [name]: rest.length > 0 && isObject(member) ? damagedAt(member, rest, value) : value };
}

/** `value` with each of its objects passed through `change`, the innermost first. */
function mapObjects(value: unknown, change: (object: JsonObject) => JsonObject): unknown {
  if (Array.isArray(value)) return value.map((item) => mapObjects(item, change));
  if (!isObject(value)) return value;
  return change(Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mapObjects(member, change)])));
}

describe('the spelling of a record changes no verdict', () => {
  const anyCase = (name: string, upper: readonly boolean[]): string =>
    [...name].map((letter, at) => (upper[at % upper.length] ? letter.toUpperCase() : letter.toLowerCase())).join('');

  test('letter case of the members of the request and the response', () => {
    fc.assert(
      fc.property(anyRecord, fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }), (record, upper) => {
        const respelled = (value: unknown): unknown =>
          mapObjects(value, (object) =>
            Object.fromEntries(Object.entries(object).map(([name, member]) => [anyCase(name, upper), member])),
          );
        const { requestParameters, responseElements } = record;
        expect(
          found({
            ...record,
            requestParameters: respelled(requestParameters),
            responseElements: respelled(responseElements),
          }),
        ).toEqual(found(record));
      }),
      { numRuns: 400 },
    );
  });

  test('order of members', () => {
    fc.assert(
      fc.property(anyRecord, fc.infiniteStream(fc.nat()), (record, ranks) => {
        const shuffled = mapObjects(record, (object) =>
          Object.fromEntries(
            Object.entries(object)
              .map((entry) => ({ entry, rank: ranks.next().value ?? 0 }))
              .toSorted((a, b) => a.rank - b.rank)
              .map(({ entry }) => entry),
          ),
        );
        expect(found(shuffled)).toEqual(found(record));
      }),
      { numRuns: 400 },
    );
  });

  test('booleans as text', () => {
    for (const record of RECORDS) {
      const texts = JSON.parse(
        JSON.stringify(record, (name, value: unknown) =>
          typeof value === 'boolean' && name !== 'readOnly' && name !== 'managementEvent' ? String(value) : value,
        ),
      ) as unknown;
      expect(found(texts)).toEqual(found(record));
    }
  });

  test('empty blocks, which ask for nothing', () => {
    const blocks = [
      'snapshotOptions',
      'cognitoOptions',
      'vPCOptions',
      'advancedSecurityOptions',
      'logPublishingOptions',
    ];
    for (const record of RECORDS) {
      const { requestParameters } = record;
      if (!isObject(requestParameters) || 'omitted' in requestParameters) continue;
      const empty = Object.fromEntries(blocks.map((name) => [name, {}]));
      expect(found({ ...record, requestParameters: { ...empty, ...requestParameters } })).toEqual(found(record));
    }
  });
});

describe('both generations of the API are one', () => {
  const MEMBERS: Readonly<Record<string, string>> = {
    elasticsearchClusterConfig: 'clusterConfig',
    elasticsearchVersion: 'engineVersion',
    crossClusterSearchConnectionId: 'connectionId',
    crossClusterSearchConnection: 'connection',
    reservedElasticsearchInstanceOfferingId: 'reservedInstanceOfferingId',
  };
  const IN_OTHER_GENERATION: ReadonlyMap<string, string> = new Map(
    Object.entries(MEMBERS).flatMap(([legacy, current]) => [
      [legacy, current],
      [current, legacy],
    ]),
  );

  /** The name of the same call in the other API, `undefined` where both have the same. */
  const otherName = (eventName: unknown): string | undefined =>
    EVENT_NAMES.find(
      (name) =>
        name !== eventName && operationOf(name) !== undefined && operationOf(name) === operationOf(String(eventName)),
    );

  /** The two sides of a requested connection: in a block of their own today, bare in the 2015 API. */
  function sidesOf(request: JsonObject): JsonObject {
    const { localDomainInfo, remoteDomainInfo, sourceDomainInfo, destinationDomainInfo, ...others } = request;
    const bare = (side: unknown): unknown => (isObject(side) ? side['aWSDomainInformation'] : side);
    if (localDomainInfo !== undefined || remoteDomainInfo !== undefined)
      return { ...others, sourceDomainInfo: bare(localDomainInfo), destinationDomainInfo: bare(remoteDomainInfo) };
    if (sourceDomainInfo === undefined) return request;
    return {
      ...others,
      localDomainInfo: { aWSDomainInformation: sourceDomainInfo },
      remoteDomainInfo: { aWSDomainInformation: destinationDomainInfo },
    };
  }

  function inOtherGeneration(record: JsonObject, eventName: string): JsonObject {
    const renamed = mapObjects(record, (object) =>
      Object.fromEntries(
        Object.entries(object).map(([name, member]) => [IN_OTHER_GENERATION.get(name) ?? name, member]),
      ),
    ) as JsonObject;
    const request = renamed['requestParameters'];
    return { ...renamed, eventName, requestParameters: isObject(request) ? sidesOf(request) : request };
  }

  const pairs = RECORDS.flatMap((record) => {
    const other = otherName(record['eventName']);
    return other === undefined ? [] : [{ record, other: inOtherGeneration(record, other) }];
  });

  test('every record of a renamed call has the same findings under its other name', () => {
    expect(pairs.length).toBeGreaterThan(200);
    for (const { record, other } of pairs)
      expect([other['eventName'], found(other)]).toEqual([other['eventName'], found(record)]);
  });
});

describe('what is around a call moves severities as it should', () => {
  const rootIdentity = recordOf('es_DeleteDomain_root')['userIdentity'];
  const isPlain = (record: JsonObject): boolean =>
    record['errorCode'] === undefined && isObject(record['userIdentity']);
  const plain = RECORDS.filter(isPlain);

  const compares = (
    record: JsonObject,
    twist: unknown,
    settings: Criteria,
    holds: (difference: number) => boolean,
  ): void => {
    const [before, after] = [severities(record), severities(twist, settings)];
    expect([...after.keys()].toSorted()).toEqual([...before.keys()].toSorted());
    for (const [rule, severity] of before) {
      expect([rule, severity, after.get(rule), holds(compareSeverity(after.get(rule) ?? 'LOW', severity))]).toEqual([
        rule,
        severity,
        after.get(rule),
        true,
      ]);
    }
  };

  /** Parameters that are null say something on a success alone: a denied call never has any. */
  const isDoubtedAsSuccess = (record: JsonObject): boolean =>
    !isObject(record['requestParameters']) && severities(record).has('parameters-omitted');

  test('a denial is never worse than the success, and hides nothing', () => {
    for (const record of plain.filter((each) => !isDoubtedAsSuccess(each))) {
      compares(record, { ...record, errorCode: 'AccessDenied' }, RULE_CASE_SETTINGS, (difference) => difference <= 0);
      const { disposition } = judge({ ...record, errorCode: 'AccessDenied' }, RULE_CASE_SETTINGS);
      expect(disposition).toBe(judge(record, RULE_CASE_SETTINGS).disposition);
    }
  });

  /** CloudFormation, AWS itself and the monitor may do what root is told of. */
  const isExpected = ({ userIdentity }: JsonObject): boolean =>
    memberOf(userIdentity, 'invokedBy') === 'cloudformation.amazonaws.com' ||
    memberOf(userIdentity, 'type') === 'AWSService' ||
    WATCHED_NAMES.some((name) => name === memberOf(userIdentity, 'sessionContext', 'sessionIssuer', 'arn'));

  test('root is never milder', () => {
    for (const record of plain.filter((each) => !isExpected(each))) {
      compares(record, { ...record, userIdentity: rootIdentity }, RULE_CASE_SETTINGS, (difference) => difference >= 0);
    }
  });

  test('a trusted caller is never worse, and never hidden', () => {
    const settings = toCriteria({ trustedAccounts: [PARTNER], trustedCallers: ['arn:aws:*'] }, WATCHED_NAMES);
    for (const record of plain) {
      compares(record, record, settings, (difference) => difference <= 0);
      expect(judge(record, settings).disposition).toBe(judge(record, RULE_CASE_SETTINGS).disposition);
    }
  });

  test('a rehearsal of any call is counted and not sent, and a flag on another operation changes nothing', () => {
    for (const record of RECORDS) {
      const { requestParameters } = record;
      const asked = isObject(requestParameters) ? requestParameters : {};
      const rehearsed = { ...record, requestParameters: { ...asked, dryRun: true, performCheckOnly: true } };
      const { call, disposition } = judge(rehearsed, RULE_CASE_SETTINGS);
      // What a flag means to another service, the rule about its call knows.
      if (call?.domain === undefined) continue;
      if (REHEARSED_BY.has(call.operation)) expect(['ignored', 'informational']).toContain(disposition);
      else if (isObject(requestParameters)) expect(disposition).toBe(judge(record, RULE_CASE_SETTINGS).disposition);
    }
  });

  test('trusting more accounts never makes a finding worse', () => {
    const few = toCriteria();
    const many = toCriteria({ trustedAccounts: [OWN, PARTNER, '777788889999', '123456789012'] });
    for (const record of RECORDS) {
      const [untrusting, trusting] = [severities(record, few), severities(record, many)];
      for (const [rule, severity] of trusting) {
        const before = untrusting.get(rule);
        if (before) expect(compareSeverity(severity, before)).toBeLessThanOrEqual(0);
      }
    }
  });
});
