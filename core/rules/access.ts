import type { Exposure, Grant } from '../access-policy';
import { firstOf } from '../base/plain-text';
import type { Posture } from '../domain';
import type { Severity } from '../base/severity';
import { technique } from './kit/attack';
import { SHOW_DATA_SOURCE } from './kit/data-source';
import { POLICY_OPERATIONS, policyIn } from './kit/policy-in-call';
import { changedTo, extentOf, postureClause } from './kit/policy-sentences';
import { evidenceIf } from './kit/reading';
import { defineRule, type Evidence, type Rule } from './kit/rule';
import type { Situation } from './kit/situation';

const RESTORE = `aws opensearch update-domain-config --region {region} --domain-name {domain} --access-policies '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"{account}"},"Action":"es:*","Resource":"arn:aws:es:{region}:{account}:domain/{domain}/*"}]}'`;

/** Evidence for the grants of one exposure, of which there may be thousands. */
function grantsOf<Level extends Severity>(
  exposure: Exposure,
  severityOf: (grant: Grant, situation: Situation) => Level,
  sayOf: (grant: Grant, situation: Situation) => string,
) {
  const toEvidence = (grant: Grant, situation: Situation): Evidence<Level> => ({
    severity: severityOf(grant, situation),
    get says() {
      return sayOf(grant, situation);
    },
  });
  return (situation: Situation): readonly Evidence<Level>[] =>
    (situation.policy?.grants ?? [])
      .filter((grant) => grant.exposure === exposure)
      .map((grant) => toEvidence(grant, situation));
}

const OF_DATA_SOURCES = {
  AddDirectQueryDataSource: SHOW_DATA_SOURCE,
  UpdateDirectQueryDataSource: SHOW_DATA_SOURCE,
};

/** Of those who have to sign their requests. */
const severityOfSigned = (_: Grant, { posture }: Situation): 'HIGH' | 'MEDIUM' =>
  posture.endpoint.value === 'vpc' || posture.fineGrainedAccess.value === 'on' ? 'MEDIUM' : 'HIGH';

function severityOfPublic({ endpoint, fineGrainedAccess, anonymousAccess }: Posture): 'CRITICAL' | 'MEDIUM' | 'LOW' {
  if (anonymousAccess.value === 'on') return 'CRITICAL';
  if (fineGrainedAccess.value === 'on') return 'LOW';
  return endpoint.value === 'vpc' ? 'MEDIUM' : 'CRITICAL';
}

function severityOfNetwork(grant: Grant, { posture }: Situation): 'HIGH' | 'MEDIUM' | 'LOW' {
  if (posture.fineGrainedAccess.value === 'on' && posture.anonymousAccess.value !== 'on') return 'LOW';
  return grant.canWrite ? 'HIGH' : 'MEDIUM';
}

/** Of everyone, behind fine-grained access control, whoever gets past the policy has to sign in. */
function sayOfPublic(grant: Grant, situation: Situation): string {
  const { posture } = situation;
  const where = posture.endpoint.value === 'vpc' ? 'in reach of its VPC' : 'on the internet';
  const mustSignIn = posture.fineGrainedAccess.value === 'on' && posture.anonymousAccess.value !== 'on';
  const whoCan = mustSignIn ? `the access policy stops nobody ${where} who wants to` : `anyone ${where} can`;
  const signIn = mustSignIn ? ', which still asks everyone to sign in' : '';
  return `${whoCan} ${extentOf(grant, situation)}: ${grant.reason}${postureClause(situation, signIn)}`;
}

const whomOf = ({ through }: Grant, accounts: string, services: string): string =>
  through === 'service' ? services : accounts;

/**
 * As if the policy were public, where what cannot be judged may let anyone in; of a call that did not take effect no worse
 * than `HIGH`, and never worse than if it had.
 */
function unreadableEvidence(situation: Situation): readonly Evidence<'HIGH' | ReturnType<typeof severityOfPublic>>[] {
  const { call, posture } = situation;
  const { unreadable = [], worstReading } = situation.policy ?? {};
  const asPublic = severityOfPublic(posture);
  const mayBePublic = worstReading === 'public' && (call.outcome === 'succeeded' || asPublic !== 'CRITICAL');
  const most = mayBePublic ? ', and may let anyone in' : '';
  return evidenceIf(
    unreadable.length > 0,
    mayBePublic ? asPublic : 'HIGH',
    `the access policy cannot be judged${most}: ${firstOf(unreadable, '; ', 300)}${mayBePublic ? postureClause(situation) : ''}`,
  );
}

