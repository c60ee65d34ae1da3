import { listOf, textOf, textsOf } from '../base/members';
import { technique } from './kit/attack';
import { evidenceIf } from './kit/reading';
import { defineRule, type Evidence, type Rule } from './kit/rule';
import type { Situation } from './kit/situation';
import {
  denies,
  gives,
  isOfDeployment,
  isUnreadable,
  isWatched,
  onWatched,
  policyWithin,
  PUT_BACK,
  requested,
  SHOW_ORIGIN,
  shownText,
  turnsOff,
} from './kit/watched';

const DISABLED = [technique('T1685')];

export const ownAlertRules: readonly Rule[] = [
  defineRule({
    id: 'monitor-topic-silenced',
    title: 'A topic of the monitor no longer reaches people',
    severities: {
      CRITICAL: 'it is deleted',
      HIGH: 'a subscription is removed or filtered, or the policy, a permission or the key of the topic is changed',
    },
    why: 'Alerts are judged and published, and nobody hears of them.',
    remediation: {
      text: `${PUT_BACK} Subscribe again who is missing: an e-mail address has to confirm it.`,
      command: 'aws sns list-subscriptions --region {region}',
    },
    attack: DISABLED,
    calls: {
      'sns.amazonaws.com': [
        'DeleteTopic',
        'Unsubscribe',
        'SetSubscriptionAttributes',
        'SetTopicAttributes',
        'AddPermission',
        'RemovePermission',
        'PutDataProtectionPolicy',
      ],
    },
    evidence: (situation) => onWatched(situation, (name) => topicEvidence(situation, name)),
  }),
  defineRule({
    id: 'monitor-table-changed',
    title: 'The table of the monitor was deleted or cut off',
    severities: {
      CRITICAL: 'it is deleted',
      HIGH: 'its policy denies something, its key is changed, or what is set cannot be seen',
      MEDIUM: 'its capacity or its time to live is changed by hand',
    },
    why: 'Without the table nothing is known of what was told: alerts fail or are told again, and changes are judged without what held before.',
    remediation: {
      text: `Restore a deleted table under its name, from the backup that AWS keeps for 35 days. ${PUT_BACK}`,
      command: 'aws dynamodb describe-table --region {region} --table-name {resource}',
      commands: {
        DeleteTable: 'aws dynamodb list-backups --region {region} --table-name {resource} --backup-type SYSTEM',
      },
    },
    attack: [technique('T1685'), technique('T1485')],
    calls: { 'dynamodb.amazonaws.com': ['DeleteTable', 'UpdateTable', 'UpdateTimeToLive', 'PutResourcePolicy'] },
    evidence: (situation) => onWatched(situation, (name) => tableEvidence(situation, name)),
  }),
  defineRule({
    id: 'monitor-alarm-silenced',
    title: 'An alarm of the monitor was silenced',
    severities: {
      HIGH: 'it is deleted, muted, or tells no topic of the monitor any more',
      MEDIUM: 'it is set to OK, or set anew, by hand',
    },
    why: 'Alarms tell when the monitor itself fails: with one silenced, what comes next is not noticed.',
    remediation: {
      text: `${PUT_BACK} Look at what the alarm would have told.`,
      command: 'aws cloudwatch describe-alarms --region {region} --alarm-names {resource}',
      commands: {
        DeleteAlarms: SHOW_ORIGIN,
        DisableAlarmActions: 'aws cloudwatch enable-alarm-actions --region {region} --alarm-names {resource}',
        PutAlarmMuteRule: 'aws cloudwatch list-alarm-mute-rules --region {region} --alarm-name {resource}',
      },
    },
    attack: DISABLED,
    calls: {
      'monitoring.amazonaws.com': [
        'DeleteAlarms',
        'DisableAlarmActions',
        'PutAlarmMuteRule',
        'PutMetricAlarm',
        'SetAlarmState',
      ],
    },
    evidence: (situation) => onWatched(situation, (name) => alarmEvidence(situation, name)),
  }),
];

