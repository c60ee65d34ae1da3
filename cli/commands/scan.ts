import { command } from '../command';
import { UsageError } from '../console';
import { LOOK_OPTIONS, lookAt, PATHS_DESCRIPTION } from '../look';
import { tell, TELL_OPTIONS } from '../tell';

/** `scan`: the function's own judgement of what is at hand. */
export const scanCommand = command({
  name: 'scan',
  summary: 'Judges the configuration calls in CloudTrail log files and exports of them, as the function does.',
  description: `${PATHS_DESCRIPTION}\nAll of them are judged together: each call once, in the order of time, against what held before it.`,
  operands: { name: 'PATH', least: 1, most: 'any number' },
  options: {
    ...TELL_OPTIONS,
    ...LOOK_OPTIONS,
    explain: { type: 'flag', description: 'tell for every record of the service why it did or did not alert' },
  },
  examples: [
    { args: 'november/', gives: 'the alerts of a folder, as the e-mails they would be' },
    { args: '--format json november/', gives: 'one OCSF Detection Finding per line, for machines' },
    { args: '--format csv -', gives: 'a table of what comes in, as from aws cloudtrail lookup-events' },
    { args: '--baseline logs.json november/', gives: 'with what the domain logs had before the first call' },
    { args: '--watch my-trail-bucket --watch my-log-file-queue november/', gives: 'calls on those two as well' },
    { args: '--settings monitor.json --explain FILE', gives: 'what became of each record, with your own settings' },
  ],
  exitCodes: { 0: 'nothing found', 1: 'alerts', 2: 'something could not be read, and the rest was scanned' },

  async run({ options, operands }, console) {
    const { format, explain } = options;
    if (explain && format !== 'text') {
      throw new UsageError(`--explain is a text for people and does not go with --format ${format}`);
    }
    const looked = await lookAt(operands, options, console, explain ? 'all' : 'calls');
    if (explain) {
      const { explanationsText } = await import('../render/explain.js');
      console.out(explanationsText(looked, await looked.criteria()));
    }
    return tell(looked, options, console, explain ? 'summary' : 'all');
  },
});
