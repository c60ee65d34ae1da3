import { watchedNamesIn } from '../core/base/resource-name';
import { ALERT_SEVERITIES, type AlertSeverity } from '../core/base/severity';
import type { Period } from '../core/mail-digest';

/**
 * What the stack tells the function. Written at synthesis by `toVariables`, read at start by `readEnvironment`; the
 * two are inverses.
 */
export interface Environment {
  /** ARN of the alert topic of each severity. */
  readonly topicArns: Readonly<Record<AlertSeverity, string>>;
  /**
   * How the names of the owners' topics begin; each ends as `ownerTopicEnd` says. They stand beside those of the severities.
   * @default - owners have no topics, and are not told
   */
  readonly ownerTopics?: string;
  /** Name of the table of alerts sent and of configurations seen. */
  readonly tableName: string;
  /**
   * Path of the file with the settings.
   * @default - there is none, and `settingsText` has all of them
   */
  readonly settingsFile?: string;
  /**
   * Settings that only a deployment knows, as the text of such a file; each takes the place of the file's.
   * @default - there are none, and the file has all of them
   */
  readonly settingsText?: string;
  /**
   * Address of the queue that feeds the function, where it follows digests: what they list is put there.
   * @default - digests are skipped
   */
  readonly queueUrl?: string;
  /** Records that come as events are believed, as those of log files are. @default false */
  readonly hasFastPath?: boolean;
  /** Names and ARNs of what the monitor stands on, with IAM's wildcards. @default - none */
  readonly watched?: readonly string[];
  /** Whose metrics and log lines these are: the value of their dimension and member `service`. */
  readonly service: string;
}

/** The service of a monitor that has an account and region to itself; no variable tells of it. */
export const DEFAULT_SERVICE = 'es-config-monitor';

/** Lambda unpacks layers into this folder. */
export const LAYERS_FOLDER = '/opt';

/** The file with the settings, in the layer that holds nothing else. */
export const SETTINGS_FILE_NAME = 'monitor.json';

/** Names of the table's two keys. Under another name the table would be another, empty one. */
export const PARTITION_KEY = 'pk';
export const SORT_KEY = 'sk';

/** Name of the table's time to live, in seconds since 1970. */
export const TIME_TO_LIVE = 'expires';

/** The partition of the table that the check of state remembers in: its role may use no other. */
export const STATE_CHECK_KEY = 'state-check';

/** The partition of the table that holds when a digest of each chain came last: the check of state looks through it. */
export const CHAINS_KEY = 'chains';

/** The message of the line about each call that was told; the dashboard looks for it. */
export const ALERT_SENT = 'alert sent';

/** Where CloudWatch keeps the function's metrics. */
export const METRIC_NAMESPACE = 'EsConfigMonitor';

const SETTINGS_FILE = 'SETTINGS_FILE';
/** The name that it has had since the first version, in which all settings were here. */
const SETTINGS_TEXT = 'JUDGEMENT';
const TABLE_NAME = 'TABLE_NAME';
const QUEUE_URL = 'QUEUE_URL';
const OWNER_TOPICS = 'OWNER_TOPICS';
const FAST_PATH = 'FAST_PATH';
const SERVICE = 'SERVICE';
const WATCHED = 'WATCHED';
/** Lambda sets it: the stack cannot tell a function its own name. */
const OWN_NAME = 'AWS_LAMBDA_FUNCTION_NAME';
const topicVariable = (severity: AlertSeverity): string => `${severity}_TOPIC_ARN`;

/** The environment variables of the function. */
export function toVariables(environment: Environment): Record<string, string> {
  return {
    ...Object.fromEntries(
      ALERT_SEVERITIES.map((severity) => [topicVariable(severity), environment.topicArns[severity]]),
    ),
    [TABLE_NAME]: environment.tableName,
    ...(environment.settingsFile !== undefined && { [SETTINGS_FILE]: environment.settingsFile }),
    ...(environment.settingsText !== undefined && { [SETTINGS_TEXT]: environment.settingsText }),
    ...(environment.queueUrl !== undefined && { [QUEUE_URL]: environment.queueUrl }),
    ...(environment.ownerTopics !== undefined && { [OWNER_TOPICS]: environment.ownerTopics }),
    ...(environment.hasFastPath && { [FAST_PATH]: 'true' }),
    ...(environment.watched && { [WATCHED]: environment.watched.join(' ') }),
    ...(environment.service !== DEFAULT_SERVICE && { [SERVICE]: environment.service }),
  };
}

/**
 * What `variables` tell.
 * @throws Error naming every variable that is missing
 */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const [settingsFile, settingsText] = [variables[SETTINGS_FILE], variables[SETTINGS_TEXT]];
  const [queueUrl, ownerTopics] = [variables[QUEUE_URL], variables[OWNER_TOPICS]];
  const missing = [
    ...[...ALERT_SEVERITIES.map(topicVariable), TABLE_NAME].filter((name) => !variables[name]),
    // Without either the monitor would judge as if nothing had been set.
    ...(settingsFile || settingsText ? [] : [SETTINGS_FILE]),
  ];
  if (missing.length > 0) throw new Error(`environment variables are not set: ${missing.join(', ')}`);
  const topicArns = Object.fromEntries(
    ALERT_SEVERITIES.map((severity) => [severity, variables[topicVariable(severity)]]),
  ) as Record<AlertSeverity, string>;
  return {
    topicArns,
    tableName: variables[TABLE_NAME] ?? '',
    ...(settingsFile && { settingsFile }),
    ...(settingsText && { settingsText }),
    ...(queueUrl && { queueUrl }),
    ...(ownerTopics && { ownerTopics }),
    ...(variables[FAST_PATH] === 'true' && { hasFastPath: true }),
    ...(variables[WATCHED] && { watched: watchedIn(variables) }),
    service: variables[SERVICE] ?? DEFAULT_SERVICE,
  };
}

/** What the stack tells, and the names that it told otherwise: the function's own, and its table's. */
function watchedIn(variables: Readonly<Record<string, string | undefined>>): readonly string[] {
  return [
    ...watchedNamesIn(variables[WATCHED] ?? ''),
    ...[OWN_NAME, TABLE_NAME].flatMap((name) => variables[name] || []),
  ];
}

/** What the stack tells the function of the mail digest. `toMailDigestVariables` and `readMailDigestEnvironment` are inverses. */
export interface MailDigestEnvironment {
  /** Of the queue that alerts wait in. */
  readonly queueUrl: string;
  readonly topicArn: string;
  readonly period: Period;
  /** As `Environment.service`. */
  readonly service: string;
}

export const toMailDigestVariables = (environment: MailDigestEnvironment): Record<string, string> => ({
  QUEUE_URL: environment.queueUrl,
  TOPIC_ARN: environment.topicArn,
  PERIOD: environment.period,
  ...(environment.service !== DEFAULT_SERVICE && { SERVICE: environment.service }),
});

/** @throws Error naming every variable that is missing */
export function readMailDigestEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): MailDigestEnvironment {
  const missing = ['QUEUE_URL', 'TOPIC_ARN', 'PERIOD'].filter((name) => !variables[name]);
  if (missing.length > 0) throw new Error(`environment variables are not set: ${missing.join(', ')}`);
  return {
    queueUrl: variables['QUEUE_URL'] ?? '',
    topicArn: variables['TOPIC_ARN'] ?? '',
    period: variables['PERIOD'] === 'weekly' ? 'weekly' : 'daily',
    service: variables['SERVICE'] ?? DEFAULT_SERVICE,
  };
}
