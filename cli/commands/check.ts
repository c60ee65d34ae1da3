import { plain } from '../../core/base/plain-text';
import { command } from '../command';
import { UsageError } from '../console';
import { problemsInSettingsFile, SETTINGS_OPTION } from '../settings-file';

/** `check`: what is wrong with settings, before they are deployed. */
export const checkCommand = command({
  name: 'check',
  summary: 'Tells what is wrong with settings, as synthesis would, without a deployment.',
  options: { settings: SETTINGS_OPTION },
  examples: [
    { args: '--settings monitor.json', gives: 'every problem in a line, with what is allowed instead' },
    { args: '--quiet --settings monitor.json', gives: 'nothing where all is well: for a pipeline' },
  ],
  exitCodes: { 0: 'nothing is wrong', 1: 'something is wrong', 2: 'the file cannot be read' },

  async run({ options: { settings } }, console) {
    if (settings === undefined) throw new UsageError('nothing to check; allowed: --settings FILE');
    const problems = await problemsInSettingsFile(settings);
    for (const problem of problems) console.out(`${problem}\n`);
    if (problems.length === 0 && console.loudness !== 'quiet')
      console.out(`${plain(settings, 1000)}: nothing is wrong\n`);
    return problems.length > 0 ? 1 : 0;
  },
});
