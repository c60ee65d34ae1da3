import { COMMAND_LINE } from '../core/base/command-line';

export { COMMAND_LINE };

/** How its command `name` is run. */
export const commandInvocation = (name: string): string => `${COMMAND_LINE} ${name}`;

/** How a developer's program is run: a script of package.json. */
export const programInvocation = (name: string): string => `npm run ${name} --`;
