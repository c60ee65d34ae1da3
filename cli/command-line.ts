import { version } from '../package.json';
import { didYouMean } from '../core/base/nearest';
import type { Command } from './command';
import { UsageError, type Console } from './console';
import { OVERVIEW_USAGE, overviewOf } from './help';
import { commandInvocation } from './invocation';
import { runCommand } from './program';
import { quoted } from './quoted';

/**
 * Runs the one of `commands` that `args` begin with.
 * @returns the exit code
 * @throws UsageError where there is no such command, or its arguments cannot be
 */
export async function runCommandLine(
  commands: readonly Command[],
  [name, ...rest]: readonly string[],
  console: Console,
): Promise<number> {
  if (name === undefined) {
    console.err(overviewOf(commands));
    return 2;
  }
  if (name === '--version') {
    console.out(`${version}\n`);
    return 0;
  }
  const command = commandNamed(name === '--help' || name === '-h' ? 'help' : name, commands);
  return runCommand(command, rest, console, commandInvocation(command.name));
}

/** @throws UsageError where there is none */
export function commandNamed(name: string, commands: readonly Command[]): Command {
  const command = commands.find((candidate) => candidate.name === name);
  if (command) return command;
  const isOption = name.startsWith('-');
  const names = isOption ? ['--help', '--version'] : commands.map((candidate) => candidate.name);
  const unknown = `unknown ${isOption ? 'option' : 'command'} ${quoted(name)}`;
  throw new UsageError(`${unknown}; allowed: ${names.join(', ')}${didYouMean(name, names)}\n${OVERVIEW_USAGE}`);
}
