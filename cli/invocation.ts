/** How the command line is run, in a clone. */
export const COMMAND_LINE = 'npm run -s cli --';

/** How its command `name` is run. */
export const commandInvocation = (name: string): string => `${COMMAND_LINE} ${name}`;

/** How a developer's program is run: a script of package.json. */
export const programInvocation = (name: string): string => `npm run ${name} --`;
