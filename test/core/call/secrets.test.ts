import { explain } from '../../../cli/render/explain';
import { redactorOf, toCall } from '../../../core/call';
import { changeOf, configurationAfter } from '../../../core/domain';
import type { Report } from '../../../lambda/report';
import { monitorWith as monitor } from '../../support/monitoring';
import { judge } from '../../../core/scan';
import { toCriteria } from '../../../core/settings';
import { checked } from '../../support/alert-schema';
import { GOLDEN_NAMES, recordBefore, recordNamed } from '../../support/golden';
import type { JsonObject } from '../../support/records';

const records = GOLDEN_NAMES.map(recordNamed);

/** A value nobody may read in each place where CloudTrail might write one. */
const PLANTED: Readonly<Record<string, string>> = {
  'userIdentity/accessKeyId': 'ASIAPLANTED000000001',
  'userIdentity/sessionContext/sessionToken': 'planted-02-session-token',
  'requestParameters/advancedSecurityOptions/masterUserOptions/masterUserName': 'planted-03-master-name',
  'requestParameters/advancedSecurityOptions/masterUserOptions/masterUserPassword': 'planted-04 "quoted" \\ word',
  'requestParameters/advancedSecurityOptions/sAMLOptions/idp/metadataContent': '<planted-05>MIIC</planted-05>',
  'requestParameters/advancedSecurityOptions/sAMLOptions/idp/entityId': 'https://idp.example/planted-06',
  'requestParameters/advancedSecurityOptions/sAMLOptions/masterUserName': 'planted-07-saml-master',
  'requestParameters/advancedSecurityOptions/jWTOptions/publicKey': '-----BEGIN PUBLIC KEY----- planted-08',
  'requestParameters/encryptionAtRestOptions/grantTokens': 'planted-09-grant',
  'requestParameters/clientToken': 'planted-10-client-token',
  'requestParameters/unheardOfOptions/clientSecret': 'planted-11-client-secret',
  'responseElements/domainConfig/advancedSecurityOptions/options/masterUserOptions/MASTERUSERPASSWORD':
    'planted-12-in-capitals',
  'additionalEventData/authToken': 'planted-13-auth-token',
};

const MARK = /planted/i;

const set = (record: JsonObject, path: readonly string[], value: unknown): JsonObject => {
  const [name = '', ...rest] = path;
  const member = record[name];
  const inner = typeof member === 'object' && member !== null ? (member as JsonObject) : {};
  return { ...record, [name]: rest.length === 0 ? value : set(inner, rest, value) };
};

const planted = (record: JsonObject): JsonObject =>
  Object.entries(PLANTED).reduce((sofar, [path, value]) => set(sofar, path.split('/'), value), record);

/** Each secret quoted where a rule or the service might: in an error, and in what evidence is made of. */
function quoting(record: JsonObject, secret: string): JsonObject {
  return {
    ...set(
      set(record, ['requestParameters', 'domainEndpointOptions', 'tLSSecurityPolicy'], secret),
      ['requestParameters', 'domainEndpointOptions', 'customEndpoint'],
      `host-of-${secret}`,
    ),
    errorCode: 'ValidationException',
    errorMessage: `the value ${secret} is not allowed`,
  };
}

const settings = toCriteria({ watchPatterns: [{ name: 'all', pattern: { eventName: ['*'] }, severity: 'LOW' }] });

function everythingSaidOf(record: unknown): string {
  const judgement = judge(record, settings);
  const { alert } = judgement;
  return JSON.stringify([alert && checked(alert), explain(judgement, settings)]);
}

test('no rendering of an alert holds a secret of its record', () => {
  for (const record of records) expect(everythingSaidOf(planted(record))).not.toMatch(MARK);
});

test.each(Object.entries(PLANTED))('%s stays secret where an error or evidence quotes it', (_, secret) => {
  for (const record of records) {
    const said = everythingSaidOf(quoting(planted(record), secret));
    expect(said).not.toMatch(MARK);
  }
});

