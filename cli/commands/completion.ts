import { command, type Command } from '../command';
import { UsageError } from '../console';
import { quoted } from '../quoted';
import { COMPLETIONS } from '../render/completion';

/** `completion`: what a shell completes of `commands`. */
export const completionOf = (commands: () => readonly Command[]): Command =>
  command({
    name: 'completion',
    summary: 'Prints what a shell needs to complete commands and options by the tabulator.',
    description: `SHELL is one of ${Object.keys(COMPLETIONS).join(', ')}. It completes es-config-monitor, as it is called where it is installed.`,
    operands: { name: 'SHELL', least: 1, most: 1 },
    options: {},
    examples: [
      { args: 'bash', gives: 'for bash: source <(es-config-monitor completion bash)' },
      { args: 'zsh', gives: 'for zsh: a file _es-config-monitor in a folder of $fpath' },
      { args: 'fish', gives: 'for fish: a file in ~/.config/fish/completions' },
    ],
    exitCodes: { 0: 'printed' },

    async run({ operands: [shell = ''] }, console) {
      const completion = Object.hasOwn(COMPLETIONS, shell) ? COMPLETIONS[shell] : undefined;
      if (!completion) {
        throw new UsageError(`SHELL is ${quoted(shell)}; allowed: ${Object.keys(COMPLETIONS).join(', ')}`);
      }
      console.out(completion(commands()));
      return 0;
    },
  });
