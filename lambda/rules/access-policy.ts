import { judgeAccessPolicy, type AccessPolicyJudgement, type Exposure, type Grant } from '../access-policy';
import type { Operation } from '../catalogue';
import { resultingBlock, type Posture } from '../posture';
import type { Severity } from '../severity';
import { technique } from './attack';
import { asked, evidenceIf, isCreation, isUpdate } from './reading';
import type { Evidence, Rule, Situation } from './rule';

/** The operations whose request can hold an access policy: a domain's own, or that of a direct-query data source. */
const OPERATIONS: readonly Operation[] = [
  'CreateDomain',
  'UpdateDomainConfig',
  'AddDirectQueryDataSource',
  'UpdateDirectQueryDataSource',
];

const RESTORE =
  'aws opensearch update-domain-config --region {region} --domain-name {domain} --access-policies file://policy.json';

const isSet = (policy: unknown): boolean => policy !== undefined && policy !== null;
const isBlank = (policy: unknown): boolean => typeof policy === 'string' && policy.trim() === '';

interface PolicyInCall {
  readonly policy: unknown;
  readonly dataPlane: 'domain' | 'direct-query';
  /** The request is left out of the record, so the policy that now holds stands in for what was asked. */
  readonly isResulting?: boolean;
}

/** The access policy the call sets, `undefined` where it sets none. */
function policyIn(situation: Situation): PolicyInCall | undefined {
  const { call } = situation;
  const requested = asked(situation, 'accessPolicies');
  const resulting = resultingBlock(call, 'accessPolicies');
  const holds = isSet(resulting) && !isBlank(resulting);
  if (isUpdate(situation)) {
    if (call.parametersOmitted)
      return holds ? { policy: resulting, dataPlane: 'domain', isResulting: true } : undefined;
    return isSet(requested) ? { policy: requested, dataPlane: 'domain' } : undefined;
  }
  if (isCreation(situation)) {
    const effective = holds ? resulting : requested;
    return isSet(effective) ? { policy: effective, dataPlane: 'domain' } : undefined;
  }
  const ofSource = asked(situation, 'dataSourceAccessPolicy');
  return isSet(ofSource) ? { policy: ofSource, dataPlane: 'direct-query' } : undefined;
}

/** The verdict on the policy the call sets. A policy is judged once, whichever rules ask. */
function judgementOf(situation: Situation): AccessPolicyJudgement | undefined {
  if (judged.has(situation)) return judged.get(situation);
  const set = policyIn(situation);
  const { call, trust } = situation;
  const judgement =
    set &&
    judgeAccessPolicy(set.policy, {
      accountId: call.domain.accountId,
      dataPlane: set.dataPlane,
      trustedAccounts: trust.accounts,
      trustedOrganizations: trust.organizations,
      trustedNetworks: trust.networks,
      ...(call.domain.arn && set.dataPlane === 'domain' && { domainArn: call.domain.arn }),
    });
  judged.set(situation, judgement);
  return judgement;
}

const judged = new WeakMap<Situation, AccessPolicyJudgement | undefined>();

/** Evidence for the grants of one exposure, worst severity first. */
function grantsOf(exposure: Exposure, toEvidence: (grant: Grant, situation: Situation) => Evidence) {
  return (situation: Situation): readonly Evidence[] =>
    (judgementOf(situation)?.grants ?? [])
      .filter((grant) => grant.exposure === exposure)
      .map((grant) => toEvidence(grant, situation));
}

const isProtected = ({ posture }: Situation): boolean =>
  posture.endpoint.value === 'vpc' || posture.fineGrainedAccess.value === 'on';

function severityOfPublic({ endpoint, fineGrainedAccess, anonymousAccess }: Posture): Severity {
  if (anonymousAccess.value === 'on') return 'CRITICAL';
  if (fineGrainedAccess.value === 'on') return 'LOW';
  return endpoint.value === 'vpc' ? 'MEDIUM' : 'CRITICAL';
}

function severityOfNetwork(grant: Grant, { fineGrainedAccess, anonymousAccess }: Posture): Severity {
  if (fineGrainedAccess.value === 'on' && anonymousAccess.value !== 'on') return 'LOW';
  return grant.canWrite ? 'HIGH' : 'MEDIUM';
}

/** The policy is a domain's own, not that of a data source. */
const isOfDomain = (situation: Situation): boolean => isCreation(situation) || isUpdate(situation);

