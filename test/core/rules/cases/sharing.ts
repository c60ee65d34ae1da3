import { OWN, PARTNER, recordOf, STRANGER } from '../../../support/records';
import { casesOf, type RuleCase } from './rule-case';

const ARN = 'requestParameters/domainArn';
const PEER = 'requestParameters/peerDomainArn';
const DRY_RUN = 'requestParameters/dryRun';
const REMOTE = 'requestParameters/remoteDomainInfo/aWSDomainInformation/ownerId';
const CONNECTION = 'responseElements/connection';
const LEGACY_CONNECTION = 'responseElements/crossClusterSearchConnection';
const arnOf = (accountId: string): string => `arn:aws:es:eu-west-1:${accountId}:domain/logs`;
const sideOf = (ownerId: string): unknown => ({ aWSDomainInformation: { ownerId, domainName: 'reader' } });

export const sharingCases: readonly RuleCase[] = [
  ...casesOf(
    'vpc-endpoint-access-authorized',
    ['for an account nobody trusts', 'HIGH', recordOf('es_AuthorizeVpcEndpointAccess')],
    [
      'for a trusted account',
      'LOW',
      recordOf('es_AuthorizeVpcEndpointAccess', { 'requestParameters/account': PARTNER }),
    ],
    ['for a service', 'HIGH', recordOf('es_AuthorizeVpcEndpointAccess_service')],
    ['access is revoked', 'none', recordOf('es_RevokeVpcEndpointAccess')],
  ),
  ...casesOf(
    'vpc-endpoint-created',
    ['to a domain of the own account', 'MEDIUM', recordOf('es_CreateVpcEndpoint')],
    ['to a domain of another account', 'HIGH', recordOf('es_CreateVpcEndpoint', { [ARN]: arnOf(STRANGER) })],
    ['changed', 'MEDIUM', recordOf('es_UpdateVpcEndpoint')],
    [
      'changed, to a domain of another account that only the response names',
      'HIGH',
      recordOf('es_UpdateVpcEndpoint', { 'responseElements/vpcEndpoint/domainArn': arnOf(STRANGER) }),
    ],
    [
      'to a domain of the account of a caller from elsewhere',
      'MEDIUM',
      recordOf('es_CreateVpcEndpoint', { [ARN]: arnOf(STRANGER), 'userIdentity/accountId': STRANGER }),
    ],
    ['deleted', 'none', recordOf('es_DeleteVpcEndpoint')],
  ),
  ...casesOf(
    'cross-cluster-connection-requested',
    ['to a domain of an account nobody trusts', 'HIGH', recordOf('es_CreateOutboundConnection')],
    ['the same through the 2015 API', 'HIGH', recordOf('es_CreateOutboundCrossClusterSearchConnection')],
    ['to a domain of the own account', 'MEDIUM', recordOf('es_CreateOutboundConnection', { [REMOTE]: OWN })],
    ['to a domain of a trusted account', 'MEDIUM', recordOf('es_CreateOutboundConnection', { [REMOTE]: PARTNER })],
    [
      'to a domain of a trusted account through the 2015 API',
      'MEDIUM',
      recordOf('es_CreateOutboundCrossClusterSearchConnection', {
        'requestParameters/destinationDomainInfo/ownerId': PARTNER,
      }),
    ],
    [
      'to a domain of an account nobody trusts that only the response names',
      'HIGH',
      recordOf('es_CreateOutboundConnection', {
        'requestParameters/remoteDomainInfo': undefined,
        'responseElements/remoteDomainInfo': sideOf(STRANGER),
      }),
    ],
    ['deleted', 'none', recordOf('es_DeleteOutboundConnection')],
  ),
  ...casesOf(
    'cross-cluster-connection-accepted',
    ['from an account nobody trusts', 'HIGH', recordOf('es_AcceptInboundConnection')],
    ['the same through the 2015 API', 'HIGH', recordOf('es_AcceptInboundCrossClusterSearchConnection')],
    [
      'from a trusted account',
      'LOW',
      recordOf('es_AcceptInboundConnection', { [`${CONNECTION}/remoteDomainInfo`]: sideOf(PARTNER) }),
    ],
    [
      'from a trusted account through the 2015 API',
      'LOW',
      recordOf('es_AcceptInboundCrossClusterSearchConnection', {
        [`${LEGACY_CONNECTION}/sourceDomainInfo/ownerId`]: PARTNER,
      }),
    ],
    [
      'from an account nobody trusts, on the side the response calls local',
      'HIGH',
      recordOf('es_AcceptInboundConnection', {
        [`${CONNECTION}/remoteDomainInfo`]: sideOf(OWN),
        [`${CONNECTION}/localDomainInfo`]: sideOf(STRANGER),
      }),
    ],
    [
      'from a trusted account, on the side the response calls local',
      'LOW',
      recordOf('es_AcceptInboundConnection', {
        [`${CONNECTION}/remoteDomainInfo`]: sideOf(OWN),
        [`${CONNECTION}/localDomainInfo`]: sideOf(PARTNER),
      }),
    ],
    ['from nobody knows whom', 'HIGH', recordOf('es_AcceptInboundConnection', { [CONNECTION]: undefined })],
    [
      'from nobody knows whom: the response names the own side alone',
      'HIGH',
      recordOf('es_AcceptInboundConnection', { [`${CONNECTION}/remoteDomainInfo`]: undefined }),
    ],
    [
      'from nobody knows whom: the response names the own account on the other side alone',
      'HIGH',
      recordOf('es_AcceptInboundConnection', {
        [`${CONNECTION}/remoteDomainInfo`]: sideOf(OWN),
        [`${CONNECTION}/localDomainInfo`]: undefined,
      }),
    ],
    [
      'from the own account, which stands on both sides',
      'LOW',
      recordOf('es_AcceptInboundConnection', {
        [`${CONNECTION}/remoteDomainInfo`]: sideOf(OWN),
        [`${CONNECTION}/localDomainInfo`]: sideOf(OWN),
      }),
    ],
    ['rejected', 'none', recordOf('es_RejectInboundConnection')],
  ),
  ...casesOf(
    'replication-peer-added',
    ['to a domain of the own account', 'HIGH', recordOf('es_AddReplicationPeer')],
    ['to a domain of another account', 'HIGH', recordOf('es_AddReplicationPeer', { [PEER]: arnOf(STRANGER) })],
    ['to a domain that is not named', 'HIGH', recordOf('es_AddReplicationPeer', { [PEER]: undefined })],
    ['asked whether it would work', 'INFORMATIONAL', recordOf('es_AddReplicationPeer', { [DRY_RUN]: true })],
    ['asked so in text', 'INFORMATIONAL', recordOf('es_AddReplicationPeer', { [DRY_RUN]: 'true' })],
    ['not asked but meant', 'HIGH', recordOf('es_AddReplicationPeer', { [DRY_RUN]: false })],
    ['the peer is removed', 'none', recordOf('es_RemoveReplicationPeer')],
    ['two domains are compared', 'none', recordOf('es_CompareDomainConfiguration')],
  ),
  ...casesOf(
    'data-source-attached',
    ['a data source is added', 'MEDIUM', recordOf('es_AddDataSource')],
    ['a data source is updated', 'MEDIUM', recordOf('es_UpdateDataSource')],
    ['a direct-query data source is added', 'MEDIUM', recordOf('es_AddDirectQueryDataSource')],
    ['a direct-query data source is updated', 'MEDIUM', recordOf('es_UpdateDirectQueryDataSource')],
    ['a data source is attached to an application', 'MEDIUM', recordOf('es_AttachDataSource')],
    ['an application is created with a data source', 'MEDIUM', recordOf('es_CreateApplication')],
    [
      'an application is created without one',
      'none',
      recordOf('es_CreateApplication', { 'requestParameters/dataSources': [] }),
    ],
    ['an application is updated without one', 'none', recordOf('es_UpdateApplication')],
    ['a data source is deleted', 'none', recordOf('es_DeleteDataSource')],
  ),
  ...casesOf(
    'dashboard-admin-changed',
    ['administrators are named for a new application', 'HIGH', recordOf('es_CreateApplication')],
    ['administrators are named anew', 'HIGH', recordOf('es_UpdateApplication')],
    [
      'another setting of an application is changed',
      'none',
      recordOf('es_UpdateApplication', { 'requestParameters/appConfigs': [{ key: 'opensearchDashboards.theme' }] }),
    ],
    [
      'an application is updated without settings',
      'none',
      recordOf('es_UpdateApplication', { 'requestParameters/appConfigs': undefined }),
    ],
  ),
];
