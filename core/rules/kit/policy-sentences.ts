import type { PolicyVerdict, Grant } from '../../access-policy';
import { firstOf } from '../../base/plain-text';
import { isOfDomain, policyIn } from './policy-in-call';
import type { Situation } from './situation';

/*
 * What evidence says of an access policy: who can do what, why, and what stands between them and the data.
 */

/** "read and write every index of `logs`", as far as the statement reaches. */
export function extentOf(grant: Grant, situation: Situation): string {
  if (!isOfDomain(situation)) return 'use the data source';
  const { name = 'the domain' } = situation.call.domain ?? {};
  if (grant.through === 'cross-cluster') {
    return `search every index of ${name} from a domain of theirs, once its owner accepts the connection`;
  }
  const verbs = grant.canRead && grant.canWrite ? 'read and write' : grant.canWrite ? 'write' : 'read';
  if (grant.elsewhere) return `${verbs} what the statement names`;
  return `${verbs} ${grant.isWhole ? 'every index' : 'parts'} of ${name}`;
}

/** What stands between the network and the data, as a clause, and where the policy is read if not in the request. */
export function postureClause(situation: Situation, moreOfAccess = ''): string {
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
  return `; ${endpoint} ${access}${anonymous}${moreOfAccess}${source}`;
}

/** What a policy that exposes nothing is set to. */
export function changedTo({ exposure, grants, readAs }: PolicyVerdict): string {
  const reading = readAs.length > 0 ? `; ${firstOf(readAs, '; ', 300)}` : '';
  if (exposure === 'none') return `no statement of it lets anybody reach the data of this domain${reading}`;
  const ids = grants.some(({ assumesOwnIds }) => assumesOwnIds)
    ? ', if the unique ids it names are of the own account, which they do not tell'
    : '';
  const services = grants.filter(({ through, principals }) => through === 'service' && !principals.includes('*'));
  const acting =
    services.length > 0 ? `, and ${firstOf(services.flatMap(({ principals }) => principals))} acting for them` : '';
  return `it lets in nobody but the own account and whom the settings trust${acting}${ids}${reading}`;
}
