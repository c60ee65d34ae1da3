import type { Alert } from '../../../core/alert';
import { judge } from '../../../core/scan';
import { toCriteria } from '../../../core/settings';
import { checked } from '../../support/alert-schema';
import { GOLDEN_NAMES, recordNamed } from '../../support/golden';
import { changed, FIXTURES, policyOf, recordOf } from '../../support/records';

const settings = toCriteria();

function alertOf(record: unknown): Alert {
  const { alert } = judge(record, settings);
  if (!alert) throw new Error('the record makes no alert');
  return checked(alert);
}

test.each(FIXTURES)('what is said of %s keeps to the schema and the limits', (fixture) => {
  const { alert } = judge(recordOf(fixture), settings);
  if (alert) checked(alert);
});

test('one record always makes the same alert, whatever the order of its members', () => {
  const record = recordNamed('policy-for-network-and-stranger');
  expect(alertOf(Object.fromEntries(Object.entries(record).toReversed()))).toEqual(alertOf(record));
});

test('the attributes say what filter policies ask for', () => {
  expect(alertOf(recordNamed('policy-opened-to-everyone')).attributes).toEqual({
    severity: 'CRITICAL',
    ruleId: 'access-policy-public',
    eventName: 'UpdateDomainConfig',
    accountId: '111122223333',
    region: 'eu-west-1',
    domainName: 'logs',
    outcome: 'succeeded',
    schemaVersion: '1',
  });
});

test('a call about no domain has no attribute for one, and no resource', () => {
  const { attributes, body } = alertOf(recordNamed('plugin-package'));
  expect(attributes).not.toHaveProperty('domainName');
  expect(body.resources).toEqual([]);
});

test('copies of a call that two trails deliver have one uid', () => {
  const record = recordNamed('tags-added');
  const copies = ['a', 'b'].map((eventID) => alertOf({ ...record, eventID, sharedEventID: 'of-both' }).uid);
  expect(copies).toEqual(['of-both', 'of-both']);
});

test('a subject that is too long loses the name of the call first', () => {
  const { subject } = alertOf(
    changed(recordNamed('policy-opened-to-everyone'), {
      eventName: 'UpdateElasticsearchDomainConfig',
      'requestParameters/accessPolicies': policyOf('*', { Resource: '*' }),
      'requestParameters/domainName': 'a-domain-of-28-characters-ok',
    }),
  );
  expect(subject).toMatch(
    /^CRITICAL: access-policy-public on a-domain-of-28-characters-ok \(111122223333 eu-west-1\): Update\w+\.\.\.$/,
  );
});

test('a denied call is told as attempted everywhere, and nothing is to be undone', () => {
  const { subject, email, body } = alertOf(recordNamed('deletion-denied'));
  expect(subject).toContain('attempted DeleteDomain');
  expect(email).toContain('attempted DeleteDomain on orders');
  expect(email).not.toMatch(/^ {8}aws /m);
  expect(body.finding_info.title).toBe('Attempted: a domain was deleted');
  expect(body.remediation.desc).toMatch(/^Nothing was changed\. /);
});

test('the record and what was asked for are no part of an alert', () => {
  for (const name of GOLDEN_NAMES) {
    const { message } = alertOf(recordNamed(name));
    expect(message).not.toMatch(/requestParameters|responseElements|sessionContext|accessKeyId/);
  }
});
