import type { Alert } from '../../../core/alert';
import { conditional } from '../../../core/alert/attempt';
import { judge } from '../../../core/scan';
import { toCriteria } from '../../../core/settings';
import { chatOf, checked, smsOf } from '../../support/alert-schema';
import { FIXTURES, recordOf, type JsonObject } from '../../support/records';
import { RULE_CASES } from '../rules/cases';

test.each([
  ['the domain is deleted with everything it holds', 'the domain would have been deleted with everything it holds'],
  ['automated snapshots are paused', 'automated snapshots would have been paused'],
  [
    'the security groups are set to a and the subnets are set to b',
    'the security groups would have been set to a and the subnets would have been set to b',
  ],
  [
    'anonymous access is turned on, and whether the endpoint is public is unknown',
    'anonymous access would have been turned on, and whether the endpoint is public is unknown',
  ],
  [
    'anyone on the internet can read logs: statement 1 is set and no condition limits it; the domain is reachable from its VPC only',
    'anyone on the internet could read logs: statement 1 is set and no condition limits it; the domain would be reachable from its VPC only',
  ],
  [
    'the access policy stops nobody who wants to read logs',
    'the access policy would stop nobody who wants to read logs',
  ],
  ['the domain a of account 1 may now search the domain b', 'the domain a of account 1 could now search the domain b'],
  ['account 1 may create VPC endpoints to the domain', 'account 1 could create VPC endpoints to the domain'],
  ['the master user is now a principal of account 1', 'the master user would now be a principal of account 1'],
  ['AUDIT_LOGS go to a log group of account 1: arn:a', 'AUDIT_LOGS would go to a log group of account 1: arn:a'],
  ['egress no longer goes through the VPC', 'egress would no longer go through the VPC'],
  ['the TLS policy is Policy-Min-TLS-1-0-2019-07', 'the TLS policy would have been Policy-Min-TLS-1-0-2019-07'],
  ['the domain is set to go without zone awareness', 'the domain would have been set to go without zone awareness'],
  [
    'the data source arn:aws:es:a is attached or changed',
    'the data source arn:aws:es:a would have been attached or changed',
  ],
])('"%s" is told of an attempt as "%s"', (evidence, told) => {
  expect(conditional(evidence)).toBe(told);
});

test.each([
  'CloudTrail left the request parameters out, so what the call asked for is unknown',
  'what the call asked for is hidden in vPCOptions',
  'the access policy cannot be judged: the policy is not JSON',
  'ShareDomain is in no catalogue of the API',
  'the key belongs to account 777788889999',
  'it is watched, and no rule objects to it',
])('"%s" is true of an attempt too, and stays', (evidence) => {
  expect(conditional(evidence)).toBe(evidence);
});

const OUTCOMES = [
  ['denied', 'AccessDenied'],
  ['failed', 'ValidationException'],
] as const;

const RECORDS = [
  ...RULE_CASES.map(({ rule, name, record }) => [`${rule}, ${name}`, record as JsonObject] as const),
  ...FIXTURES.map((fixture) => [fixture, recordOf(fixture)] as const),
];

function attemptOf(record: JsonObject, errorCode: string): Alert | undefined {
  const { alert } = judge({ ...record, errorCode, errorMessage: 'no' }, toCriteria());
  return alert && checked(alert);
}

describe.each(OUTCOMES)('a call that was %s', (outcome, errorCode) => {
  const mark = `attempted, ${outcome}: `;
  const alerts = RECORDS.flatMap(([name, record]) => {
    const alert = attemptOf(record, errorCode);
    return alert ? [[name, alert] as const] : [];
  });

  test('is told in most of the cases there are', () => {
    expect(alerts.length).toBeGreaterThan(RECORDS.length / 2);
  });

  test('says so first, wherever it is told', () => {
    for (const [name, alert] of alerts) {
      const { content } = chatOf(alert);
      const { severity, body } = alert;
      const told = [alert.subject, alert.email, content.title].map((text) => text.slice(severity.length + 2));
      const beginnings = [...told, smsOf(alert).slice(severity.length + 1), content.description];
      for (const text of [...beginnings, body.message, body.finding_info.title]) {
        expect([name, text.slice(0, mark.length)]).toEqual([name, mark]);
      }
    }
  });

  test('is told in the conditional, and nothing as done', () => {
    const isDone =
      /\b(is|are|was|were) (now |gone|deleted|turned|created|set|paused|started|cancelled|shared|purchased)/;
    for (const [name, { email, body }] of alerts) {
      const evidence = body.unmapped.findings.flatMap((finding) => finding.evidence);
      const claims = [body.message.slice(mark.length).replace(/^[^;]*; /, ''), ...evidence];
      const clauses = claims.map((text) => text.replace(/[:;] .*/, ''));
      expect([name, ...clauses.filter((clause) => isDone.test(clause))]).toEqual([name]);
      expect([name, /^Why |\b(is|are) gone\b/m.exec(email)?.[0]]).toEqual([name, undefined]);
    }
  });
});
