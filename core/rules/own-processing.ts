import { flagOf, isAbsent, isObject, memberOf, numberOf, textOf } from '../base/members';
import { technique } from './kit/attack';
import { evidenceIf, isSpecified } from './kit/reading';
import { defineRule, type Evidence, type Rule } from './kit/rule';
import type { Situation } from './kit/situation';
import {
  allows,
  allowsOthers,
  isOfDeployment,
  isUnreadable,
  isWatched,
  onWatched,
  policyWithin,
  PUT_BACK,
  requested,
  SHOW_ORIGIN,
  shownText,
  textsWithin,
} from './kit/watched';

/** What every rule about the monitor's own resources says of the way it reaches people. */
const DISABLED = [technique('T1685')];

/** Services that send the news of log files, as the policy of a queue has them. */
const SENDERS = ['s3.amazonaws.com', 'sns.amazonaws.com', 'events.amazonaws.com'];

/** Messages that wait shorter are gone before somebody has answered an alarm. In seconds. */
const SHORT_RETENTION = 24 * 3600;

export const processingRules: readonly Rule[] = [
  defineRule({
    id: 'monitor-queue-silenced',
    title: 'The queue of the monitor was silenced',
    severities: {
      CRITICAL: 'it is deleted or purged, or drops messages within a day',
      HIGH: 'its policy, its dead-letter queue or its key is changed, or what is set cannot be seen',
      MEDIUM: 'its messages are delayed, or wait longer to be read again',
    },
    why: 'The queue holds the news of log files that are not judged yet: without it, or without what was in it, they are never read.',
    remediation: {
      text: `${PUT_BACK} Then have the log files of the time in between read.`,
      command: 'aws sqs get-queue-url --region {region} --queue-name {resource}',
      commands: { DeleteQueue: 'aws sqs create-queue --region {region} --queue-name {resource}' },
    },
    attack: DISABLED,
    calls: {
      'sqs.amazonaws.com': ['DeleteQueue', 'PurgeQueue', 'SetQueueAttributes', 'AddPermission', 'RemovePermission'],
    },
    evidence: (situation) => onWatched(situation, (name) => queueEvidence(situation, name)),
  }),
  defineRule({
    id: 'monitor-function-stopped',
    title: 'The function of the monitor was stopped',
    severities: {
      CRITICAL:
        'it, or what brings it the messages, is deleted, turned off, starved or filtered, or takes no report of what failed; or another function takes them',
    },
    why: 'Log files come and nothing judges them.',
    remediation: {
      text: `${PUT_BACK} What waits in the queue is judged then; what another function took is not, so have the log files of that time read.`,
      command: 'aws lambda list-event-source-mappings --region {region} --function-name {resource}',
      commands: {
        DeleteFunction: SHOW_ORIGIN,
        DeleteEventSourceMapping:
          'aws lambda create-event-source-mapping --region {region} --function-name {resource} --event-source-arn {LOG_FILE_QUEUE_ARN} --function-response-types ReportBatchItemFailures',
        PutFunctionConcurrency: 'aws lambda get-function-concurrency --region {region} --function-name {resource}',
      },
    },
    attack: [technique('T1685'), technique('T1489')],
    calls: {
      'lambda.amazonaws.com': [
        'DeleteFunction',
        'DeleteEventSourceMapping',
        'UpdateEventSourceMapping',
        'CreateEventSourceMapping',
        'PutFunctionConcurrency',
      ],
    },
    evidence: (situation) => onWatched(situation, (name) => stoppedEvidence(situation, name)),
  }),
  defineRule({
    id: 'monitor-function-changed',
    title: 'The function of the monitor was changed by hand',
    severities: {
      HIGH: 'its code or its configuration; the record leaves both out',
      MEDIUM: 'its time, memory or concurrency alone',
    },
    why: 'Other code, or another environment, judges otherwise or nothing at all, and reports that all is well.',
    remediation: {
      text: `${PUT_BACK} Find out who did this and why.`,
      command: 'aws lambda get-function-configuration --region {region} --function-name {resource}',
    },
    attack: DISABLED,
    calls: { 'lambda.amazonaws.com': ['UpdateFunctionCode', 'UpdateFunctionConfiguration', 'PutFunctionConcurrency'] },
    evidence: (situation) =>
      isOfDeployment(situation) ? [] : onWatched(situation, (name) => changedEvidence(situation, name)),
  }),
];

