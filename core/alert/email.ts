import { partitionOf } from '../base/arn';
import { plain, unlinked, wrapped } from '../base/plain-text';
import type { Step } from './advice';
import type { Brief } from './brief';
import type { Point } from './point';
import { lookUpRecord } from './command';
import { consoleLinkOf } from './console-link';
import { told, type Detail } from './detail';

const WIDTH = 75;
const LABEL_WIDTH = 10;
const INDENT = ' '.repeat(3);
const COMMAND_INDENT = ' '.repeat(8);

/**
 * The e-mail, for somebody who was woken by it: what happened and how bad it is, what to do now, then who, what and where,
 * what changed, and each finding. Plain text of about 75 columns; commands are never broken. Lines after the first of a
 * stranger's text are indented, so that none of them can pass for one of ours.
 */
export function emailText(brief: Brief, detail: Detail): string {
  const { call, severity, sentence, points, attempt } = brief;
  const [{ advice, why }] = points;
  const unnamed = points.slice(detail.findings);
  const lines = points.slice(0, detail.findings).map((point, at) => pointText(point, at, brief, detail));
  const record = lookUpRecord(call);
  return [
    wrapped(unlinked(`${sentence}.`), WIDTH, `${severity}: `),
    field('Do', advice.text),
    ...stepsBefore(brief, 1).map((step) => stepLines(step).join('\n')),
    field('Why', why),
    factsOf(brief),
    changesOf(brief, detail),
    ...(attempt ? [lines.join('\n')] : lines),
    unnamed.length > 0 ? field('Left out', `${unnamed.map(({ rule }) => rule.id).join(', ')}, to fit.`) : '',
    [
      labelled('Console', consoleLinkOf(call)),
      labelled('Way back', brief.wayBack),
      record === undefined ? field('Event', call.eventID, 100) : labelled('Record', record),
      field('File', brief.logFile),
    ].join(''),
  ]
    .map((paragraph) => paragraph.trimEnd())
    .filter((paragraph) => paragraph !== '')
    .join('\n\n')
    .concat('\n');
}

function factsOf(brief: Brief): string {
  const {
    call,
    caller,
    domain,
    about,
    eventName,
    outcome,
    errorMessage,
    accountId,
    accountName,
    domainName,
    owner: whose,
    region,
    delivery,
    isObserved,
  } = brief;
  const { arn, accountId: owner = '' } = call.domain ?? {};
  const isElsewhere = domain !== undefined && owner !== '' && owner !== call.accountId;
  const isUsual =
    arn === `arn:${partitionOf(call.region)}:es:${call.region}:${call.accountId}:domain/${call.domain?.name}`;
  return [
    field('Who', isObserved ? '' : caller),
    field('', call.caller.arn, 512),
    field('Call', isObserved ? '' : `${eventName}, ${outcome}`),
    field('Answer', errorMessage),
    domain === undefined
      ? field('Resource', about)
      : field('Domain', `${domain}${domainName === undefined ? '' : ` (${domainName})`}`),
    field('', call.resources?.[0] === about ? undefined : call.resources?.[0], 512),
    isUsual ? '' : field('', arn, 512),
    field(
      'Account',
      `${accountId}${accountName === undefined ? '' : ` (${accountName})`}, ${region}${isElsewhere ? `; the domain is in account ${owner}` : ''}`,
    ),
    field('Owner', whose),
    field('From', call.sourceIPAddress, 100),
    field('With', call.userAgent, 160),
    field('When', call.eventTime.replace(/^([\d-]+)T([\d:.]+)Z$/, '$1 $2 UTC'), 40),
    field('Note', delivery),
  ].join('');
}

/** What changed; nothing where what held before is not known. */
function changesOf({ changes }: Brief, detail: Detail): string {
  if (changes.length === 0) return '';
  const leftOut = changes.length - detail.changes;
  return [
    'What changed',
    ...changes.slice(0, detail.changes).map(bullet),
    ...(leftOut > 0 ? [bullet(`and ${leftOut} more, left out to fit`)] : []),
  ].join('\n');
}

/** One finding. Of the first, what to do and why stands at the top, as does one piece of its evidence. */
function pointText(point: Point, at: number, brief: Brief, detail: Detail): string {
  const { rule, severity, steps, evidence, more, advice } = point;
  const { points } = brief;
  const isFirst = at === 0;
  const said = isFirst && evidence[0].length <= 500 ? 1 : 0;
  const { pieces, leftOut } = told(evidence.slice(said), more, detail);
  const title = brief.attempt ? '' : `: ${rule.title}`;
  const own = advice.steps.filter((step) => !isTold(step, stepsBefore(brief, at)));
  return [
    wrapped(`${severity} ${rule.id}${title}`, WIDTH, `${at + 1}. `.padEnd(INDENT.length)),
    ...pieces.map(bullet),
    ...(leftOut > 0 ? [bullet(`and ${leftOut} more like this, left out to keep it short`)] : []),
    ...steps
      .slice(1)
      .map(({ to, because }, step) => ({ to, because, was: steps[step]?.to ?? to }))
      .filter(({ because }) => isFirst || !(brief.attempt && isSaidOf(points[0], because)))
      .map(({ to, because, was }) => bullet(`${to} rather than ${was}, as ${because}`)),
    ...(isFirst || brief.attempt ? [] : doLines(advice.text, own, own.length < advice.steps.length)),
  ].join('\n');
}

const isSaidOf = ({ steps }: Point, because: string): boolean => steps.some((step) => step.because === because);

function doLines(text: string, steps: readonly Step[], isToldAbove: boolean): readonly string[] {
  const what = `${text}${isToldAbove ? ' The command is above.' : ''}`;
  return [wrapped(what, WIDTH, `${INDENT}Do: `), ...steps.flatMap(stepLines)];
}

/** The steps told before the findings from the `count`th on: those of the first, with what sets back the call, stand at the top. */
function stepsBefore({ restore, points }: Brief, count: number): readonly Step[] {
  const [{ advice }] = points;
  const others = points.slice(1, count).flatMap((point) => point.advice.steps);
  return [...(restore ? [restore] : []), ...advice.steps, ...others];
}

const isTold = ({ command }: Step, earlier: readonly Step[]): boolean =>
  command !== undefined && earlier.some((step) => step.command === command);

/** A command stands alone on its line, behind what it does. */
const stepLines = ({ says, command }: Step): readonly string[] => [
  ...(says === undefined ? [] : [wrapped(unlinked(says), WIDTH, INDENT)]),
  ...(command === undefined ? [] : [COMMAND_INDENT + command]),
];

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
