import { counted } from '../base/counted';
import { ascii, plain, unlinked } from '../base/plain-text';
import { ALERT_SEVERITIES, compareSeverity, type AlertSeverity } from '../base/severity';
import type { DigestedAlert } from './digested';

export type Period = 'daily' | 'weekly';

/** What SNS's `Publish` is given, without the topic. */
export interface MailDigest {
  readonly Subject: string;
  readonly Message: string;
}

/** Lines of calls in one mail: what is left out is counted, the mildest first. */
const MOST_LINES = 200;

/** SNS takes 256 KB, subject included. */
const MOST_BYTES = 255 * 1024;

/** Lines of one domain: one that changes all day must not hide the others. */
const MOST_OF_A_DOMAIN = 10;

const SPANS = { daily: 'day', weekly: 'week' } as const;

/**
 * One plain text: what was told, worst first, by account and domain. Calls that differ in their time alone share a line.
 * @param alerts one at least; those of one call, such as a correction, count as the worst of them
 * @param unreadable how many messages there were beside them that are no alerts
 */
export function toMailDigest(alerts: readonly DigestedAlert[], unreadable: number, period: Period): MailDigest {
  const once = worstOfEach(alerts);
  const counts = ALERT_SEVERITIES.toReversed().map((severity) => ({
    severity,
    calls: callsOf(once.filter((alert) => alert.severity === severity)),
  }));
  const told = counts.filter(({ calls }) => calls > 0).map(({ severity, calls }) => `${calls} ${severity}`);
  const subject = `es-config-monitor: ${counted(callsOf(once), 'call')} in a ${SPANS[period]}${told.length > 0 ? `, ${told.join(', ')}` : ''}`;
  const messageOf = (most: number): string => {
    const paragraphs = [
      `${subject}.`,
      once.length > 0 ? `The first at ${timeOf(once[0]?.time)}, the last at ${timeOf(once.at(-1)?.time)} UTC.` : '',
      ...sectionsOf(once, most),
      unreadable > 0 ? `Beside these ${counted(unreadable, 'message')} came that no alert can be read from.` : '',
      'Each of them was told to the topic of its severity when it happened.',
    ];
    return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`;
  };
  // Texts of strangers may be long, in letters of several bytes: half the lines are half the mail.
  const whole = messageOf(MOST_LINES);
  return {
    Subject: ascii(subject, 99),
    Message: Buffer.byteLength(whole) <= MOST_BYTES ? whole : messageOf(MOST_LINES / 2),
  };
}

function sectionsOf(alerts: readonly DigestedAlert[], most: number): readonly string[] {
  let left = most;
  return ALERT_SEVERITIES.toReversed().flatMap((severity) => {
    const section = sectionOf(severity, alerts, left);
    left -= section.lines;
    return section.paragraphs;
  });
}

/** In the order of time. */
function worstOfEach(alerts: readonly DigestedAlert[]): readonly DigestedAlert[] {
  const found = new Map<string, DigestedAlert>();
  for (const alert of alerts) {
    const before = found.get(alert.uid);
    const difference = before ? compareSeverity(alert.severity, before.severity) || alert.calls - before.calls : 1;
    if (difference > 0) found.set(alert.uid, alert);
  }
  return [...found.values()].toSorted((a, b) => a.time - b.time);
}

interface Section {
  readonly paragraphs: readonly string[];
  readonly lines: number;
}

function sectionOf(severity: AlertSeverity, alerts: readonly DigestedAlert[], most: number): Section {
  const ofSeverity = alerts.filter((alert) => alert.severity === severity);
  if (ofSeverity.length === 0) return { paragraphs: [], lines: 0 };
  const title = `${severity}: ${counted(callsOf(ofSeverity), 'call')}`;
  const paragraphs = [`${title}\n${'-'.repeat(title.length)}`];
  let lines = 0;
  let domainsLeft = 0;
  let callsLeft = 0;
  for (const [place, ofPlace] of grouped(ofSeverity, placeOf)) {
    if (lines >= most) {
      domainsLeft += 1;
      callsLeft += callsOf(ofPlace);
      continue;
    }
    const all = [...grouped(ofPlace, whatOf).values()];
    const shown = all.slice(0, Math.min(MOST_OF_A_DOMAIN, most - lines));
    const more = callsOf(all.slice(shown.length).flat());
    const rest = more > 0 ? [`  and ${counted(more, 'more call')}`] : [];
    paragraphs.push([place, ...shown.map(lineOf), ...rest].join('\n'));
    lines += shown.length;
  }
  if (domainsLeft > 0) paragraphs.push(`And ${callsLeft} more of ${counted(domainsLeft, 'other domain')}.`);
  return { paragraphs, lines };
}

const callsOf = (alerts: readonly DigestedAlert[]): number => alerts.reduce((sum, { calls }) => sum + calls, 0);

function grouped(
  alerts: readonly DigestedAlert[],
  keyOf: (alert: DigestedAlert) => string,
): ReadonlyMap<string, readonly DigestedAlert[]> {
  const groups = new Map<string, DigestedAlert[]>();
  for (const alert of alerts) {
    const key = keyOf(alert);
    const group = groups.get(key);
    if (group) group.push(alert);
    else groups.set(key, [alert]);
  }
  return groups;
}

const shown = (text: string, length: number): string => unlinked(plain(text, length));

function placeOf({ account, accountName, region, domain }: DigestedAlert): string {
  const name = accountName === undefined ? '' : ` (${shown(accountName, 60)})`;
  return `${shown(domain ?? 'no domain', 100)}, ${shown(account, 20)}${name} ${shown(region, 30)}`;
}

const whatOf = ({ operation, caller, title, attempt }: DigestedAlert): string =>
  `${shown(operation, 100)}${attempt === undefined ? '' : ` (${shown(attempt, 20)})`} by ${shown(caller, 120)}: ${shown(title, 160)}`;

/** Every line of a call is indented, so that none of a stranger's can pass for a heading. */
function lineOf(alerts: readonly DigestedAlert[]): string {
  const [first] = alerts;
  if (first === undefined) return '';
  const calls = callsOf(alerts);
  return `  ${timeOf(alerts.at(-1)?.time)}  ${calls > 1 ? `${calls} times ` : ''}${whatOf(first)}`;
}

const timeOf = (time = 0): string => new Date(time).toISOString().slice(0, 16).replace('T', ' ');
