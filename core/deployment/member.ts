import { isAbsent, isObject, memberOf } from '../base/members';
import type { Path, Request } from '../declared';
import type { Situation } from '../rules';

/** The block of a request that a rule is about, by the names of CloudFormation; the setting in it, where it is about one. */
const MEMBERS: Readonly<Record<string, readonly [block: string, setting?: string]>> = {
  'public-endpoint-created': ['VPCOptions'],
  'network-changed': ['VPCOptions'],
  'custom-endpoint-changed': ['DomainEndpointOptions', 'CustomEndpoint'],
  'dual-stack-enabled': ['IPAddressType'],
  'explicit-index-bypass': ['AdvancedOptions'],
  'https-not-enforced': ['DomainEndpointOptions', 'EnforceHTTPS'],
  'weak-tls-policy': ['DomainEndpointOptions', 'TLSSecurityPolicy'],
  'encryption-at-rest-off': ['EncryptionAtRestOptions', 'Enabled'],
  'native-encryption-enabled': ['EncryptionAtRestOptions', 'EncryptionMode'],
  'node-to-node-encryption-off': ['NodeToNodeEncryptionOptions', 'Enabled'],
  'foreign-kms-key': ['EncryptionAtRestOptions', 'KmsKeyId'],
  'fine-grained-access-off': ['AdvancedSecurityOptions', 'Enabled'],
  'anonymous-access-enabled': ['AdvancedSecurityOptions', 'AnonymousAuthEnabled'],
  'master-user-changed': ['AdvancedSecurityOptions', 'MasterUserOptions'],
  'foreign-master-user': ['AdvancedSecurityOptions', 'MasterUserOptions'],
  'internal-user-database-enabled': ['AdvancedSecurityOptions', 'InternalUserDatabaseEnabled'],
  'saml-changed': ['AdvancedSecurityOptions', 'SAMLOptions'],
  'jwt-changed': ['AdvancedSecurityOptions', 'JWTOptions'],
  'cognito-disabled': ['CognitoOptions', 'Enabled'],
  'audit-logs-disabled': ['LogPublishingOptions', 'AUDIT_LOGS'],
  'foreign-log-destination': ['LogPublishingOptions'],
  'data-source-attached': ['DataSources'],
  'dashboard-admin-changed': ['AppConfigs'],
  'machine-learning-enabled': ['AIMLOptions'],
};

/** What declares what a rule objects to, within the properties of a resource; nothing where it is what is not there. */
export function memberOfRule(rule: string, { policy }: Situation, request: Request): Path {
  if (rule.startsWith('access-policy-')) {
    const grant = policy?.grants.find(({ exposure }) => rule === `access-policy-${exposure}`);
    const isList = Array.isArray(memberOf(request['AccessPolicies'], 'Statement'));
    return ['AccessPolicies', ...(grant && isList ? ['Statement', grant.statement - 1] : [])];
  }
  const [block, setting] = MEMBERS[rule] ?? [];
  const written = block === undefined ? undefined : memberOf(request, block);
  if (block === undefined || isAbsent(written)) return [];
  const isWritten = setting !== undefined && isObject(written) && memberOf(written, setting) !== undefined;
  return isWritten ? [block, setting] : [block];
}
