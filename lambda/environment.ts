import { ALERT_SEVERITIES, type AlertSeverity } from '../core/base/severity';
import type { Settings } from '../core/settings';

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
  readonly settings: Settings;
  /** Whose metrics and log lines these are: the value of their dimension and member `service`. */
  readonly service: string;
}

/** The service of a monitor that has an account and region to itself; no variable tells of it. */
export const DEFAULT_SERVICE = 'es-config-monitor';

/** Lambda allows 4 KB for the names and values of all environment variables together. */
export const MAX_ENVIRONMENT_BYTES = 4096;

/** Names of the table's two keys. Under another name the table would be another, empty one. */
export const PARTITION_KEY = 'pk';
export const SORT_KEY = 'sk';

/** Name of the table's time to live, in seconds since 1970. */
export const TIME_TO_LIVE = 'expires';

/** Where CloudWatch keeps the function's metrics. */
export const METRIC_NAMESPACE = 'EsConfigMonitor';

/** The name that deployed functions have it under. */
const SETTINGS = 'JUDGEMENT';
const TABLE_NAME = 'TABLE_NAME';
const SERVICE = 'SERVICE';
const topicVariable = (severity: AlertSeverity): string => `${severity}_TOPIC_ARN`;

/** The environment variables of the function. */
export function toVariables(environment: Environment): Record<string, string> {
  return {
    ...Object.fromEntries(
      ALERT_SEVERITIES.map((severity) => [topicVariable(severity), environment.topicArns[severity]]),
    ),
    [TABLE_NAME]: environment.tableName,
    [SETTINGS]: JSON.stringify(environment.settings),
    ...(environment.service !== DEFAULT_SERVICE && { [SERVICE]: environment.service }),
  };
}

/**
 * What `variables` tell.
 * @throws Error naming every variable that is missing or cannot be read
 */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const missing = [...ALERT_SEVERITIES.map(topicVariable), TABLE_NAME, SETTINGS].filter((name) => !variables[name]);
  if (missing.length > 0) throw new Error(`environment variables are not set: ${missing.join(', ')}`);
  const topicArns = Object.fromEntries(
    ALERT_SEVERITIES.map((severity) => [severity, variables[topicVariable(severity)]]),
  ) as Record<AlertSeverity, string>;
  return {
    topicArns,
    tableName: variables[TABLE_NAME] ?? '',
    settings: readSettings(variables[SETTINGS] ?? ''),
    service: variables[SERVICE] ?? DEFAULT_SERVICE,
  };
}

function readSettings(json: string): Settings {
  try {
    return JSON.parse(json) as Settings;
  } catch (cause) {
    throw new Error(`environment variable ${SETTINGS} is not JSON`, { cause });
  }
}
