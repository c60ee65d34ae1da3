import { flagOf, textOf } from '../base/members';
import { technique } from './kit/attack';
import { evidenceIf } from './kit/reading';
import { defineRule, type Evidence, type Rule } from './kit/rule';
import type { Situation } from './kit/situation';
import {
  denies,
  isOfDeployment,
  onWatched,
  policyWithin,
  PUT_BACK,
  requested,
  SHOW_ORIGIN,
  shownText,
} from './kit/watched';

export const foundationRules: readonly Rule[] = [
  defineRule({
    id: 'monitor-rule-disabled',
    title: 'An EventBridge rule of the monitor was changed',
    severities: {
      HIGH: 'it is turned off or deleted, or loses a target',
      MEDIUM: 'it or its targets are set by hand',
    },
    why: 'These rules bring the news of log files, or tell of calls that stop the monitor: without them neither is told.',
    remediation: {
      text: `${PUT_BACK} Find out what happened meanwhile.`,
      command: 'aws events describe-rule --region {region} --name {resource}',
      commands: {
        DeleteRule: SHOW_ORIGIN,
        DisableRule: 'aws events enable-rule --region {region} --name {resource}',
      },
    },
    attack: [technique('T1685')],
    calls: { 'events.amazonaws.com': ['DeleteRule', 'DisableRule', 'PutRule', 'PutTargets', 'RemoveTargets'] },
    evidence: (situation) => onWatched(situation, (name) => ruleEvidence(situation, name)),
  }),
  defineRule({
    id: 'monitor-output-stopped',
    title: 'A way out of the monitor was stopped',
    severities: {
      HIGH: 'a pipe, a schedule or an event bus of it is deleted, stopped or turned off',
      MEDIUM: 'a pipe or a schedule is set by hand',
    },
    why: 'They give alerts to an event bus, send the mail digest and have the state of the monitor checked: pagers and mails stay silent without a word.',
    remediation: {
      text: `${PUT_BACK} Alerts that wait for a pipe or a mail are kept for 14 days.`,
      command: SHOW_ORIGIN,
      commands: { StopPipe: 'aws pipes start-pipe --region {region} --name {resource}' },
    },
    attack: [technique('T1685')],
    calls: {
      'events.amazonaws.com': ['DeleteEventBus'],
      'pipes.amazonaws.com': ['DeletePipe', 'StopPipe', 'UpdatePipe'],
      'scheduler.amazonaws.com': ['DeleteSchedule', 'UpdateSchedule'],
    },
    evidence: (situation) => onWatched(situation, (name) => outputEvidence(situation, name)),
  }),
  defineRule({
    id: 'monitor-key-disabled',
    title: 'A key of the monitor was disabled or cut off',
    severities: {
      CRITICAL: 'it is disabled, is to be deleted, or has lost its material',
      HIGH: 'its policy is set by hand',
    },
    why: 'What is encrypted with the key cannot be read any more: log files, or the alarms of the monitor.',
    remediation: {
      text: 'Make the key usable again: a key whose deletion is cancelled is still disabled. Then have the log files of that time read.',
      command: 'aws kms enable-key --region {region} --key-id {resource}',
      commands: {
        ScheduleKeyDeletion: 'aws kms cancel-key-deletion --region {region} --key-id {resource}',
        DeleteImportedKeyMaterial:
          'aws kms get-parameters-for-import --region {region} --key-id {resource} --wrapping-algorithm RSAES_OAEP_SHA_256 --wrapping-key-spec RSA_4096',
        PutKeyPolicy: 'aws kms get-key-policy --region {region} --key-id {resource} --output text',
      },
    },
    attack: [technique('T1685.002'), technique('T1489')],
    calls: { 'kms.amazonaws.com': ['DisableKey', 'ScheduleKeyDeletion', 'DeleteImportedKeyMaterial', 'PutKeyPolicy'] },
    evidence: (situation) => onWatched(situation, (name) => keyEvidence(situation, name)),
  }),
  defineRule({
    id: 'monitor-role-changed',
    title: 'The role of the monitor was changed by hand',
    severities: {
      CRITICAL: 'it is deleted, or nobody can use it any more',
      HIGH: 'a policy or a boundary is set or taken away',
      MEDIUM: 'a policy is attached that does not deny, by its name',
    },
    why: 'The function works with this role: without its permissions it reads nothing and tells nobody.',
    remediation: {
      text: `${PUT_BACK} Look at what was added by hand as well.`,
      command: 'aws iam list-role-policies --role-name {resource}',
      commands: {
        DeleteRole: 'aws iam create-role --role-name {resource} --assume-role-policy-document {TRUST_POLICY}',
        UpdateAssumeRolePolicy: 'aws iam get-role --role-name {resource} --query Role.AssumeRolePolicyDocument',
        PutRolePermissionsBoundary: 'aws iam delete-role-permissions-boundary --role-name {resource}',
      },
    },
    attack: [technique('T1685'), technique('T1098')],
    calls: {
      'iam.amazonaws.com': [
        'DeleteRole',
        'UpdateAssumeRolePolicy',
        'DeleteRolePolicy',
        'DetachRolePolicy',
        'PutRolePolicy',
        'PutRolePermissionsBoundary',
        'AttachRolePolicy',
      ],
    },
    evidence: (situation) => onWatched(situation, (name) => roleEvidence(situation, name)),
  }),
  defineRule({
    id: 'monitor-stack-deleted',
    title: 'The stack of the monitor was deleted',
    severities: {
      CRITICAL: 'always',
      MEDIUM: 'its protection against deletion is turned off',
    },
    why: 'With the stack goes the monitor: nothing is judged from now on.',
    remediation: {
      text: 'Protect the stack again; one that is gone is deployed anew. Then have the log files of the time in between read.',
      commands: {
        UpdateTerminationProtection:
          'aws cloudformation update-termination-protection --region {region} --stack-name {resource} --enable-termination-protection',
      },
    },
    attack: [technique('T1685'), technique('T1485')],
    calls: { 'cloudformation.amazonaws.com': ['DeleteStack', 'UpdateTerminationProtection'] },
    evidence: (situation) =>
      onWatched(situation, (name): readonly Evidence<'CRITICAL' | 'MEDIUM'>[] =>
        situation.call.eventName === 'DeleteStack'
          ? [{ severity: 'CRITICAL', says: `the stack ${name} is deleted` }]
          : evidenceIf(
              flagOf(requested(situation, 'enableTerminationProtection')) === false,
              'MEDIUM',
              `protection of the stack ${name} against deletion is turned off`,
            ),
      ),
  }),
  defineRule({
    id: 'monitor-stack-changed',
    title: 'The stack of the monitor is being changed',
    severities: { LOW: 'always: what the change takes away or weakens is told by the rules about that' },
    why: 'A deployment puts other code and other settings in place, as whoever may deploy likes.',
    remediation: {
      text: 'Check that the deployment was planned.',
      command: 'aws cloudformation describe-stack-events --region {region} --stack-name {resource}',
    },
    attack: [technique('T1685')],
    calls: { 'cloudformation.amazonaws.com': ['UpdateStack', 'ExecuteChangeSet'] },
    evidence: (situation) =>
      onWatched(situation, (name) => [{ severity: 'LOW', says: `the stack ${name} is being updated` }]),
  }),
];

