import { adviceOn } from '../../../core/alert/advice';
import { NOTHING_RESTORABLE } from '../../../core/alert/restorable';
import { WATCHED_CALLS } from '../../../core/base/watched-calls';
import { toCall } from '../../../core/call';
import { evaluate } from '../../../core/findings';
import { OWN, PARTNER, recordOf, STRANGER } from '../../support/records';
import { findingsOf, RULE_CASE_SETTINGS, RULE_CASES, type RuleCase } from '../rules/cases';

/** What is told to do after a call that deletes, and works when what it deleted is gone. */
const AFTER_DELETION: Readonly<Record<string, string>> = {
  DeleteTrail: 'aws cloudtrail create-trail',
  DeleteBucket: '',
  DeleteBucketPolicy: 'aws s3api put-bucket-policy',
  DeleteBucketEncryption: '',
  DeleteQueue: 'aws sqs create-queue',
  DeleteFunction: 'aws cloudformation describe-stack-resources',
  DeleteEventSourceMapping: 'aws lambda create-event-source-mapping',
  DeleteTopic: 'aws sns list-subscriptions',
  DeleteTable: 'aws dynamodb list-backups',
  DeleteItem: 'aws dynamodb scan',
  DeleteObject: 'aws s3api list-object-versions',
  DeleteObjects: 'aws s3api list-object-versions',
  DeleteAlarms: 'aws cloudformation describe-stack-resources',
  DeleteRule: 'aws cloudformation describe-stack-resources',
  DeleteEventBus: 'aws cloudformation describe-stack-resources',
  DeletePipe: 'aws cloudformation describe-stack-resources',
  DeleteSchedule: 'aws cloudformation describe-stack-resources',
  DeleteImportedKeyMaterial: 'aws kms get-parameters-for-import',
  DeleteRole: 'aws iam create-role',
  DeleteRolePolicy: 'aws iam list-role-policies',
  DeleteStack: '',
};

/** The calls of the AWS CLI that the rule of a case advises, where it has a finding about a call that succeeded. */
function advised(ruleCase: RuleCase): readonly (readonly [eventName: string, command: string])[] {
  const call = toCall(ruleCase.record);
  const finding = findingsOf(ruleCase).find(({ rule }) => rule.id === ruleCase.rule);
  if (!finding || call?.outcome !== 'succeeded' || call.domain) return [];
  const [step] = adviceOn(finding, call, { restorable: NOTHING_RESTORABLE }).steps;
  return [[call.eventName, step?.command?.split(' --')[0] ?? '']];
}

const ADVISED = RULE_CASES.flatMap(advised);

describe('what is said to do about what a call deleted', () => {
  test('is told here of every call that deletes', () => {
    const deletions = Object.values(WATCHED_CALLS)
      .flat()
      .filter((name) => name.startsWith('Delete'));
    expect(Object.keys(AFTER_DELETION).toSorted()).toEqual(deletions.toSorted());
  });

  test.each(Object.entries(AFTER_DELETION))('%s: %s', (eventName, command) => {
    expect([...new Set(ADVISED.filter(([name]) => name === eventName).map(([, each]) => each))]).toEqual([command]);
  });

  test.each([
    ['StopLogging', 'aws cloudtrail start-logging'],
    ['DisableKey', 'aws kms enable-key'],
    ['ScheduleKeyDeletion', 'aws kms cancel-key-deletion'],
    ['DisableAlarmActions', 'aws cloudwatch enable-alarm-actions'],
    ['PurgeQueue', 'aws sqs get-queue-url'],
    ['UpdateTerminationProtection', 'aws cloudformation update-termination-protection'],
  ])('after %s, what is still there is put right: %s', (eventName, command) => {
    expect([...new Set(ADVISED.filter(([name]) => name === eventName).map(([, each]) => each))]).toEqual([command]);
  });
});

