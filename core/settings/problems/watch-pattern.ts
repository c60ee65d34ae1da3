import type { WatchPattern } from '../settings';
import { memberOf } from '../../base/members';
import { ALERT_SEVERITIES } from '../../base/severity';
import { readEventPattern } from '../../event-pattern';
import { RULE_IDS } from '../../rules';
import { listOfObjects, shown, unknownMembers, type Check } from './check';

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
    ...(typeof name === 'string' && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) && name.length <= 64
      ? []
      : [`has name ${shown(name)}; allowed: kebab-case, at most 64 characters`]),
    ...(RULE_IDS.some((id) => id === name) ? [`has the name of the rule ${shown(name)}; choose another`] : []),
    ...(ALERT_SEVERITIES.some((allowed) => allowed === severity)
      ? []
      : [`has severity ${shown(severity)}; allowed: ${ALERT_SEVERITIES.join(', ')}`]),
    ...patternProblems(pattern),
  ];
}

function patternProblems(pattern: unknown): readonly string[] {
  try {
    readEventPattern(pattern);
    return [];
  } catch (error) {
    if (error instanceof RangeError) return ['has a pattern that is nested too deeply'];
    if (!(error instanceof Error)) throw error;
    return [error.message];
  }
}

function repeatedIn(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, at) => names.indexOf(name) < at))];
}
