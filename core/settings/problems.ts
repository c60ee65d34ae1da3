import { readAddressBlock, type AddressBlock } from '../base/address';
import { isBroad, unionOf } from '../base/address-ranges';
import { EVENT_NAMES, isDomainName, operationOf } from '../call';
import type { Settings, Suppression, WatchPattern } from './settings';
import { readEventPattern } from '../event-pattern';
import { isObject, listOf, memberOf } from '../base/members';
import { didYouMean } from '../base/nearest';
import { RULE_IDS } from '../rules';
import { ALERT_SEVERITIES, isSeverity, SEVERITIES } from '../base/severity';

/** What a check compares with beyond the value. */
interface Known {
  /** `YYYY-MM-DD`, in UTC. */
  readonly today: string;
  /** Ids of the rules and names of the watch patterns. */
  readonly rules: readonly string[];
}

/** One check per member of `Settings`. It gets the member's value, which is there, and whose shape is not known. */
const CHECKS: { readonly [Member in keyof Required<Settings>]: (value: unknown, known: Known) => string[] } = {
  watchedEvents: (value) => {
    const problem = (name: string): string | undefined =>
      operationOf(name) ? undefined : `is in neither API generation${didYouMean(name, EVENT_NAMES)}`;
    const isEmpty = Array.isArray(value) && value.length === 0;
    return isEmpty
      ? ['watchedEvents is empty, which watches nothing; leave it out to watch every call that changes a configuration']
      : listOfTexts('watchedEvents', problem)(value);
  },
  trustedAccounts: listOfTexts('trustedAccounts', accountProblem),
  trustedOrganizations: listOfTexts('trustedOrganizations', (id) =>
    /^o-[a-z0-9]{10,32}$/.test(id) ? undefined : 'is no organization id; allowed: o- and 10 to 32 letters and digits',
  ),
  trustedNetworks: (value) => [...listOfTexts('trustedNetworks', networkProblem)(value), ...unionProblems(value)],
  trustedCallers: listOfTexts('trustedCallers', callerProblem),
  severityOverrides: (value) => {
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
  },
  suppressions: listOfObjects('suppressions', suppressionProblems),
  watchPatterns: (value, known) => [
    ...listOfObjects('watchPatterns', watchPatternProblems)(value, known),
    ...repeatedIn(namesIn(value)).map((name) => `watchPatterns has the name ${shown(name)} more than once`),
  ],
};

/**
 * Everything that is wrong with a configuration, one sentence each; nothing wrong is an empty list. Total on any value.
 * @param today `YYYY-MM-DD`, in UTC: the day after which a suppression has expired
 */
export function problemsIn(config: unknown, today: string): readonly string[] {
  if (!isObject(config)) return [`the configuration is ${shown(config)}; allowed: an object`];
  const known: Known = { today, rules: [...RULE_IDS, ...namesIn(config['watchPatterns'])] };
  return Object.entries(config).flatMap(([member, value]) => {
    if (value === undefined) return [];
    if (Object.hasOwn(CHECKS, member)) return CHECKS[member as keyof Settings](value, known);
    return [`${shown(member)} is no setting${didYouMean(member, Object.keys(CHECKS))}`];
  });
}

const SUPPRESSION_MEMBERS: readonly (keyof Suppression)[] = [
  'rule',
  'eventName',
  'domain',
  'account',
  'caller',
  'reason',
  'expires',
];

function suppressionProblems(
  suppression: Readonly<Record<string, unknown>>,
  { today, rules }: Known,
): readonly string[] {
  const text = (member: keyof Suppression): string | undefined => {
    const value = suppression[member];
    return typeof value === 'string' ? value : undefined;
  };
  const unknown = Object.keys(suppression).filter((member) => !SUPPRESSION_MEMBERS.some((known) => known === member));
  const notText = SUPPRESSION_MEMBERS.filter(
    (member) => suppression[member] !== undefined && (text(member) ?? '').trim() === '',
  );
  const matches = SUPPRESSION_MEMBERS.slice(0, 5).some((member) => suppression[member] !== undefined);
  const [rule, eventName, expires] = [text('rule'), text('eventName'), text('expires')];
  return [
    ...unknown.map((member) => unknownMember(member, SUPPRESSION_MEMBERS)),
    ...notText.map((member) => `has ${member} ${shown(suppression[member])}; allowed: a text that is not blank`),
    ...(matches ? [] : ['hides everything; give at least one of rule, eventName, domain, account, caller']),
    ...(suppression['reason'] === undefined ? ['has no reason'] : []),
    ...(suppression['expires'] === undefined ? ['has no expires; give the last day it holds, YYYY-MM-DD'] : []),
    ...(expires !== undefined && !isDay(expires) ? [`has expires ${shown(expires)}; allowed: a day, YYYY-MM-DD`] : []),
    ...(expires !== undefined && isDay(expires) && expires < today
      ? [`expired on ${expires}; remove it, or find out whether its reason still holds`]
      : []),
    ...(rule !== undefined && !rules.includes(rule)
      ? [`has rule ${shown(rule)}, which is no rule id${didYouMean(rule, rules)}`]
      : []),
    ...(eventName !== undefined && operationOf(eventName) === undefined
      ? [`has eventName ${shown(eventName)}, which is in neither API generation${didYouMean(eventName, EVENT_NAMES)}`]
      : []),
    ...prefixed('has domain', notText.includes('domain') ? undefined : text('domain'), domainProblem),
    ...prefixed('has account', text('account'), accountProblem),
    ...prefixed('has caller', text('caller'), callerProblem),
  ];
}

