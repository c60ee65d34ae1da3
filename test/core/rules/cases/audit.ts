import { OWN, PARTNER, recordOf, STRANGER } from '../../../support/records';
import { casesOf, type RuleCase } from './rule-case';

const LOGS = 'requestParameters/logPublishingOptions';
const AUDIT_GROUP = `${LOGS}/AUDIT_LOGS/cloudWatchLogsLogGroupArn`;
const groupOf = (accountId: string): string => `arn:aws:logs:eu-west-1:${accountId}:log-group:/aws/opensearch/audit:*`;

export const auditCases: readonly RuleCase[] = [
  ...casesOf(
    'audit-logs-disabled',
    ['turned off', 'HIGH', recordOf('es_UpdateDomainConfig_audit_logs_off')],
    ['turned off through the 2015 API', 'HIGH', recordOf('es_UpdateElasticsearchDomainConfig_audit_logs_off')],
    [
      'turned off, with the first letter of the log type lowered',
      'HIGH',
      recordOf('es_UpdateDomainConfig_audit_logs_off', { [LOGS]: { aUDIT_LOGS: { enabled: 'false' } } }),
    ],
    [
      'turned off where they were on',
      'HIGH',
      recordOf('es_UpdateDomainConfig_audit_logs_off'),
      recordOf('es_UpdateDomainConfig_log_destination'),
    ],
    [
      'turned off where they were off, beside a change of something else',
      'none',
      recordOf('es_UpdateDomainConfig_audit_logs_off', { 'requestParameters/iPAddressType': 'dualstack' }),
      recordOf('es_UpdateElasticsearchDomainConfig_audit_logs_off'),
    ],
    ['turned on', 'none', recordOf('es_UpdateDomainConfig_audit_logs_off', { [`${LOGS}/AUDIT_LOGS/enabled`]: true })],
    ['an empty block', 'none', recordOf('es_UpdateDomainConfig_audit_logs_off', { [`${LOGS}/AUDIT_LOGS`]: {} })],
    ['other logs are turned off', 'none', recordOf('es_UpdateDomainConfig_slow_logs_off')],
    [
      'left off at creation',
      'none',
      recordOf('es_CreateDomain_hardened', { [LOGS]: { AUDIT_LOGS: { enabled: false } } }),
    ],
  ),
  ...casesOf(
    'operational-logs-disabled',
    ['slow logs are turned off', 'LOW', recordOf('es_UpdateDomainConfig_slow_logs_off')],
    [
      'turned off where they were off, beside a change of something else',
      'none',
      recordOf('es_UpdateDomainConfig_slow_logs_off', { 'requestParameters/iPAddressType': 'dualstack' }),
      recordOf('es_UpdateDomainConfig_slow_logs_off'),
    ],
    [
      'application logs are turned off',
      'LOW',
      recordOf('es_UpdateDomainConfig_slow_logs_off', { [LOGS]: { ES_APPLICATION_LOGS: { enabled: false } } }),
    ],
    [
      'slow logs are turned on',
      'none',
      recordOf('es_UpdateDomainConfig_slow_logs_off', { [LOGS]: { INDEX_SLOW_LOGS: { enabled: true } } }),
    ],
    ['audit logs alone are turned off', 'none', recordOf('es_UpdateDomainConfig_audit_logs_off')],
  ),
  ...casesOf(
    'foreign-log-destination',
    ['a log group of an account nobody trusts', 'HIGH', recordOf('es_UpdateDomainConfig_log_destination')],
    [
      'a log group of the own account',
      'none',
      recordOf('es_UpdateDomainConfig_log_destination', { [AUDIT_GROUP]: groupOf(OWN) }),
    ],
    [
      'a log group of a trusted account',
      'none',
      recordOf('es_UpdateDomainConfig_log_destination', { [AUDIT_GROUP]: groupOf(PARTNER) }),
    ],
    [
      'a log group that publishing is turned off for',
      'none',
      recordOf('es_UpdateDomainConfig_log_destination', { [`${LOGS}/AUDIT_LOGS/enabled`]: false }),
    ],
    [
      'a domain is created with one',
      'HIGH',
      recordOf('es_CreateDomain_hardened', {
        [LOGS]: { ES_APPLICATION_LOGS: { enabled: true, cloudWatchLogsLogGroupArn: groupOf(STRANGER) } },
      }),
    ],
  ),
];
