// The props of the stack in the context of the command line, `cdk deploy -c KEY=VALUE` and cdk.json.
import { Annotations, type Stack } from 'aws-cdk-lib';
import { LIST_SETTINGS } from '../../core/settings';
import type { EsConfigMonitorProps } from '../es-config-monitor-props';
import type { SettingsProps } from '../settings';
import { readSettingsFile } from './file';
import { keyProblems } from './keys';
import { readLogSource } from './log-source';
import { readSubscribers } from './subscribers';
import { listAt, textAt, withoutBlanks, type Context } from './values';

/**
 * The props that the context of the command line describes, for those who write no code. A stack that is given no bucket
 * draws a warning: options of the command line hold for one deployment, and the next one without them would move the
 * monitor to a new trail.
 *
 * `alertEmail` is told of alerts from `minimumSeverity` on, and of the operational alarms. `config` is the path of a JSON
 * file with the members of `SettingsProps`, for those that are no lists of texts; `-c` wins over it.
 *
 * @param tell is told of keys that look like a misspelt one, blank values, and values that cannot be, which the props leave
 *   out; what else is wrong with the props is the stack's to find
 */
export function propsFromContext(stack: Stack, tell: (problems: readonly string[]) => void): EsConfigMonitorProps {
  const context = stack.node.getAllContext() as Context;
  const given = withoutBlanks(context);
  const path = textAt(given.value, 'config');
  const file = path === undefined ? { value: {}, problems: [] } : readSettingsFile(path);
  const source = readLogSource(stack, given.value);
  const told = readSubscribers(given.value);
  tell([
    ...keyProblems(Object.keys(context)),
    ...given.problems,
    ...file.problems,
    ...source.problems,
    ...told.problems,
  ]);
  const props = { ...file.value, ...listsIn(given.value), ...source.value, ...told.value };
  if (!props.trailBucket) warnOfNewTrail(stack);
  return props;
}

function listsIn(context: Context): SettingsProps {
  const given = LIST_SETTINGS.filter((key) => context[key] !== undefined);
  return Object.fromEntries(given.map((key) => [key, listAt(context, key)]));
}

function warnOfNewTrail(stack: Stack): void {
  Annotations.of(stack).addWarningV2(
    'es-config-monitor:new-trail',
    "context key 'trailBucketName' is not set: a new trail is created, with a bucket of its own, and log files of no other " +
      'trail are read; where it was given with -c before, give it again, or keep it in "context" of cdk.json',
  );
}
