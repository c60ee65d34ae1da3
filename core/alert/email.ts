import type { Finding } from '../findings';
import { plain, unlinked, wrapped } from '../base/plain-text';
import { told, type Detail } from './detail';
import { adviceOn, consoleLinkOf, lookupOf } from './remediation';
import { titleOf, whyOf, type Brief } from './brief';

const WIDTH = 75;
const LABEL_WIDTH = 10;
const INDENT = ' '.repeat(3);
const COMMAND_INDENT = ' '.repeat(8);

/**
 * The e-mail: the verdict first, then who, what and where, what changed, then each finding with what to do. Plain text
 * of about 75 columns; commands are never broken. Lines after the first of a stranger's text are indented, so that none
 * of them can pass for one of ours.
 */
export function emailText(verdict: Brief, detail: Detail): string {
  const { call, findings, severity, sentence } = verdict;
  const unnamed = findings.slice(detail.findings);
  return [
    wrapped(unlinked(`${sentence}.`), WIDTH, `${severity}: `),
    factsOf(verdict),
    changesOf(verdict, detail),
    ...findings.slice(0, detail.findings).map((finding, at) => findingText(finding, at + 1, verdict, detail)),
    ...(unnamed.length > 0 ? [field('Left out', `${unnamed.map(({ rule }) => rule.id).join(', ')}, to fit.`)] : []),
    [labelled('Console', consoleLinkOf(call)), field('Event', call.eventID, 100), labelled('Record', lookupOf(call))],
  ]
    .map((part) => (typeof part === 'string' ? part : part.join('')).trimEnd())
    .filter((paragraph) => paragraph !== '')
    .join('\n\n')
    .concat('\n');
}

function factsOf({ call, caller, domain, eventName, outcome, errorMessage, accountId, region }: Brief): string {
  const owner = call.domain.accountId;
  const isElsewhere = domain !== undefined && owner !== '' && owner !== call.accountId;
  return [
    field('Who', caller),
    field('', call.caller.arn, 512),
    field('Call', `${eventName}, ${outcome}`),
    field('', errorMessage),
    field('Domain', domain),
    field('', call.domain.arn, 512),
    field('Account', `${accountId}, ${region}${isElsewhere ? `; the domain is in account ${owner}` : ''}`),
    field('From', call.sourceIPAddress, 100),
    field('With', call.userAgent, 256),
    field('When', call.eventTime.replace(/^([\d-]+)T([\d:.]+)Z$/, '$1 $2 UTC'), 40),
  ].join('');
}

/** What changed, and how to set it back; nothing where what held before is not known. */
function changesOf({ changes, restore }: Brief, detail: Detail): string {
  if (changes.length === 0) return '';
  const leftOut = changes.length - detail.changes;
  return [
    'What changed',
    ...changes.slice(0, detail.changes).map((line) => bullet(line)),
    ...(leftOut > 0 ? [bullet(`and ${leftOut} more, left out to fit`)] : []),
    ...(restore ? ['', `${INDENT}To set it back:`, '', COMMAND_INDENT + restore] : []),
  ].join('\n');
}

function findingText(finding: Finding, number: number, verdict: Brief, detail: Detail): string {
  const { rule, severity, steps } = finding;
  // The first sentence of the e-mail has said the first piece of the worst finding.
  const said = number === 1 && (finding.evidence[0]?.length ?? 0) <= 500 ? 1 : 0;
  const { pieces, leftOut } = told(finding.evidence.slice(said), detail);
  const advice = adviceOn(finding, verdict.call);
  const earlier = verdict.findings.slice(0, number - 1).map((other) => adviceOn(other, verdict.call).command);
  const isToldAbove = advice.command !== undefined && earlier.includes(advice.command);
  return [
    wrapped(`${severity} ${rule.id}: ${titleOf(finding, verdict.call)}`, WIDTH, `${number}. `.padEnd(INDENT.length)),
    ...pieces.map(bullet),
    ...(leftOut > 0 ? [bullet(`and ${leftOut} more like this, left out to keep it short`)] : []),
    ...steps.slice(1).map(({ to, because }, at) => bullet(`${to} rather than ${steps[at]?.to ?? to}, as ${because}`)),
    wrapped(whyOf(finding, verdict.call), WIDTH, `${INDENT}Why: `),
    wrapped(`${advice.text}${isToldAbove ? ' The command is the one above.' : ''}`, WIDTH, `${INDENT}Do:  `),
    ...(advice.command && !isToldAbove ? [`\n${COMMAND_INDENT}${advice.command}`] : []),
  ].join('\n');
}

const bullet = (text: string): string => wrapped(unlinked(text), WIDTH, `${INDENT}- `);

/** A labelled line of a stranger's text, wrapped under itself; nothing where there is no value. */
function field(label: string, value = '', maxLength = 2000): string {
  const text = unlinked(plain(value, maxLength));
  return text && `${wrapped(text, WIDTH, label.padEnd(LABEL_WIDTH))}\n`;
}

/** A labelled line that is never broken, as links and commands must not be. */
function labelled(label: string, value: string | undefined): string {
  return value === undefined ? '' : `${label.padEnd(LABEL_WIDTH)}${value}\n`;
}
