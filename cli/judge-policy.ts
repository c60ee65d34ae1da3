import { judgeAccessPolicy, type PolicyVerdict } from '../core/access-policy';
import { readArn } from '../core/base/arn';
import { EVENT_SOURCE } from '../core/base/event-source';
import { toCall, type Call } from '../core/call';
import { toPosture, type Posture } from '../core/domain';
import { evaluate, type Finding } from '../core/findings';
import type { Criteria } from '../core/settings';
import { witnessOf, type Witness } from '../core/witness';

/** What is said of a policy. */
export interface JudgedPolicy {
  readonly verdict: PolicyVerdict;
  /** Those of the rules about access policies, worst first. */
  readonly findings: readonly Finding[];
  readonly posture: Posture;
  readonly domainArn: string;
  /** @default - none was found, or nobody is let in */
  readonly witness?: Witness;
  /** The account is not known, so every account that the policy names counts as another one. */
  readonly isAccountUnknown: boolean;
}

/** An access policy, and what the domain is like. */
export interface PolicyGiven {
  readonly policy: unknown;
  /** The state of the domain it was in. @default - it was by itself */
  readonly state?: Call;
}

/** What the operator says of the domain, whatever else tells. */
export interface PolicyWanted {
  readonly endpoint: 'public' | 'vpc' | undefined;
  readonly fineGrainedAccess: boolean;
  readonly accountId: string | undefined;
  readonly domainArn: string | undefined;
}

/** Judges a policy as the call that would set it is judged, and looks for a request that gets in. */
export function judgePolicy(
  { policy, state }: PolicyGiven,
  { trust, ...criteria }: Criteria,
  wanted: PolicyWanted,
): JudgedPolicy {
  const told = state && toPosture(state);
  const domainArn = wanted.domainArn ?? state?.domain?.arn ?? firstDomainArn(policy) ?? '';
  const accountId = wanted.accountId ?? readArn(domainArn)?.accountId ?? '';
  const arn = domainArn === '' ? `arn:aws:es:us-east-1:${accountId || '000000000000'}:domain/domain` : domainArn;
  const endpoint = wanted.endpoint ?? (told?.endpoint.value === 'vpc' ? 'vpc' : 'public');
  const isGuarded = wanted.fineGrainedAccess || told?.fineGrainedAccess.value === 'on';
  const call = callThatSets(policy, {
    arn,
    accountId,
    endpoint,
    isGuarded,
    isAnonymous: told?.anonymousAccess.value === 'on',
  });
  const verdict = judgeAccessPolicy(policy, {
    accountId,
    trustedAccounts: trust.accounts,
    trustedOrganizations: trust.organizations,
    trustedNetworks: trust.networks,
    endpoint,
    ...(domainArn !== '' && { domainArn }),
  });
  const isExposed = verdict.exposure !== 'none';
  const witness = isExposed
    ? witnessOf(policy, { endpoint, accountId, domainArn: arn, time: new Date().toISOString() })
    : undefined;
  return {
    verdict,
    findings: evaluate(call, { trust, ...criteria }).filter(({ rule }) => rule.id.startsWith('access-policy-')),
    posture: toPosture(call),
    domainArn: arn,
    isAccountUnknown: accountId === '',
    ...(witness && { witness }),
  };
}

interface Setting {
  readonly arn: string;
  readonly accountId: string;
  readonly endpoint: 'public' | 'vpc';
  readonly isGuarded: boolean;
  readonly isAnonymous: boolean;
}

/** The rules judge calls: this is the call that would set the policy. */
function callThatSets(policy: unknown, { arn, accountId, endpoint, isGuarded, isAnonymous }: Setting): Call {
  const accessPolicies = typeof policy === 'string' ? policy : JSON.stringify(policy);
  const call = toCall({
    eventSource: EVENT_SOURCE,
    eventName: 'UpdateDomainConfig',
    awsRegion: readArn(arn)?.region,
    recipientAccountId: accountId,
    requestParameters: { domainName: readArn(arn)?.resource.replace(/^domain\//, ''), accessPolicies },
    responseElements: {
      domainConfig: {
        vPCOptions: { options: endpoint === 'vpc' ? { vPCId: 'vpc' } : {} },
        advancedSecurityOptions: { options: { enabled: isGuarded, anonymousAuthEnabled: isAnonymous } },
      },
    },
  });
  if (!call) throw new Error('no call can be made of the policy');
  return call;
}

/** Of a domain, anywhere in a text. */
export const DOMAIN_ARN = /arn:[a-z0-9-]+:es:[a-z0-9-]+:\d{12}:domain\/[a-z][a-z0-9-]*/;

const firstDomainArn = (policy: unknown): string | undefined =>
  DOMAIN_ARN.exec(typeof policy === 'string' ? policy : (JSON.stringify(policy) ?? ''))?.[0];
