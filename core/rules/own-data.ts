import { listOf, memberOf, textOf, textsOf } from '../base/members';
import { kindOf } from '../notification';
import { technique } from './kit/attack';
import { evidenceIf } from './kit/reading';
import { defineRule, type Rule } from './kit/rule';
import type { Situation } from './kit/situation';
import { isOfOwnRole, onWatched, requested } from './kit/watched';

/*
 * Rules about data events, which a trail records where it was told to. Messages that are received and deleted are data events as well, and
 * not judged: as whom Lambda polls a queue no record was seen of, and a rule that took it for somebody would tell of every poll.
 */

export const dataRules: readonly Rule[] = [
  defineRule({
    id: 'log-file-deleted',
    title: 'Log files were deleted',
    severities: { HIGH: 'log files, or the digests that list them, or objects that the record does not name' },
    why: 'What is deleted before it is read was never told; what is deleted afterwards cannot be looked into.',
    remediation: {
      text: 'Where the bucket keeps versions, the log file is behind a delete marker: delete the marker. `verify` says which others are missing.',
      command: 'aws s3api list-object-versions --region {region} --bucket {resource}',
    },
    attack: [technique('T1685.002'), technique('T1485')],
    calls: { 's3.amazonaws.com': ['DeleteObject', 'DeleteObjects'] },
    evidence: (situation) =>
      onWatched(situation, (name) => {
        if (isOfAws(situation)) return [];
        const key = keyOf(situation);
        return key === undefined
          ? [
              {
                severity: 'HIGH',
                says: `objects of the bucket ${name} are deleted, and the record does not tell which`,
              },
            ]
          : evidenceIf(isOfTrail(key), 'HIGH', `the log file ${key} is deleted from the bucket ${name}`);
      }),
  }),
  defineRule({
    id: 'log-file-forged',
    title: 'Somebody else than CloudTrail wrote a log file',
    severities: { MEDIUM: 'where CloudTrail writes log files and digests' },
    why: 'A log file that was replaced hides what was in it; one that was made up tells of calls that nobody made.',
    remediation: {
      text: 'Find out who wrote it and why. `verify` says whether it is one that CloudTrail lists, with the content that it had.',
      command: 'aws s3api list-object-versions --region {region} --bucket {resource}',
    },
    attack: [technique('T1685.002')],
    calls: { 's3.amazonaws.com': ['PutObject', 'CopyObject', 'CompleteMultipartUpload'] },
    evidence: (situation) =>
      onWatched(situation, (name) => {
        const key = keyOf(situation);
        const isOfCloudTrail = isOfAws(situation) && situation.call.caller.service === 'cloudtrail.amazonaws.com';
        return evidenceIf(
          key !== undefined && isOfTrail(key) && !isOfCloudTrail,
          'MEDIUM',
          `the log file ${key ?? ''} is written into the bucket ${name} by somebody else than CloudTrail`,
        );
      }),
  }),
  defineRule({
    id: 'monitor-table-written',
    title: 'The table of the monitor was written by hand',
    severities: { HIGH: 'by anybody but the functions of the monitor' },
    why: 'The table holds which alerts were sent: a call that is written into it is never told.',
    remediation: {
      text: 'Have the log files since then judged by `scan`, which asks no table, and compare what it tells with what was sent. Find out who wrote, and take the right away.',
      command: 'aws dynamodb scan --region {region} --table-name {resource}',
    },
    attack: [technique('T1685')],
    calls: {
      'dynamodb.amazonaws.com': [
        'PutItem',
        'UpdateItem',
        'DeleteItem',
        'BatchWriteItem',
        'TransactWriteItems',
        'ExecuteStatement',
        'BatchExecuteStatement',
        'ExecuteTransaction',
      ],
    },
    evidence: (situation) =>
      onWatched(situation, (name) =>
        evidenceIf(
          !isOfOwnRole(situation) && !isOfAws(situation) && !readsAlone(situation),
          'HIGH',
          `items of the table ${name} are written or deleted by somebody else than the monitor`,
        ),
      ),
  }),
];

/** AWS itself made the call, for nobody. */
const isOfAws = ({ call }: Situation): boolean => call.caller.type === 'AWSService';

/** `undefined` where the record tells none, as of deletions by the thousand. */
const keyOf = (situation: Situation): string | undefined => textOf(requested(situation, 'key'));

/** A trail writes there, whatever: log files, digests. */
const isOfTrail = (key: string): boolean => kindOf(key) !== 'not-a-log-file';

/** PartiQL has one call for reads and writes. */
function readsAlone(situation: Situation): boolean {
  const items = listOf(requested(situation, 'requestItems')).map((item) => memberOf(item, 'statement'));
  const statements = [requested(situation, 'statement'), ...items].flatMap((text) => textsOf(text));
  return statements.length > 0 && statements.every((text) => /^\s*select\s/i.test(text));
}
