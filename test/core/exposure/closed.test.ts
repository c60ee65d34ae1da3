import { lookBack } from '../../../core/scan';
import { toCriteria } from '../../../core/settings';
import { checked } from '../../support/alert-schema';
import { OWN, policyOf, type JsonObject } from '../../support/records';

const OPEN = policyOf('*');
const CLOSED = policyOf({ AWS: OWN });

const update = (clock: string, asked: JsonObject, holds: JsonObject): JsonObject => ({
  eventSource: 'es.amazonaws.com',
  eventName: 'UpdateDomainConfig',
  eventTime: `2026-11-20T${clock}:00Z`,
  eventID: `at-${clock}`,
  awsRegion: 'eu-west-1',
  recipientAccountId: OWN,
  userIdentity: { type: 'IAMUser', userName: 'ann', arn: `arn:aws:iam::${OWN}:user/ann`, accountId: OWN },
  requestParameters: { domainName: 'logs', ...asked },
  responseElements: {
    domainConfig: Object.fromEntries(
      Object.entries({ vPCOptions: {}, ...holds }).map(([name, options]) => [name, { options }]),
    ),
  },
});

const setPolicy = (clock: string, policy: string, security: JsonObject = { enabled: false }): JsonObject =>
  update(clock, { accessPolicies: policy }, { accessPolicies: policy, advancedSecurityOptions: security });

/** What the alert of the last of the calls says was changed. */
async function changesOf(...records: readonly JsonObject[]): Promise<readonly string[]> {
  const back = lookBack(toCriteria());
  back.add(records, 'file');
  const { calls } = await back.judged();
  const alert = calls.at(-1)?.alert;
  return alert ? (checked(alert).body.unmapped.changes ?? []) : [];
}

const closing = async (...records: readonly JsonObject[]): Promise<string | undefined> =>
  (await changesOf(...records)).find((change) => change.startsWith('the domain was'));

test('the alert of the call that closes a domain tells how long it was open, and who opened it', async () => {
  expect(await closing(setPolicy('13:00', CLOSED), setPolicy('14:01', OPEN), setPolicy('14:48', CLOSED))).toBe(
    `the domain was open to the internet for 47 minutes, 14:01 to 14:48 UTC on 2026-11-20, opened by arn:aws:iam::${OWN}:user/ann, closed by this call`,
  );
});

test('a call that did not close it, and whose response shows it closed, is not said to have closed it', async () => {
  const shows = update(
    '14:48',
    { advancedSecurityOptions: { sAMLOptions: { enabled: true } } },
    { accessPolicies: CLOSED, advancedSecurityOptions: { enabled: false } },
  );
  expect(await closing(setPolicy('14:01', OPEN), shows)).toContain(', found closed at this call');
});

test('it is the call that opened it which counts, not those between', async () => {
  const between = update(
    '14:30',
    { clusterConfig: { instanceCount: 3 } },
    { accessPolicies: OPEN, advancedSecurityOptions: { enabled: false } },
  );
  expect(await closing(setPolicy('14:01', OPEN), between, setPolicy('14:48', CLOSED))).toContain('for 47 minutes');
});

test('where no call is known to have opened it, it was so for that long at least', async () => {
  const shows = update(
    '14:01',
    { clusterConfig: { instanceCount: 3 } },
    { accessPolicies: OPEN, advancedSecurityOptions: { enabled: false } },
  );
  expect(await closing(shows, setPolicy('14:48', CLOSED))).toContain(
    'for at least 47 minutes, 14:01 to 14:48 UTC on 2026-11-20, and was so before',
  );
});

test('a sign-in closes it, too', async () => {
  const security = update(
    '14:48',
    { advancedSecurityOptions: { enabled: true } },
    { accessPolicies: OPEN, advancedSecurityOptions: { enabled: true } },
  );
  expect(await closing(setPolicy('14:01', OPEN), security)).toContain('open to the internet for 47 minutes');
});

test.each<[string, readonly JsonObject[]]>([
  ['a call that opens it', [setPolicy('14:01', CLOSED), setPolicy('14:48', OPEN)]],
  ['a call that leaves it open', [setPolicy('14:01', OPEN), setPolicy('14:48', policyOf('*', { Action: 'es:*' }))]],
  [
    'a call after which it was closed already',
    [setPolicy('14:01', CLOSED), setPolicy('14:48', policyOf({ AWS: OWN }, { Action: 'es:*' }))],
  ],
  [
    'a domain that asked for a sign-in',
    [setPolicy('14:01', OPEN, { enabled: true }), setPolicy('14:48', CLOSED, { enabled: true })],
  ],
  ['a call of which nothing before is known', [setPolicy('14:48', CLOSED)]],
])('nothing is said with %s', async (_, records) => {
  expect(await closing(...records)).toBeUndefined();
});