test('a call that no catalogue knows is advised on by no name of its own', () => {
  const [known] = RULE_CASES.filter(({ rule, severity }) => rule === 'domain-deleted' && severity === 'CRITICAL');
  const call = toCall(known?.record);
  const [finding] = known ? findingsOf(known) : [];
  if (!call || !finding) throw new Error('no case');
  const { judgedAs: _, ...unknown } = { ...call, eventName: 'constructor' };
  const { text, steps } = adviceOn(finding, unknown, { restorable: NOTHING_RESTORABLE });
  expect({ text, steps }).toEqual(adviceOn(finding, call, { restorable: NOTHING_RESTORABLE }));
});

describe('what a call let in is undone by a command that names it', () => {
  const AWS = 'aws opensearch';
  const LOGS = '--region eu-west-1 --domain-name logs';
  const SERVICE = 'application.opensearchservice.amazonaws.com';

  /** The steps after the record named `name`, with `changes` by their paths, that are about `rule`. */
  function stepsAfter(rule: string, name: string, changes: Parameters<typeof recordOf>[1] = {}) {
    const record = recordOf(name, changes);
    const call = toCall(record);
    const finding = call && evaluate(call, RULE_CASE_SETTINGS).find((each) => each.rule.id === rule);
    if (!finding) throw new Error(`no finding of ${rule}`);
    return adviceOn(finding, call, { restorable: NOTHING_RESTORABLE }).steps;
  }

  test.each([
    [
      'vpc-endpoint-access-authorized',
      'es_AuthorizeVpcEndpointAccess',
      `${AWS} revoke-vpc-endpoint-access ${LOGS} --account 777788889999`,
    ],
    [
      'vpc-endpoint-access-authorized',
      'es_AuthorizeVpcEndpointAccess_service',
      `${AWS} revoke-vpc-endpoint-access ${LOGS} --service application.opensearchservice.amazonaws.com`,
    ],
    [
      'vpc-endpoint-created',
      'es_CreateVpcEndpoint',
      `${AWS} delete-vpc-endpoint --region eu-west-1 --vpc-endpoint-id aos-0123456789abcdef0`,
    ],
    [
      'vpc-endpoint-created',
      'es_UpdateVpcEndpoint',
      `${AWS} describe-vpc-endpoints --region eu-west-1 --vpc-endpoint-ids aos-0123456789abcdef0`,
    ],
    ['package-associated', 'es_AssociatePackage', `${AWS} dissociate-package ${LOGS} --package-id F123456789`],
    ['package-associated', 'es_AssociatePackages', `${AWS} dissociate-packages ${LOGS} --package-list F123456789`],
    [
      'package-shared',
      'es_UpdatePackageScope',
      `${AWS} update-package-scope --region eu-west-1 --package-id F123456789 --operation REMOVE --package-user-list 777788889999`,
    ],
    ['data-source-attached', 'es_AddDataSource', `${AWS} delete-data-source ${LOGS} --name archive`],
    [
      'data-source-attached',
      'es_AddDirectQueryDataSource',
      `${AWS} delete-direct-query-data-source --region eu-west-1 --data-source-name trail-logs`,
    ],
    [
      'data-source-attached',
      'es_UpdateDirectQueryDataSource',
      `${AWS} get-direct-query-data-source --region eu-west-1 --data-source-name trail-logs`,
    ],
  ])('%s, %s', (rule, name, command) => {
    expect(stepsAfter(rule, name)).toEqual([{ command }]);
  });

  test('several are named together', () => {
    const packageList = [{ packageID: 'F1' }, { packageID: 'F2' }];
    expect(
      stepsAfter('package-associated', 'es_AssociatePackages', {
        requestParameters: { domainName: 'logs', packageList },
      }),
    ).toEqual([{ command: `${AWS} dissociate-packages ${LOGS} --package-list F1 F2` }]);
  });

  test('one without an id is not left out of them', () => {
    const packageList = [{ packageID: 'F1' }, { packageID: ['F2'] }];
    const [step] = stepsAfter('package-associated', 'es_AssociatePackages', {
      requestParameters: { domainName: 'logs', packageList },
    });
    expect(step).toEqual({
      says: 'Put in {PACKAGES}:',
      command: `${AWS} dissociate-packages ${LOGS} --package-list {PACKAGES}`,
    });
  });

  test.each([
    ['a stranger chose the account', { account: '$(reboot)' }, '--account {ACCOUNT}', 'ACCOUNT'],
    ['no account is told', {}, '--account {ACCOUNT}', 'ACCOUNT'],
    ['the account is no text', { account: 777_788_889_999 }, '--account {ACCOUNT}', 'ACCOUNT'],
    ['the service is another', { service: 'evil.example.com' }, '--service {SERVICE}', 'SERVICE'],
    [
      'an account is told with another service',
      { account: STRANGER, service: 'evil.example.com' },
      `--account ${STRANGER} --service {SERVICE}`,
      'SERVICE',
    ],
    [
      'a Region is none',
      { service: SERVICE, serviceOptions: { supportedRegions: ['eu-west-1', '; reboot'] } },
      `--service ${SERVICE} --service-options SupportedRegions={REGIONS}`,
      'REGIONS',
    ],
    [
      'the list of Regions is empty',
      { service: SERVICE, serviceOptions: { supportedRegions: [] } },
      `--service ${SERVICE} --service-options SupportedRegions={REGIONS}`,
      'REGIONS',
    ],
  ])('where %s, the reader has to put it in', (_, whom, options, word) => {
    const changes = { requestParameters: { domainName: 'logs', ...whom } };
    expect(stepsAfter('vpc-endpoint-access-authorized', 'es_AuthorizeVpcEndpointAccess', changes)).toEqual([
      { says: `Put in {${word}}:`, command: `${AWS} revoke-vpc-endpoint-access ${LOGS} ${options}` },
    ]);
  });

  test('a service is let no more in each of the Regions', () => {
    const serviceOptions = { supportedRegions: ['eu-west-1', 'us-east-1'] };
    const changes = { 'requestParameters/serviceOptions': serviceOptions };
    expect(stepsAfter('vpc-endpoint-access-authorized', 'es_AuthorizeVpcEndpointAccess_service', changes)).toEqual([
      {
        command: `${AWS} revoke-vpc-endpoint-access ${LOGS} --service ${SERVICE} --service-options SupportedRegions=eu-west-1,us-east-1`,
      },
    ]);
  });

  test.each([
    ['one of the accounts is none', { packageUserList: [STRANGER, '; reboot'] }],
    ['one of the accounts is no text', { packageUserList: [STRANGER, { id: PARTNER }] }],
    [
      'they are too many to read',
      { packageUserList: Array.from({ length: 21 }, (_, at) => String(100_000_000_000 + at)) },
    ],
    ['others were on the list before', { operation: 'OVERRIDE', packageUserList: [STRANGER] }],
  ])('where %s, the reader has to put them in', (_, asked) => {
    const changes = { requestParameters: { packageID: 'F1', operation: 'ADD', ...asked } };
    expect(stepsAfter('package-shared', 'es_UpdatePackageScope', changes)).toEqual([
      {
        says: 'Put in {USERS}:',
        command: `${AWS} update-package-scope --region eu-west-1 --package-id F1 --operation REMOVE --package-user-list {USERS}`,
      },
    ]);
  });

  test('the own account stays on the list', () => {
    const changes = { 'requestParameters/packageUserList': [OWN, STRANGER, PARTNER] };
    expect(stepsAfter('package-shared', 'es_UpdatePackageScope', changes)[0]?.command).toMatch(
      / --package-user-list 777788889999 444455556666$/,
    );
  });

  test.each([
    [
      'vpc-endpoint-created',
      'es_CreateVpcEndpoint',
      'requestParameters/vpcEndpointId',
      'aos-other',
      'aos-0123456789abcdef0',
    ],
    ['data-source-attached', 'es_AddDataSource', 'requestParameters/dataSourceName', 'other', 'archive'],
    ['data-source-attached', 'es_AddDirectQueryDataSource', 'requestParameters/name', 'other', 'trail-logs'],
  ])('of two names, the one that the call goes by: %s, %s', (rule, name, path, other, right) => {
    const [step] = stepsAfter(rule, name, { [path]: other });
    expect(step?.command).toMatch(new RegExp(` ${right}$`));
  });
});
