import { isIP } from 'node:net';
import { version } from '../../package.json';
import type { Call, Caller } from '../call';
import { optional } from '../base/members';
import { plain } from '../base/plain-text';
import { ATTACK_VERSION, type Rule } from '../rules';
import type { Severity } from '../base/severity';
import type { Ownership } from '../settings';
import type { Step } from './advice';
import { told, type Detail } from './detail';
import type { Brief } from './brief';
import type { Point } from './point';

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

const ACTIVITIES = {
  create: { activity_id: 1, activity_name: 'Create', type_uid: 200401, type_name: 'Detection Finding: Create' },
  update: { activity_id: 2, activity_name: 'Update', type_uid: 200402, type_name: 'Detection Finding: Update' },
} as const;

/**
 * The machine body of an alert: an OCSF Detection Finding (class 2004). No secrets: neither the record nor its
 * parameters are in it, only what rules quote, and what held before in the commands that set it back.
 */
export function detectionFinding(brief: Brief, detail: Detail) {
  const { call, points, severity, title, sentence, correction, restore } = brief;
  const [worst, ...others] = points;
  const time = timeOf(call);
  const changes = brief.changes.slice(0, detail.changes);
  const commands = [...(restore ? [restore] : []), ...worst.advice.steps].flatMap(toCommand);
  return {
    ...ACTIVITIES[correction ? 'update' : 'create'],
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2004,
    class_name: 'Detection Finding',
    ...SEVERITY_CAPTIONS[severity],
    status_id: 1,
    status: 'New',
    is_alert: true,
    time,
    ...optional('count', brief.burst?.calls),
    message: sentence,
    metadata: {
      version: OCSF_VERSION,
      product: { name: 'es-config-monitor', vendor_name: 'es-config-monitor', version },
      profiles: ['cloud'],
      log_name: 'AWS CloudTrail',
      ...optional('log_source', brief.logFile),
      ...text('original_time', call.eventTime, 40),
      ...text('original_event_uid', call.eventID, 100),
    },
    finding_info: {
      uid: brief.uid,
      title,
      desc: worst.why ?? descriptionOf(worst, brief),
      created_time: time,
      analytic: analyticOf(worst.rule),
      related_analytics: others.map(({ rule }) => analyticOf(rule)),
      attacks: attacksOf(points.map(({ rule }) => rule)),
    },
    evidences: [evidenceOf(brief)],
    resources: resourcesOf(brief),
    cloud: cloudOf(brief),
    remediation: { desc: worst.advice.text },
    unmapped: {
      outcome: call.outcome,
      ...optional('owner', brief.owner),
      ...(correction && { correction: { told: correction.told } }),
      ...optional('delivery', brief.delivery),
      ...(changes.length > 0 && { changes }),
      ...(brief.changes.length > changes.length && { changes_left_out: brief.changes.length - changes.length }),
      ...(commands.length > 0 && { commands }),
      ...optional('restore_command', restore?.command),
      ...optional('way_back_link', brief.wayBack),
      findings: points.slice(0, detail.findings).map((point) => findingOf(point, detail)),
      ...(points.length > detail.findings && { findings_left_out: points.length - detail.findings }),
    },
  };
}

function cloudOf({ accountId, accountName, region, whose: { account = {} } }: Brief) {
  const org = { ...text('uid', account.organization, 40), ...text('ou_name', account.organizationalUnit, 300) };
  return {
    provider: 'AWS',
    account: { uid: accountId, ...optional('name', accountName), ...tagsOf(account) },
    ...(Object.keys(org).length > 0 && { org }),
    region,
  };
}

const MOST_TAGS = 50;

function tagsOf({ tags = {} }: Pick<Ownership, 'tags'>) {
  const told = Object.entries(tags).slice(0, MOST_TAGS);
  if (told.length === 0) return {};
  return { tags: told.map(([name, value]) => ({ name: plain(name, 100), value: plain(value, 100) })) };
}

/** A step without a command is told in the e-mail alone. */
const toCommand = ({ says, command }: Step) =>
  command === undefined ? [] : [{ ...optional('desc', says?.replace(/:$/, '')), command }];

/** Of an attempt it is told what it would have been: why it matters tells what has happened. */
function descriptionOf({ evidence: [worst], rule }: Point, { attempt }: Brief): string {
  const what = attempt === 'attempted, denied' ? 'Nothing was changed: the call was denied.' : 'The call failed.';
  return plain(`${what} What ${rule.id} objects to: ${worst}.`, 1200);
}

function findingOf({ rule, severity, steps, evidence, more }: Point, detail: Detail) {
  const { pieces, leftOut } = told(evidence, more, detail);
  return {
    rule: rule.id,
    severity,
    severity_steps: steps.map(({ to, because }) => `${to}: ${because}`),
    evidence: pieces,
    ...(leftOut > 0 && { evidence_left_out: leftOut }),
  };
}

function evidenceOf(brief: Brief) {
  const { call, eventName } = brief;
  const requestID = text('uid', call.requestID, 100);
  const userAgent = text('user_agent', call.userAgent, 256);
  return {
    api: {
      operation: eventName,
      service: { name: call.eventSource },
      ...(requestID.uid && { request: requestID }),
      ...(brief.attempt && { response: responseOf(brief) }),
    },
    actor: { user: userOf(call.caller), ...text('invoked_by', call.caller.service, 100) },
    ...endpointOf(call.sourceIPAddress ?? ''),
    ...(userAgent.user_agent && { http_request: userAgent }),
  };
}

/** A member for a stranger's text, none where there is nothing to see in it. */
function text<Name extends string>(name: Name, value: string | undefined, maxLength: number): { [N in Name]?: string } {
  return optional(name, plain(value ?? '', maxLength) || undefined);
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
function attacksOf(rules: readonly Rule[]) {
  const techniques = new Map(rules.flatMap(({ attack }) => attack).map(({ id, name }) => [id, name]));
  return [...techniques].map(([id, name]) => ({ version: ATTACK_VERSION, ...attackOf(id, name) }));
}

/** A sub-technique, `T1213.006`, stands beside its technique; in its name the technique's comes first. */
function attackOf(id: string, name: string) {
  const [technique = id, number] = id.split('.');
  if (number === undefined) return { technique: { uid: id, name } };
  const [ofTechnique = name, ...ofSub] = name.split(': ');
  return {
    technique: { uid: technique, name: ofTechnique },
    sub_technique: { uid: id, name: ofSub.join(': ') || name },
  };
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

function resourcesOf({ call, domain, domainName, about, region, whose }: Brief) {
  if (call.resources !== undefined) {
    if (about === undefined) return [];
    return [{ type: call.eventSource, ...text('uid', call.resources[0], 512), ...text('name', about, 100), region }];
  }
  const { arn, accountId } = call.domain ?? {};
  if (!domain && !arn) return [];
  const owner = accountOf(accountId);
  return [
    {
      type: 'AWS::OpenSearchService::Domain',
      ...text('uid', arn, 512),
      ...text('name', domain, 100),
      region,
      ...(domainName !== undefined && { labels: [domainName] }),
      ...tagsOf(whose.domain ?? {}),
      ...(owner.account && { owner }),
    },
  ];
}
