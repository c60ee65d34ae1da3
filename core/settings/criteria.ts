import { LONGEST_ARN, matchesWildcard } from '../base/iam-wildcard';
import { once } from '../base/once';
import { operationOf, type Call, type Caller, type Operation } from '../call';
import type { Settings, Suppression, WatchPattern, WayBack } from './settings';
import { matchesEventPattern, readEventPattern } from '../event-pattern';
import type { Severity } from '../base/severity';
import type { WatchedNames } from '../base/resource-name';
import type { Trust } from '../base/trust';
import { whoseIn, type Whose } from './whose';

/** A `Settings` made ready to judge with: names folded, patterns compiled. */
export interface Criteria {
  /** Whether anybody asked to hear of such a call. Calls no catalogue knows are always watched. */
  readonly watches: (call: Call) => boolean;
  readonly trust: Trust;
  /** The resources of other services that the monitor stands on. */
  readonly watched: WatchedNames;
  /** By the caller's own ARN, or by that of the role or user behind a session. */
  readonly isTrusted: (caller: Caller) => boolean;
  readonly severityOfRule: ReadonlyMap<string, Severity>;
  readonly severityOfOperation: ReadonlyMap<Operation, Severity>;
  /** The suppression in force, at the time of the call, for a finding of the rule `ruleId`. */
  readonly suppressionOf: (call: Call, ruleId: string) => Suppression | undefined;
  readonly watchPatterns: readonly CompiledWatchPattern[];
  /** Whose what a call is about is, and who is told of it. */
  readonly whoseIs: (call: Call) => Whose;
  /** Where an access policy can be set back by a link. */
  readonly wayBack: WayBack | undefined;
}

export interface CompiledWatchPattern extends WatchPattern {
  readonly matches: (record: unknown) => boolean;
}

/**
 * Makes `config` ready. It is taken as checked by `problemsIn`.
 * @param watched what the monitor stands on. @default - trails alone are watched
 * @throws Error for a watch pattern that is none
 */
export function toCriteria(config: Settings = {}, watched: WatchedNames = []): Criteria {
  const events = config.watchedEvents && new Set(config.watchedEvents.map((name) => operationOf(name)));
  const callers = config.trustedCallers ?? [];
  const overrides = Object.entries(config.severityOverrides ?? {});
  const suppressionsOf = once((call: Call) => (config.suppressions ?? []).filter((each) => isAbout(call, each)));
  return {
    watches: ({ operation, access }) =>
      operation === undefined ? access === 'change' : events ? events.has(operation) : access === 'change',
    trust: {
      accounts: config.trustedAccounts ?? [],
      organizations: config.trustedOrganizations ?? [],
      networks: config.trustedNetworks ?? [],
    },
    watched,
    isTrusted: once((caller) => callers.some((pattern) => isCaller(caller, pattern))),
    severityOfRule: new Map(overrides.filter(([name]) => operationOf(name) === undefined)),
    severityOfOperation: severityOfOperation(overrides),
    suppressionOf: (call, ruleId) => suppressionsOf(call).find(({ rule }) => rule === undefined || rule === ruleId),
    watchPatterns: (config.watchPatterns ?? []).map((watchPattern) => {
      const compiled = readEventPattern(watchPattern.pattern);
      return { ...watchPattern, matches: (record) => matchesEventPattern(compiled, record) };
    }),
    whoseIs: whoseIn(config),
    wayBack: config.wayBack,
  };
}

function severityOfOperation(overrides: readonly (readonly [string, Severity])[]): ReadonlyMap<Operation, Severity> {
  const severities = new Map<Operation, Severity>();
  for (const [name, severity] of overrides) {
    const operation = operationOf(name);
    if (operation) severities.set(operation, severity);
  }
  return severities;
}

/** A session is known by its own ARN and by that of the role or user behind it. A text longer than any ARN is nobody's. */
function isCaller(caller: Caller, pattern: string): boolean {
  return [caller.arn, caller.issuerArn].some(
    (arn) => arn !== undefined && arn.length <= LONGEST_ARN && matchesWildcard(pattern, arn),
  );
}

/** Whether a suppression is in force, and about the call, whichever rule it names. */
function isAbout(call: Call, { eventName, domain, account, caller, expires }: Suppression): boolean {
  return (
    call.eventTime !== '' &&
    call.eventTime.slice(0, 10) <= expires &&
    (eventName === undefined || eventName === call.eventName || isSameOperation(eventName, call)) &&
    (domain === undefined || domain === call.domain?.name) &&
    (account === undefined || account === (call.domain?.accountId ?? call.accountId)) &&
    (caller === undefined || isCaller(call.caller, caller))
  );
}

function isSameOperation(eventName: string, call: Call): boolean {
  return call.operation !== undefined && operationOf(eventName) === call.operation;
}
