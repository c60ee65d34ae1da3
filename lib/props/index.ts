// What is wrong with props, whoever wrote them: code that is not type-checked may give anything.
import type { Construct } from 'constructs';
import { isObject } from '../../core/base/members';
import { shown } from '../../core/settings';
import type { EsConfigMonitorProps } from '../es-config-monitor-props';
import { fastPathProblems } from '../fast-path';
import { mailDigestProblems } from '../mail-digest';
import { settingsProblems } from '../settings';
import { subscriberProblems } from '../subscribers';
import { wrongKinds } from './kinds';
import { combinationProblems, logSourceProblems } from './log-source';
import { nameProblems } from './names';

export { isForMonitor } from './names';

/** Everything that is wrong with the props of the monitor at `scope`, in the operator's words. Total on any value. */
export function propsProblems(scope: Construct, props: unknown): string[] {
  if (!isObject(props)) return [`the props must be an object, got ${shown(props)}`];
  const given = Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined));
  const wrong = wrongKinds(given);
  // What is of the wrong kind is told once, and is there all the same where another prop asks for it.
  const right: EsConfigMonitorProps = Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.has(name)));
  const today = new Date().toISOString().slice(0, 10);
  return [
    ...nameProblems(Object.keys(given)),
    ...wrong.values(),
    ...combinationProblems(given),
    ...fastPathProblems(right),
    ...mailDigestProblems(right),
    ...logSourceProblems(scope, right),
    ...settingsProblems(scope, right, today),
    ...subscriberProblems(right.subscribers ?? [], right.operationsSubscribers ?? [], right.digestSubscribers ?? []),
  ];
}
