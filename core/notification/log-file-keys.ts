/** What the keys of log files start with where nothing else is said. */
export const DEFAULT_PREFIX = 'AWSLogs/';

/** What the keys of log files end with. */
export const LOG_FILE_SUFFIX = '.json.gz';
