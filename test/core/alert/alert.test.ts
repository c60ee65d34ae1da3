import { toAlert, type Alert, type AlertOptions } from '../../../core/alert';
import { toCall } from '../../../core/call';
import { judge } from '../../../core/scan';
import { toCriteria } from '../../../core/settings';
import { chatOf, checked, smsOf } from '../../support/alert-schema';
import { GOLDEN_NAMES, recordNamed } from '../../support/golden';
import { FIXTURES, recordOf } from '../../support/records';

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

test('after a denied call nothing is to be undone, and its caller is to be looked at', () => {
  const { email, body } = alertOf(recordNamed('deletion-denied'));
  expect(body.remediation.desc).toMatch(/^Nothing was changed\. /);
  expect(email.split('\n').filter((line) => line.startsWith('        aws '))).toEqual([
    '        aws cloudtrail lookup-events --region eu-west-1 --lookup-attributes AttributeKey=Username,AttributeValue=build-4711',
  ]);
});

test('a sub-technique of ATT&CK stands beside its technique, as OCSF has it', () => {
  expect(alertOf(recordNamed('policy-opened-to-everyone')).body.finding_info.attacks).toEqual([
    {
      version: '19',
      technique: { uid: 'T1686', name: 'Disable or Modify System Firewall' },
      sub_technique: { uid: 'T1686.001', name: 'Cloud Firewall' },
    },
    { version: '19', technique: { uid: 'T1190', name: 'Exploit Public-Facing Application' } },
    {
      version: '19',
      technique: { uid: 'T1213', name: 'Data from Information Repositories' },
      sub_technique: { uid: 'T1213.006', name: 'Databases' },
    },
  ]);
});

test('the advice is a text, and each command stands apart from it', () => {
  const { body } = alertOf(recordNamed('many-findings-by-cloudformation'));
  expect(body.remediation.desc).toBe('Enforce HTTPS.');
  expect(body.unmapped.commands).toEqual([
    {
      command:
        'aws opensearch update-domain-config --region eu-west-1 --domain-name logs --domain-endpoint-options EnforceHTTPS=true',
    },
  ]);
});

test('the record and what was asked for are no part of an alert', () => {
  for (const name of GOLDEN_NAMES) {
    const { message } = alertOf(recordNamed(name));
    expect(message).not.toMatch(/requestParameters|responseElements|sessionContext|accessKeyId/);
  }
});

describe('what is known around a call is told', () => {
  const record = recordNamed('policy-opened-to-everyone');
  const call = toCall(record);
  const { findings } = judge(record, settings);
  const told = (options: AlertOptions, addendum?: string): Alert => {
    const alert = call && toAlert({ ...call, ...(addendum && { addendum }) }, findings, options);
    if (!alert) throw new Error('the record makes no alert');
    return checked(alert);
  };

  test('a correction, as an update of the finding that was told', () => {
    const [first, corrected] = [told({}), told({ correction: { told: 'LOW' } })];
    expect(corrected.uid).toBe(first.uid);
    expect(corrected.body).toMatchObject({ activity_id: 2, activity_name: 'Update', type_uid: 200402 });
    expect(corrected.body.unmapped.correction).toEqual({ told: 'LOW' });
    expect(corrected.body.message).toMatch(
      /^correction: IAM user .*, told as LOW before; it is CRITICAL because anyone on the internet can /,
    );
    expect(corrected.subject).toMatch(/^CRITICAL: correction: access-policy-public on logs /);
    expect(smsOf(corrected)).toMatch(/^CRITICAL correction: access-policy-public: /);
    expect(chatOf(corrected).content.title).toBe('CRITICAL: correction: The access policy lets anyone in (logs)');
  });

  test('what people call the account', () => {
    const { body, email } = told({ whose: { account: { name: 'search-production' }, minimumSeverity: 'LOW' } });
    expect(body.cloud.account).toEqual({ uid: '111122223333', name: 'search-production' });
    expect(email).toContain('Account   111122223333 (search-production), eu-west-1\n');
  });

  test.each([
    ['LOW', 'search'],
    ['CRITICAL', 'search'],
  ] as const)('an owner who wants to hear of %s and worse', (minimumSeverity, owner) => {
    const { attributes, body, email, ...alert } = told({ whose: { owner, minimumSeverity } });
    expect(alert.owner).toBe(owner);
    expect(attributes).toMatchObject({ severity: 'CRITICAL', owner });
    expect(body.unmapped.owner).toBe(owner);
    expect(email).toContain('Owner     search\n');
  });

  test('no owner who wants to hear of worse alone, though it is named', () => {
    const options = { whose: { owner: 'search', minimumSeverity: 'CRITICAL' } } as const;
    const call = toCall(recordNamed('tags-added'));
    const alert = call && toAlert(call, judge(recordNamed('tags-added'), toCriteria()).findings, options);
    expect(alert?.severity).toBe('LOW');
    expect(alert?.owner).toBeUndefined();
    expect(alert?.attributes).not.toHaveProperty('owner');
    expect(alert?.body.unmapped.owner).toBe('search');
  });

  test('the log file the record came from', () => {
    const { body, email } = told({ logFile: 'november/a\u202e.json.gz' });
    expect(body.metadata.log_source).toBe('november/a[U+202E].json.gz');
    expect(email).toMatch(/^File {6}november\/a\[U\+202E\]\.json\.gz$/m);
    expect(told({}).body.metadata).not.toHaveProperty('log_source');
  });

  test.each([
    ['UPDATED_DATA', 'the record was delivered again, corrected'],
    ['DELIVERY_DELAY', 'the record was delivered late'],
    ['SERVICE_OUTAGE', 'the record was delivered late, after an outage'],
  ])('an addendum for %s', (reason, says) => {
    const alert = told({}, reason);
    expect(alert.email).toContain(`Note      ${says}\n`);
    expect(alert.body.unmapped.delivery).toBe(says);
    expect(chatOf(alert).content.description).toContain(says);
  });

  test('an addendum for a reason CloudTrail does not have is not', () => {
    expect(told({}, 'constructor')).toEqual(told({}));
  });
});
