import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { version } from '../../package.json';
import { EVENT_SOURCE } from '../base/event-source';
import type { Call, Caller } from '../call';
import { plain } from '../base/plain-text';
import { ATTACK_VERSION, type Rule } from '../rules';
import type { Severity } from '../base/severity';
import { told, type Detail } from './detail';
import { adviceOn } from './remediation';
import { titleOf, whyOf, type Brief } from './brief';

/** The version of the Open Cybersecurity Schema Framework the machine body follows. */
const OCSF_VERSION = '1.8.0';

const SEVERITY_CAPTIONS = {
  INFORMATIONAL: { severity_id: 1, severity: 'Informational' },
  LOW: { severity_id: 2, severity: 'Low' },
  MEDIUM: { severity_id: 3, severity: 'Medium' },
  HIGH: { severity_id: 4, severity: 'High' },
  CRITICAL: { severity_id: 5, severity: 'Critical' },
} as const satisfies Record<Severity, object>;

export type DetectionFinding = ReturnType<typeof detectionFinding>;

/**
 * The machine body of an alert: an OCSF Detection Finding (class 2004). No secrets: neither the record nor its
 * parameters are in it, only what rules quote.
 */
export function detectionFinding(verdict: Brief, detail: Detail) {
  const { call, findings, severity, sentence, accountId, region } = verdict;
  const [worst, ...others] = findings;
  const time = timeOf(call);
  const advice = adviceOn(worst, call);
  const requestID = text('uid', call.requestID, 100);
  const userAgent = text('user_agent', call.userAgent, 256);
  const changes = verdict.changes.slice(0, detail.changes);
  return {
    activity_id: 1,
    activity_name: 'Create',
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2004,
    class_name: 'Detection Finding',
    type_uid: 200401,
    type_name: 'Detection Finding: Create',
    ...SEVERITY_CAPTIONS[severity],
    status_id: 1,
    status: 'New',
    is_alert: true,
    time,
    ...(verdict.burst && { count: verdict.burst.calls }),
    message: sentence,
    metadata: {
      version: OCSF_VERSION,
      product: { name: 'es-config-monitor', vendor_name: 'es-config-monitor', version },
      profiles: ['cloud'],
      log_name: 'AWS CloudTrail',
      ...text('original_time', call.eventTime, 40),
      ...text('original_event_uid', call.eventID, 100),
    },
    finding_info: {
      uid: verdict.burst?.uid ?? uidOf(call),
      title: titleOf(worst, call),
      desc: whyOf(worst, call),
      created_time: time,
      analytic: analyticOf(worst.rule),
      related_analytics: others.map(({ rule }) => analyticOf(rule)),
      attacks: techniquesOf([worst, ...others].map(({ rule }) => rule)),
    },
    evidences: [
      {
        api: {
          operation: verdict.eventName,
          service: { name: EVENT_SOURCE },
          ...(requestID.uid && { request: requestID }),
          ...(call.outcome !== 'succeeded' && { response: responseOf(verdict) }),
        },
        actor: {
          user: userOf(call.caller),
          ...text('invoked_by', call.caller.service, 100),
        },
        ...endpointOf(call.sourceIPAddress ?? ''),
        ...(userAgent.user_agent && { http_request: userAgent }),
      },
    ],
    resources: resourcesOf(verdict),
    cloud: { provider: 'AWS', account: { uid: accountId }, region },
    remediation: {
      desc: [advice.text, advice.command].filter(Boolean).join(' '),
    },
    unmapped: {
      outcome: call.outcome,
      ...(changes.length > 0 && { changes }),
      ...(verdict.changes.length > changes.length && { changes_left_out: verdict.changes.length - changes.length }),
      ...(verdict.restore && { restore_command: verdict.restore }),
      findings: findings.slice(0, detail.findings).map(({ rule, severity: own, steps, evidence }) => {
        const { pieces, leftOut } = told(evidence, detail);
        return {
          rule: rule.id,
          severity: own,
          severity_steps: steps.map(({ to, because }) => `${to}: ${because}`),
          evidence: pieces,
          ...(leftOut > 0 && { evidence_left_out: leftOut }),
        };
      }),
      ...(findings.length > detail.findings && { findings_left_out: findings.length - detail.findings }),
    },
  };
}

/** A member for a stranger's text, none where there is nothing to see in it. */
function text<Name extends string>(name: Name, value: string | undefined, maxLength: number): { [N in Name]?: string } {
  const shown = plain(value ?? '', maxLength);
  return shown === '' ? {} : ({ [name]: shown } as { [N in Name]?: string });
}

/** The call's own; one that could not be shown as it is, which AWS never made, is told by its digest. */
function uidOf({ uid }: Call): string {
  return /^[\x21-\x7e]{1,128}$/.test(uid) ? uid : createHash('sha256').update(uid).digest('hex');
}

/** Milliseconds since 1970 of the call, 0 where its time cannot be read. */
function timeOf(call: Call): number {
  const time = Date.parse(call.eventTime);
  return Number.isNaN(time) ? 0 : time;
}

function analyticOf(rule: Rule) {
  return { uid: rule.id, name: rule.title, type_id: 1, type: 'Rule' };
}

/** Each technique once, in the order of the findings. */
function techniquesOf(rules: readonly Rule[]) {
  const techniques = new Map(rules.flatMap(({ attack }) => attack).map(({ id, name }) => [id, name]));
  return [...techniques].map(([uid, name]) => ({ version: ATTACK_VERSION, technique: { uid, name } }));
}

function responseOf({ call, errorMessage }: Brief) {
  return { error: plain(call.errorCode ?? '', 100) || call.outcome, ...text('error_message', errorMessage, 500) };
}

const USER_TYPE_IDS: Readonly<Record<string, number>> = { IAMUser: 1, Root: 2, AWSService: 3 };
const OTHER_USER_TYPE = 99;

function userOf({ name, arn, principalId, accountId, type }: Caller) {
  return {
    name: plain(name, 200) || 'unknown',
    type: plain(type, 50) || 'Unknown',
    type_id: Object.hasOwn(USER_TYPE_IDS, type) ? USER_TYPE_IDS[type] : OTHER_USER_TYPE,
    ...text('uid', arn ?? principalId, 512),
    ...(arn && text('uid_alt', principalId, 200)),
    ...accountOf(accountId),
  };
}

function accountOf(accountId: string | undefined) {
  const account = text('uid', accountId, 20);
  return account.uid === undefined ? {} : { account };
}

/** CloudTrail's source is an address, or the name of the service that called. */
function endpointOf(source: string) {
  if (isIP(source) !== 0) return { src_endpoint: { ip: source } };
  const name = text('svc_name', source, 100);
  return name.svc_name === undefined ? {} : { src_endpoint: name };
}

function resourcesOf({ call, domain, region }: Brief) {
  const { arn, accountId } = call.domain;
  if (!domain && !arn) return [];
  const owner = accountOf(accountId);
  return [
    {
      type: 'AWS::OpenSearchService::Domain',
      ...text('uid', arn, 512),
      ...text('name', domain, 100),
      region,
      ...(owner.account && { owner }),
    },
  ];
}
