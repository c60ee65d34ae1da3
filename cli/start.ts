import { runCommandLine } from './command-line';
import { commandsFor } from './commands';
import { runProcess } from './program';

/** Each time a function has run as many bytes of bytecode, the engine of Node.js 20 asks whether to optimize it: 67,584 unless told otherwise. */
const RUNS_LONG = 1_000_000;

/**
 * Runs the command line as this process.
 * @param reader as `Console` has it
 */
export async function start(reader?: string): Promise<void> {
  // It takes a quarter of the time of a scan to optimize what is soon done. Later engines wait, and do not know the flag.
  if (process.versions.v8.startsWith('11.3.')) {
    const { setFlagsFromString } = await import('node:v8');
    setFlagsFromString(`--interrupt-budget=${RUNS_LONG}`);
  }
  runProcess(async (args, console) => runCommandLine(await commandsFor(args[0]), args, console), reader);
}
