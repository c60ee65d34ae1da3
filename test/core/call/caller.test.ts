import { toCaller, type Caller } from '../../../core/call/caller';
import { OWN, recordOf, type JsonObject } from '../../support/records';

const callerOf = (userIdentity: unknown, record: JsonObject = {}): Caller => toCaller({ userIdentity, ...record });

const session = (role: string, name: string, more: JsonObject = {}): JsonObject => ({
  type: 'AssumedRole',
  principalId: `AROAEXAMPLE:${name}`,
  arn: `arn:aws:sts::${OWN}:assumed-role/${role}/${name}`,
  accountId: OWN,
  sessionContext: {
    sessionIssuer: { type: 'Role', arn: `arn:aws:iam::${OWN}:role/${role}`, accountId: OWN, userName: role },
    attributes: { creationDate: '2026-10-05T07:41:09Z', mfaAuthenticated: 'false' },
  },
  ...more,
});

describe('the three questions of the AWS page', () => {
  test('root or IAM user', () => {
    const root = toCaller(recordOf('es_DeleteDomain_root'));
    expect(root).toMatchObject({ isRoot: true, name: 'root', description: `the root user of account ${OWN}` });
    const user = callerOf({
      type: 'IAMUser',
      userName: 'jane',
      arn: `arn:aws:iam::${OWN}:user/ops/jane`,
      accountId: OWN,
    });
    expect(user).toEqual({
      description: 'IAM user jane',
      type: 'IAMUser',
      name: 'jane',
      arn: `arn:aws:iam::${OWN}:user/ops/jane`,
      accountId: OWN,
      isRoot: false,
      isTemporary: false,
      onConsole: false,
    });
  });

  test('temporary credentials of a role or a federated user', () => {
    expect(callerOf(session('search-admin', 'dora'))).toMatchObject({
      description: 'role search-admin, session dora',
      name: 'search-admin/dora',
      issuerArn: `arn:aws:iam::${OWN}:role/search-admin`,
      isTemporary: true,
      isRoot: false,
    });
    const federated = callerOf({
      type: 'FederatedUser',
      principalId: `${OWN}:bob`,
      arn: `arn:aws:sts::${OWN}:federated-user/bob`,
      sessionContext: { sessionIssuer: { type: 'IAMUser', userName: 'broker' } },
    });
    expect(federated).toMatchObject({ description: 'federated user bob issued by broker', isTemporary: true });
  });

  test('another AWS service', () => {
    const service = callerOf({ type: 'AWSService', invokedBy: 'opensearchservice.amazonaws.com' });
    expect(service).toMatchObject({
      description: 'AWS service opensearchservice.amazonaws.com',
      service: 'opensearchservice.amazonaws.com',
    });
  });
});

describe('a service on behalf of a caller', () => {
  test('is named beside the caller, who stays accountable', () => {
    const caller = callerOf({ type: 'IAMUser', userName: 'jane', invokedBy: 'cloudformation.amazonaws.com' });
    expect(caller).toMatchObject({
      description: 'IAM user jane via cloudformation.amazonaws.com',
      name: 'jane',
      service: 'cloudformation.amazonaws.com',
    });
  });

  test.each(['signin.amazonaws.com', 'console.amazonaws.com', 'AWS Internal'])('is not %s', (invokedBy) => {
    expect(callerOf({ type: 'IAMUser', userName: 'jane', invokedBy })).not.toHaveProperty('service');
  });
});

describe('the console', () => {
  test.each([
    ['the AWS page', toCaller(recordOf('es_CreateElasticsearchDomain_console'))],
    ['a call of 2020', toCaller(recordOf('es_UpdateElasticsearchDomainConfig_volume'))],
    ['a call of 2026', toCaller(recordOf('es_CreateDomain_public'))],
    [
      'the agent of its sign-in',
      callerOf({ type: 'IAMUser', userName: 'jane' }, { userAgent: 'console.amazonaws.com' }),
    ],
  ])('is seen in %s', (_, caller) => {
    expect(caller.onConsole).toBe(true);
    expect(caller.description).toContain(' on the console');
    expect(caller).not.toHaveProperty('service');
  });

  test.each([
    ['a call of the command line', toCaller(recordOf('es_UpdateDomainConfig_https_off'))],
    ['a session that says so', callerOf({ type: 'IAMUser' }, { sessionCredentialFromConsole: 'false' })],
  ])('is not seen in %s', (_, caller) => {
    expect(caller.onConsole).toBe(false);
  });
});

describe('the words for a caller', () => {
  test.each([
    [
      'SSO user sam@example.com with permission set SearchOps',
      session('AWSReservedSSO_SearchOps_0123456789abcdef', 'sam@example.com'),
    ],
    ['EC2 instance i-0123456789abcdef0 with role node', session('node', 'i-0123456789abcdef0')],
    [
      'service-linked role AWSServiceRoleForAmazonOpenSearchService',
      session('AWSServiceRoleForAmazonOpenSearchService', 'opensearch'),
    ],
    [
      'role ci, session build-7 by delegate account 444455556666',
      session('ci', 'build-7', { invokedByDelegate: { accountId: '444455556666' } }),
    ],
    [
      'role deploy, session s for jane@example.com',
      {
        ...session('deploy', 's'),
        sessionContext: { sessionIssuer: { userName: 'deploy' }, sourceIdentity: 'jane@example.com' },
      },
    ],
    ['role deploy, session s', { type: 'AssumedRole', arn: `arn:aws:sts::${OWN}:assumed-role/deploy/s` }],
    ['role unknown, session unknown', { type: 'AssumedRole' }],
    ['role deploy', { type: 'Role', arn: `arn:aws:iam::${OWN}:role/deploy` }],
    ['SAML user pat', { type: 'SAMLUser', userName: 'pat' }],
    ['web identity user pat', { type: 'WebIdentityUser', userName: 'pat' }],
    ['Identity Center user 94482488', { type: 'IdentityCenterUser', onBehalfOf: { userId: '94482488' } }],
    ['Identity Center user 94482488', { type: 'Unknown', onBehalfOf: { userId: '94482488' } }],
    ['AWS account 444455556666', { type: 'AWSAccount', accountId: '444455556666' }],
    ['AWS service unknown', { type: 'AWSService' }],
    [
      `the root user of account ${OWN} in a session of sts:AssumeRoot`,
      { type: 'Root', accountId: OWN, sessionContext: { assumedRoot: 'true' } },
    ],
    ['Directory caller d-123', { type: 'Directory', principalId: 'd-123' }],
    ['Martian caller unknown', { type: 'Martian' }],
    ['constructor caller unknown', { type: 'constructor' }],
    ['IAM user unknown', { type: 'IAMUser', sessionContext: { sessionIssuer: {}, webIdFederationData: {} } }],
    ['Unknown caller unknown', {}],
    ['Unknown caller unknown', null],
    ['Unknown caller unknown', 'root'],
  ])('%s', (description, identity) => {
    expect(callerOf(identity).description).toBe(description);
  });
});

test('a session without issuer account is of the account of its identity, and the other way round', () => {
  expect(callerOf({ type: 'AssumedRole', accountId: OWN }).accountId).toBe(OWN);
  expect(callerOf({ type: 'AssumedRole', sessionContext: { sessionIssuer: { accountId: OWN } } }).accountId).toBe(OWN);
  expect(callerOf({ type: 'AssumedRole' })).not.toHaveProperty('accountId');
});

test('only the type makes a root user', () => {
  expect(callerOf({ type: 'IAMUser', userName: 'root', arn: `arn:aws:iam::${OWN}:user/root` }).isRoot).toBe(false);
});
