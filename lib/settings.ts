import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { EventName } from '../core/call';
import { MAX_ENVIRONMENT_BYTES, toVariables, type Environment } from '../lambda/environment';
import { ALERT_SEVERITIES } from '../core/base/severity';
import { problemsIn, SETTINGS_MEMBERS, type Settings } from '../core/settings';
import { textOfError } from '../core/base/error-text';
import { addressOf, serviceOf } from './address';

/**
 * What decides the verdicts. `watchPatterns` may be written with the class `Match` of `aws-cdk-lib/aws-events`. Values
 * that are known only at deployment are not supported here: everything is checked at synthesis.
 */
export interface SettingsProps extends Omit<Settings, 'watchedEvents'> {
  /**
   * Names of the API operations to watch, of either generation: one name watches both spellings of a renamed call.
   * @default - every call that changes a configuration
   */
  readonly watchedEvents?: readonly EventName[];
}

/** The members of `props` that decide verdicts, as plain data. */
export function toSettings(scope: Construct, props: SettingsProps): Settings {
  const given = SETTINGS_MEMBERS.filter((name) => props[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, Stack.of(scope).resolve(props[name]) as unknown]));
}

/** Everything that is wrong with the settings in `props` on the day `today` (`YYYY-MM-DD`), in the operator's words. */
export function settingsProblems(scope: Construct, props: SettingsProps, today: string): string[] {
  try {
    const settings = toSettings(scope, props);
    return [...problemsIn(settings, today), ...sizeProblems(scope, settings)];
  } catch (error) {
    // Resolving stops at functions and other things that no template can hold.
    return [`the settings must be plain data: ${textOfError(error)}`];
  }
}

/** The name of a topic or table is known at deployment only. This one is as long as CloudFormation makes it. */
function longestName(scope: Construct, id: string): string {
  const [stackName, ...ids] = addressOf(scope);
  return `${stackName}-${[...ids, id].join('')}12345678-ABCDEFGHIJKL`.slice(0, 256);
}

function sizeProblems(scope: Construct, settings: Settings): string[] {
  const arn = `arn:aws-us-gov:sns:ap-northeast-1:123456789012:${longestName(scope, 'CriticalAlerts')}`;
  const tableName = longestName(scope, 'AlertTable');
  const topicArns = Object.fromEntries(ALERT_SEVERITIES.map((severity) => [severity, arn])) as Environment['topicArns'];
  const size = bytesOf(toVariables({ topicArns, tableName, settings, service: serviceOf(scope) }));
  if (size <= MAX_ENVIRONMENT_BYTES) return [];
  const [largest] = Object.entries(settings)
    .map(([name, value]) => ({ name, bytes: Buffer.byteLength(JSON.stringify(value)) }))
    .sort((a, b) => b.bytes - a.bytes);
  return [
    `the settings need ${size} bytes of the function's environment, ${MAX_ENVIRONMENT_BYTES} are allowed: ` +
      `shorten '${largest?.name}' first, which takes ${largest?.bytes} of them ` +
      "(one pattern with '*' instead of a list, shorter reasons, expired suppressions removed)",
  ];
}

function bytesOf(environment: Readonly<Record<string, string>>): number {
  return Object.entries(environment)
    .flat()
    .reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}
