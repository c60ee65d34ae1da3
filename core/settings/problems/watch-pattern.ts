import type { WatchPattern } from '../settings';
import { memberOf } from '../../base/members';
import { ALERT_SEVERITIES, isAlertSeverity } from '../../base/severity';
import { EVENT_SOURCES } from '../../base/event-source';
import { acceptsAt, readEventPattern, type CompiledPattern } from '../../event-pattern';
import { RULE_IDS } from '../../rules';
import { listOfObjects, shown, unknownMembers, type Check } from './check';
import { fieldProblem } from './record-fields';

/** A name is in kebab case, as the ids of rules are. */
export const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
export const LONGEST_NAME = 64;

const HAS: Readonly<Record<keyof WatchPattern, true>> = { name: true, pattern: true, severity: true };
const MEMBERS = Object.keys(HAS);

const ofPatterns = listOfObjects('watchPatterns', watchPatternProblems);

export const watchPatternsProblems: Check = (value, known) => [
  ...ofPatterns(value, known),
  ...repeatedIn(namesIn(value)).map((name) => `watchPatterns has the name ${shown(name)} more than once`),
];

/** The names of the watch patterns in the value of the setting, which stand beside the ids of the rules. */
export function namesIn(watchPatterns: unknown): readonly string[] {
  const items: readonly unknown[] = Array.isArray(watchPatterns) ? watchPatterns : [];
  return items.map((item) => memberOf(item, 'name')).filter((name) => typeof name === 'string');
}

function watchPatternProblems(watchPattern: Readonly<Record<string, unknown>>): readonly string[] {
  const { name, pattern, severity } = watchPattern;
  return [
    ...unknownMembers(watchPattern, MEMBERS),
    ...(typeof name === 'string' && NAME.test(name) && name.length <= LONGEST_NAME
      ? []
      : [`has name ${shown(name)}; allowed: kebab-case, at most 64 characters`]),
    ...(RULE_IDS.some((id) => id === name) ? [`has the name of the rule ${shown(name)}; choose another`] : []),
    ...(isAlertSeverity(severity) ? [] : [`has severity ${shown(severity)}; allowed: ${ALERT_SEVERITIES.join(', ')}`]),
    ...patternProblems(pattern),
  ];
}

function patternProblems(pattern: unknown): readonly string[] {
  try {
    return deadProblems(readEventPattern(pattern));
  } catch (error) {
    if (error instanceof RangeError) return ['has a pattern that is nested too deeply'];
    if (!(error instanceof Error)) throw error;
    return [error.message];
  }
}

/** Why a pattern that EventBridge would take matches no record that the monitor reads. */
function deadProblems(pattern: CompiledPattern): readonly string[] {
  const fields = [...pattern.wanted.paths].flatMap((path) => {
    const problem = fieldProblem(path);
    return problem === undefined ? [] : [`has a pattern on ${shown(path)}, ${problem}`];
  });
  return EVENT_SOURCES.some((source) => acceptsAt(pattern, 'eventSource', source))
    ? fields
    : [...fields, `has a pattern on the eventSource of another service; allowed: ${EVENT_SOURCES.join(', ')}`];
}

/** The patterns in the value of the setting that can be read, by their names. */
export function patternsIn(watchPatterns: unknown): ReadonlyMap<string, CompiledPattern> {
  const items: readonly unknown[] = Array.isArray(watchPatterns) ? watchPatterns : [];
  return new Map(
    items.flatMap((item) => {
      const name = memberOf(item, 'name');
      const pattern = typeof name === 'string' ? readable(memberOf(item, 'pattern')) : undefined;
      return typeof name === 'string' && pattern ? [[name, pattern] as const] : [];
    }),
  );
}

function readable(pattern: unknown): CompiledPattern | undefined {
  try {
    return readEventPattern(pattern);
  } catch {
    // What is wrong with it is told with the pattern itself.
    return undefined;
  }
}

function repeatedIn(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, at) => names.indexOf(name) < at))];
}
