import { ALERT_SEVERITIES, compareSeverity, type AlertSeverity } from '../core/base/severity';
import type { Report, ReportCall } from '../core/report';
import type { JudgedCall } from '../core/scan';
import { note, type Console } from './console';
import type { Looked } from './look';
import type { Options, ValuesOf } from './options';
import { tallyLine } from './render/tally';

/** What a format is made of. */
interface Scanned {
  /** The calls that are told as alerts, in the order of time. */
  readonly alerted: readonly JudgedCall[];
  readonly isTold: (call: ReportCall) => boolean;
  /** Made for the formats that need one. */
  readonly report: () => Promise<Report>;
}

/** As many lines are written at once. */
const LINES = 32;

/** Each loads what it is made with. */
const FORMATS = {
  text: async ({ alerted, report }, console) => {
    const { mailsText, summaryText } = await import('./render/text.js');
    console.out(mailsText(alerted, console));
    console.out(summaryText(await report(), console));
  },
  json: async ({ alerted }, console) => {
    for (let at = 0; at < alerted.length; at += LINES) {
      const lines = alerted.slice(at, at + LINES).map(({ alert }) => `${JSON.stringify(alert?.body)}\n`);
      console.out(lines.join(''));
    }
  },
  csv: async ({ report, isTold }, console) => {
    const { csvText } = await import('./render/csv.js');
    console.out(csvText(await report(), isTold));
  },
  markdown: async ({ report, isTold }, console) => {
    const { markdownText } = await import('./render/markdown.js');
    console.out(markdownText(await report(), isTold));
  },
  sarif: async ({ report, isTold }, console) => {
    const { sarifLog } = await import('./render/sarif.js');
    console.out(`${JSON.stringify(sarifLog(await report(), isTold), undefined, 2)}\n`);
  },
} as const satisfies Readonly<Record<string, (scanned: Scanned, console: Console) => Promise<void>>>;

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
export async function tell(
  looked: Looked,
  { format, 'minimum-severity': minimum }: ValuesOf<typeof TELL_OPTIONS>,
  console: Console,
  extent: 'all' | 'summary' = 'all',
): Promise<number> {
  const alerted = looked.calls.filter(({ alert }) => alert && compareSeverity(alert.severity, minimum) >= 0);
  const scanned: Scanned = { alerted, isTold: isToldFrom(minimum), report: () => reportOf(looked) };
  // A mail about nothing is nothing, and needs no report to be made.
  const isNothing = format === 'text' && looked.calls.length === 0 && looked.baseline.length === 0;
  if (extent === 'all' && !isNothing) await FORMATS[format](scanned, console);
  if (format === 'text') note(console, tallyLine(looked, alerted.length));
  if (looked.inputs.unread.length > 0) return 2;
  return alerted.length > 0 ? 1 : 0;
}

/** The report of what was looked at. */
export async function reportOf(looked: Looked): Promise<Report> {
  const { toReport } = await import('../core/report/index.js');
  return toReport(looked, looked.inputs, (await looked.criteria()).trust, looked.baseline);
}

/** Whether a call is told as an alert, and at least as severe as `minimum`. */
function isToldFrom(minimum: AlertSeverity): Scanned['isTold'] {
  return ({ disposition, severity }) =>
    disposition === 'alerted' && severity !== null && compareSeverity(severity, minimum) >= 0;
}
