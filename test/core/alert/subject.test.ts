import * as fc from 'fast-check';
import { judge } from '../../../core/scan';
import { toCriteria } from '../../../core/settings';
import { recordNamed } from '../../support/golden';
import { changed, policyOf, type Changes } from '../../support/records';

const subjectOf = (name: string, changes: Changes = {}): string =>
  judge(changed(recordNamed(name), changes), toCriteria()).alert?.subject ?? '';

const LONG_DOMAIN = 'a-domain-of-28-characters-ok';

test.each([
  [
    'what is wrong, where, and the call',
    subjectOf('policy-opened-to-everyone'),
    'CRITICAL: access-policy-public on logs (111122223333 eu-west-1): UpdateDomainConfig',
  ],
  [
    'an attempt first, then the call, and the rule last',
    subjectOf('deletion-denied'),
    'HIGH: attempted, denied: DeleteDomain on orders (111122223333 eu-west-1): domain-deleted',
  ],
  [
    'no domain where the call is about none',
    subjectOf('plugin-package'),
    'HIGH: plugin-package (111122223333 eu-west-1): CreatePackage',
  ],
])('a subject tells %s', (_, subject, told) => {
  expect(subject).toBe(told);
});

test('a subject tells the name of the account where it fits, and its id and region in any case', () => {
  const subjectWith = (name: string): string =>
    judge(recordNamed('policy-opened-to-everyone'), toCriteria({ accounts: { '111122223333': { name } } })).alert
      ?.subject ?? '';
  expect(subjectWith('search-production')).toBe(
    'CRITICAL: access-policy-public on logs (search-production 111122223333 eu-west-1): UpdateDomainC...',
  );
  expect(subjectWith('n'.repeat(60))).toBe(
    `CRITICAL: access-policy-public on logs (111122223333 eu-west-1): UpdateDomainConfig`,
  );
});

describe('a subject that is too long', () => {
  test('loses the name of the call first', () => {
    const subject = subjectOf('policy-opened-to-everyone', {
      eventName: 'UpdateElasticsearchDomainConfig',
      'requestParameters/accessPolicies': policyOf('*', { Resource: '*' }),
      'requestParameters/domainName': LONG_DOMAIN,
    });
    expect(subject).toMatch(
      /^CRITICAL: access-policy-public on a-domain-of-28-characters-ok \(111122223333 eu-west-1\): Update\w+\.\.\.$/,
    );
  });

  test('then the account and region, which are never cut in two', () => {
    const changes = {
      errorMessage: `no on resource: arn:aws:es:eu-west-1:111122223333:domain/${LONG_DOMAIN} with`,
      awsRegion: 'ap-southeast-7',
    };
    expect(subjectOf('deletion-denied', { ...changes, eventName: 'DeleteElasticsearchDomain' })).toBe(
      `HIGH: attempted, denied: DeleteElasticsearchDomain on ${LONG_DOMAIN}`,
    );
    expect(subjectOf('deletion-denied', { errorMessage: changes.errorMessage })).toBe(
      `HIGH: attempted, denied: DeleteDomain on ${LONG_DOMAIN} (111122223333 eu-west-1)`,
    );
  });

  test('whatever its names, begins with the severity and fits', () => {
    const name = fc.string({ unit: 'binary', maxLength: 120 });
    fc.assert(
      fc.property(name, name, name, (eventName, domainName, awsRegion) => {
        const record = { ...recordNamed('update-refused'), eventName, awsRegion, requestParameters: { domainName } };
        const { alert } = judge(record, toCriteria());
        if (alert) expect(alert.subject).toMatch(/^(LOW|MEDIUM): attempted, failed: [\x20-\x7e]+$/);
        if (alert) expect(alert.subject.length).toBeLessThanOrEqual(99);
      }),
    );
  });
});
