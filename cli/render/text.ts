import { counted } from '../../core/base/counted';
import { ALERT_SEVERITIES } from '../../core/base/severity';
import { plain, wrapped } from '../../core/base/plain-text';
import type { Report, ReportDomain, Totals } from '../../core/report';
import type { JudgedCall } from '../../core/scan';
import type { Console } from '../console';
import { placeOf } from './place';
import { colorsOn } from './colors';

const RULER = '-'.repeat(75);
const WIDTH = 88;

/** The alerts as the e-mails they would be, which tell the file; each with the files of its copies. */
export function mailsText(calls: readonly JudgedCall[], console: Console): string {
  const color = colorsOn(console);
  return calls
    .flatMap(({ alert, sources }) => {
      if (!alert) return [];
      const email = alert.email.startsWith(alert.severity)
        ? color(alert.severity, alert.severity) + alert.email.slice(alert.severity.length)
        : alert.email;
      return [`${RULER}\n${email}${copiesLine(sources)}`];
    })
    .join('');
}

function copiesLine([, first, ...others]: JudgedCall['sources']): string {
  if (first === undefined) return '\n';
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  return `Also in   ${plain(first.name, 1000)}${more}\n\n`;
}

/** How many alerts of each severity there are, for each domain; how long domains stood open; what could not be read. */
export function summaryText(report: Report, console: Console): string {
  const color = colorsOn(console);
  const total = ALERT_SEVERITIES.reduce((sum, severity) => sum + report.totals[severity], 0);
  const domains = report.domains.filter(isWorthTelling);
  if (total === 0 && domains.length === 0) return '';
  return [
    RULER,
    `${counted(total, 'alert')}${totalsText(report.totals)}`,
    ...domains.flatMap((domain) => [
      `  ${domain.name} (${placeOf(domain)})${totalsText(domain.totals)}`,
      ...domain.exposures
        .filter(({ isOpen }) => isOpen)
        .map(({ sentence, to }) => color(to === null ? 'open' : 'INFORMATIONAL', wrapped(sentence, WIDTH, '      '))),
    ]),
    ...(report.otherCalls.length > 0 ? [`  about no domain: ${counted(report.otherCalls.length, 'call')}`] : []),
    ...(report.inputs.unread.length > 0 ? ['Not read:'] : []),
    ...report.inputs.unread.map(({ name, why }) => wrapped(`${name}: ${why}`, WIDTH, '  ')),
    '',
  ].join('\n');

  function totalsText(totals: Totals): string {
    const counts = ALERT_SEVERITIES.toReversed().filter((severity) => totals[severity] > 0);
    if (counts.length === 0) return '';
    return `: ${counts.map((severity) => color(severity, `${severity} ${totals[severity]}`)).join(', ')}`;
  }
}

const isWorthTelling = ({ totals, exposures }: ReportDomain): boolean =>
  ALERT_SEVERITIES.some((severity) => totals[severity] > 0) || exposures.some(({ isOpen }) => isOpen);
