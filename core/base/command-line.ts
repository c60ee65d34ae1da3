/** Defined in what is built for the package, where there are no scripts of npm's to run. */
declare const ES_CONFIG_MONITOR_IS_INSTALLED: true | undefined;

/** Whether this runs as what the package has, and not in a clone. */
export const isInstalled = typeof ES_CONFIG_MONITOR_IS_INSTALLED !== 'undefined';

/**
 * How the command line is run: by npm's script in a clone, as what is installed from the package. Neither asks a registry,
 * where anybody may have taken the name.
 */
export const COMMAND_LINE = isInstalled ? 'npx --no-install es-config-monitor' : 'npm run -s cli --';

/** How the command that sends test alerts is run; in a clone it is a script of its own, which outputs of stacks name. */
export const SEND_TEST_ALERT = isInstalled ? `${COMMAND_LINE} send-test-alert` : 'npm run send-test-alert --';
