import { runCommandLine } from './command-line';
import { commandsFor } from './commands';
import { runProcess } from './program';

/**
 * Runs the command line as this process.
 * @param reader as `Console` has it
 */
export function start(reader?: string): void {
  runProcess(async (args, console) => runCommandLine(await commandsFor(args[0]), args, console), reader);
}
