import { command, type Command } from '../command';
import { commandNamed } from '../command-line';
import { helpOf, overviewOf } from '../help';
import { commandInvocation } from '../invocation';

/** `help`: what `commands`, itself among them, can do. */
export function helpOn(commands: () => readonly Command[]): Command {
  return command({
    name: 'help',
    summary: 'Tells about a command, or which commands there are.',
    operands: { name: 'COMMAND', least: 0, most: 1 },
    options: {},
    examples: [
      { args: '', gives: 'the commands' },
      { args: 'scan', gives: 'what scan does, its options, examples and exit codes' },
    ],
    exitCodes: { 0: 'told' },
    async run({ operands: [name] }, console) {
      const about = name === undefined ? undefined : commandNamed(name, commands());
      console.out(about ? helpOf(about, commandInvocation(about.name)) : overviewOf(commands()));
      return 0;
    },
  });
}
