import { ALERT_SEVERITIES, type AlertSeverity } from './severity';

/**
 * What the stack tells the function. Written at synthesis by `toEnvironment`, read at start by `readConfig`; the
 * two are inverses.
 */
export interface MonitorConfig {
  /** ARN of the alert topic of each severity. */
  readonly topicArns: Readonly<Record<AlertSeverity, string>>;
  /** What to watch and whom to trust. Serialized as one JSON document. */
  readonly judgement: JudgementConfig;
}

/** What decides the verdicts; everything has a default, so `{}` is a valid configuration. */
export interface JudgementConfig {
  /**
   * Names of the API operations to watch, of either generation: one name watches both spellings of a renamed call.
   * @default - every call that changes a configuration
   */
  readonly watchedEvents?: readonly string[];
}

/** Lambda allows 4 KB for the names and values of all environment variables together. */
export const MAX_ENVIRONMENT_BYTES = 4096;

const JUDGEMENT = 'JUDGEMENT';
const topicVariable = (severity: AlertSeverity): string => `${severity}_TOPIC_ARN`;

/** The environment variables of the function. */
export function toEnvironment(config: MonitorConfig): Record<string, string> {
  return {
    ...Object.fromEntries(ALERT_SEVERITIES.map((severity) => [topicVariable(severity), config.topicArns[severity]])),
    [JUDGEMENT]: JSON.stringify(config.judgement),
  };
}

/**
 * The configuration in the environment `env`.
 * @throws Error naming every variable that is missing or cannot be read
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): MonitorConfig {
  const missing = [...ALERT_SEVERITIES.map(topicVariable), JUDGEMENT].filter((name) => !env[name]);
  if (missing.length > 0) throw new Error(`environment variables are not set: ${missing.join(', ')}`);
  const topicArns = Object.fromEntries(
    ALERT_SEVERITIES.map((severity) => [severity, env[topicVariable(severity)]]),
  ) as Record<AlertSeverity, string>;
  return { topicArns, judgement: readJudgement(env[JUDGEMENT] ?? '') };
}

function readJudgement(json: string): JudgementConfig {
  try {
    return JSON.parse(json) as JudgementConfig;
  } catch (cause) {
    throw new Error(`environment variable ${JUDGEMENT} is not JSON`, { cause });
  }
}