/** "read and write every index of `logs`", as far as the statement reaches. */
function reachOf(grant: Grant, situation: Situation): string {
  const verbs = grant.canRead && grant.canWrite ? 'read and write' : grant.canWrite ? 'write' : 'read';
  if (grant.elsewhere) return `${verbs} what the statement names`;
  if (!isOfDomain(situation)) return `${verbs} the data source`;
  const { name = 'the domain' } = situation.call.domain;
  return `${verbs} ${grant.isWhole ? 'every index' : 'parts'} of ${name}`;
}

/** What stands between the network and the data, as a clause, and where the policy is read if not in the request. */
function postureClause(situation: Situation): string {
  if (!isOfDomain(situation)) {
    return '; what else guards the data source is not told, and is judged as nothing';
  }
  const { posture } = situation;
  const access = {
    on: 'fine-grained access control',
    off: 'no fine-grained access control',
    unknown: 'an unknown state of fine-grained access control',
  }[posture.fineGrainedAccess.value];
  const anonymous = posture.anonymousAccess.value === 'on' ? ' that lets anonymous callers in' : '';
  const endpoint = {
    public: 'the domain has a public endpoint and',
    vpc: 'the domain is reachable from its VPC only, with',
    unknown: 'whether its endpoint is public is unknown, which is judged as public, with',
  }[posture.endpoint.value];
  const source = policyIn(situation)?.isResulting
    ? '; this is the policy that the response shows, as the record leaves the request out'
    : '';
  return `; ${endpoint} ${access}${anonymous}${source}`;
}

/** Of everyone, behind fine-grained access control, whoever gets past the policy has to sign in. */
function publicEvidence(grant: Grant, situation: Situation): Evidence {
  const { posture } = situation;
  const where = posture.endpoint.value === 'vpc' ? 'in reach of its VPC' : 'on the internet';
  const mustSignIn = posture.fineGrainedAccess.value === 'on' && posture.anonymousAccess.value !== 'on';
  const whoCan = mustSignIn ? `the access policy stops nobody ${where} who wants to` : `anyone ${where} can`;
  const signIn = mustSignIn ? ', which still asks everyone to sign in' : '';
  return {
    severity: severityOfPublic(posture),
    says: `${whoCan} ${reachOf(grant, situation)}: ${grant.reason}${postureClause(situation)}${signIn}`,
  };
}

/** "203.0.113.0/24, vpc-1 and 2 more", as written. */
function networksOf({ networks = [] }: Grant): string {
  const told = networks.slice(0, 3).map((network) => network.slice(0, 80));
  const more = networks.length > told.length ? ` and ${networks.length - told.length} more` : '';
  return told.length > 0 ? `${told.join(', ')}${more}` : 'named networks';
}

/** What a policy that exposes nothing is set to. */
function changedTo({ exposure, grants }: AccessPolicyJudgement): string {
  if (exposure === 'none') return 'no statement of it lets anybody reach the data of this domain';
  const ids = grants.some(({ restsOnIds }) => restsOnIds);
  return `it lets in nobody but the own account and whom the settings trust${
    ids ? ', if the unique ids it names are of the own account, which they do not tell' : ''
  }`;
}

