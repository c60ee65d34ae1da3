import { inspect } from 'node:util';
import { asksForHelp, readArguments } from './arguments';
import type { Command } from './command';
import { UsageError, type Console } from './console';
import { helpOf, usageOf } from './help';
import { programInvocation } from './invocation';

/**
 * Runs `command`, or tells its help where `args` ask for it.
 * @param invocation what is typed before its arguments
 * @returns the exit code
 * @throws UsageError for arguments that cannot be
 */
export async function runCommand(
  command: Command,
  args: readonly string[],
  console: Console,
  invocation: string,
): Promise<number> {
  if (asksForHelp(args)) {
    console.out(helpOf(command, invocation));
    return 0;
  }
  return command.run(readArguments(command, args, usageOf(command, invocation)), console);
}

/** Makes a developer's program of `program`: `npm run NAME -- [options]`. */
export function runProgram(program: Command): void {
  runProcess((args, console) => runCommand(program, args, console, programInvocation(program.name)));
}

/**
 * Runs `main` as this process: its arguments, its console, its exit code, which is 2 where the arguments cannot be, and
 * where `main` throws.
 * @param reader as `Console` has it
 */
export function runProcess(
  main: (args: readonly string[], console: Console) => Promise<number>,
  reader?: string,
): void {
  const console: Console = {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    isInteractive: process.stderr.isTTY,
    isColored: process.stdout.isTTY && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb',
    in: async () => (await import('node:stream/consumers')).buffer(process.stdin),
    ...(reader !== undefined && { reader }),
  };
  // Whoever reads the output may have seen enough: `| head` closes the pipe. The exit code still tells what was found.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
    });
  }
  // What waits for something that never comes ends without a word, and with 0: nothing found.
  process.once('beforeExit', () => {
    if (process.exitCode !== undefined) return;
    console.err('ended before it was done\n');
    process.exitCode = 2;
  });
  void (async () => {
    try {
      process.exitCode = await main(process.argv.slice(2), console);
    } catch (error) {
      // 1 means that there are alerts, so a mistake of ours is not left to Node.js, which ends with it.
      console.err(`${error instanceof UsageError ? error.message : inspect(error)}\n`);
      process.exitCode = 2;
    }
  })();
}
