import { ALERT_SEVERITIES, compareSeverity, type AlertSeverity } from '../../core/base/severity';
import { toReport, type Report, type ReportCall } from '../../core/report';
import type { JudgedCall } from '../../core/scan';
import { command } from '../command';
import { note, UsageError, type Console } from '../console';
import { LOOK_OPTIONS, lookAt, PATHS_DESCRIPTION, type Looked } from '../look';
import { csvText } from '../render/csv';
import { explanationsText } from '../render/explain';
import { markdownText } from '../render/markdown';
import { sarifLog } from '../render/sarif';
import { mailsText, summaryText } from '../render/text';
import { tallyLine } from '../render/tally';

/** What a format is made of. */
interface Scanned {
  /** The calls that are told as alerts, in the order of time. */
  readonly alerted: readonly JudgedCall[];
  readonly isTold: (call: ReportCall) => boolean;
  /** Made for the formats that need one. */
  readonly report: () => Report;
}

const FORMATS = {
  text: (scanned, console) => {
    console.out(mailsText(scanned.alerted, console));
    console.out(summaryText(scanned.report(), console));
  },
  json: ({ alerted }, console) => {
    for (const { alert } of alerted) if (alert) console.out(`${JSON.stringify(alert.body)}\n`);
  },
  csv: ({ report, isTold }, console) => console.out(csvText(report(), isTold)),
  markdown: ({ report, isTold }, console) => console.out(markdownText(report(), isTold)),
  sarif: ({ report, isTold }, console) => console.out(`${JSON.stringify(sarifLog(report(), isTold), undefined, 2)}\n`),
} as const satisfies Readonly<Record<string, (scanned: Scanned, console: Console) => void>>;

const FORMAT_NAMES = ['text', 'json', 'csv', 'markdown', 'sarif'] as const satisfies readonly (keyof typeof FORMATS)[];

/** `scan`: the function's own judgement of what is at hand. */
export const scanCommand = command({
  name: 'scan',
  summary: 'Judges the configuration calls in CloudTrail log files and exports of them, as the function does.',
  description: `${PATHS_DESCRIPTION}\nAll of them are judged together: each call once, in the order of time, against what held before it.`,
  operands: { name: 'PATH', least: 1, most: 'any number' },
  options: {
    format: {
      type: 'choice',
      value: FORMAT_NAMES.join('|'),
      allowed: FORMAT_NAMES,
      default: 'text',
      description:
        'alerts as e-mails with a summary, one OCSF Detection Finding per line, a table, a ticket, or SARIF 2.1.0',
    },
    'minimum-severity': {
      type: 'choice',
      value: 'LEVEL',
      allowed: ALERT_SEVERITIES,
      default: 'LOW',
      description: `${ALERT_SEVERITIES.join(', ')}: milder alerts are not told`,
    },
    ...LOOK_OPTIONS,
    explain: { type: 'flag', description: 'tell for every record of the service why it did or did not alert' },
  },
  examples: [
    { args: 'november/', gives: 'the alerts of a folder, as the e-mails they would be' },
    { args: '--format json november/', gives: 'one OCSF Detection Finding per line, for machines' },
    { args: '--format csv -', gives: 'a table of what comes in, as from aws cloudtrail lookup-events' },
    { args: '--baseline logs.json november/', gives: 'with what the domain logs had before the first call' },
    { args: '--settings monitor.json --explain FILE', gives: 'what became of each record, with your own settings' },
  ],
  exitCodes: { 0: 'nothing found', 1: 'alerts', 2: 'something could not be read, and the rest was scanned' },

  async run({ options, operands }, console) {
    const { format, explain, 'minimum-severity': minimum } = options;
    if (explain && format !== 'text') {
      throw new UsageError(`--explain is a text for people and does not go with --format ${format}`);
    }
    const looked = await lookAt(operands, options, console, explain ? 'all' : 'calls');
    const alerted = looked.calls.filter(({ alert }) => alert && compareSeverity(alert.severity, minimum) >= 0);
    if (explain) console.out(explanationsText(looked));
    else FORMATS[format]({ alerted, isTold: isToldFrom(minimum), report: () => reportOf(looked) }, console);
    if (format === 'text') note(console, tallyLine(looked, alerted.length));
    if (looked.inputs.unread.length > 0) return 2;
    return alerted.length > 0 ? 1 : 0;
  },
});

/** The report of what was looked at. */
export const reportOf = (looked: Looked): Report =>
  toReport(looked, looked.inputs, looked.criteria.trust, looked.baseline);

/** Whether a call is told as an alert, and at least as severe as `minimum`. */
function isToldFrom(minimum: AlertSeverity): Scanned['isTold'] {
  return ({ disposition, severity }) =>
    disposition === 'alerted' && severity !== null && compareSeverity(severity, minimum) >= 0;
}