function queueEvidence(situation: Situation, name: string): readonly Evidence<'CRITICAL' | 'HIGH' | 'MEDIUM'>[] {
  const { eventName } = situation.call;
  if (eventName === 'DeleteQueue') return [{ severity: 'CRITICAL', says: `the queue ${name} is deleted` }];
  if (eventName === 'PurgeQueue')
    return [{ severity: 'CRITICAL', says: `all messages are deleted from the queue ${name} without being read` }];
  if (eventName === 'AddPermission' || eventName === 'RemovePermission')
    return evidenceIf(!isOfDeployment(situation), 'HIGH', `a permission of the queue ${name} is changed by hand`);
  if (isUnreadable(situation))
    return [
      { severity: 'HIGH', says: `the attributes of the queue ${name} are set, and the record does not tell how` },
    ];
  const attribute = (which: string): unknown => requested(situation, 'attributes', which);
  const retention = numberOf(attribute('MessageRetentionPeriod'));
  const delay = numberOf(attribute('DelaySeconds')) ?? 0;
  const policy = attribute('Policy');
  const redrive = attribute('RedrivePolicy');
  const key = textOf(attribute('KmsMasterKeyId'));
  const target = textOf(memberOf(policyWithin(redrive), 'deadLetterTargetArn'));
  return [
    ...evidenceIf(
      retention !== undefined && retention < SHORT_RETENTION,
      'CRITICAL',
      `messages of the queue ${name} are deleted unread after ${retention ?? 0} seconds`,
    ),
    ...evidenceIf(
      !isAbsent(policy) && !allows(policyWithin(policy), SENDERS),
      'HIGH',
      `the policy of the queue ${name} is set, and lets none of the services send that tell of log files`,
    ),
    ...evidenceIf(
      allowsOthers(policyWithin(policy), SENDERS),
      'HIGH',
      `the policy of the queue ${name} is set, and lets others use it than the services that tell of log files`,
    ),
    ...evidenceIf(
      !isAbsent(redrive) && !isWatched(situation, target),
      'HIGH',
      `what fails in the queue ${name} is sent to ${shownText(target)} from now on`,
    ),
    ...evidenceIf(
      key !== undefined && !isWatched(situation, key) && !/alias\/aws\/sqs$/.test(key),
      'HIGH',
      `the queue ${name} is now encrypted with ${key ?? ''}, which its senders may not be able to use`,
    ),
    ...evidenceIf(delay > 0, 'MEDIUM', `messages of the queue ${name} are delayed by ${delay} seconds`),
  ];
}

function stoppedEvidence(situation: Situation, name: string): readonly Evidence<'CRITICAL'>[] {
  const { call } = situation;
  const critical = (holds: boolean, says: string): readonly Evidence<'CRITICAL'>[] =>
    evidenceIf(holds, 'CRITICAL', says);
  const named = requested(situation, 'functionName');
  switch (call.eventName) {
    case 'DeleteFunction':
      return critical(isAbsent(requested(situation, 'qualifier')), `the function ${name} is deleted`);
    case 'DeleteEventSourceMapping':
      return critical(true, `the event source mapping of ${name} is deleted, so that nothing is read from the queue`);
    case 'CreateEventSourceMapping': {
      // The own mapping is created with the stack, from the own queue to the own function.
      const isOwn = isAbsent(named) || isWatched(situation, named);
      return critical(!isOwn, `the function ${shownText(named)} takes messages from the queue ${name} from now on`);
    }
    case 'UpdateEventSourceMapping': {
      const filters = memberOf(requested(situation, 'filterCriteria'), 'filters');
      const reports = requested(situation, 'functionResponseTypes');
      return [
        ...critical(
          flagOf(requested(situation, 'enabled')) === false,
          `the event source mapping of ${name} is turned off, so that nothing is read from the queue`,
        ),
        ...critical(
          !isAbsent(filters) && !(Array.isArray(filters) && filters.length === 0),
          `the event source mapping of ${name} is given a filter: messages that do not fit are deleted unread`,
        ),
        ...critical(
          !isAbsent(reports) && !textsWithin(reports).includes('ReportBatchItemFailures'),
          `the event source mapping of ${name} takes no more reports of single failures: messages that fail are deleted`,
        ),
        ...critical(
          !isAbsent(named) && !isWatched(situation, named),
          `the event source mapping of ${name} is given to another function, ${shownText(named)}`,
        ),
      ];
    }
    default:
      return critical(
        numberOf(requested(situation, 'reservedConcurrentExecutions')) === 0,
        `the concurrency of the function ${name} is set to 0: it is never started`,
      );
  }
}

/** Members of a configuration that change how fast it is, and not what it does. */
const SPEED = new Set(['timeout', 'memorysize', 'ephemeralstorage', 'snapstart']);
const HARMLESS = new Set(['functionname', 'description', 'tracingconfig', 'loggingconfig', 'revisionid', 'publish']);

function changedEvidence(situation: Situation, name: string): readonly Evidence<'HIGH' | 'MEDIUM'>[] {
  const { call } = situation;
  if (call.eventName === 'PutFunctionConcurrency') {
    const reserved = numberOf(requested(situation, 'reservedConcurrentExecutions'));
    return evidenceIf(
      reserved !== undefined && reserved > 0,
      'MEDIUM',
      `the concurrency of the function ${name} is set to ${reserved ?? 0}`,
    );
  }
  if (call.eventName === 'UpdateFunctionCode') {
    return evidenceIf(
      flagOf(requested(situation, 'dryRun')) !== true,
      'HIGH',
      `the code of the function ${name} is replaced, and the record does not tell by what`,
    );
  }
  const members = Object.entries(isObject(call.request) ? call.request : {})
    .filter(([, value]) => isSpecified(value))
    .map(([member]) => member.toLowerCase());
  const others = members.filter((member) => !HARMLESS.has(member));
  const isSpeed = others.length > 0 && others.every((member) => SPEED.has(member));
  const isNothing = others.length === 0 && members.length > 1;
  if (isNothing) return [];
  return isSpeed
    ? [{ severity: 'MEDIUM', says: `the time or memory of the function ${name} is set` }]
    : [
        {
          severity: 'HIGH',
          says: `the configuration of the function ${name} is set: ${others.join(', ') || 'what, the record leaves out, as it does with the environment'}`,
        },
      ];
}