test.each(['a'.repeat(20), 'anyone on '])(
  'where many secrets and a setting begin with %j, alerts tell as much as elsewhere',
  (beginning) => {
    const alike = Array.from({ length: 100 }, (_, at) => `${beginning}${at}${'a'.repeat(1500)}`);
    const toldOf = (clientSecret: unknown): readonly unknown[] => {
      const asked = { advancedOptions: { override_main_response_version: beginning.repeat(300) }, clientSecret };
      const opening = recordNamed('condition-dropped');
      const requestParameters = { ...(opening.requestParameters as JsonObject), ...asked };
      const [call, before] = [{ ...opening, requestParameters }, recordBefore('condition-dropped')].map(toCall);
      const change = call && before && changeOf(call, configurationAfter(before));
      const { alert } = judge(call?.record, settings, change);
      return [alert?.sentence, alert?.restoreCommand, alert?.body.unmapped.findings];
    };
    expect(toldOf(alike)).toEqual(toldOf('none'));
    expect(toldOf(alike).join()).toContain('AccessPolicies');
  },
);

test('what stands for a secret says so', () => {
  const { alert } = judge(quoting(planted(records[0] ?? {}), 'planted-03-master-name'), settings);
  expect(alert?.email).toContain('the value (redacted) is not allowed');
});

test.each([
  [
    'a value the service refuses under the name of a secret, though the record does not hold it',
    "1 validation error detected: Value 'hunter2' at 'advancedSecurityOptions.masterUserOptions.masterUserPassword' failed to satisfy constraint: Member must have length greater than or equal to 8",
    "1 validation error detected: Value (redacted) at 'advancedSecurityOptions.masterUserOptions.masterUserPassword' failed to satisfy constraint: Member must have length greater than or equal to 8",
  ],
  [
    'one that holds quotes itself',
    "Value 'a' at 'b' c' at 'masterUserOptions.masterUserPassword' failed",
    "Value (redacted) at 'masterUserOptions.masterUserPassword' failed",
  ],
  [
    'a value quoted before the name of the secret, in several words',
    "'hunter2' is not a valid master user password",
    '(redacted) is not a valid master user password (redacted)',
  ],
  ['a value quoted after it', "Master user name 'root-of-logs' is invalid", 'Master user name (redacted)'],
  ['metadata', 'SAML metadata is invalid: <EntityDescriptor>planted', 'SAML metadata (redacted)'],
  ['a key', 'The public key -----BEGIN PUBLIC KEY-----planted', 'The public key (redacted)'],
  [
    'a session by the name of a secret',
    'User: arn:aws:sts::111122223333:assumed-role/ops/password is not authorized to perform: es:DeleteDomain',
    'User: arn:aws:sts::111122223333:assumed-role/ops/password is not authorized to perform: es:DeleteDomain',
  ],
  [
    'a secret behind the path of its member',
    'advancedSecurityOptions.masterUserOptions.masterUserPassword: Hunter2!x is too weak',
    'advancedSecurityOptions.masterUserOptions.masterUserPassword (redacted)',
  ],
  [
    'a secret in a pointer',
    '/MasterUserOptions/MasterUserPassword: Hunter2!x',
    '/MasterUserOptions/MasterUserPassword (redacted)',
  ],
  [
    'a secret in a printed object',
    'Input(enabled=true,masterUserPassword=Hunter2!x)',
    'Input(enabled=true,masterUserPassword (redacted)',
  ],
  [
    'apostrophes that quote nothing',
    "The domain's owner can't set a password",
    "The domain's owner can't set a password (redacted)",
  ],
  [
    'a value in other quotes',
    'The value ‹hunter2› is no private key',
    'The value (redacted) is no private key (redacted)',
  ],
  ['a token that is told', "Invalid client token 'planted-token'", 'Invalid client token (redacted)'],
  [
    'a token that is not told',
    'The security token included in the request is expired',
    'The security token included in the request is expired',
  ],
  [
    'a value that is none',
    "Value 'logs!' at 'domainName' failed to satisfy constraint",
    "Value 'logs!' at 'domainName' failed to satisfy constraint",
  ],
])('%s', (_, error, shown) => {
  const call = toCall({
    eventSource: 'es.amazonaws.com',
    eventName: 'CreateDomain',
    requestParameters: null,
    userIdentity: { type: 'AssumedRole', arn: 'arn:aws:sts::111122223333:assumed-role/ops/password' },
  });
  expect(call && redactorOf(call).written(error)).toBe(shown);
});

