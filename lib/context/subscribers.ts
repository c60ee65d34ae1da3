import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { isEmailAddress } from '../../core/settings';
import { ALERT_SEVERITIES, type AlertSeverity } from '../../core/base/severity';
import type { EsConfigMonitorProps } from '../es-config-monitor-props';
import { listAt, textAt, type Context, type Read } from './values';

/** Who is told of alerts, of the operational alarms, and by a digest. */
export function readSubscribers(
  context: Context,
): Read<Pick<EsConfigMonitorProps, 'subscribers' | 'operationsSubscribers' | 'digest' | 'digestSubscribers'>> {
  const digest = readPeriod(textAt(context, 'digest'));
  const minimumSeverity = readSeverity(textAt(context, 'minimumSeverity'));
  if (context['alertEmail'] === undefined) {
    const isIdle = context['minimumSeverity'] !== undefined;
    const idle = isIdle ? ["context key 'minimumSeverity' has nobody to apply to: set 'alertEmail', too"] : [];
    return { value: { ...digest.value }, problems: [...minimumSeverity.problems, ...digest.problems, ...idle] };
  }
  const addresses = [...new Set(listAt(context, 'alertEmail'))];
  const subscriptions = addresses.map((address) => new EmailSubscription(address));
  return {
    value: {
      subscribers: subscriptions.map((subscription) => ({
        subscription,
        ...(minimumSeverity.value && { minimumSeverity: minimumSeverity.value }),
      })),
      operationsSubscribers: subscriptions,
      ...(digest.value.digest && { ...digest.value, digestSubscribers: subscriptions }),
    },
    problems: [
      ...addresses
        .filter((address) => !isEmailAddress(address))
        .map((address) => `context key 'alertEmail' must be e-mail addresses separated by commas, got '${address}'`),
      ...minimumSeverity.problems,
      ...digest.problems,
    ],
  };
}

function readPeriod(text: string | undefined): Read<Pick<EsConfigMonitorProps, 'digest'>> {
  if (text === undefined) return { value: {}, problems: [] };
  if (text === 'daily' || text === 'weekly') return { value: { digest: text }, problems: [] };
  return { value: {}, problems: [`context key 'digest' must be 'daily' or 'weekly', got '${text}'`] };
}

function readSeverity(text: string | undefined): Read<AlertSeverity | undefined> {
  const severity = ALERT_SEVERITIES.find((candidate) => candidate === text?.toUpperCase());
  if (severity || text === undefined) return { value: severity, problems: [] };
  const allowed = ALERT_SEVERITIES.join(', ');
  return {
    value: undefined,
    problems: [`context key 'minimumSeverity' must be one of ${allowed}, got '${text}'`],
  };
}
