import * as fc from 'fast-check';
import { judgeAccessPolicy } from '../../../core/access-policy';
import { witnessOf } from '../../../core/witness';
import { OWN, PARTNER, policyOf, STRANGER } from '../../support/records';
import { operationCounter } from '../../support/operations';

const ARN = `arn:aws:es:eu-west-1:${OWN}:domain/logs`;
const SETTING = { endpoint: 'public', accountId: OWN, time: '2026-11-24T12:00:00Z', domainArn: ARN } as const;

const statement = (principal: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Principal: principal,
  Action: 'es:*',
  Resource: `${ARN}/*`,
  ...more,
});

const policy = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

describe('a request that gets in is', () => {
  test.each<[string, string, object]>([
    [
      'unsigned, where everyone is let in',
      policy(statement('*')),
      { method: 'GET', path: '/_search', address: '203.0.113.10', claims: {} },
    ],
    [
      'of whoever says so, where a header decides',
      policy(statement('*', { Condition: { StringEquals: { 'aws:Referer': 'secret' } } })),
      { claims: { 'aws:referer': 'secret' } },
    ],
    [
      'from an address that is let in',
      policy(statement('*', { Condition: { IpAddress: { 'aws:SourceIp': '198.51.200.0/24' } } })),
      { address: '198.51.200.0' },
    ],
    [
      'from an address that is spared',
      policy(
        statement('*'),
        statement('*', { Effect: 'Deny', Condition: { NotIpAddress: { 'aws:SourceIp': '198.51.200.0/24' } } }),
      ),
      { address: '198.51.200.0' },
    ],
    [
      'of a stranger, where every account is let in',
      policy(statement({ AWS: 'arn:aws:iam::*:root' })),
      { signer: { accountId: '999999999999', arn: 'arn:aws:iam::999999999999:role/any' } },
    ],
    [
      'of the account that is named',
      policy(statement({ AWS: PARTNER })),
      { signer: { accountId: PARTNER, arn: `arn:aws:iam::${PARTNER}:role/any` } },
    ],
    [
      'of the role that is named',
      policy(statement({ AWS: `arn:aws:iam::${PARTNER}:role/reader` })),
      { signer: { accountId: PARTNER, arn: `arn:aws:iam::${PARTNER}:role/reader` } },
    ],
    [
      'of a role that a condition names',
      policy(statement('*', { Condition: { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${PARTNER}:role/app-*` } } })),
      { signer: { accountId: PARTNER, arn: `arn:aws:iam::${PARTNER}:role/app-x` } },
    ],
    [
      'for what may be written',
      policy(statement('*', { Action: 'es:ESHttpPut', Resource: `${ARN}/audit-*/_doc/?` })),
      { method: 'PUT', path: '/audit-x/_doc/x' },
    ],
    [
      'before the time that is set',
      policy(statement('*', { Condition: { DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } } })),
      { time: '2019-12-31T23:59:59.000Z' },
    ],
    [
      'of the own account, where nobody else is let in',
      policy(statement({ AWS: OWN })),
      { signer: { accountId: OWN, arn: `arn:aws:iam::${OWN}:role/any` } },
    ],
  ])('%s', (_, text, request) => {
    expect(witnessOf(text, SETTING)?.request).toMatchObject(request);
  });

  test('let in by the statement that is told', () => {
    expect(witnessOf(policy(statement({ AWS: OWN }), statement('*')), SETTING)?.statement).toBe(2);
  });

  test('in a VPC from no address', () => {
    const witness = witnessOf(policy(statement('*')), { ...SETTING, endpoint: 'vpc' });
    expect(witness?.request.address).toBeUndefined();
    const byNetwork = policy(statement('*', { Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } }));
    expect(witnessOf(byNetwork, { ...SETTING, endpoint: 'vpc' })?.request.claims).toMatchObject({
      'aws:sourcevpce': 'vpce-1',
    });
    expect(witnessOf(byNetwork, SETTING)).toBeUndefined();
  });
});

describe('there is none', () => {
  test.each([
    ['without a statement', policy()],
    ['without a policy', ''],
    ['for what is no JSON', '{'],
    ['for another domain', policy(statement('*', { Resource: `arn:aws:es:eu-west-1:${OWN}:domain/other/*` }))],
    ['where a Deny takes all away', policy(statement('*'), statement('*', { Effect: 'Deny' }))],
    [
      'where a Deny may, by a key that is not known',
      policy(statement('*'), statement('*', { Effect: 'Deny', Condition: { StringEquals: { 'aws:Something': 'x' } } })),
    ],
    [
      'where an Allow may not, by a key that is not known',
      policy(statement('*', { Condition: { StringEquals: { 'aws:Something': 'x' } } })),
    ],
    ['by a policy variable', policy(statement('*', { Resource: `${ARN}/\${aws:username}/*` }))],
    [
      'by an operator that is not known',
      policy(statement('*', { Condition: { BinaryEquals: { 'aws:SourceIp': 'x' } } })),
    ],
    [
      'by NotPrincipal',
      JSON.stringify({ Statement: [{ Effect: 'Allow', NotPrincipal: '*', Action: 'es:*', Resource: '*' }] }),
    ],
  ])('%s', (_, text) => {
    expect(witnessOf(text, SETTING)).toBeUndefined();
  });
});

test('ends on a policy that was made to take long, however long it is', () => {
  const made = (statements: number): string =>
    policy(
      ...Array.from({ length: statements }, (_, at) =>
        statement(
          { AWS: `arn:aws:iam::${String(at).padStart(12, '0')}:role/r` },
          {
            Resource: `${ARN}/index-${at}/*`,
            Condition: {
              IpAddress: { 'aws:SourceIp': `10.${at % 250}.0.0/16` },
              StringEquals: { 'aws:Something': 'x' },
              DateLessThan: { 'aws:CurrentTime': `20${10 + (at % 80)}-01-01T00:00:00Z` },
            },
          },
        ),
      ),
    );
  const operations = operationCounter();
  const [few = 0, many] = [made(50), made(1200)].map((text) =>
    operations.of(() => expect(witnessOf(text, SETTING)).toBeUndefined()),
  );
  operations.end();
  expect(many).toBeLessThan(1.1 * few);
}, 60_000);

const principals = fc.constantFrom<unknown>(
  '*',
  { AWS: '*' },
  { AWS: OWN },
  { AWS: STRANGER },
  { AWS: 'arn:aws:iam::*:root' },
  { AWS: [OWN, PARTNER] },
);
const conditions = fc.constantFrom<object>(
  {},
  { Condition: { IpAddress: { 'aws:SourceIp': ['198.51.100.0/24', '203.0.113.0/24'] } } },
  { Condition: { NotIpAddress: { 'aws:SourceIp': '198.51.100.0/24' } } },
  { Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } },
  { Condition: { StringEquals: { 'aws:PrincipalAccount': PARTNER } } },
  { Condition: { StringNotEquals: { 'aws:PrincipalAccount': OWN } } },
  { Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
);
const statements = fc
  .record({
    effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    principal: principals,
    condition: conditions,
    action: fc.constantFrom('es:*', 'es:ESHttpGet', 'es:ESHttp*', 'es:Describe*'),
  })
  .map(({ effect, principal, condition, action }) =>
    statement(principal, { Effect: effect, Action: action, ...condition }),
  );

test('whoever a request shows to get in, the verdict says so', () =>
  fc.assert(
    fc.property(fc.array(statements, { minLength: 1, maxLength: 4 }), (list) => {
      const text = policy(...list);
      const witness = witnessOf(text, SETTING);
      if (!witness) return;
      const { exposure } = judgeAccessPolicy(text, { accountId: OWN, domainArn: ARN });
      const { signer } = witness.request;
      const least = signer === undefined ? 2 : signer.accountId === OWN ? 4 : 3;
      const grades = ['public', 'any-account', 'anonymous-network', 'cross-account', 'same-account', 'none'];
      expect(grades.indexOf(exposure)).toBeLessThanOrEqual(least);
    }),
    { numRuns: 500 },
  ));

test('where everyone is let in without conditions, a request shows it', () => {
  expect(witnessOf(policyOf('*'), SETTING)?.request.signer).toBeUndefined();
});
