import { isReadableRequest, tellsPosture, toPosture, type Reading } from '../../core/domain';
import { plain, wrapped } from '../../core/base/plain-text';
import { RULES } from '../../core/rules';
import { redactorOf, type Call } from '../../core/call';
import { looksAt, type Finding } from '../../core/findings';
import type { Alert } from '../../core/alert';
import type { Change } from '../../core/domain';
import type { JudgedCall, Judgement, Source } from '../../core/scan';
import type { Criteria } from '../../core/settings';
import type { Looked } from '../look';

const WIDTH = 100;

/** The same of each call that was looked at, in the order of time, under where its record was found. */
export function explanationsText({ calls, copies }: Looked, criteria: Criteria): string {
  const headOf = ({ name, position }: Source): string => `${plain(name, 1000)} call ${position}: `;
  return [
    ...calls.flatMap((judged) =>
      judged.sources
        .slice(0, 1)
        .map((source) => `${headOf(source)}${explain(judged, criteria)}${copiesLine(judged.sources)}`),
    ),
    ...copies.map(
      (source) =>
        `${headOf(source)}ignored: a copy outside the management events; the call itself is recorded among them\n`,
    ),
  ]
    .map((text) => `${text}\n`)
    .join('');
}

const A_COPY = 'ignored: a copy outside the management events; the call itself is recorded among them\n';

function copiesLine([, ...copies]: JudgedCall['sources']): string {
  const [first] = copies;
  if (first === undefined) return '';
  const more = copies.length > 1 ? ` and ${copies.length - 1} more` : '';
  return `${indented(`the same call: ${plain(first.name, 1000)} call ${first.position}${more}`)}\n`;
}

/** Why a record did or did not alert: the rules that looked, what they saw, the posture, each step of the severity. */
export function explain({ call, findings, disposition, alert, change }: Judgement, criteria: Criteria): string {
  if (call === undefined) return A_COPY;
  const redacted = redactorOf(call).quoted;
  const isWatched = criteria.watches(call);
  const rules = isWatched ? RULES.filter((rule) => looksAt(rule, call)).map(({ id }) => id) : [];
  const looked = [...rules, ...criteria.watchPatterns.map(({ name }) => name)];
  const silent = looked.filter((name) => !findings.some((finding) => finding.rule.id === name));
  return [
    headOf(call),
    ...(isWatched ? [postureOf(call)] : []),
    ...findings.map((finding) => findingLines(finding, redacted)),
    ...(change ? changesOf(change, alert, redacted) : []),
    ...(isReadableRequest(call) ? [] : [indented('the request is not there to be seen')]),
    ...(silent.length > 0 ? [indented(`looked and saw nothing: ${silent.join(', ')}`)] : []),
    indented(
      {
        alerted: `alerted, ${alert?.severity ?? ''}`,
        suppressed: 'not sent: every finding is suppressed',
        informational: 'not sent: counted only, as nothing in it is above INFORMATIONAL',
        ignored: ignoredBecause(call),
      }[disposition],
    ),
  ]
    .join('\n')
    .concat('\n');
}

function headOf(call: Call): string {
  const domain = call.domain?.name ? ` on ${plain(call.domain?.name, 100)}` : '';
  const error = call.errorCode ? ` (${plain(call.errorCode, 100)})` : '';
  const folded = call.judgedAs && call.judgedAs !== call.eventName ? `, judged as ${call.judgedAs}` : '';
  return [
    `${plain(call.eventName, 100)}${domain}, ${call.outcome}${error}${folded}`,
    `by ${plain(call.caller.description, 250)} in ${plain(call.accountId, 20)} ${plain(call.region, 30)}, ${plain(call.eventTime, 40)}, event ${plain(call.eventID ?? 'unknown', 100)}`,
  ].join('\n  ');
}

function postureOf(call: Call): string {
  if (!tellsPosture(call)) return indented('posture: unknown, as such a call does not tell it');
  const { endpoint, fineGrainedAccess, anonymousAccess } = toPosture(call);
  return indented(
    [
      `posture: endpoint ${readingOf(endpoint)}`,
      `fine-grained access control ${readingOf(fineGrainedAccess)}`,
      `anonymous access ${readingOf(anonymousAccess)}`,
    ].join(', '),
  );
}

function readingOf({ value, from }: Reading<string>): string {
  return from === 'nowhere' ? 'unknown (judged as the worst plausible)' : `${value} (from the ${from})`;
}

/** What changed, by the alert, which tells it best; else by the settings alone. */
function changesOf(
  { differences, isUnchanged }: Change,
  alert: Alert | undefined,
  redacted: (text: string) => string,
): readonly string[] {
  if (isUnchanged) return [indented('changed: nothing, and people were told of all of it')];
  const settings = differences.map(({ path }) => redacted(path.join('.')));
  const changes = alert?.changes ?? settings;
  return changes.map((change) => indented(`changed: ${plain(change, 1000)}`));
}

function findingLines(
  { rule, severity, steps, evidence, suppressedBy }: Finding,
  redacted: (text: string) => string,
): string {
  return [
    indented(`${severity} ${rule.id}`),
    ...evidence.map(({ says }) => indented(`saw: ${plain(redacted(says), 1000)}`, 4)),
    ...steps.map(({ to, because }) => indented(`${to}: ${because}`, 4)),
    ...(suppressedBy
      ? [indented(`suppressed until ${suppressedBy.expires}: ${plain(suppressedBy.reason, 300)}`, 4)]
      : []),
  ].join('\n');
}

function ignoredBecause({ operation, access }: Call): string {
  if (access === 'read') return 'ignored: a read, which changes nothing, and nobody watches it';
  return `ignored: ${operation ?? 'the call'} is not among the watched events`;
}

const indented = (text: string, by = 2): string => wrapped(text, WIDTH, ' '.repeat(by));
