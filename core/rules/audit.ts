import { valueIn } from '../domain';
import { flagOf, isObject, memberOf, textOf } from '../base/members';
import { technique } from './kit/attack';
import { asked, evidenceIf, foreignAccountOf, given, isUpdate } from './kit/reading';
import { defineRule, type Rule } from './kit/rule';
import type { Compared } from './kit/situation';

/** The log types an update turns off, in the service's spelling. */
function turnedOffIn(situation: Compared): readonly string[] {
  const options = asked(situation, 'logPublishingOptions');
  if (!isUpdate(situation) || !isObject(options)) return [];
  return Object.keys(options)
    .filter((type) => flagOf(memberOf(options[type], 'enabled')) === false && !wasOff(situation, type))
    .map((type) => type.toUpperCase());
}

/** Known to have been off before, as people were told: the call turns nothing off. */
function wasOff({ told }: Compared, type: string): boolean {
  return flagOf(valueIn(told, 'logPublishingOptions', type, 'enabled')) === false;
}

const PUBLISH = `aws opensearch update-domain-config --region {region} --domain-name {domain} --log-publishing-options '{"AUDIT_LOGS":{"CloudWatchLogsLogGroupArn":"{LOG_GROUP_ARN}","Enabled":true}}'`;

export const auditRules: readonly Rule[] = [
  defineRule({
    id: 'audit-logs-disabled',
    title: 'Audit logs were turned off',
    severities: { HIGH: 'always' },
    why: 'From now on nothing records who signs in and who reads what: a thief turns the camera off first.',
    remediation: {
      text: 'Turn audit logs on again, and find out what the caller did around this time.',
      command: PUBLISH,
    },
    attack: [technique('T1685.002')],
    operations: ['UpdateDomainConfig'],
    compares: true,
    evidence: (situation) =>
      evidenceIf(turnedOffIn(situation).includes('AUDIT_LOGS'), 'HIGH', 'publishing of AUDIT_LOGS is turned off'),
  }),
  defineRule({
    id: 'operational-logs-disabled',
    title: 'Operational logs were turned off',
    severities: { LOW: 'always' },
    why: 'Application and slow logs show errors and odd queries; without them trouble goes unseen.',
    remediation: { text: 'If it was not planned, turn the logs on again.', command: PUBLISH },
    attack: [technique('T1685.002')],
    operations: ['UpdateDomainConfig'],
    compares: true,
    evidence: (situation) => {
      const types = turnedOffIn(situation).filter((type) => type !== 'AUDIT_LOGS');
      return evidenceIf(types.length > 0, 'LOW', `publishing of ${types.join(', ')} is turned off`);
    },
  }),
  defineRule({
    id: 'foreign-log-destination',
    title: 'Logs are published to another account',
    severities: { HIGH: 'always' },
    why: 'Audit and slow logs quote queries and documents; they now leave for an account that nobody listed as trusted.',
    remediation: {
      text: 'Find out whose account it is. If it is yours, list it as a trusted account; if not, publish to a log group of your own.',
      command: PUBLISH,
    },
    attack: [technique('T1537'), technique('T1020')],
    operations: ['CreateDomain', 'UpdateDomainConfig'],
    evidence: (situation) => {
      const options = given(situation, 'logPublishingOptions');
      if (!isObject(options)) return [];
      return Object.entries(options).flatMap(([type, option]) => {
        const arn = textOf(memberOf(option, 'cloudWatchLogsLogGroupArn'));
        const owner = foreignAccountOf(situation, arn);
        const says = `${type.toUpperCase()} go to a log group of account ${owner ?? ''}: ${arn ?? ''}`;
        return evidenceIf(owner !== undefined && flagOf(memberOf(option, 'enabled')) !== false, 'HIGH', says);
      });
    },
  }),
];
