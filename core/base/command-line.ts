/** Defined in what is built for the package, where there are no scripts of npm's to run. */
declare const ES_CONFIG_MONITOR_IS_INSTALLED: true | undefined;

/**
 * How a command of the command line is run: by npm's script in a clone, as what is installed from the package. Neither asks
 * a registry, where anybody may have taken the name.
 */
export function commandOf(name: string): string {
  return typeof ES_CONFIG_MONITOR_IS_INSTALLED === 'undefined'
    ? `npm run ${name} --`
    : `npx --no-install es-config-monitor ${name}`;
}
