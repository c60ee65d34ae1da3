import { ALERT_SEVERITIES, compareSeverity, type AlertSeverity } from '../core/base/severity';
import { toReport, type Report, type ReportCall } from '../core/report';
import type { JudgedCall } from '../core/scan';
import { note, type Console } from './console';
import type { Looked } from './look';
import type { Options, ValuesOf } from './options';
import { csvText } from './render/csv';
import { markdownText } from './render/markdown';
import { sarifLog } from './render/sarif';
import { mailsText, summaryText } from './render/text';
import { tallyLine } from './render/tally';

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

/** What every command takes that tells alerts. */
export const TELL_OPTIONS = {
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
} as const satisfies Options;

/**
 * Tells what was found in the format that was asked for.
 * @param extent `summary` tells only how many alerts there are
 * @returns the exit code: 0 for nothing, 1 for alerts, 2 where something could not be read
 */
export function tell(
  looked: Looked,
  { format, 'minimum-severity': minimum }: ValuesOf<typeof TELL_OPTIONS>,
  console: Console,
  extent: 'all' | 'summary' = 'all',
): number {
  const alerted = looked.calls.filter(({ alert }) => alert && compareSeverity(alert.severity, minimum) >= 0);
  const scanned: Scanned = { alerted, isTold: isToldFrom(minimum), report: () => reportOf(looked) };
  if (extent === 'all') FORMATS[format](scanned, console);
  if (format === 'text') note(console, tallyLine(looked, alerted.length));
  if (looked.inputs.unread.length > 0) return 2;
  return alerted.length > 0 ? 1 : 0;
}

/** The report of what was looked at. */
export const reportOf = (looked: Looked): Report =>
  toReport(looked, looked.inputs, looked.criteria.trust, looked.baseline);

/** Whether a call is told as an alert, and at least as severe as `minimum`. */
function isToldFrom(minimum: AlertSeverity): Scanned['isTold'] {
  return ({ disposition, severity }) =>
    disposition === 'alerted' && severity !== null && compareSeverity(severity, minimum) >= 0;
}
