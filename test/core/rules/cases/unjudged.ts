import { policyOf, recordOf } from '../../../support/records';
import { casesOf, type RuleCase } from './rule-case';

const OMITTED = 'es_UpdateDomainConfig_omitted';
const OMITTED_AS_TEXT = 'es_UpdateElasticsearchDomainConfig_omitted_as_text';

/** An operation that no catalogue has yet. */
const V2 = 'UpdateDomainConfigV2';

export const unjudgedCases: readonly RuleCase[] = [
  ...casesOf(
    'parameters-omitted',
    ['an update without its parameters', 'HIGH', recordOf(OMITTED)],
    ['an update without its parameters, said in texts', 'HIGH', recordOf(OMITTED_AS_TEXT)],
    [
      'an update without its parameters that says so by their size alone',
      'HIGH',
      recordOf(OMITTED, { 'requestParameters/omitted': undefined }),
    ],
    [
      'an update one block of which is hidden',
      'HIGH',
      recordOf('es_UpdateDomainConfig_master_user', {
        'requestParameters/advancedSecurityOptions': 'HIDDEN_DUE_TO_SECURITY_REASONS',
      }),
    ],
    ...[
      'vPCOptions',
      'logPublishingOptions',
      'clusterConfig',
      'softwareUpdateOptions',
      'automatedSnapshotPauseOptions',
    ].map(
      (block) =>
        [
          `an update whose ${block} are hidden`,
          'HIGH',
          recordOf('es_UpdateDomainConfig_volume', {
            [`requestParameters/${block}`]: 'HIDDEN_DUE_TO_SECURITY_REASONS',
          }),
        ] as const,
    ),
    [
      'another call with a text of that name',
      'none',
      recordOf('es_AddTags', { 'requestParameters/clusterConfig': 'a text' }),
    ],
    [
      'an update one block of which is empty',
      'none',
      recordOf('es_UpdateDomainConfig_master_user', { 'requestParameters/advancedSecurityOptions': {} }),
    ],
    [
      'a call with a member called reason',
      'none',
      recordOf('es_UpdateDomainConfig_volume', { 'requestParameters/reason': 'growth' }),
    ],
    ['an update that says they are all there', 'none', recordOf(OMITTED, { 'requestParameters/omitted': false })],
    ['an update that says so in a text', 'none', recordOf(OMITTED_AS_TEXT, { 'requestParameters/omitted': 'false' })],
    [
      'a creation without its parameters',
      'HIGH',
      recordOf('es_CreateDomain_hardened', {
        requestParameters: { reason: 'requestParameters too large', omitted: true, originalSize: 149893 },
      }),
    ],
    [
      'a read without its parameters',
      'none',
      recordOf('es_DescribeDomain', { requestParameters: { reason: 'requestParameters too large', omitted: true } }),
    ],
    [
      'an update whose answer alone is left out',
      'none',
      recordOf('es_UpdateDomainConfig_volume', { responseElements: { omitted: true } }),
    ],
    ['a denied update, whose parameters are null', 'none', recordOf('es_UpdateDomainConfig_denied')],
    [
      'an update that took effect with none',
      'HIGH',
      recordOf('es_UpdateDomainConfig_volume', { requestParameters: null }),
    ],
    [
      'a purchase that took effect with none',
      'HIGH',
      recordOf('es_PurchaseReservedInstanceOffering', { requestParameters: undefined }),
    ],
    [
      'the deletion of the service-linked role, which takes none',
      'none',
      recordOf('es_DeleteElasticsearchServiceRole'),
    ],
    [
      'a deletion with none, whose response shows the domain',
      'none',
      recordOf('es_DeleteDomain', { requestParameters: null }),
    ],
    ['a call of a later API with none', 'none', recordOf('es_ShareDomain', { requestParameters: null })],
  ),
  ...casesOf(
    'unrecognised-call',
    ['a call of a later API', 'MEDIUM', recordOf('es_ShareDomain')],
    ['a call of the API', 'none', recordOf('es_ShareDomain', { eventName: 'AddTags' })],
    ['a Describe call of a later API', 'none', recordOf('es_DescribeDomainSharing')],
    ['a List call of a later API', 'none', recordOf('es_ShareDomain', { eventName: 'ListShares' })],
    ['a Get call of a later API', 'none', recordOf('es_ShareDomain', { eventName: 'GetShare' })],
    ['a call named after a member of every object', 'MEDIUM', recordOf('es_ShareDomain', { eventName: 'constructor' })],
    ['a call without a name', 'MEDIUM', recordOf('es_ShareDomain', { eventName: undefined })],
    ['a call that compares, and is known', 'none', recordOf('es_CompareDomainConfiguration')],
    ['a verb that only begins like a read', 'MEDIUM', recordOf('es_ShareDomain', { eventName: 'ListenToDomain' })],
    ['a verb that is a read alone', 'none', recordOf('es_ShareDomain', { eventName: 'List' })],
    [
      'a read whose request sets an access policy',
      'MEDIUM',
      recordOf('es_DescribeDomainSharing', { 'requestParameters/accessPolicies': policyOf('*') }),
    ],
    [
      'a read whose request has an empty block',
      'none',
      recordOf('es_DescribeDomainSharing', { 'requestParameters/clusterConfig': {} }),
    ],
    ['an update of a later API', 'MEDIUM', recordOf('es_UpdateDomainConfig_https_off', { eventName: V2 })],
  ),
  ...casesOf(
    'https-not-enforced',
    ['an update of a later API', 'HIGH', recordOf('es_UpdateDomainConfig_https_off', { eventName: V2 })],
    [
      'one that wraps what it sets',
      'HIGH',
      recordOf('es_UpdateDomainConfig_https_off', {
        eventName: V2,
        requestParameters: { domainName: 'logs', configuration: { domainEndpointOptions: { enforceHTTPS: false } } },
      }),
    ],
    [
      'one that sets it under the name of a read',
      'HIGH',
      recordOf('es_UpdateDomainConfig_https_off', { eventName: 'DescribeDomainAfter' }),
    ],
    [
      'one with a flag that another operation has for rehearsals',
      'HIGH',
      recordOf('es_UpdateDomainConfig_https_off', { eventName: V2, 'requestParameters/dryRun': true }),
    ],
    [
      'an update of a later API that turns it on',
      'none',
      recordOf('es_UpdateDomainConfig_https_off', {
        eventName: V2,
        'requestParameters/domainEndpointOptions/enforceHTTPS': true,
      }),
    ],
    [
      'a creation of a later API that says nothing of it',
      'none',
      recordOf('es_CreateDomain_public', {
        eventName: 'CreateDomainV2',
        'requestParameters/domainEndpointOptions': undefined,
      }),
    ],
  ),
  ...casesOf(
    'access-policy-public',
    ['an update of a later API', 'CRITICAL', recordOf('es_UpdateDomainConfig_open_policy', { eventName: V2 })],
    [
      'an update of a later API that lets its own account in',
      'none',
      recordOf('es_UpdateDomainConfig_own_policy', { eventName: V2 }),
    ],
    [
      'a later API for data sources',
      'CRITICAL',
      recordOf('es_UpdateDirectQueryDataSource', {
        eventName: 'PutDirectQueryDataSource',
        'requestParameters/dataSourceAccessPolicy': JSON.stringify({
          Statement: [{ Effect: 'Allow', Principal: '*', Action: 'opensearch:*', Resource: '*' }],
        }),
      }),
    ],
  ),
  ...casesOf(
    'configuration-call',
    ['tags are added', 'LOW', recordOf('es_AddTags')],
    ['an update nobody objects to', 'LOW', recordOf('es_UpdateDomainConfig_volume')],
    ['an update nobody objects to, through the 2015 API', 'LOW', recordOf('es_UpdateElasticsearchDomainConfig_volume')],
    ['a creation nobody objects to', 'LOW', recordOf('es_CreateDomain_hardened')],
    ['a creation nobody objects to, through the 2015 API', 'LOW', recordOf('es_CreateElasticsearchDomain_hardened')],
    ['a denied update, of which nothing is known', 'LOW', recordOf('es_UpdateDomainConfig_denied')],
    ['a package is dissociated', 'LOW', recordOf('es_DissociatePackage')],
    ['a software update is started', 'LOW', recordOf('es_StartServiceSoftwareUpdate')],
    ['tags are removed', 'LOW', recordOf('es_RemoveTags')],
    ['a call another rule objects to', 'none', recordOf('es_DeleteDomain')],
    ['a read', 'none', recordOf('es_DescribeDomain')],
    ['feedback, which changes nothing', 'none', recordOf('es_InsightFeedback')],
  ),
];
