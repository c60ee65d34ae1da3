import { EVENT_NAMES, operationOf } from '../../call';
import { isObject } from '../../base/members';
import { didYouMean } from '../../base/nearest';
import { isSeverity, SEVERITIES } from '../../base/severity';
import { RULE_IDS } from '../../rules';
import { shown, type Check } from './check';

export const severityOverridesProblems: Check = (value) => {
  if (!isObject(value))
    return [`severityOverrides is ${shown(value)}; allowed: {"<rule id or event name>": "<severity>"}`];
  return Object.entries(value).flatMap(([name, severity]) => {
    const isKnown = RULE_IDS.includes(name) || operationOf(name) !== undefined;
    const at = `severityOverrides ${shown(name)}`;
    return [
      ...(isKnown ? [] : [`${at} is no rule id or event name${didYouMean(name, [...RULE_IDS, ...EVENT_NAMES])}`]),
      ...(isSeverity(severity) ? [] : [`${at} is ${shown(severity)}; allowed: ${SEVERITIES.join(', ')}`]),
    ];
  });
};