export const accessRules: readonly Rule[] = [
  defineRule({
    id: 'access-policy-public',
    title: 'The access policy lets anyone in',
    severities: {
      CRITICAL: 'public or unknown endpoint without fine-grained access control, or anonymous access is on',
      MEDIUM: 'the endpoint is in a VPC, without fine-grained access control',
      LOW: 'fine-grained access control is on: an open policy in front of it is a pattern AWS recommends',
    },
    why: 'Whoever can reach the endpoint can use the data, without signing in unless fine-grained access control asks for it. Open domains are found by scanners within hours, copied, wiped and held to ransom.',
    remediation: {
      text: 'Restrict the principals, or add a condition on the network or the organization. Unless callers had to sign in, assume that what it guards was read while the policy stood.',
      command: RESTORE,
      commands: OF_DATA_SOURCES,
    },
    attack: [technique('T1686.001'), technique('T1190'), technique('T1213.006')],
    operations: POLICY_OPERATIONS,
    evidence: grantsOf('public', (_, { posture }) => severityOfPublic(posture), sayOfPublic),
  }),
  defineRule({
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
      commands: OF_DATA_SOURCES,
    },
    attack: [technique('T1199'), technique('T1213.006')],
    operations: POLICY_OPERATIONS,
    evidence: grantsOf(
      'any-account',
      severityOfSigned,
      (grant, situation) =>
        `${whomOf(grant, 'every AWS account', 'a service that every AWS account can make call')} can ${extentOf(grant, situation)}: ${grant.reason}${postureClause(situation)}`,
    ),
  }),
  defineRule({
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
      commands: OF_DATA_SOURCES,
    },
    attack: [technique('T1133'), technique('T1213.006')],
    operations: POLICY_OPERATIONS,
    evidence: grantsOf(
      'anonymous-network',
      severityOfNetwork,
      (grant, situation) =>
        `unauthenticated callers from ${firstOf(grant.networks ?? ['named networks'])} can ${extentOf(grant, situation)}: ${grant.reason}${postureClause(situation)}`,
    ),
  }),
  defineRule({
    id: 'access-policy-cross-account',
    title: 'The access policy lets another account in',
    severities: {
      HIGH: 'public or unknown endpoint without fine-grained access control',
      MEDIUM: 'the endpoint is in a VPC, or fine-grained access control is on',
    },
    why: 'The data it guards can leave for an account that nobody listed as trusted.',
    remediation: {
      text: 'Find out whose account it is. If it is yours, list it as a trusted account; if not, remove it from the policy.',
      command: RESTORE,
      commands: OF_DATA_SOURCES,
    },
    attack: [technique('T1537'), technique('T1199')],
    operations: POLICY_OPERATIONS,
    evidence: grantsOf(
      'cross-account',
      severityOfSigned,
      (grant, situation) =>
        `${whomOf(grant, 'principals of another account', 'a service that acts for another account')} can ${extentOf(grant, situation)}: ${grant.reason}${postureClause(situation)}`,
    ),
  }),
  defineRule({
    id: 'access-policy-unreadable',
    title: 'The access policy cannot be judged',
    severities: {
      CRITICAL:
        'the call took effect and the policy may let anyone in: public or unknown endpoint without fine-grained access control, or anonymous access is on',
      HIGH: 'the call did not take effect, or what cannot be judged lets in no more than known principals',
      MEDIUM: 'it may let anyone in, and the endpoint is in a VPC, without fine-grained access control',
      LOW: 'it may let anyone in, and fine-grained access control is on',
    },
    why: 'A policy that cannot be read may let anyone in. The service does not support every element of IAM policies, so such a policy is rarely what its author meant.',
    remediation: {
      text: 'Read the policy that now holds, and replace what the service does not support.',
      command:
        'aws opensearch describe-domain-config --region {region} --domain-name {domain} --query DomainConfig.AccessPolicies',
      commands: OF_DATA_SOURCES,
    },
    attack: [technique('T1686.001')],
    operations: POLICY_OPERATIONS,
    evidence: unreadableEvidence,
  }),
  defineRule({
    id: 'access-policy-removed',
    title: 'The access policy was removed',
    severities: { MEDIUM: 'always' },
    why: 'Without a policy only the identity policies of the own account decide who gets in; every restriction it held is gone.',
    remediation: {
      text: 'If the removal was not planned, put the previous policy back, unless that was worse.',
      command: RESTORE,
      commands: { UpdateDirectQueryDataSource: SHOW_DATA_SOURCE },
    },
    attack: [technique('T1686.001')],
    operations: ['UpdateDomainConfig', 'UpdateDirectQueryDataSource'],
    evidence: (situation) =>
      evidenceIf(situation.policy?.empty === true, 'MEDIUM', 'the access policy is set to nothing'),
  }),
  defineRule({
    id: 'access-policy-changed',
    title: 'The access policy was changed',
    severities: { MEDIUM: 'always' },
    why: 'The access policy decides who reaches the data. A change nobody planned is how access is given away.',
    remediation: {
      text: 'Check that the change was planned; if not, put the previous policy back, unless that was worse.',
      command: RESTORE,
    },
    attack: [technique('T1098')],
    operations: ['UpdateDomainConfig'],
    evidence: (situation) => {
      const { policy } = situation;
      if (policy === undefined || policyIn(situation)?.isResulting) return [];
      const isReadable = !policy.empty && policy.unreadable.length === 0;
      const letsOthersIn = !['same-account', 'none'].includes(policy.exposure);
      if (!isReadable || letsOthersIn) return [];
      return [{ severity: 'MEDIUM', says: `the access policy is set anew; ${changedTo(policy)}` }];
    },
  }),
];