export const accessPolicyRules: readonly Rule[] = [
  {
    id: 'access-policy-public',
    title: 'The access policy lets anyone in',
    severities: {
      CRITICAL: 'public or unknown endpoint without fine-grained access control, or anonymous access is on',
      MEDIUM: 'the endpoint is in a VPC, without fine-grained access control',
      LOW: 'fine-grained access control is on: an open policy in front of it is a pattern AWS recommends',
    },
    why: 'Whoever can reach the endpoint can use the data, without signing in unless fine-grained access control asks for it. Open domains are found by scanners within hours, copied, wiped and held to ransom.',
    remediation: {
      text: 'Restrict the principals, or add a condition on the network or the organization. Assume that what the domain held was read while the policy stood.',
      command: RESTORE,
    },
    attack: [technique('T1686.001'), technique('T1190'), technique('T1213.006')],
    operations: OPERATIONS,
    evidence: grantsOf('public', publicEvidence),
  },
  {
    id: 'access-policy-any-account',
    title: 'The access policy lets every AWS account in',
    severities: {
      HIGH: 'public or unknown endpoint without fine-grained access control',
      MEDIUM: 'the endpoint is in a VPC, or fine-grained access control is on',
    },
    why: 'An AWS account costs nothing, so a policy that admits every account admits everyone who takes the trouble to sign a request.',
    remediation: {
      text: 'Name the accounts or roles that need access, or add a condition on aws:PrincipalOrgID.',
      command: RESTORE,
    },
    attack: [technique('T1199'), technique('T1213.006')],
    operations: OPERATIONS,
    evidence: grantsOf('any-account', (grant, situation) => ({
      severity: isProtected(situation) ? 'MEDIUM' : 'HIGH',
      says: `every AWS account can ${reachOf(grant, situation)}: ${grant.reason}${postureClause(situation)}`,
    })),
  },
  {
    id: 'access-policy-anonymous-network',
    title: 'The access policy lets unauthenticated callers in from named networks',
    severities: {
      HIGH: 'they can write',
      MEDIUM: 'they can only read',
      LOW: 'fine-grained access control is on and anonymous access is not',
    },
    why: 'Everyone behind those addresses gets in without signing in, and nothing records who they were. Addresses of offices, proxies and clouds are shared and change hands.',
    remediation: {
      text: 'Ask callers to sign in: name principals, or turn on fine-grained access control. If the networks are yours, list them as trusted networks.',
      command: RESTORE,
    },
    attack: [technique('T1133'), technique('T1213.006')],
    operations: OPERATIONS,
    evidence: grantsOf('anonymous-network', (grant, situation) => ({
      severity: severityOfNetwork(grant, situation.posture),
      says: `unauthenticated callers from ${networksOf(grant)} can ${reachOf(grant, situation)}: ${grant.reason}${postureClause(situation)}`,
    })),
  },
  {
    id: 'access-policy-cross-account',
    title: 'The access policy lets another account in',
    severities: {
      HIGH: 'public or unknown endpoint without fine-grained access control',
      MEDIUM: 'the endpoint is in a VPC, or fine-grained access control is on',
    },
    why: 'The data of the domain can leave for an account that nobody listed as trusted.',
    remediation: {
      text: 'Find out whose account it is. If it is yours, list it as a trusted account; if not, remove it from the policy.',
      command: RESTORE,
    },
    attack: [technique('T1537'), technique('T1199')],
    operations: OPERATIONS,
    evidence: grantsOf('cross-account', (grant, situation) => ({
      severity: isProtected(situation) ? 'MEDIUM' : 'HIGH',
      says: `principals of another account can ${reachOf(grant, situation)}: ${grant.reason}${postureClause(situation)}`,
    })),
  },
  {
    id: 'access-policy-unreadable',
    title: 'The access policy cannot be judged',
    severities: { HIGH: 'always' },
    why: 'A policy that cannot be read may let anyone in. The service does not support every element of IAM policies, so such a policy is rarely what its author meant.',
    remediation: {
      text: 'Read the policy that now holds, and replace what the service does not support.',
      command:
        'aws opensearch describe-domain-config --region {region} --domain-name {domain} --query DomainConfig.AccessPolicies',
    },
    attack: [technique('T1686.001')],
    operations: OPERATIONS,
    evidence: (situation) => {
      const reasons = judgementOf(situation)?.unreadable ?? [];
      const more = reasons.length > 3 ? ` and ${reasons.length - 3} more` : '';
      const says = `the access policy cannot be judged: ${reasons.slice(0, 3).join('; ')}${more}`;
      return evidenceIf(reasons.length > 0, 'HIGH', says);
    },
  },
  {
    id: 'access-policy-removed',
    title: 'The access policy was removed',
    severities: { MEDIUM: 'always' },
    why: 'Without a policy only the identity policies of the own account decide who gets in; every restriction it held is gone.',
    remediation: { text: 'If the removal was not planned, put the previous policy back.', command: RESTORE },
    attack: [technique('T1686.001')],
    operations: ['UpdateDomainConfig', 'UpdateDirectQueryDataSource'],
    evidence: (situation) =>
      evidenceIf(judgementOf(situation)?.empty === true, 'MEDIUM', 'the access policy is set to nothing'),
  },
  {
    id: 'access-policy-changed',
    title: 'The access policy was changed',
    severities: { MEDIUM: 'always' },
    why: 'The access policy decides who reaches the data. A change nobody planned is how access is given away.',
    remediation: { text: 'Check that the change was planned; if not, put the previous policy back.', command: RESTORE },
    attack: [technique('T1098')],
    operations: ['UpdateDomainConfig'],
    evidence: (situation) => {
      const judgement = judgementOf(situation);
      if (judgement === undefined || policyIn(situation)?.isResulting) return [];
      const isHarmless = !judgement.empty && judgement.unreadable.length === 0;
      const isOthers = !['same-account', 'none'].includes(judgement.exposure);
      return evidenceIf(isHarmless && !isOthers, 'MEDIUM', `the access policy is set anew; ${changedTo(judgement)}`);
    },
  },
];
