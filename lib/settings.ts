import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { EventName } from '../core/call';
import { problemsIn, SETTINGS_MEMBERS, shown, type Settings } from '../core/settings';
import { ownerProblems } from './owner-topics';
import { textOfError } from '../core/base/error-text';
import { isObject } from '../core/base/members';

/**
 * What decides the verdicts. `watchPatterns` may be written with the class `Match` of `aws-cdk-lib/aws-events`. Values
 * that only the deployment knows are refused here: everything is checked at synthesis, and travels as a file.
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
    const late = Object.entries(settings).flatMap(([name, value]) => lateProblem(name, value));
    const known = Object.entries(settings).filter(([, value]) => lateIn(value) === undefined);
    const problems = [...late, ...problemsIn(Object.fromEntries(known), today)];
    return problems.length > 0 ? problems : ownerProblems(settings);
  } catch (error) {
    // Resolving stops at functions and other things that no template can hold.
    return [`the settings must be plain data: ${textOfError(error)}`];
  }
}

function lateProblem(name: string, value: unknown): readonly string[] {
  const late = lateIn(value);
  if (late === undefined) return [];
  return [
    `'${name}' holds ${shown(late)}, which only the deployment knows: settings are checked at synthesis, so write the value itself ` +
      "(in place of Aws.ACCOUNT_ID, the account in the 'env' of the stack)",
  ];
}

/** A value within `value` that CloudFormation would fill in. */
function lateIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lateIn).find((late) => late !== undefined);
  if (!isObject(value)) return undefined;
  const [name, ...more] = Object.keys(value);
  const isReference = more.length === 0 && (name?.startsWith('Fn::') || typeof value['Ref'] === 'string');
  return isReference ? value : lateIn(Object.values(value));
}
