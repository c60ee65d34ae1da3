import { command, type Command } from './command';
import type { Console } from './console';
import type { Flag, Options } from './options';

/** Every command of the command line takes them. */
const COMMON_OPTIONS = {
  quiet: { type: 'flag', description: 'say nothing but what was asked for and what went wrong' },
  verbose: { type: 'flag', description: 'say more about what is done' },
  'no-color': {
    type: 'flag',
    description: 'no colours; nor are there any where NO_COLOR is set, or into a file or pipe',
  },
} as const satisfies Readonly<Record<string, Flag>>;

/** `inner`, which hears of the common options by its console alone. */
export function withCommonOptions<Named extends Options>(inner: Command<Named>): Command {
  return command({
    ...inner,
    options: { ...inner.options, ...COMMON_OPTIONS },
    run({ options, operands }, console) {
      const { quiet, verbose, 'no-color': noColor } = options as Readonly<Record<string, unknown>>;
      const loudness = quiet === true ? 'quiet' : verbose === true ? 'verbose' : 'normal';
      const inTheseTerms: Console = { ...console, loudness, isColored: console.isColored === true && noColor !== true };
      return (inner as Command).run({ options, operands }, inTheseTerms);
    },
  });
}
