/* What is wrong with settings: a check for each, made of those in the files beside this one. */

import type { Settings } from '../settings';
import { isObject } from '../../base/members';
import { didYouMean } from '../../base/nearest';
import { RULE_IDS } from '../../rules';
import { listOfObjects, listOfTexts, shown, type Check, type Known } from './check';
import { accountProblem, callerProblem, organizationProblem } from './identifiers';
import { trustedNetworksProblems } from './network';
import { accountsProblems, domainsProblems, spellingsIn, subscribersIn } from './ownership';
import { severityOverridesProblems } from './severity-overrides';
import { suppressionProblems } from './suppression';
import { namesIn, patternsIn, watchPatternsProblems } from './watch-pattern';
import { wayBackProblems } from './way-back';
import { watchedIn } from './watched';
import { watchedEventsProblems } from './watched-events';

export { shown } from './check';

/** The settings that are lists of texts. */
type ListSetting = {
  [Member in keyof Settings]-?: Required<Settings>[Member] extends readonly string[] ? Member : never;
}[keyof Settings];

const LIST_CHECKS: Readonly<Record<ListSetting, Check>> = {
  watchedEvents: watchedEventsProblems,
  trustedAccounts: listOfTexts('trustedAccounts', accountProblem),
  trustedOrganizations: listOfTexts('trustedOrganizations', organizationProblem),
  trustedNetworks: trustedNetworksProblems,
  trustedCallers: listOfTexts('trustedCallers', callerProblem),
};

const CHECKS: Readonly<Record<keyof Settings, Check>> = {
  ...LIST_CHECKS,
  severityOverrides: severityOverridesProblems,
  suppressions: listOfObjects('suppressions', suppressionProblems),
  watchPatterns: watchPatternsProblems,
  accounts: accountsProblems,
  domains: domainsProblems,
  wayBack: wayBackProblems,
};

/** The names of all settings. */
export const SETTINGS_MEMBERS = Object.keys(CHECKS) as readonly (keyof Settings)[];

/** The names of those that are lists of texts, which can be written in one line. */
export const LIST_SETTINGS = Object.keys(LIST_CHECKS) as readonly ListSetting[];

/**
 * Everything that is wrong with a configuration, one sentence each; nothing wrong is an empty list. Total on any value.
 * @param today `YYYY-MM-DD`, in UTC: the day after which a suppression has expired
 */
export function problemsIn(config: unknown, today: string): readonly string[] {
  if (!isObject(config)) return [`the configuration is ${shown(config)}; allowed: an object`];
  const known: Known = {
    today,
    rules: [...RULE_IDS, ...namesIn(config['watchPatterns'])],
    patterns: patternsIn(config['watchPatterns']),
    watched: watchedIn(config),
    subscribersOf: subscribersIn(config),
    spellingOf: spellingsIn(config),
  };
  return Object.entries(config).flatMap(([member, value]) => {
    if (value === undefined) return [];
    const name = SETTINGS_MEMBERS.find((setting) => setting === member);
    return name ? CHECKS[name](value, known) : [unknownSetting(member, SETTINGS_MEMBERS)];
  });
}

/** The sentence about a name that is none of `names`. */
export function unknownSetting(name: string, names: readonly string[]): string {
  return `${shown(name)} is no setting${didYouMean(name, names) || `; allowed: ${names.join(', ')}`}`;
}