function topicEvidence(situation: Situation, name: string): readonly Evidence<'CRITICAL' | 'HIGH'>[] {
  const { call } = situation;
  const isOurs = isOfDeployment(situation);
  const attribute = textOf(requested(situation, 'attributeName')) ?? '';
  const value = requested(situation, 'attributeValue');
  switch (call.eventName) {
    case 'DeleteTopic':
      return [{ severity: 'CRITICAL', says: `the topic ${name} is deleted` }];
    case 'Unsubscribe':
      return [{ severity: 'HIGH', says: `a subscription of the topic ${name} is removed` }];
    case 'AddPermission':
    case 'RemovePermission':
      return evidenceIf(!isOurs, 'HIGH', `a permission of the topic ${name} is changed by hand`);
    case 'PutDataProtectionPolicy':
      return [{ severity: 'HIGH', says: `the topic ${name} is given a policy that may hold messages back` }];
    case 'SetSubscriptionAttributes':
      return [
        ...evidenceIf(
          /^FilterPolicy$/i.test(attribute) && !isEmptyPolicy(value) && !isOurs,
          'HIGH',
          `a subscription of the topic ${name} is given a filter: alerts that do not fit are not delivered`,
        ),
        ...evidenceIf(
          /^RedrivePolicy$/i.test(attribute) && !isOurs,
          'HIGH',
          `what cannot be delivered to a subscription of the topic ${name} goes elsewhere from now on`,
        ),
      ];
    default:
      return [
        ...evidenceIf(/^Policy$/i.test(attribute) && !isOurs, 'HIGH', `the policy of the topic ${name} is set by hand`),
        ...evidenceIf(
          /^KmsMasterKeyId$/i.test(attribute) &&
            textOf(value) !== undefined &&
            !isWatched(situation, value) &&
            !/alias\/aws\/sns$/.test(textOf(value) ?? ''),
          'HIGH',
          `the topic ${name} is now encrypted with ${shownText(value)}, which its publishers may not be able to use`,
        ),
        ...evidenceIf(
          isUnreadable(situation),
          'HIGH',
          `the attributes of the topic ${name} are set, and the record does not tell how`,
        ),
      ];
  }
}

/** A filter policy that is taken away is the empty object, or nothing. */
const isEmptyPolicy = (value: unknown): boolean => /^(\{\s*\})?$/.test(typeof value === 'string' ? value.trim() : '');

function tableEvidence(situation: Situation, name: string): readonly Evidence<'CRITICAL' | 'HIGH' | 'MEDIUM'>[] {
  const { call } = situation;
  const isOurs = isOfDeployment(situation);
  switch (call.eventName) {
    case 'DeleteTable':
      return [{ severity: 'CRITICAL', says: `the table ${name} is deleted` }];
    case 'PutResourcePolicy':
      return evidenceIf(
        denies(policyWithin(requested(situation, 'policy'))) || isUnreadable(situation),
        'HIGH',
        `the table ${name} is given a policy that denies something, or cannot be seen`,
      );
    case 'UpdateTimeToLive':
      return evidenceIf(!isOurs, 'MEDIUM', `the time to live of the table ${name} is set by hand`);
    default:
      return [
        ...evidenceIf(
          gives(situation, 'sSESpecification', 'kMSMasterKeyId') &&
            !isWatched(situation, requested(situation, 'sSESpecification', 'kMSMasterKeyId')),
          'HIGH',
          `the table ${name} is now encrypted with ${shownText(requested(situation, 'sSESpecification', 'kMSMasterKeyId'))}, which the function may not be able to use`,
        ),
        ...evidenceIf(
          !isOurs && (gives(situation, 'provisionedThroughput') || gives(situation, 'onDemandThroughput')),
          'MEDIUM',
          `the capacity of the table ${name} is set by hand`,
        ),
        ...evidenceIf(
          isUnreadable(situation),
          'HIGH',
          `the table ${name} is updated, and the record does not tell how`,
        ),
      ];
  }
}

function alarmEvidence(situation: Situation, name: string): readonly Evidence<'HIGH' | 'MEDIUM'>[] {
  const { call } = situation;
  const names = textsOf(requested(situation, 'alarmNames')).filter((each) => isWatched(situation, each));
  const more = names.length > 1 ? ` and ${names.length - 1} more` : '';
  switch (call.eventName) {
    case 'DeleteAlarms':
      return [{ severity: 'HIGH', says: `the alarm ${name}${more} is deleted` }];
    case 'DisableAlarmActions':
      return [
        { severity: 'HIGH', says: `the actions of the alarm ${name}${more} are turned off, so that it tells nobody` },
      ];
    case 'PutAlarmMuteRule':
      return [{ severity: 'HIGH', says: `the alarm ${name} is muted by a rule` }];
    case 'SetAlarmState':
      return evidenceIf(
        !/^ALARM$/i.test(textOf(requested(situation, 'stateValue')) ?? ''),
        'MEDIUM',
        `the alarm ${name} is set to ${shownText(requested(situation, 'stateValue'))} by hand`,
      );
    default: {
      const isMute = turnsOff(situation, 'actionsEnabled') || tellsNobody(situation);
      if (isMute)
        return [
          {
            severity: 'HIGH',
            says: `the alarm ${name} is set without an action on a topic of the monitor, so that it tells nobody`,
          },
        ];
      return evidenceIf(!isOfDeployment(situation), 'MEDIUM', `the alarm ${name} is set anew by hand`);
    }
  }
}

/** An alarm that is set is set whole: without actions it has none. A request that cannot be read tells nothing. */
const tellsNobody = (situation: Situation): boolean =>
  !isUnreadable(situation) &&
  !listOf(requested(situation, 'alarmActions')).some((action) => isWatched(situation, action));
