import { explain } from '../../../cli/render/explain';
import { toCriteria, type Settings } from '../../../core/settings';
import { judge, type Judgement } from '../../../core/scan';
import { checked } from '../../support/alert-schema';

/** Records made to be judged wrongly, each with what is right. */

const OPEN = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: '*', Action: 'es:*', Resource: 'arn:aws:es:eu-west-1:111122223333:domain/logs/*' },
  ],
});

function judged(change: object, config: Settings = {}): Judgement {
  const judgement = judge(
    {
      eventSource: 'es.amazonaws.com',
      eventName: 'UpdateDomainConfig',
      eventTime: '2026-11-24T12:00:00Z',
      eventID: 'e1',
      awsRegion: 'eu-west-1',
      recipientAccountId: '111122223333',
      userIdentity: { type: 'IAMUser', userName: 'jane', arn: 'arn:aws:iam::111122223333:user/jane' },
      requestParameters: { domainName: 'logs', accessPolicies: OPEN },
      ...change,
    },
    toCriteria(config),
  );
  if (judgement.alert) checked(judgement.alert);
  return judgement;
}

const worst = ({ findings: [finding] }: Judgement): readonly unknown[] => [finding?.rule.id, finding?.severity];
const everything = (judgement: Judgement): string => JSON.stringify(judgement.alert) + explain(judgement, toCriteria());

test('the domain a request names counts before one that an error message mentions', () => {
  const judgement = judged({
    errorCode: 'ValidationException',
    errorMessage: 'see arn:aws:es:eu-west-1:999988887777:domain/other',
  });
  expect(judgement.call?.domain).toEqual({
    name: 'logs',
    arn: 'arn:aws:es:eu-west-1:111122223333:domain/logs',
    accountId: '111122223333',
  });
  expect(worst(judgement)).toEqual(['access-policy-public', 'HIGH']);
});

describe('a secret stays one', () => {
  const masterUser = (masterUserPassword: string): object => ({
    requestParameters: { domainName: 'logs', advancedSecurityOptions: { masterUserOptions: { masterUserPassword } } },
    errorCode: 'ValidationException',
  });

  test('where a message escapes it as JSON does', () => {
    const secret = 'PLANTED"23';
    const errorMessage = `bad: ${JSON.stringify({ masterUserPassword: secret })}`;
    expect(everything(judged({ ...masterUser(secret), errorMessage }))).not.toContain('PLANTED');
  });

  test('where a message names it and nothing else tells it', () => {
    const errorMessage = 'masterUserPassword PLANTED21 is too short';
    const judgement = judged({ requestParameters: null, errorCode: 'ValidationException', errorMessage });
    expect(everything(judgement)).not.toContain('PLANTED21');
    expect(judgement.alert?.email).toContain('masterUserPassword (redacted)');
  });

  test.each(['master', 'endpoint', 'logs'])(
    'and a user called %s does not take our own words away',
    (masterUserName) => {
      const requestParameters = {
        domainName: 'logs',
        accessPolicies: OPEN,
        advancedSecurityOptions: { masterUserOptions: { masterUserName } },
      };
      expect(everything(judged({ requestParameters }))).not.toContain('(redacted)');
    },
  );
});

test('a policy longer than the service says it takes is judged all the same', () => {
  const accessPolicies = OPEN + ' '.repeat(102_400);
  expect(worst(judged({ requestParameters: { domainName: 'logs', accessPolicies } }))).toEqual([
    'access-policy-public',
    'CRITICAL',
  ]);
});

test.each([
  ['an event of data', { managementEvent: false }],
  ['an event of data, as text', { managementEvent: 'false' }],
  ['a copy on the network path', { eventType: 'AwsVpceEvent' }],
  ['a copy on the network path, of a category', { eventCategory: 'NetworkActivity' }],
  ['a sum of many calls', { eventCategory: 'Aggregated' }],
  ['an insight', { eventCategory: 'Insight' }],
])('%s is no configuration call', (_, change) => {
  expect(judged(change)).toEqual({ findings: [], disposition: 'ignored' });
});

