import { EVENT_NAMES, operationOf } from '../../call';
import { isObject } from '../../base/members';
import { didYouMean } from '../../base/nearest';
import { isSeverity, SEVERITIES } from '../../base/severity';
import { RULE_IDS } from '../../rules';
import { shown, type Check } from './check';
import { unwatchedCallsOf, type Watched } from './watched';

export const severityOverridesProblems: Check = (value, { watched }) => {
  if (!isObject(value))
    return [`severityOverrides is ${shown(value)}; allowed: {"<rule id or event name>": "<severity>"}`];
  return Object.entries(value).flatMap(([name, severity]) => {
    const isKnown = RULE_IDS.includes(name) || operationOf(name) !== undefined;
    const at = `severityOverrides ${shown(name)}`;
    const dead = deadProblem(name, watched);
    return [
      ...(isKnown ? [] : [`${at} is no rule id or event name${didYouMean(name, [...RULE_IDS, ...EVENT_NAMES])}`]),
      ...(isSeverity(severity) ? [] : [`${at} is ${shown(severity)}; allowed: ${SEVERITIES.join(', ')}`]),
      ...(dead === undefined ? [] : [`${at} ${dead}; watch them, or remove it`]),
    ];
  });
};

function deadProblem(name: string, watched: Watched): string | undefined {
  const operation = operationOf(name);
  if (operation)
    return watched.watches(operation) || watched.hasPatterns ? undefined : 'is of calls that nobody watches';
  const calls = unwatchedCallsOf(name, watched);
  return calls === undefined ? undefined : `is of a rule on calls that nobody watches: ${calls}`;
}
