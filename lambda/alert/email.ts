import type { Finding } from '../findings';
import { plain, wrapped } from '../plain-text';
import { told, type Detail } from './detail';
import { commandOf, consoleLinkOf } from './remediation';
import type { Verdict } from './verdict';

const WIDTH = 75;
const LABEL_WIDTH = 10;
const INDENT = ' '.repeat(3);

/** The e-mail: the verdict first, then who, what and where, then each finding with what to do. Plain text. */
export function emailText(verdict: Verdict, detail: Detail): string {
  const { call, findings, severity, sentence } = verdict;
  const shown = findings.slice(0, detail.findings);
  const unnamed = findings.slice(detail.findings);
  return [
    wrapped(`${severity}: ${sentence}.`, WIDTH),
    factsOf(verdict),
    ...shown.map((finding, at) => findingText(finding, at + 1, verdict, detail)),
    ...(unnamed.length > 0
      ? [wrapped(`Left out to fit: ${unnamed.map(({ rule }) => rule.id).join(', ')}.`, WIDTH)]
      : []),
    field('Console', consoleLinkOf(call)) + field('Event', call.eventID && plain(call.eventID, 100)),
  ]
    .map((paragraph) => paragraph.trimEnd())
    .filter((paragraph) => paragraph !== '')
    .join('\n\n')
    .concat('\n');
}

function factsOf({ call, caller, domain, eventName, outcome, accountId, region }: Verdict): string {
  const { arn } = call.caller;
  return [
    field('Who', caller),
    field('', arn && plain(arn, 512)),
    field('Call', `${eventName}, ${outcome}`),
    field('', call.errorMessage && plain(call.errorMessage, 500)),
    field('Domain', domain),
    field('', call.domain.arn && plain(call.domain.arn, 512)),
    field('Account', `${accountId}, ${region}`),
    field('From', call.sourceIPAddress && plain(call.sourceIPAddress, 100)),
    field('With', call.userAgent && plain(call.userAgent, 256)),
    field('When', plain(call.eventTime, 40).replace('T', ' ').replace(/Z$/, ' UTC')),
  ].join('');
}

/** A labelled line, wrapped under its own text; nothing where there is no value. */
function field(label: string, value: string | undefined): string {
  if (!value) return '';
  return `${wrapped(value, WIDTH, label.padEnd(LABEL_WIDTH))}\n`;
}

function findingText({ rule, severity, steps, evidence }: Finding, number: number, verdict: Verdict, detail: Detail) {
  const { pieces, leftOut } = told(evidence, detail);
  const command = commandOf(rule.remediation, verdict.call);
  const moved = steps.length > 1 ? ` (${steps.map(({ to, because }) => `${to}: ${because}`).join('; ')})` : '';
  return [
    wrapped(`${severity} ${rule.id}: ${rule.title}${moved}`, WIDTH, `${number}. `.padEnd(INDENT.length)),
    ...pieces.map((piece) => wrapped(piece, WIDTH, `${INDENT}- `)),
    ...(leftOut > 0 ? [`${INDENT}- and ${leftOut} more, left out to fit`] : []),
    wrapped(rule.why, WIDTH, `${INDENT}Why: `),
    wrapped(rule.remediation.text, WIDTH, `${INDENT}Do:  `),
    ...(command ? [`\n${INDENT}     ${command}`] : []),
  ].join('\n');
}
