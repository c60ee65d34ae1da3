import { Alias } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { ALERT_SEVERITIES, type AlertSeverity } from '../core/base/severity';

/** Ids of the topics. They are forever: a renamed topic is a new topic without its subscribers. */
const TOPIC_IDS: Readonly<Record<AlertSeverity, string>> = {
  LOW: 'LowAlerts',
  MEDIUM: 'MediumAlerts',
  HIGH: 'HighAlerts',
  CRITICAL: 'CriticalAlerts',
};

/**
 * The alert topic of each severity, encrypted under the account's key for SNS: whoever may publish needs no key
 * permission of its own. AWS services cannot publish to such a topic, which is no loss: only the function does.
 */
export function createAlertTopics(scope: Construct): Readonly<Record<AlertSeverity, Topic>> {
  const masterKey = Alias.fromAliasName(scope, 'SnsKey', 'alias/aws/sns');
  const topics = ALERT_SEVERITIES.map((severity) => {
    const topic = new Topic(scope, TOPIC_IDS[severity], {
      displayName: `${severity} es-config-monitor`,
      masterKey,
      enforceSSL: true,
    });
    return [severity, topic] as const;
  });
  return Object.fromEntries(topics) as Record<AlertSeverity, Topic>;
}