function ruleEvidence(situation: Situation, name: string): readonly Evidence<'HIGH' | 'MEDIUM'>[] {
  const isDisabled = /^DISABLED$/i.test(textOf(requested(situation, 'state')) ?? '');
  switch (situation.call.eventName) {
    case 'DeleteRule':
      return [{ severity: 'HIGH', says: `the EventBridge rule ${name} is deleted` }];
    case 'DisableRule':
      return [{ severity: 'HIGH', says: `the EventBridge rule ${name} is turned off` }];
    case 'RemoveTargets':
      return [{ severity: 'HIGH', says: `targets of the EventBridge rule ${name} are removed` }];
    default:
      if (isDisabled) return [{ severity: 'HIGH', says: `the EventBridge rule ${name} is turned off` }];
      return evidenceIf(
        !isOfDeployment(situation),
        'MEDIUM',
        `the EventBridge rule ${name} or its targets are set by hand`,
      );
  }
}

function outputEvidence(situation: Situation, name: string): readonly Evidence<'HIGH' | 'MEDIUM'>[] {
  const { eventName } = situation.call;
  const what = eventName.endsWith('Pipe') ? 'pipe' : eventName.endsWith('Schedule') ? 'schedule' : 'event bus';
  if (eventName.startsWith('Delete')) return [{ severity: 'HIGH', says: `the ${what} ${name} is deleted` }];
  const state = textOf(requested(situation, 'desiredState')) ?? textOf(requested(situation, 'state')) ?? '';
  if (eventName === 'StopPipe' || /^(STOPPED|DISABLED)$/i.test(state)) {
    return [{ severity: 'HIGH', says: `the ${what} ${name} is stopped` }];
  }
  return evidenceIf(!isOfDeployment(situation), 'MEDIUM', `the ${what} ${name} is set by hand`);
}

function keyEvidence(situation: Situation, name: string): readonly Evidence<'CRITICAL' | 'HIGH'>[] {
  switch (situation.call.eventName) {
    case 'DisableKey':
      return [{ severity: 'CRITICAL', says: `the key ${name} is disabled` }];
    case 'ScheduleKeyDeletion':
      return [
        {
          severity: 'CRITICAL',
          says: `the key ${name} is set to be deleted, and cannot be used until that is cancelled`,
        },
      ];
    case 'DeleteImportedKeyMaterial':
      return [{ severity: 'CRITICAL', says: `the material of the key ${name} is deleted` }];
    default:
      return evidenceIf(!isOfDeployment(situation), 'HIGH', `the policy of the key ${name} is set by hand`);
  }
}

function roleEvidence(situation: Situation, name: string): readonly Evidence<'CRITICAL' | 'HIGH' | 'MEDIUM'>[] {
  const isOurs = isOfDeployment(situation);
  const arn = requested(situation, 'policyArn');
  const policy = shownText(requested(situation, 'policyName') ?? arn);
  switch (situation.call.eventName) {
    case 'DeleteRole':
      return [{ severity: 'CRITICAL', says: `the role ${name} is deleted` }];
    case 'UpdateAssumeRolePolicy':
      return evidenceIf(!isOurs, 'CRITICAL', `who can use the role ${name} is set by hand`);
    case 'DeleteRolePolicy':
    case 'DetachRolePolicy':
      return [{ severity: 'HIGH', says: `the policy ${policy} is taken from the role ${name}` }];
    case 'PutRolePolicy': {
      const document = policyWithin(requested(situation, 'policyDocument'));
      return evidenceIf(
        !isOurs || denies(document),
        'HIGH',
        `the policy ${policy} of the role ${name} is set${denies(document) ? ', and denies something' : ' by hand'}`,
      );
    }
    case 'PutRolePermissionsBoundary':
      return [{ severity: 'HIGH', says: `the role ${name} is given a boundary to its permissions` }];
    default:
      if (/Deny/i.test(shownText(arn)))
        return [{ severity: 'HIGH', says: `the policy ${policy} is attached to the role ${name}` }];
      return evidenceIf(!isOurs, 'MEDIUM', `the policy ${policy} is attached to the role ${name}`);
  }
}