const WATCH_PATTERN_MEMBERS: readonly (keyof WatchPattern)[] = ['name', 'pattern', 'severity'];

function watchPatternProblems({ name, pattern, severity, ...others }: Readonly<Record<string, unknown>>): string[] {
  return [
    ...Object.keys(others).map((member) => unknownMember(member, WATCH_PATTERN_MEMBERS)),
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

const unknownMember = (member: string, known: readonly string[]): string =>
  `has ${shown(member)}${didYouMean(member, known) || `; allowed: ${known.join(', ')}`}`;

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

function namesIn(watchPatterns: unknown): readonly string[] {
  const items: readonly unknown[] = Array.isArray(watchPatterns) ? watchPatterns : [];
  return items.map((item) => memberOf(item, 'name')).filter((name) => typeof name === 'string');
}

function repeatedIn(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, at) => names.indexOf(name) < at))];
}

function listOfTexts(member: string, problem: (text: string) => string | undefined) {
  return (value: unknown): string[] => {
    if (!Array.isArray(value)) return [`${member} is ${shown(value)}; allowed: a list of texts`];
    return value.flatMap((item: unknown) => {
      if (typeof item !== 'string') return [`${member} has ${shown(item)}; allowed: texts`];
      return prefixed(member, item, problem);
    });
  };
}

function listOfObjects(
  member: string,
  problems: (item: Readonly<Record<string, unknown>>, known: Known) => readonly string[],
) {
  return (value: unknown, known: Known): string[] => {
    if (!Array.isArray(value)) return [`${member} is ${shown(value)}; allowed: a list of objects`];
    return value.flatMap((item: unknown, at) => {
      const name = `${member}[${at}]`;
      if (!isObject(item)) return [`${name} is ${shown(item)}; allowed: an object`];
      return problems(item, known).map((problem) => `${name} ${problem}`);
    });
  };
}

function prefixed(prefix: string, text: string | undefined, problem: (text: string) => string | undefined): string[] {
  const found = text === undefined ? undefined : problem(text);
  return found === undefined ? [] : [`${prefix} ${shown(text)} ${found}`];
}

function accountProblem(id: string): string | undefined {
  return /^\d{12}$/.test(id) ? undefined : 'is no account id; allowed: twelve digits';
}

/** Compared as it is: a pattern, an ARN or another letter case would never match. */
function domainProblem(name: string): string | undefined {
  return isDomainName(name)
    ? undefined
    : 'is no domain name; allowed: 3 to 28 of a-z, 0-9 and -, beginning with a letter';
}

/** A pattern that matches the callers of every account trusts strangers, so it has to name an account or a caller. */
function callerProblem(pattern: string): string | undefined {
  const [, account = '', resource = ''] = /^arn:[^:]+:[^:]+:[^:]*:([^:]*):(.+)$/.exec(pattern) ?? [];
  const isAccount = /^\d{12}$/.test(account);
  const isNamed = /[*?]/.test(account) && /^[^/]*\/.*[a-z0-9]/i.test(resource);
  return (isAccount || isNamed) && !/\s/.test(pattern)
    ? undefined
    : 'is no ARN pattern of a caller, or one of callers in every account; allowed: arn:aws:iam::123456789012:role/deploy-* and the like, with * and ?';
}

function networkProblem(text: string): string | undefined {
  if (/^vpce?-[0-9a-f]{8,17}$/.test(text)) return undefined;
  const block = readAddressBlock(text);
  if (!block) return 'is no network; allowed: a CIDR block, a VPC id (vpc-…), a VPC endpoint id (vpce-…)';
  return isBroad(unionOf([block]))
    ? 'is most of the internet; allowed: ranges no broader than /8, or /32 of IPv6'
    : undefined;
}

/** Many ranges can be most of the internet together. */
function unionProblems(networks: unknown): readonly string[] {
  const blocks = listOf(networks).flatMap((text): readonly AddressBlock[] => {
    const block = typeof text === 'string' ? readAddressBlock(text) : undefined;
    return block ? [block] : [];
  });
  return blocks.length > 1 && isBroad(unionOf(blocks))
    ? ['trustedNetworks are most of the internet together; allowed: no more addresses than one /8, or one /32 of IPv6']
    : [];
}

/** 2026-02-30 is none: the calendar moves it to March. */
function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

const shown = (value: unknown): string => {
  const json = jsonOf(value);
  return json.length > 80 ? `${json.slice(0, 77)}...` : json;
};

/** What nests too deeply for JSON, or turns back on itself, is named by its kind. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return `a value of type ${typeof value} that cannot be shown`;
  }
}
