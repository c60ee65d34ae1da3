import { isReadableRequest, tellsPosture, toPosture, type Reading } from '../../core/domain';
import { plain, wrapped } from '../../core/base/plain-text';
import { RULES } from '../../core/rules';
import { redactorOf, type Call } from '../../core/call';
import { looksAt, type Finding } from '../../core/findings';
import type { Judgement } from '../../core/scan';
import type { Criteria } from '../../core/settings';

const WIDTH = 100;

/** Why a record did or did not alert: the rules that looked, what they saw, the posture, each step of the severity. */
export function explain({ call, findings, disposition, alert }: Judgement, criteria: Criteria): string {
  if (call === undefined) {
    return 'ignored: a copy outside the management events; the call itself is recorded among them\n';
  }
  const redacted = redactorOf(call).quoted;
  const isWatched = criteria.watches(call);
  const rules = isWatched ? RULES.filter((rule) => looksAt(rule, call)).map(({ id }) => id) : [];
  const looked = [...rules, ...criteria.watchPatterns.map(({ name }) => name)];
  const silent = looked.filter((name) => !findings.some((finding) => finding.rule.id === name));
  return [
    headOf(call),
    ...(isWatched ? [postureOf(call)] : []),
    ...findings.map((finding) => findingLines(finding, redacted)),
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
  const domain = call.domain.name ? ` on ${plain(call.domain.name, 100)}` : '';
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

function findingLines(
  { rule, severity, steps, evidence, suppressedBy }: Finding,
  redacted: (text: string) => string,
): string {
  return [
    indented(`${severity} ${rule.id}`),
    ...evidence.map((piece) => indented(`saw: ${plain(redacted(piece), 1000)}`, 4)),
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
