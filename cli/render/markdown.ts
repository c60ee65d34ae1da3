import { counted } from '../../core/base/counted';
import { ALERT_SEVERITIES } from '../../core/base/severity';
import type { Report, ReportCall, ReportDomain } from '../../core/report';
import { placeOf } from './place';

/** A report to paste into a ticket: totals, then for each domain its exposure and its calls. */
export function markdownText(report: Report, isTold: (call: ReportCall) => boolean): string {
  const domains = report.domains.filter(
    ({ calls, exposures }) => calls.some(isTold) || exposures.some(({ isOpen }) => isOpen),
  );
  const others = report.otherCalls.filter(isTold);
  const calls = [...domains.flatMap((domain) => domain.calls.filter(isTold)), ...others];
  return `${[
    '# Configuration calls',
    `${counted(calls.length, 'call')} of ${counted(domains.length, 'domain')}${spanOf(report)}.`,
    table(
      ['severity', 'calls'],
      ALERT_SEVERITIES.toReversed().map((severity) => [severity, String(report.totals[severity])]),
    ),
    ...domains.flatMap((domain) => sectionOf(domain, domain.calls.filter(isTold))),
    ...(others.length > 0 ? ['## About no domain', ...others.flatMap(callText)] : []),
    ...unreadText(report),
  ].join('\n\n')}\n`;
}

const spanOf = ({ from, to }: Report): string => (from === null ? '' : `, ${escaped(from)} to ${escaped(to ?? from)}`);

function sectionOf(domain: ReportDomain, calls: readonly ReportCall[]): readonly string[] {
  const { name, exposures } = domain;
  const open = exposures.filter(({ isOpen }) => isOpen);
  return [
    `## ${escaped(name)} (${escaped(placeOf(domain))})`,
    ...(open.length > 0 ? [open.map(({ sentence }) => `- ${escaped(sentence)}`).join('\n')] : []),
    ...calls.flatMap(callText),
  ];
}

function callText(call: ReportCall): readonly string[] {
  const [worst] = call.findings;
  const facts = [
    ['time', call.time],
    ['call', `${call.eventName}, ${call.outcome}${call.errorCode === undefined ? '' : ` (${call.errorCode})`}`],
    ['caller', call.caller.description],
    ['from', [call.sourceIPAddress, call.userAgent].filter(Boolean).join(', ')],
    ['event', call.eventID ?? ''],
    ['file', call.sources[0]?.name ?? ''],
  ].filter(([, value]) => value !== '');
  return [
    `### ${call.severity ?? 'INFORMATIONAL'}: ${escaped(worst?.title ?? call.eventName)}`,
    escaped(`${call.sentence}.`),
    table(['', ''], facts),
    ...(call.changes.length > 0 ? [call.changes.map((change) => `- ${escaped(change)}`).join('\n')] : []),
    ...(worst ? [`**What to do.** ${escaped(worst.advice)}`] : []),
    ...(call.restore === undefined ? [] : ['To set it back:', fenced(call.restore)]),
  ];
}

const unreadText = ({ inputs: { unread } }: Report): readonly string[] =>
  unread.length === 0
    ? []
    : ['## Not read', unread.map(({ name, why }) => `- ${escaped(name)}: ${escaped(why)}`).join('\n')];

export const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, header.map(() => '---'), ...rows.map((row) => row.map(escaped))]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');

/**
 * A stranger's text that is nothing but text wherever Markdown is shown: no link, no mark-up, no HTML, and nobody is
 * mentioned by it.
 */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_{}[\]()#+!|~$^-]/g, '\\$&')
    .replace(/@/g, '&#64;')
    .replace(/:\/\//g, '&#58;//')
    .replace(/\b(www|ftp)\./gi, '$1&#46;')
    .replace(/^(\s*\d+)([.)])/, '$1\\$2');
}

/** Fenced by more backticks than are in it. */
function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}sh\n${text}\n${fence}`;
}
