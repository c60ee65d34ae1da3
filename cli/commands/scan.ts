import { plain } from '../../core/base/plain-text';
import { ALERT_SEVERITIES, compareSeverity, type AlertSeverity } from '../../core/base/severity';
import type { Judgement } from '../../core/scan';
import { command } from '../command';
import { UsageError } from '../console';
import { explain } from '../render/explain';
import { tallyLine } from '../render/tally';
import { scanPaths } from '../scan-paths';
import { criteriaIn, SETTINGS_OPTION } from '../settings-file';

/** `scan`: the function's own stages over files and folders. */
export const scanCommand = command({
  name: 'scan',
  summary: 'Judges the configuration calls in CloudTrail log files, plain or gzip, as the function does.',
  description: 'A PATH is a file, or a folder whose .json and .gz files are read.',
  operands: { name: 'PATH', least: 1, most: 'any number' },
  options: {
    format: {
      type: 'choice',
      value: 'text|json',
      allowed: ['text', 'json'],
      default: 'text',
      description: 'alerts as e-mails, or one OCSF Detection Finding per line',
    },
    'minimum-severity': {
      type: 'choice',
      value: 'LEVEL',
      allowed: ALERT_SEVERITIES,
      default: 'LOW',
      description: `${ALERT_SEVERITIES.join(', ')}: milder alerts are not told`,
    },
    settings: SETTINGS_OPTION,
    explain: { type: 'flag', description: 'tell for every record of the service why it did or did not alert' },
  },
  examples: [
    { args: 'november/', gives: 'the alerts of a folder, as the e-mails they would be' },
    { args: '--format json november/', gives: 'one OCSF Detection Finding per line, for machines' },
    { args: '--settings monitor.json --explain FILE', gives: 'what became of each record, with your own settings' },
  ],
  exitCodes: { 0: 'nothing found', 1: 'alerts', 2: 'something could not be read, and the rest was scanned' },

  async run({ options, operands: paths }, console) {
    const { format, explain: isExplained, 'minimum-severity': minimum, settings } = options;
    if (isExplained && format === 'json') {
      throw new UsageError('--explain is a text for people and does not go with --format json');
    }
    const criteria = await criteriaIn(settings);
    const tally = await scanPaths(paths, criteria, console, (path, judgements) => {
      for (const [at, judgement] of isExplained ? judgements.entries() : []) {
        console.out(`${plain(path, 1000)} call ${at + 1}: ${explain(judgement, criteria)}\n`);
      }
      const alerts = judgements.flatMap((judgement) => alertFrom(minimum, judgement));
      for (const alert of isExplained ? [] : alerts) {
        console.out(format === 'json' ? `${JSON.stringify(alert.body)}\n` : `${RULER}\n${alert.email}\n`);
      }
      return alerts.length;
    });
    if (format === 'text') console.err(`${tallyLine(tally)}\n`);
    if (tally.failed > 0) return 2;
    return tally.alerts > 0 ? 1 : 0;
  },
});

/** The alert, if it is at least as severe as `minimum`. */
function alertFrom(minimum: AlertSeverity, { alert }: Judgement) {
  return alert !== undefined && compareSeverity(alert.severity, minimum) >= 0 ? [alert] : [];
}

const RULER = '-'.repeat(75);
