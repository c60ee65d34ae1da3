import { command } from '../command';
import { note } from '../console';
import { LOOK_OPTIONS, lookAt, PATHS_DESCRIPTION } from '../look';
import { explanationsText } from '../render/explain';

/** `explain`: why a call did or did not alert. */
export const explainCommand = command({
  name: 'explain',
  summary: 'Tells for every record of the service why it did or did not alert.',
  description: `${PATHS_DESCRIPTION} Without one, standard input is read.`,
  operands: { name: 'PATH', least: 0, most: 'any number' },
  options: LOOK_OPTIONS,
  examples: [
    { args: 'record.json', gives: 'the rules that looked, what they saw, and each step of the severity' },
    { args: '--settings monitor.json', gives: 'the same of what comes in, as from aws cloudtrail lookup-events' },
  ],
  exitCodes: { 0: 'explained', 2: 'something could not be read, or there was nothing to explain' },

  async run({ options, operands }, console) {
    const looked = await lookAt(operands.length > 0 ? operands : ['-'], options, console, 'all');
    console.out(explanationsText(looked, await looked.criteria()));
    const isNothing = looked.calls.length === 0 && looked.copies.length === 0;
    if (isNothing && looked.inputs.unread.length === 0) {
      note(console, 'there is no record of the service in what was read');
      return 2;
    }
    return looked.inputs.unread.length > 0 ? 2 : 0;
  },
});
