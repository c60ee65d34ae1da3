import { adviceOn } from '../../../core/alert/advice';
import { NOTHING_RESTORABLE } from '../../../core/alert/restorable';
import { WATCHED_CALLS } from '../../../core/base/watched-calls';
import { toCall } from '../../../core/call';
import { findingsOf, RULE_CASES, type RuleCase } from '../rules/cases';

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
