import { ALERT_SEVERITIES, type AlertSeverity, type Severity } from '../core/base/severity';

/**
 * What the stack tells the function. Written at synthesis by `toVariables`, read at start by `readEnvironment`; the
 * two are inverses.
 */
export interface Environment {
  /** ARN of the alert topic of each severity. */
  readonly topicArns: Readonly<Record<AlertSeverity, string>>;
  /** Name of the table of alerts sent and of configurations seen. */
  readonly tableName: string;
  /** What to watch and whom to trust. Serialized as one JSON document. */
  readonly judgement: Settings;
}

/** What decides the verdicts; everything has a default, so `{}` is a valid configuration. */
export interface Settings {
  /**
   * Names of the API operations to watch, of either generation: one name watches both spellings of a renamed call.
   * @default - every call that changes a configuration
   */
  readonly watchedEvents?: readonly string[];
  /**
   * Account ids, twelve digits each, that may be let in without an alert about another account.
   * @default - only the domain's own account
   */
  readonly trustedAccounts?: readonly string[];
  /**
   * Organization ids, `o-…`, whose accounts may be let in.
   * @default - none
   */
  readonly trustedOrganizations?: readonly string[];
  /**
   * Networks that may reach a domain without signing in: address ranges in CIDR notation, VPC ids, VPC endpoint ids.
   * @default - none
   */
  readonly trustedNetworks?: readonly string[];
  /**
   * ARN patterns, with `*` and `?`, of callers whose findings are one severity step lower. They are never hidden. A
   * session matches by its own ARN or by that of its role.
   * @default - none
   */
  readonly trustedCallers?: readonly string[];
  /**
   * Severity by rule id or event name. A rule id replaces the severity of the rule's findings; an event name raises what
   * is milder among the findings of its calls.
   * @default - the severities of docs/rules.md
   */
  readonly severityOverrides?: Readonly<Record<string, Severity>>;
  /**
   * Findings to count and log but not to send.
   * @default - none
   */
  readonly suppressions?: readonly Suppression[];
  /**
   * Rules of your own.
   * @default - none
   */
  readonly watchPatterns?: readonly WatchPattern[];
}

/** Hides the findings that match all of the members given, until it expires. At least one member must be given. */
export interface Suppression {
  /** Rule id, or the name of a watch pattern. @default - any */
  readonly rule?: string;
  /** Event name; either generation's name stands for both. @default - any */
  readonly eventName?: string;
  /** Domain name. @default - any */
  readonly domain?: string;
  /** The account that owns the domain, twelve digits. @default - any */
  readonly account?: string;
  /** ARN pattern, with `*` and `?`, of the caller or of the role behind a session. @default - any */
  readonly caller?: string;
  /** Why hiding it is right; logged with every finding it hides. */
  readonly reason: string;
  /** Last day it holds, `YYYY-MM-DD` in UTC, compared with the day of the call. An expired one stops synthesis. */
  readonly expires: string;
}

/** A rule of the user's own: an Amazon EventBridge event pattern over the CloudTrail record. */
export interface WatchPattern {
  /** The rule id of its findings, in kebab case. */
  readonly name: string;
  /** What EventBridge would take as the `detail` of a rule for CloudTrail calls: `{ eventName: ['AddTags'] }`. */
  readonly pattern: Readonly<Record<string, unknown>>;
  /** That of its findings, before the outcome and the caller move it. */
  readonly severity: AlertSeverity;
}

/** Lambda allows 4 KB for the names and values of all environment variables together. */
export const MAX_ENVIRONMENT_BYTES = 4096;

/** Names of the table's two keys. Under another name the table would be another, empty one. */
export const PARTITION_KEY = 'pk';
export const SORT_KEY = 'sk';

/** Name of the table's time to live, in seconds since 1970. */
export const TIME_TO_LIVE = 'expires';

/** Where CloudWatch keeps the function's metrics. */
export const METRIC_NAMESPACE = 'EsConfigMonitor';

const JUDGEMENT = 'JUDGEMENT';
const TABLE_NAME = 'TABLE_NAME';
const topicVariable = (severity: AlertSeverity): string => `${severity}_TOPIC_ARN`;

/** The environment variables of the function. */
export function toVariables(config: Environment): Record<string, string> {
  return {
    ...Object.fromEntries(ALERT_SEVERITIES.map((severity) => [topicVariable(severity), config.topicArns[severity]])),
    [TABLE_NAME]: config.tableName,
    [JUDGEMENT]: JSON.stringify(config.judgement),
  };
}

/**
 * The configuration in the environment `env`.
 * @throws Error naming every variable that is missing or cannot be read
 */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const missing = [...ALERT_SEVERITIES.map(topicVariable), TABLE_NAME, JUDGEMENT].filter((name) => !env[name]);
  if (missing.length > 0) throw new Error(`environment variables are not set: ${missing.join(', ')}`);
  const topicArns = Object.fromEntries(
    ALERT_SEVERITIES.map((severity) => [severity, env[topicVariable(severity)]]),
  ) as Record<AlertSeverity, string>;
  return { topicArns, tableName: env[TABLE_NAME] ?? '', judgement: readJudgement(env[JUDGEMENT] ?? '') };
}

function readJudgement(json: string): Settings {
  try {
    return JSON.parse(json) as Settings;
  } catch (cause) {
    throw new Error(`environment variable ${JUDGEMENT} is not JSON`, { cause });
  }
}