test('a category of a later CloudTrail is not taken for none of ours', () => {
  expect(judged({ eventCategory: 'Governance' }).disposition).toBe('alerted');
});

test('the category may be spelled in any letter case', () => {
  expect(judged({ eventCategory: 'management' }).disposition).toBe('alerted');
});

test.each([
  ['A change/update is in progress. Please wait for it to complete', 'informational'],
  ['An update is already in progress', 'informational'],
  ['The domain is currently being updated', 'informational'],
  ['Operation not allowed: A change/update is in progress for the domain', 'informational'],
  ['The domain could not be updated: an update is already in progress', 'informational'],
  ["The domain's change is in progress and so is another domain's", 'informational'],
  ['No update is in progress, nothing to cancel', 'alerted'],
  ['There is no change/update in progress', 'alerted'],
  ['The update cannot be cancelled as it is not in progress', 'alerted'],
  ['Updates of this kind need a snapshot; the one in progress has failed', 'alerted'],
  ["Unsupported option 'update in progress'", 'alerted'],
  ["Advanced option 'x' is a change in progress 'y' is not supported", 'alerted'],
  ['A change is in progress at domainName, which failed to satisfy constraint', 'alerted'],
  ['Unsupported option "a change is in progress"', 'alerted'],
  ['Invalid value: An update is already in progress, for the custom endpoint', 'alerted'],
  [
    "1 validation error detected: Value ' a change is in progress ' at 'domainName' failed to satisfy constraint",
    'alerted',
  ],
  ['Apply a restrictive access policy to your domain', 'alerted'],
])('refused with %j: %s', (errorMessage, disposition) => {
  expect(judged({ errorCode: 'ValidationException', errorMessage }).disposition).toBe(disposition);
});

test('what is in another domain is told, and whose it is', () => {
  const accessPolicies = OPEN.replace('domain/logs/', 'domain/other/');
  const judgement = judged({ requestParameters: { domainName: 'logs', accessPolicies } });
  expect(worst(judgement)).toEqual(['access-policy-public', 'CRITICAL']);
  expect(judgement.findings[0]?.evidence[0].says).toContain('in another domain');
});

test('a policy that reaches nothing is not said to let the account in', () => {
  const onDomain = OPEN.replace('/*', '');
  const judgement = judged({
    requestParameters: { domainName: 'logs', accessPolicies: onDomain.replace('es:*', 'es:ESHttp*') },
  });
  expect(worst(judgement)).toEqual(['access-policy-changed', 'MEDIUM']);
  expect(judgement.findings[0]?.evidence[0].says).toContain('no statement of it lets anybody reach the data');
  const searched = judged({ requestParameters: { domainName: 'logs', accessPolicies: onDomain } });
  expect(worst(searched)).toEqual(['access-policy-any-account', 'HIGH']);
});

test('a suppression hides no call whose time is not known', () => {
  const suppressions = [{ rule: 'access-policy-public', reason: 'a test', expires: '2099-01-01' }];
  expect(judged({}, { suppressions }).disposition).toBe('suppressed');
  expect(judged({ eventTime: undefined }, { suppressions }).disposition).toBe('alerted');
});

test.each([['{"domainName":"logs"}'], [['logs']]])(
  'a request written as %j is one nobody can read',
  (requestParameters) => {
    expect(worst(judged({ requestParameters }))).toEqual(['parameters-omitted', 'HIGH']);
  },
);

test('a session whose issuer is not recorded is known by the role in its ARN', () => {
  const userIdentity = { type: 'AssumedRole', arn: 'arn:aws:sts::111122223333:assumed-role/deploy-logs/build' };
  const trustedCallers = ['arn:aws:iam::111122223333:role/deploy-*'];
  expect(worst(judged({ userIdentity }, { trustedCallers }))).toEqual(['access-policy-public', 'HIGH']);
});
