import { OWN, PARTNER, policyOf, recordOf, STRANGER } from '../../../support/records';
import { casesOf, type RuleCase } from './rule-case';

const POLICY = 'requestParameters/accessPolicies';
const DATA_SOURCE_POLICY = 'requestParameters/dataSourceAccessPolicy';
const VPC = 'responseElements/domainConfig/vPCOptions/options';
const SECURITY = 'responseElements/domainConfig/advancedSecurityOptions/options';

const IN_VPC = { [VPC]: { vPCId: 'vpc-0a1b2c3d4e5f60718', subnetIds: ['subnet-0aa11bb22cc33dd44'] } };
const FINE_GRAINED = { [`${SECURITY}/enabled`]: true };
const ROLE = { AWS: `arn:aws:iam::${OWN}:role/indexer` };
const dataSourcePolicy = (principal: unknown, action = 'opensearch:StartDirectQuery'): string =>
  policyOf(principal, { Action: action, Resource: `arn:aws:opensearch:eu-west-1:${OWN}:datasource/trail-logs` });

const RESULTING = 'responseElements/domainConfig/accessPolicies/options';
const SERVICE = { Service: 'lambda.amazonaws.com' };
const EVERYONE_BUT_ONE = policyOf(undefined, { NotPrincipal: { AWS: STRANGER } });
const ID = 'AROAEXAMPLEID1234567';
const ON_DOMAIN = { Action: 'es:*', Resource: `arn:aws:es:eu-west-1:${OWN}:domain/logs` };
const where = (operator: string, key: string, value: string): { Condition: unknown } => ({
  Condition: { [operator]: { [key]: value } },
});
const FROM_PRIVATE = policyOf('*', where('IpAddress', 'aws:SourceIp', '10.0.0.0/8'));

const OPEN = 'es_UpdateDomainConfig_open_policy';
const LEGACY_OPEN = 'es_UpdateElasticsearchDomainConfig_open_policy';
const NETWORK = 'es_UpdateDomainConfig_anonymous_network';
const fromNetwork = (range: string | readonly string[]): { Condition: unknown } => ({
  Condition: { IpAddress: { 'aws:SourceIp': range } },
});

