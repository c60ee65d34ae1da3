import { isIP } from 'node:net';
import { version } from '../../package.json';
import type { Caller } from '../caller';
import { EVENT_SOURCE, type ConfigCall } from '../config-call';
import { plain } from '../plain-text';
import { ATTACK_VERSION } from '../rules/attack';
import type { Rule } from '../rules';
import type { Severity } from '../severity';
import { told, type Detail } from './detail';
import { commandOf } from './remediation';
import type { Verdict } from './verdict';

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
export function detectionFinding(verdict: Verdict, detail: Detail) {
  const { call, findings, severity, sentence, accountId, region } = verdict;
  const [worst, ...others] = findings;
  const time = timeOf(call);
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
    message: sentence,
    metadata: {
      version: OCSF_VERSION,
      product: { name: 'es-config-monitor', vendor_name: 'es-config-monitor', version },
      profiles: ['cloud'],
      log_name: 'AWS CloudTrail',
      ...(call.eventTime && { original_time: plain(call.eventTime, 40) }),
      ...(call.eventID && { original_event_uid: plain(call.eventID, 100) }),
    },
    finding_info: {
      uid: plain(call.uid, 128),
      title: worst.rule.title,
      desc: worst.rule.why,
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
          ...(call.requestID && { request: { uid: plain(call.requestID, 100) } }),
          ...(call.errorCode && { response: responseOf(call) }),
        },
        actor: {
          user: userOf(call.caller),
          ...(call.caller.service && { invoked_by: plain(call.caller.service, 100) }),
        },
        ...(call.sourceIPAddress && { src_endpoint: endpointOf(call.sourceIPAddress) }),
        ...(call.userAgent && { http_request: { user_agent: plain(call.userAgent, 256) } }),
      },
    ],
    resources: resourcesOf(verdict),
    cloud: { provider: 'AWS', account: { uid: accountId }, region },
    remediation: {
      desc: [worst.rule.remediation.text, commandOf(worst.rule.remediation, call)].filter(Boolean).join(' '),
    },
    unmapped: {
      outcome: call.outcome,
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

/** Milliseconds since 1970 of the call, 0 where its time cannot be read. */
function timeOf(call: ConfigCall): number {
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

function responseOf({ errorCode = '', errorMessage }: ConfigCall) {
  return { error: plain(errorCode, 100), ...(errorMessage && { error_message: plain(errorMessage, 500) }) };
}

const USER_TYPE_IDS: Readonly<Record<string, number>> = { IAMUser: 1, Root: 2, AWSService: 3 };
const OTHER_USER_TYPE = 99;

function userOf({ name, arn, principalId, accountId, type }: Caller) {
  const uid = arn ?? principalId;
  return {
    name: plain(name, 200),
    type: plain(type, 50),
    type_id: Object.hasOwn(USER_TYPE_IDS, type) ? USER_TYPE_IDS[type] : OTHER_USER_TYPE,
    ...(uid && { uid: plain(uid, 512) }),
    ...(arn && principalId && { uid_alt: plain(principalId, 200) }),
    ...(accountId && { account: { uid: plain(accountId, 20) } }),
  };
}

/** CloudTrail's source is an address, or the name of the service that called. */
function endpointOf(source: string) {
  return isIP(source) === 0 ? { svc_name: plain(source, 100) } : { ip: source };
}

function resourcesOf({ call, domain, region }: Verdict) {
  const { arn, accountId } = call.domain;
  if (!domain && !arn) return [];
  return [
    {
      type: 'AWS::OpenSearchService::Domain',
      ...(arn && { uid: plain(arn, 512) }),
      ...(domain && { name: domain }),
      region,
      ...(accountId && { owner: { account: { uid: plain(accountId, 20) } } }),
    },
  ];
}
