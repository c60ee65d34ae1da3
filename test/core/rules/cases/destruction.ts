import { recordOf } from '../../../support/records';
import { casesOf, type RuleCase } from './rule-case';

const PAUSE = 'requestParameters/automatedSnapshotPauseOptions/enabled';

const LOSS = 'requestParameters/allowDataLoss';
const RETENTION = 'requestParameters/retentionOptions';
const CUTOVER = 'requestParameters/cutoverOptions';
const CLONED = 'requestParameters/deploymentStrategyOptions/clonedBlueGreenOptions';

export const destructionCases: readonly RuleCase[] = [
  ...casesOf(
    'domain-deleted',
    ['a domain is deleted', 'CRITICAL', recordOf('es_DeleteDomain')],
    ['a domain is deleted through the 2015 API', 'CRITICAL', recordOf('es_DeleteElasticsearchDomain')],
    ['a domain that does not exist', 'INFORMATIONAL', recordOf('es_DeleteElasticsearchDomain_missing')],
    [
      'a domain that is in use, and stays',
      'HIGH',
      recordOf('es_DeleteElasticsearchDomain_missing', { errorCode: 'ResourceInUseException' }),
    ],
    [
      'a domain that exists, whatever a response says',
      'CRITICAL',
      recordOf('es_DeleteElasticsearchDomain_missing', { errorCode: undefined }),
    ],
    ['a denied deletion', 'HIGH', recordOf('es_DeleteDomain_denied')],
    ['a domain is created', 'none', recordOf('es_CreateDomain_hardened')],
    ['a domain is described', 'none', recordOf('es_DescribeDomain')],
  ),
  ...casesOf(
    'index-deleted',
    ['an index is deleted', 'HIGH', recordOf('es_DeleteIndex')],
    ['an index is created', 'none', recordOf('es_CreateIndex')],
    [
      'an index that does not exist',
      'INFORMATIONAL',
      recordOf('es_DeleteIndex', { errorCode: 'ResourceNotFoundException', responseElements: null }),
    ],
    [
      'an index of a domain that refuses',
      'MEDIUM',
      recordOf('es_DeleteIndex', { errorCode: 'DependencyFailureException', responseElements: null }),
    ],
  ),
  ...casesOf(
    'snapshots-paused',
    ['snapshots are paused', 'HIGH', recordOf('es_UpdateDomainConfig_snapshots_paused')],
    ['snapshots are paused, as text', 'HIGH', recordOf('es_UpdateDomainConfig_snapshots_paused', { [PAUSE]: 'true' })],
    ['the pause is ended', 'none', recordOf('es_UpdateDomainConfig_snapshots_paused', { [PAUSE]: false })],
    [
      'an update during a pause changes something else',
      'none',
      recordOf('es_UpdateDomainConfig_snapshots_paused', {
        'requestParameters/automatedSnapshotPauseOptions': undefined,
      }),
    ],
    [
      'a domain is created with snapshots paused',
      'HIGH',
      recordOf('es_CreateDomain_hardened', {
        'responseElements/domainStatus/automatedSnapshotPauseOptions/enabled': true,
      }),
    ],
    ['a domain is created with snapshots', 'none', recordOf('es_CreateDomain_hardened')],
  ),
  ...casesOf(
    'service-role-deleted',
    ['the service-linked role is deleted', 'HIGH', recordOf('es_DeleteElasticsearchServiceRole')],
    ['an application is deleted', 'none', recordOf('es_DeleteApplication')],
  ),
  ...casesOf(
    'replication-failover',
    ['the secondary takes over and gives up what was not copied', 'HIGH', recordOf('es_FailoverReplication')],
    ['the same, as text', 'HIGH', recordOf('es_FailoverReplication', { [LOSS]: 'true' })],
    ['a loss that is not spoken of', 'HIGH', recordOf('es_FailoverReplication', { [LOSS]: undefined })],
    [
      'a loss that is ruled out, which the service refuses',
      'none',
      recordOf('es_FailoverReplication', { [LOSS]: false }),
    ],
    [
      'a denied attempt, of which nothing is known',
      'MEDIUM',
      recordOf('es_FailoverReplication', {
        requestParameters: null,
        responseElements: null,
        errorCode: 'AccessDenied',
      }),
    ],
    [
      'a peer that does not exist',
      'MEDIUM',
      recordOf('es_FailoverReplication', { responseElements: null, errorCode: 'ResourceNotFoundException' }),
    ],
    ['the two domains change places without a loss', 'none', recordOf('es_SwitchoverReplication')],
  ),
  ...casesOf(
    'replication-changed',
    ['the peer is removed', 'MEDIUM', recordOf('es_RemoveReplicationPeer')],
    ['the two domains change places', 'MEDIUM', recordOf('es_SwitchoverReplication')],
    [
      'a peer that is not there is removed',
      'INFORMATIONAL',
      recordOf('es_RemoveReplicationPeer', { responseElements: null, errorCode: 'ResourceNotFoundException' }),
    ],
    ['a peer is added', 'none', recordOf('es_AddReplicationPeer')],
    ['two domains are compared', 'none', recordOf('es_CompareDomainConfiguration')],
  ),
  ...casesOf(
    'primary-cluster-deleted',
    ['the time in which the primary is kept ends with its deletion', 'HIGH', recordOf('es_UpdateClone')],
    ['it is given more time', 'none', recordOf('es_UpdateClone', { [RETENTION]: { retentionInHours: 72 } })],
    [
      'it becomes the cluster of the domain again',
      'none',
      recordOf('es_UpdateClone', { [RETENTION]: { retentionAction: 'RollbackToPrimaryCluster' } }),
    ],
    [
      'the clone becomes the cluster of the domain',
      'none',
      recordOf('es_UpdateClone', { [RETENTION]: undefined, [CUTOVER]: { target: 'ClonedCluster' } }),
    ],
    [
      'an upgrade that asks for it at the start',
      'HIGH',
      recordOf('es_UpgradeDomain', {
        [CLONED]: { retentionOptions: { retentionAction: 'DeletePrimaryCluster' } },
      }),
    ],
    [
      'an upgrade that keeps it for a day',
      'none',
      recordOf('es_UpgradeDomain', { [CLONED]: { retentionOptions: { retentionInHours: 24 } } }),
    ],
  ),
  ...casesOf(
    'application-deleted',
    ['an application is deleted', 'MEDIUM', recordOf('es_DeleteApplication')],
    ['an application is updated', 'none', recordOf('es_UpdateApplication')],
  ),
  ...casesOf(
    'data-source-deleted',
    ['a data source is deleted', 'MEDIUM', recordOf('es_DeleteDataSource')],
    ['a direct-query data source is deleted', 'MEDIUM', recordOf('es_DeleteDirectQueryDataSource')],
    ['a data source is detached, not deleted', 'none', recordOf('es_DetachDataSource')],
    ['a data source is updated', 'none', recordOf('es_UpdateDataSource')],
  ),
];
