import { PARTNER, recordOf, STRANGER } from '../../../support/records';
import { casesOf, type RuleCase } from './rule-case';

const SECURITY = 'requestParameters/advancedSecurityOptions';
const STATUS = 'responseElements/domainStatus';
const UPDATED_VPC = 'responseElements/domainConfig/vPCOptions/options';
const MASTER = `${SECURITY}/masterUserOptions`;
const roleOf = (accountId: string): string => `arn:aws:iam::${accountId}:role/admin`;

/** A block of an update that another caller's keys could sign in with. */
function signInCases(rule: string, update: string, block: string): readonly RuleCase[] {
  return casesOf(
    rule,
    ['set in an update', 'HIGH', recordOf(update)],
    ['turned off in an update', 'HIGH', recordOf(update, { [`${SECURITY}/${block}`]: { enabled: false } })],
    ['an empty block', 'none', recordOf(update, { [`${SECURITY}/${block}`]: {} })],
    ['an update without the block', 'none', recordOf(update, { [`${SECURITY}/${block}`]: undefined })],
    ['set at creation', 'none', recordOf('es_CreateDomain_hardened', { [`${SECURITY}/${block}`]: { enabled: true } })],
  );
}

export const authenticationCases: readonly RuleCase[] = [
  ...casesOf(
    'fine-grained-access-off',
    ['asked to be turned off', 'HIGH', recordOf('es_UpdateDomainConfig_fine_grained_access_off')],
    [
      'asked to be turned on',
      'none',
      recordOf('es_UpdateDomainConfig_fine_grained_access_off', { [`${SECURITY}/enabled`]: true }),
    ],
    [
      'an update that sets something else in the block',
      'none',
      recordOf('es_UpdateDomainConfig_fine_grained_access_off', { [SECURITY]: { internalUserDatabaseEnabled: false } }),
    ],
    ['a public domain is created without it', 'HIGH', recordOf('es_CreateDomain_public')],
    [
      'a public domain is created without it through the 2015 API',
      'HIGH',
      recordOf('es_CreateElasticsearchDomain_public'),
    ],
    ['the domain of the AWS page', 'HIGH', recordOf('es_CreateElasticsearchDomain_console')],
    [
      'a domain in a VPC is created without it',
      'MEDIUM',
      recordOf('es_CreateDomain_hardened', { [`${STATUS}/advancedSecurityOptions/enabled`]: false }),
    ],
    ['a domain in a VPC is created with it', 'none', recordOf('es_CreateDomain_hardened')],
    ['a denied creation, of which nothing is known', 'none', recordOf('es_CreateDomain_denied')],
  ),
  ...casesOf(
    'anonymous-access-enabled',
    ['turned on, on a public endpoint', 'CRITICAL', recordOf('es_UpdateDomainConfig_anonymous_access')],
    [
      'turned on as text',
      'CRITICAL',
      recordOf('es_UpdateDomainConfig_anonymous_access', { [`${SECURITY}/anonymousAuthEnabled`]: 'true' }),
    ],
    [
      'turned off',
      'none',
      recordOf('es_UpdateDomainConfig_anonymous_access', { [`${SECURITY}/anonymousAuthEnabled`]: false }),
    ],
    [
      'turned on, in a VPC',
      'HIGH',
      recordOf('es_UpdateDomainConfig_anonymous_access', { [UPDATED_VPC]: { vPCId: 'vpc-0a1b2c3d' } }),
    ],
    [
      'turned on, and nothing tells the endpoint',
      'CRITICAL',
      recordOf('es_UpdateDomainConfig_anonymous_access', { responseElements: null }),
    ],
    [
      'a domain in a VPC is created with it',
      'HIGH',
      recordOf('es_CreateDomain_hardened', { [`${STATUS}/advancedSecurityOptions/anonymousAuthEnabled`]: true }),
    ],
    [
      'an update of a domain that has it changes something else',
      'none',
      recordOf('es_UpdateDomainConfig_volume', {
        'responseElements/domainConfig/advancedSecurityOptions/options/anonymousAuthEnabled': true,
      }),
    ],
  ),
  ...casesOf(
    'master-user-changed',
    ['a role of the own account', 'HIGH', recordOf('es_UpdateDomainConfig_master_user')],
    ['the same through the 2015 API', 'HIGH', recordOf('es_UpdateElasticsearchDomainConfig_master_user')],
    [
      'a user of the internal database, hidden',
      'HIGH',
      recordOf('es_UpdateDomainConfig_master_user', { [MASTER]: 'HIDDEN_DUE_TO_SECURITY_REASONS' }),
    ],
    [
      'a role of an account nobody trusts',
      'CRITICAL',
      recordOf('es_UpdateDomainConfig_master_user', { [`${MASTER}/masterUserARN`]: roleOf(STRANGER) }),
    ],
    [
      'a role of a trusted account',
      'HIGH',
      recordOf('es_UpdateDomainConfig_master_user', { [`${MASTER}/masterUserARN`]: roleOf(PARTNER) }),
    ],
    ['an empty block', 'none', recordOf('es_UpdateDomainConfig_master_user', { [MASTER]: {} })],
    ['a domain is created with one', 'none', recordOf('es_CreateDomain_hardened')],
  ),
  ...casesOf(
    'foreign-master-user',
    [
      'a domain is created with a role of an account nobody trusts',
      'HIGH',
      recordOf('es_CreateDomain_hardened', { [`${MASTER}/masterUserARN`]: roleOf(STRANGER) }),
    ],
    ['a domain is created with a role of the own account', 'none', recordOf('es_CreateDomain_hardened')],
    [
      'a domain is created with a role of a trusted account',
      'none',
      recordOf('es_CreateDomain_hardened', { [`${MASTER}/masterUserARN`]: roleOf(PARTNER) }),
    ],
  ),
  ...casesOf(
    'internal-user-database-enabled',
    ['turned on', 'MEDIUM', recordOf('es_UpdateDomainConfig_internal_users')],
    [
      'turned off',
      'none',
      recordOf('es_UpdateDomainConfig_internal_users', { [`${SECURITY}/internalUserDatabaseEnabled`]: false }),
    ],
    [
      'turned on at creation',
      'MEDIUM',
      recordOf('es_CreateDomain_hardened', { [`${STATUS}/advancedSecurityOptions/internalUserDatabaseEnabled`]: true }),
    ],
    ['left off at creation', 'none', recordOf('es_CreateDomain_hardened')],
  ),
  ...signInCases('saml-changed', 'es_UpdateDomainConfig_saml', 'sAMLOptions'),
  ...signInCases('jwt-changed', 'es_UpdateDomainConfig_jwt', 'jWTOptions'),
  ...casesOf(
    'identity-provider-changed',
    ['IAM federation', 'MEDIUM', recordOf('es_UpdateDomainConfig_iam_federation')],
    [
      'IAM federation, as an empty block',
      'none',
      recordOf('es_UpdateDomainConfig_iam_federation', { [`${SECURITY}/iAMFederationOptions`]: {} }),
    ],
    [
      'IAM federation turned off, which changes who may sign in',
      'MEDIUM',
      recordOf('es_UpdateDomainConfig_iam_federation', { [`${SECURITY}/iAMFederationOptions`]: { enabled: false } }),
    ],
    ['Identity Center', 'MEDIUM', recordOf('es_UpdateDomainConfig_identity_center')],
    [
      'Identity Center, as an empty block',
      'none',
      recordOf('es_UpdateDomainConfig_identity_center', { 'requestParameters/identityCenterOptions': {} }),
    ],
    ['Cognito pools and role', 'MEDIUM', recordOf('es_UpdateDomainConfig_cognito')],
    [
      'a role for Cognito alone',
      'MEDIUM',
      recordOf('es_UpdateDomainConfig_cognito', { 'requestParameters/cognitoOptions': { roleArn: roleOf(PARTNER) } }),
    ],
    [
      'Cognito as an empty block',
      'none',
      recordOf('es_UpdateDomainConfig_cognito', { 'requestParameters/cognitoOptions': {} }),
    ],
    ['Cognito turned off, which is another rule', 'none', recordOf('es_UpdateDomainConfig_cognito_off')],
    ['Identity Center for a new application', 'MEDIUM', recordOf('es_CreateApplication')],
    [
      'a new application without Identity Center',
      'none',
      recordOf('es_CreateApplication', { 'requestParameters/iamIdentityCenterOptions/enabled': false }),
    ],
    [
      'Identity Center, turned off',
      'MEDIUM',
      recordOf('es_UpdateDomainConfig_identity_center', {
        'requestParameters/identityCenterOptions/enabledAPIAccess': false,
      }),
    ],
    ['a domain created without any', 'none', recordOf('es_CreateDomain_hardened')],
    ...(['sAMLOptions', 'jWTOptions'] as const).flatMap((block) => [
      [
        `a domain created with ${block}`,
        'MEDIUM',
        recordOf('es_CreateDomain_hardened', { [`${STATUS}/advancedSecurityOptions/${block}`]: { enabled: true } }),
      ] as const,
      [
        `a domain created with ${block} left off`,
        'none',
        recordOf('es_CreateDomain_hardened', { [`${STATUS}/advancedSecurityOptions/${block}`]: { enabled: false } }),
      ] as const,
    ]),
    ['SAML on a domain that exists, which is another rule', 'none', recordOf('es_UpdateDomainConfig_saml')],
    [
      'a domain created with Cognito',
      'MEDIUM',
      recordOf('es_CreateDomain_hardened', { [`${STATUS}/cognitoOptions/enabled`]: true }),
    ],
    [
      'Identity Center for an application that exists',
      'MEDIUM',
      recordOf('es_UpdateApplication', { 'requestParameters/iamIdentityCenterOptions': { enabled: true } }),
    ],
    ['an application that names administrators alone', 'none', recordOf('es_UpdateApplication')],
  ),
  ...casesOf(
    'cognito-disabled',
    ['turned off', 'HIGH', recordOf('es_UpdateDomainConfig_cognito_off')],
    ['turned on', 'none', recordOf('es_UpdateDomainConfig_cognito')],
    [
      'an empty block',
      'none',
      recordOf('es_UpdateDomainConfig_cognito_off', { 'requestParameters/cognitoOptions': {} }),
    ],
    ['left off at creation', 'none', recordOf('es_CreateDomain_hardened')],
  ),
];
