import { plain, unlinked, wrapped } from '../../core/base/plain-text';
import type { Witness } from '../../core/witness';
import type { JudgedPolicy } from '../judge-policy';
import type { Console } from '../console';
import { colorsOn } from './colors';

const WIDTH = 88;

/** The verdict on a policy: how bad it is, what each statement grants, a request that gets in. */
export function policyText(
  { verdict, findings, witness, isAccountUnknown, posture }: JudgedPolicy,
  console: Console,
): string {
  const color = colorsOn(console);
  const { exposure, grants, unreadable } = verdict;
  const signsIn = posture.fineGrainedAccess.value === 'on' && posture.anonymousAccess.value !== 'on';
  return [
    `exposure: ${exposure}`,
    ...findings.flatMap(({ rule, severity, evidence }) => [
      `${color(severity, severity)} ${rule.id}`,
      ...evidence.map(({ says }) => wrapped(unlinked(plain(says, 1000)), WIDTH, '  - ')),
    ]),
    ...grants.map(({ exposure: own, reason }) => wrapped(unlinked(plain(reason, 1000)), WIDTH, `${own}: `)),
    ...unreadable.map((why) => wrapped(unlinked(plain(why, 500)), WIDTH, 'not judged: ')),
    ...(witness
      ? [wrapped(unlinked(`${witnessText(witness)}${signsIn ? ', and then has to sign in' : ''}`), WIDTH, 'gets in: ')]
      : exposure === 'none'
        ? ['gets in: nobody by this policy']
        : ['gets in: no single request was found that it lets in for certain']),
    ...(isAccountUnknown
      ? ['the account of the domain is not known, so every account that is named counts as another one: --account']
      : []),
    '',
  ].join('\n');
}

export function policyJson({ verdict, findings, posture, domainArn, witness }: JudgedPolicy): string {
  const { exposure, grants, unreadable, empty } = verdict;
  return `${JSON.stringify(
    {
      exposure,
      severity: findings[0]?.severity ?? null,
      domainArn,
      posture: {
        endpoint: posture.endpoint.value,
        fineGrainedAccess: posture.fineGrainedAccess.value,
        anonymousAccess: posture.anonymousAccess.value,
      },
      findings: findings.map(({ rule, severity, evidence }) => ({
        rule: rule.id,
        severity,
        evidence: evidence.map(({ says }) => says),
      })),
      grants,
      unreadable,
      isEmpty: empty,
      witness: witness ? { ...witness.request, statement: witness.statement, sentence: witnessText(witness) } : null,
    },
    undefined,
    2,
  )}\n`;
}

/** `an unsigned GET /_search from 203.0.113.10, by statement 1`. */
function witnessText({ request, statement }: Witness): string {
  const { signer, method, path, address, claims, time } = request;
  const who = signer ? `signed by ${plain(signer.arn, 200)}` : 'unsigned';
  const from = address === undefined ? 'inside the VPC' : plain(address, 60);
  const claimed = Object.entries(claims).map(([key, value]) => `${plain(key, 60)} ${plain(value, 100)}`);
  return [
    `${method} ${plain(path, 200)}, ${who}, from ${from}`,
    ...(claimed.length > 0 ? [`with ${claimed.join(' and ')}`] : []),
    `at ${plain(time, 30)}`,
    `by statement ${statement}`,
  ].join(', ');
}