test('a short value, such as the name admin, is not taken out of other texts', () => {
  const call = toCall({
    eventSource: 'es.amazonaws.com',
    requestParameters: { advancedSecurityOptions: { masterUserOptions: { masterUserName: 'admin' } } },
  });
  expect(call && redactorOf(call).quoted('arn:aws:iam::111122223333:role/admin')).toBe(
    'arn:aws:iam::111122223333:role/admin',
  );
});

test.each([
  ['an entity id', { sAMLOptions: { idp: { entityId: 'anyone on the internet' } } }],
  ['the account that is let in', { masterUserOptions: { masterUserName: '999988887777' } }],
])("%s of the caller's choice takes nothing out of what is said", (_, advancedSecurityOptions) => {
  const call = toCall({
    eventSource: 'es.amazonaws.com',
    requestParameters: { advancedSecurityOptions, clientToken: 'read and write every index' },
  });
  const said = 'anyone on the internet can read and write every index: statement 1 allows es:* to 999988887777';
  expect(call && redactorOf(call).quoted(said)).toBe(said);
});

test.each([
  ['quotes that nothing closes', `${'‹'.repeat(1_000_000)} password hunter2!x`],
  ['guillemets that nothing closes', `${'«'.repeat(1_000_000)} password hunter2!x`],
  ['half the name of a secret', `master${' '.repeat(1_000_000)}`],
  ['paths of members', "' at 'a.b".repeat(100_000)],
])('an error message of a megabyte of %s is read in no time', (_, errorMessage) => {
  const call = toCall({ ...recordNamed('update-refused'), errorMessage });
  expect(call && redactorOf(call).written(errorMessage).length).toBeGreaterThan(0);
});

test('a client token of a megabyte of dashes is judged in no time', () => {
  const call = toCall({
    eventSource: 'es.amazonaws.com',
    requestParameters: { clientToken: `${'-'.repeat(1_000_000)}1` },
  });
  expect(call && redactorOf(call).quoted('nothing of it')).toBe('nothing of it');
});

test('no report to the operator holds a secret: suppressed, unpublished, or in a file that cannot be read', async () => {
  const secretive = records.map(planted);
  const whole = JSON.stringify({ Records: secretive });
  const cut = whole.indexOf('planted-04');
  const files: Readonly<Record<string, string>> = {
    suppressed: whole,
    damaged: `${whole.slice(0, cut + 10)}\u0000${whole.slice(cut + 10)}`,
    'cut-short': whole.slice(0, cut + 10),
    'without-records': JSON.stringify(secretive[0]),
  };
  const reports: Report[] = [];
  const all = toCriteria({
    suppressions: [{ account: '111122223333', reason: 'a drill', expires: '2999-12-31' }],
    watchPatterns: [{ name: 'all', pattern: { eventName: ['*'] }, severity: 'LOW' }],
  });
  for (const each of [settings, all]) {
    for (const [name, text] of Object.entries(files)) {
      await monitor(
        {
          Records: [
            {
              eventSource: 'aws:sqs',
              messageId: name,
              body: JSON.stringify({
                s3Bucket: 'trail',
                s3ObjectKey: [`AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/20/${name}.json.gz`],
              }),
            },
          ],
        },
        each,
        {
          openObject: async () => ({ size: text.length, read: async () => Buffer.from(text) }),
          publish: () => Promise.reject(new Error('throttled')),
          report: (report) => reports.push(report),
        },
      );
    }
  }
  expect(reports.map(({ outcome }) => outcome)).toEqual(
    expect.arrayContaining(['scanned', 'failed', 'failed', 'failed']),
  );
  expect(JSON.stringify(reports.map(flattened))).not.toMatch(MARK);
});

/** With what a logger writes of an error. */
function flattened(value: unknown): unknown {
  if (value instanceof Error) return [value.message, value.stack, flattened(value.cause)];
  if (Array.isArray(value)) return value.map(flattened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, flattened(member)]));
}