export const accessCases: readonly RuleCase[] = [
  ...casesOf(
    'access-policy-public',
    ['everyone, on a public endpoint without fine-grained access control', 'CRITICAL', recordOf(OPEN)],
    ['the same through the 2015 API', 'CRITICAL', recordOf(LEGACY_OPEN)],
    ['a role of the own account instead of everyone', 'none', recordOf(OPEN, { [POLICY]: policyOf(ROLE) })],
    ['everyone as a bare star', 'CRITICAL', recordOf(OPEN, { [POLICY]: policyOf('*') })],
    ['everyone as a list', 'CRITICAL', recordOf(OPEN, { [POLICY]: policyOf({ AWS: ['*'] }) })],
    ['the policy as an object', 'CRITICAL', recordOf(OPEN, { [POLICY]: JSON.parse(policyOf('*')) as unknown })],
    ['everyone, in a VPC', 'MEDIUM', recordOf(OPEN, IN_VPC)],
    ['everyone, behind fine-grained access control', 'LOW', recordOf(OPEN, FINE_GRAINED)],
    ['everyone, in a VPC behind fine-grained access control', 'LOW', recordOf(OPEN, { ...IN_VPC, ...FINE_GRAINED })],
    [
      'everyone, behind fine-grained access control that lets anonymous callers in',
      'CRITICAL',
      recordOf(OPEN, { ...FINE_GRAINED, [`${SECURITY}/anonymousAuthEnabled`]: true }),
    ],
    [
      'everyone, in a VPC with anonymous access on',
      'CRITICAL',
      recordOf(OPEN, { ...IN_VPC, [`${SECURITY}/anonymousAuthEnabled`]: 'true' }),
    ],
    ['everyone, and nothing tells the posture', 'CRITICAL', recordOf(OPEN, { responseElements: null })],
    [
      'everyone, and only fine-grained access control is known to be on, asked for in the same call',
      'LOW',
      recordOf(OPEN, { responseElements: null, 'requestParameters/advancedSecurityOptions': { enabled: true } }),
    ],
    ['a Deny for everyone', 'none', recordOf(OPEN, { [POLICY]: policyOf('*', { Effect: 'Deny' }) })],
    [
      'everyone, to manage the domain only',
      'none',
      recordOf(OPEN, { [POLICY]: policyOf('*', { Action: 'es:DescribeDomain' }) }),
    ],
    ['everyone from one network', 'none', recordOf(OPEN, { [POLICY]: policyOf('*', fromNetwork('203.0.113.0/24')) })],
    ['everyone from 0.0.0.0/0', 'CRITICAL', recordOf(OPEN, { [POLICY]: policyOf('*', fromNetwork('0.0.0.0/0')) })],
    ['everyone from 8.0.0.0/7', 'CRITICAL', recordOf(OPEN, { [POLICY]: policyOf('*', fromNetwork('8.0.0.0/7')) })],
    ['everyone from 8.0.0.0/8', 'none', recordOf(OPEN, { [POLICY]: policyOf('*', fromNetwork('8.0.0.0/8')) })],
    [
      'everyone from two halves of the internet',
      'CRITICAL',
      recordOf(OPEN, { [POLICY]: policyOf('*', fromNetwork(['0.0.0.0/1', '128.0.0.0/1'])) }),
    ],
    ['everyone over IPv6', 'CRITICAL', recordOf(OPEN, { [POLICY]: policyOf('*', fromNetwork('2000::/3')) })],
    [
      'everyone of one organization',
      'none',
      recordOf(OPEN, {
        [POLICY]: policyOf('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }),
      }),
    ],
    ['a policy that stays as it was', 'none', recordOf(OPEN, { [POLICY]: undefined })],
    ['an open policy that AWS refused at creation', 'HIGH', recordOf('es_CreateDomain_refused_open_policy')],
    [
      'an open policy at creation, read where the response shows it',
      'CRITICAL',
      recordOf('es_CreateDomain_public', {
        'responseElements/domainStatus/accessPolicies': policyOf('*', {}, 'sandbox'),
      }),
    ],
    [
      'a creation whose response shows a narrower policy than was asked for',
      'none',
      recordOf('es_CreateDomain_public', { [POLICY]: policyOf('*', {}, 'sandbox') }),
    ],
    [
      'a direct-query data source open to everyone: its posture is unknown',
      'CRITICAL',
      recordOf('es_UpdateDirectQueryDataSource'),
    ],
    [
      'a direct-query data source for a role of the own account',
      'none',
      recordOf('es_UpdateDirectQueryDataSource', { [DATA_SOURCE_POLICY]: dataSourcePolicy(ROLE) }),
    ],
    [
      'a new direct-query data source open to everyone for es: actions',
      'CRITICAL',
      recordOf('es_AddDirectQueryDataSource', { [DATA_SOURCE_POLICY]: dataSourcePolicy('*', 'es:AddDataSource') }),
    ],
    ['the record of the AWS page: the own account alone', 'none', recordOf('es_CreateElasticsearchDomain_console')],
    ['everyone, without a resource', 'CRITICAL', recordOf(OPEN, { [POLICY]: policyOf('*', { Resource: undefined }) })],
    [
      'everyone, without a resource, in a VPC',
      'MEDIUM',
      recordOf(OPEN, { [POLICY]: policyOf('*', { Resource: undefined }), ...IN_VPC }),
    ],
    ['everyone but one account', 'CRITICAL', recordOf(OPEN, { [POLICY]: EVERYONE_BUT_ONE })],
    [
      'everyone, in one of two readings of a member that is written twice',
      'CRITICAL',
      recordOf(OPEN, { [POLICY]: policyOf('*').replace('"Action"', '"Principal":{"AWS":"111122223333"},"Action"') }),
    ],
    ['everyone from a private network, on a public endpoint', 'none', recordOf(OPEN, { [POLICY]: FROM_PRIVATE })],
    [
      'everyone who signs with a second factor',
      'none',
      recordOf(OPEN, { [POLICY]: policyOf('*', where('Bool', 'aws:MultiFactorAuthPresent', 'true')) }),
    ],
    [
      'everyone who signs with a second factor, if the key is there',
      'CRITICAL',
      recordOf(OPEN, { [POLICY]: policyOf('*', where('BoolIfExists', 'aws:MultiFactorAuthPresent', 'true')) }),
    ],
    [
      'everyone, by a key of another service',
      'none',
      recordOf(OPEN, { [POLICY]: policyOf('*', where('StringEquals', 'kms:CallerAccount', OWN)) }),
    ],
    [
      'everyone, by a key that is not known',
      'CRITICAL',
      recordOf(OPEN, { [POLICY]: policyOf('*', where('StringEquals', 'aws:Unheard', OWN)) }),
    ],
    [
      'everyone through any VPC endpoint, on a public endpoint',
      'none',
      recordOf(OPEN, { [POLICY]: policyOf('*', where('StringLike', 'aws:SourceVpce', '*')) }),
    ],
    [
      'everyone through any VPC endpoint, in a VPC',
      'MEDIUM',
      recordOf(OPEN, { [POLICY]: policyOf('*', where('StringLike', 'aws:SourceVpce', '*')), ...IN_VPC }),
    ],
    [
      'everyone through any VPC endpoint, and nothing tells the posture',
      'CRITICAL',
      recordOf(OPEN, { [POLICY]: policyOf('*', where('StringLike', 'aws:SourceVpce', '*')), responseElements: null }),
    ],
    ['the domain itself, without what is in it', 'none', recordOf(OPEN, { [POLICY]: policyOf('*', ON_DOMAIN) })],
  ),
  ...casesOf(
    'access-policy-any-account',
    [
      'everyone who signs with a second factor',
      'HIGH',
      recordOf(OPEN, { [POLICY]: policyOf('*', where('Bool', 'aws:MultiFactorAuthPresent', 'true')) }),
    ],
    [
      'everyone of the type Anonymous',
      'none',
      recordOf(OPEN, { [POLICY]: policyOf('*', where('StringEquals', 'aws:PrincipalType', 'Anonymous')) }),
    ],
    ['a service', 'HIGH', recordOf(OPEN, { [POLICY]: policyOf(SERVICE) })],
    [
      'a service, behind fine-grained access control',
      'MEDIUM',
      recordOf(OPEN, { [POLICY]: policyOf(SERVICE), ...FINE_GRAINED }),
    ],
    [
      'a service that acts for the own account',
      'none',
      recordOf(OPEN, { [POLICY]: policyOf(SERVICE, where('StringEquals', 'aws:SourceAccount', OWN)) }),
    ],
    [
      'the domain itself, which may be searched from others',
      'HIGH',
      recordOf(OPEN, { [POLICY]: policyOf('*', ON_DOMAIN) }),
    ],
    ['the domain itself, in a VPC', 'MEDIUM', recordOf(OPEN, { [POLICY]: policyOf('*', ON_DOMAIN), ...IN_VPC })],
    [
      'the domain itself, without the action that searches it',
      'none',
      recordOf(OPEN, { [POLICY]: policyOf('*', { ...ON_DOMAIN, Action: 'es:ESHttp*' }) }),
    ],
    ['the root of every account', 'HIGH', recordOf('es_UpdateDomainConfig_any_account')],
    [
      'the root of the own account',
      'none',
      recordOf('es_UpdateDomainConfig_any_account', { [POLICY]: policyOf({ AWS: `arn:aws:iam::${OWN}:root` }) }),
    ],
    ['the root of every account, in a VPC', 'MEDIUM', recordOf('es_UpdateDomainConfig_any_account', IN_VPC)],
    [
      'the root of every account, behind fine-grained access control',
      'MEDIUM',
      recordOf('es_UpdateDomainConfig_any_account', FINE_GRAINED),
    ],
    [
      'the root of every account of one organization',
      'none',
      recordOf('es_UpdateDomainConfig_any_account', {
        [POLICY]: policyOf(
          { AWS: 'arn:aws:iam::*:root' },
          { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } },
        ),
      }),
    ],
  ),
  ...casesOf(
    'access-policy-anonymous-network',
    ['everyone from one network may write', 'HIGH', recordOf(NETWORK)],
    [
      'the same for a role that signs in',
      'none',
      recordOf(NETWORK, { [POLICY]: policyOf(ROLE, fromNetwork('203.0.113.0/24')) }),
    ],
    [
      'everyone from one network may read',
      'MEDIUM',
      recordOf(NETWORK, { [POLICY]: policyOf('*', { Action: 'es:ESHttpGet', ...fromNetwork('203.0.113.0/24') }) }),
    ],
    ['everyone from one network, behind fine-grained access control', 'LOW', recordOf(NETWORK, FINE_GRAINED)],
    [
      'everyone from one network, behind fine-grained access control that lets anonymous callers in',
      'HIGH',
      recordOf(NETWORK, { ...FINE_GRAINED, [`${SECURITY}/anonymousAuthEnabled`]: true }),
    ],
  ),
  ...casesOf(
    'access-policy-cross-account',
    ['an account nobody trusts', 'HIGH', recordOf('es_UpdateDomainConfig_cross_account')],
    [
      'a trusted account',
      'none',
      recordOf('es_UpdateDomainConfig_cross_account', { [POLICY]: policyOf({ AWS: `arn:aws:iam::${PARTNER}:root` }) }),
    ],
    [
      'a bare account id',
      'HIGH',
      recordOf('es_UpdateDomainConfig_cross_account', { [POLICY]: policyOf({ AWS: STRANGER }) }),
    ],
    ['an account nobody trusts, in a VPC', 'MEDIUM', recordOf('es_UpdateDomainConfig_cross_account', IN_VPC)],
    [
      'an account nobody trusts, that may search the domain from its own',
      'HIGH',
      recordOf('es_UpdateDomainConfig_cross_account', {
        [POLICY]: policyOf({ AWS: STRANGER }, { ...ON_DOMAIN, Action: 'es:ESCrossClusterGet' }),
      }),
    ],
    [
      'the own account, that may search the domain from another of its domains',
      'none',
      recordOf('es_UpdateDomainConfig_cross_account', { [POLICY]: policyOf(ROLE, ON_DOMAIN) }),
    ],
    [
      'a role by its id, which the response shows to be a stranger',
      'HIGH',
      recordOf(OPEN, {
        [POLICY]: policyOf({ AWS: ID }),
        [RESULTING]: policyOf({ AWS: `arn:aws:iam::${STRANGER}:role/x` }),
      }),
    ],
    [
      'a role by its id, which the response shows to be of the own account',
      'none',
      recordOf(OPEN, { [POLICY]: policyOf({ AWS: ID }), [RESULTING]: policyOf(ROLE) }),
    ],
    [
      'an account nobody trusts, behind fine-grained access control',
      'MEDIUM',
      recordOf('es_UpdateDomainConfig_cross_account', FINE_GRAINED),
    ],
  ),
  ...casesOf(
    'access-policy-unreadable',
    ['NotPrincipal, which lets in everyone else', 'CRITICAL', recordOf(OPEN, { [POLICY]: EVERYONE_BUT_ONE })],
    ['NotPrincipal, in a VPC', 'MEDIUM', recordOf(OPEN, { [POLICY]: EVERYONE_BUT_ONE, ...IN_VPC })],
    [
      'NotPrincipal, and nothing tells the posture',
      'CRITICAL',
      recordOf(OPEN, { [POLICY]: EVERYONE_BUT_ONE, responseElements: null }),
    ],
    ['NotPrincipal, behind fine-grained access control', 'LOW', recordOf('es_UpdateDomainConfig_not_principal')],
    [
      'NotPrincipal, from one network',
      'HIGH',
      recordOf(OPEN, {
        [POLICY]: policyOf(undefined, { NotPrincipal: { AWS: STRANGER }, ...fromNetwork('203.0.113.0/24') }),
      }),
    ],
    ['a principal of an unknown kind', 'HIGH', recordOf(OPEN, { [POLICY]: policyOf({ Somebody: 'me' }) })],
    ['a condition that is a text', 'CRITICAL', recordOf(OPEN, { [POLICY]: policyOf('*', { Condition: 'never' }) })],
    [
      'a condition that is a text, for the own account',
      'HIGH',
      recordOf(OPEN, { [POLICY]: policyOf(ROLE, { Condition: 'never' }) }),
    ],
    ['a service', 'none', recordOf(OPEN, { [POLICY]: policyOf(SERVICE) })],
    ['no resource', 'none', recordOf(OPEN, { [POLICY]: policyOf('*', { Resource: undefined }) })],
    [
      'what is not JSON, and was refused',
      'MEDIUM',
      recordOf(OPEN, {
        [POLICY]: '{"Version":',
        responseElements: null,
        errorCode: 'ValidationException',
        errorMessage: 'Error setting policy',
      }),
    ],
    ['Principal instead', 'none', recordOf(OPEN, { [POLICY]: policyOf({ AWS: `arn:aws:iam::${STRANGER}:root` }) })],
    ['what is not JSON', 'CRITICAL', recordOf(OPEN, { [POLICY]: '{"Version":' })],
    ['a number', 'HIGH', recordOf(OPEN, { [POLICY]: 42 })],
    ['an empty policy, which is a removal', 'none', recordOf('es_UpdateDomainConfig_policy_removed')],
  ),
  ...casesOf(
    'access-policy-removed',
    ['the empty text', 'MEDIUM', recordOf('es_UpdateDomainConfig_policy_removed')],
    [
      'the empty text for a direct-query data source',
      'MEDIUM',
      recordOf('es_UpdateDirectQueryDataSource', { [DATA_SOURCE_POLICY]: '' }),
    ],
    ['an open policy for a direct-query data source', 'none', recordOf('es_UpdateDirectQueryDataSource')],
    ['null, which asks for nothing', 'none', recordOf('es_UpdateDomainConfig_policy_removed', { [POLICY]: null })],
    [
      'a policy for a role of the own account',
      'none',
      recordOf('es_UpdateDomainConfig_policy_removed', { [POLICY]: policyOf(ROLE) }),
    ],
  ),
  ...casesOf(
    'access-policy-changed',
    ['a policy for a role of the own account', 'MEDIUM', recordOf('es_UpdateDomainConfig_own_policy')],
    [
      'an update that leaves the policy alone',
      'none',
      recordOf('es_UpdateDomainConfig_own_policy', { [POLICY]: undefined }),
    ],
    ['a policy that another rule objects to', 'none', recordOf(OPEN)],
    ['a policy that lets nobody in', 'MEDIUM', recordOf(OPEN, { [POLICY]: FROM_PRIVATE })],
    [
      'a service that acts for the own account',
      'MEDIUM',
      recordOf(OPEN, { [POLICY]: policyOf(SERVICE, where('StringEquals', 'aws:SourceAccount', OWN)) }),
    ],
    [
      'a role by its id, which the response shows to be of the own account',
      'MEDIUM',
      recordOf(OPEN, { [POLICY]: policyOf({ AWS: ID }), [RESULTING]: policyOf(ROLE) }),
    ],
    ['an empty policy', 'none', recordOf('es_UpdateDomainConfig_policy_removed')],
    ['the policy of a new domain', 'none', recordOf('es_CreateDomain_hardened')],
  ),
  ...casesOf(
    'public-endpoint-created',
    ['created outside a VPC', 'MEDIUM', recordOf('es_CreateDomain_public')],
    ['created outside a VPC through the 2015 API', 'MEDIUM', recordOf('es_CreateElasticsearchDomain_public')],
    ['created on the console, on the AWS page', 'MEDIUM', recordOf('es_CreateElasticsearchDomain_console')],
    [
      'created in a VPC that only the response shows',
      'none',
      recordOf('es_CreateDomain_public', { 'responseElements/domainStatus/vPCOptions': { vPCId: 'vpc-0a1b2c3d' } }),
    ],
    ['created in a VPC', 'none', recordOf('es_CreateDomain_hardened')],
    [
      'created with VPC options that name no subnet',
      'MEDIUM',
      recordOf('es_CreateDomain_public', { 'requestParameters/vPCOptions': { subnetIds: [] } }),
    ],
    ['a denied creation, of which nothing is known', 'none', recordOf('es_CreateDomain_denied')],
    ['an existing domain with a public endpoint is updated', 'none', recordOf(OPEN)],
  ),
  ...casesOf(
    'network-changed',
    ['security groups and subnets are set', 'MEDIUM', recordOf('es_UpdateDomainConfig_subnets')],
    ['the same through the 2015 API', 'MEDIUM', recordOf('es_UpdateElasticsearchDomainConfig_subnets')],
    [
      'security groups alone are set',
      'MEDIUM',
      recordOf('es_UpdateDomainConfig_subnets', { 'requestParameters/vPCOptions/subnetIds': undefined }),
    ],
    [
      'VPC options that specify nothing',
      'none',
      recordOf('es_UpdateDomainConfig_subnets', { 'requestParameters/vPCOptions': {} }),
    ],
    ['egress leaves the VPC', 'MEDIUM', recordOf('es_UpdateDomainConfig_egress')],
    [
      'egress goes through the VPC',
      'none',
      recordOf('es_UpdateDomainConfig_egress', { 'requestParameters/vPCOptions/egressEnabled': true }),
    ],
    ['a domain is created in a VPC', 'none', recordOf('es_CreateDomain_hardened')],
  ),
  ...casesOf(
    'custom-endpoint-changed',
    ['a name and a certificate are set', 'MEDIUM', recordOf('es_UpdateDomainConfig_custom_endpoint')],
    [
      'the certificate alone is set',
      'MEDIUM',
      recordOf('es_UpdateDomainConfig_custom_endpoint', {
        'requestParameters/domainEndpointOptions/customEndpoint': undefined,
        'requestParameters/domainEndpointOptions/customEndpointEnabled': undefined,
      }),
    ],
    [
      'no custom endpoint is wanted',
      'none',
      recordOf('es_UpdateDomainConfig_custom_endpoint', {
        'requestParameters/domainEndpointOptions': { customEndpointEnabled: false },
      }),
    ],
    ['another endpoint option is set on a domain that has one', 'none', recordOf('es_UpdateDomainConfig_https_off')],
    [
      'a domain is created with one',
      'MEDIUM',
      recordOf('es_CreateDomain_hardened', {
        'responseElements/domainStatus/domainEndpointOptions/customEndpoint': 'search.example.com',
      }),
    ],
  ),
  ...casesOf(
    'dual-stack-enabled',
    ['the address type becomes dualstack', 'LOW', recordOf('es_UpdateDomainConfig_dualstack')],
    [
      'the address type becomes ipv4',
      'none',
      recordOf('es_UpdateDomainConfig_dualstack', { 'requestParameters/iPAddressType': 'ipv4' }),
    ],
    [
      'a domain that is dualstack changes something else',
      'none',
      recordOf('es_UpdateDomainConfig_dualstack', { 'requestParameters/iPAddressType': undefined }),
    ],
    [
      'a domain is created with it',
      'LOW',
      recordOf('es_CreateDomain_hardened', { 'responseElements/domainStatus/iPAddressType': 'dualstack' }),
    ],
  ),
  ...casesOf(
    'explicit-index-bypass',
    ['the option is set to "true"', 'LOW', recordOf('es_UpdateDomainConfig_explicit_index')],
    [
      'the option is set to "false"',
      'none',
      recordOf('es_UpdateDomainConfig_explicit_index', {
        'requestParameters/advancedOptions': { 'rest.action.multi.allow_explicit_index': 'false' },
      }),
    ],
    ['a domain is created with it, which is the default', 'none', recordOf('es_CreateElasticsearchDomain_console')],
  ),
];
