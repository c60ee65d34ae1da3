import { recordOf } from '../../../support/records';
import { casesOf, type RuleCase } from './rule-case';

const CLUSTER = 'requestParameters/clusterConfig';

const SOFTWARE = 'requestParameters/softwareUpdateOptions';
const RETENTION = 'requestParameters/retentionOptions';
const CUTOVER = 'requestParameters/cutoverOptions';

/** A call that left a cluster with these options behind. */
const clusterBefore = (options: object): unknown =>
  recordOf('es_UpdateDomainConfig_cluster', { [CLUSTER]: { ...options } });

export const availabilityCases: readonly RuleCase[] = [
  ...casesOf(
    'resilience-reduced',
    ['zone awareness is turned off', 'MEDIUM', recordOf('es_UpdateDomainConfig_cluster')],
    [
      'zone awareness is turned off through the 2015 API',
      'MEDIUM',
      recordOf('es_UpdateElasticsearchDomainConfig_cluster'),
    ],
    [
      'zone awareness is turned on',
      'none',
      recordOf('es_UpdateDomainConfig_cluster', { [CLUSTER]: { zoneAwarenessEnabled: true } }),
    ],
    [
      'standby is turned off',
      'MEDIUM',
      recordOf('es_UpdateDomainConfig_cluster', { [CLUSTER]: { multiAZWithStandbyEnabled: 'false' } }),
    ],
    [
      'dedicated masters are turned off',
      'MEDIUM',
      recordOf('es_UpdateDomainConfig_cluster', { [CLUSTER]: { dedicatedMasterEnabled: false } }),
    ],
    ['the cluster grows', 'none', recordOf('es_UpdateDomainConfig_cluster', { [CLUSTER]: { instanceCount: 6 } })],
    [
      'nodes are removed',
      'MEDIUM',
      recordOf('es_UpdateDomainConfig_cluster', { [CLUSTER]: { instanceCount: 2 } }),
      recordOf('es_UpdateDomainConfig_volume'),
    ],
    [
      'nodes are added',
      'none',
      recordOf('es_UpdateDomainConfig_cluster', { [CLUSTER]: { instanceCount: 4 } }),
      recordOf('es_UpdateDomainConfig_volume'),
    ],
    [
      'nobody knows how many nodes there were',
      'none',
      recordOf('es_UpdateDomainConfig_cluster', { [CLUSTER]: { instanceCount: 2 } }),
    ],
    ['a domain is created without zone awareness', 'none', recordOf('es_CreateElasticsearchDomain_console')],
    [
      'zones are given up',
      'MEDIUM',
      recordOf('es_UpdateDomainConfig_cluster', { [CLUSTER]: { zoneAwarenessConfig: { availabilityZoneCount: 2 } } }),
      clusterBefore({ zoneAwarenessConfig: { availabilityZoneCount: 3 } }),
    ],
    [
      'a zone is added',
      'none',
      recordOf('es_UpdateDomainConfig_cluster', { [CLUSTER]: { zoneAwarenessConfig: { availabilityZoneCount: 3 } } }),
      clusterBefore({ zoneAwarenessConfig: { availabilityZoneCount: 2 } }),
    ],
    ...(
      [
        ['UltraWarm storage', { warmEnabled: false }, { warmEnabled: true }],
        ['cold storage', { coldStorageOptions: { enabled: false } }, { coldStorageOptions: { enabled: true } }],
      ] as const
    ).flatMap(([tier, off, on]) => [
      [
        `${tier} is given up`,
        'MEDIUM',
        recordOf('es_UpdateDomainConfig_cluster', { [CLUSTER]: { ...off } }),
        clusterBefore(on),
      ] as const,
      [
        `${tier} that was not there is sent as off`,
        'none',
        recordOf('es_UpdateDomainConfig_cluster', { [CLUSTER]: { ...off } }),
        clusterBefore(off),
      ] as const,
      [
        `${tier} is sent as off, and nobody knows whether it was there`,
        'none',
        recordOf('es_UpdateDomainConfig_cluster', { [CLUSTER]: { ...off } }),
      ] as const,
    ]),
  ),
  ...casesOf(
    'clone-cutover',
    [
      'the clone becomes the cluster of the domain',
      'MEDIUM',
      recordOf('es_UpdateClone', { [RETENTION]: undefined, [CUTOVER]: { target: 'ClonedCluster' } }),
    ],
    [
      'the primary stays the cluster of the domain, and the upgrade ends',
      'MEDIUM',
      recordOf('es_UpdateClone', { [RETENTION]: undefined, [CUTOVER]: { target: 'PrimaryCluster' } }),
    ],
    [
      'the primary becomes the cluster of the domain again',
      'MEDIUM',
      recordOf('es_UpdateClone', { [RETENTION]: { retentionAction: 'RollbackToPrimaryCluster' } }),
    ],
    ['the primary is deleted, which is another rule', 'none', recordOf('es_UpdateClone')],
    ['the primary is kept longer', 'none', recordOf('es_UpdateClone', { [RETENTION]: { retentionInHours: 72 } })],
    [
      'searches are sent to the clone, and go back as easily',
      'none',
      recordOf('es_UpdateClone', {
        [RETENTION]: undefined,
        'requestParameters/trafficSplitOptions': { strategy: 'ShiftReadTrafficPercent', cloneReadTrafficPercent: 10 },
      }),
    ],
  ),
  ...casesOf(
    'upgrade-started',
    ['an upgrade is started', 'MEDIUM', recordOf('es_UpgradeDomain')],
    ['an upgrade is started through the 2015 API', 'MEDIUM', recordOf('es_UpgradeElasticsearchDomain')],
    ['the eligibility for an upgrade is checked', 'INFORMATIONAL', recordOf('es_UpgradeDomain_check_only')],
    ['a software update is started', 'none', recordOf('es_StartServiceSoftwareUpdate')],
  ),
  ...casesOf(
    'software-update-held-back',
    ['an update is cancelled', 'MEDIUM', recordOf('es_CancelServiceSoftwareUpdate')],
    ['an update is cancelled through the 2015 API', 'MEDIUM', recordOf('es_CancelElasticsearchServiceSoftwareUpdate')],
    ['an update is rolled back', 'MEDIUM', recordOf('es_RollbackServiceSoftwareUpdate')],
    ['a scheduled action is moved', 'MEDIUM', recordOf('es_UpdateScheduledAction')],
    ['automatic updates are turned off', 'MEDIUM', recordOf('es_UpdateDomainConfig_automatic_updates_off')],
    [
      'automatic updates are turned on',
      'none',
      recordOf('es_UpdateDomainConfig_automatic_updates_off', {
        'requestParameters/softwareUpdateOptions/autoSoftwareUpdateEnabled': true,
      }),
    ],
    [
      'deployments bring no software any more',
      'MEDIUM',
      recordOf('es_UpdateDomainConfig_automatic_updates_off', {
        [SOFTWARE]: { useLatestServiceSoftwareForBlueGreen: false },
      }),
      recordOf('es_UpdateDomainConfig_automatic_updates_off', {
        [SOFTWARE]: { useLatestServiceSoftwareForBlueGreen: true },
      }),
    ],
    [
      'deployments that may have brought none bring none',
      'none',
      recordOf('es_UpdateDomainConfig_automatic_updates_off', {
        [SOFTWARE]: { useLatestServiceSoftwareForBlueGreen: false },
      }),
    ],
    ['an update is started', 'none', recordOf('es_StartServiceSoftwareUpdate')],
    ['an update is started through the 2015 API', 'none', recordOf('es_StartElasticsearchServiceSoftwareUpdate')],
  ),
  ...casesOf(
    'config-change-cancelled',
    ['a change under way is cancelled', 'MEDIUM', recordOf('es_CancelDomainConfigChange')],
    ['what would be cancelled is asked', 'INFORMATIONAL', recordOf('es_CancelDomainConfigChange_dry_run')],
    ['a software update is cancelled', 'none', recordOf('es_CancelServiceSoftwareUpdate')],
  ),
  ...casesOf(
    'domain-maintenance-started',
    ['a node is restarted', 'MEDIUM', recordOf('es_StartDomainMaintenance')],
    ['a software update is started', 'none', recordOf('es_StartServiceSoftwareUpdate')],
  ),
  ...casesOf(
    'connectivity-removed',
    ['a VPC endpoint is deleted', 'LOW', recordOf('es_DeleteVpcEndpoint')],
    ['access for VPC endpoints is revoked', 'LOW', recordOf('es_RevokeVpcEndpointAccess')],
    ['an inbound connection is deleted', 'LOW', recordOf('es_DeleteInboundConnection')],
    ['an outbound connection is deleted', 'LOW', recordOf('es_DeleteOutboundConnection')],
    ['an inbound connection is rejected', 'LOW', recordOf('es_RejectInboundConnection')],
    [
      'an inbound connection is deleted through the 2015 API',
      'LOW',
      recordOf('es_DeleteInboundCrossClusterSearchConnection'),
    ],
    [
      'an outbound connection is deleted through the 2015 API',
      'LOW',
      recordOf('es_DeleteOutboundCrossClusterSearchConnection'),
    ],
    [
      'an inbound connection is rejected through the 2015 API',
      'LOW',
      recordOf('es_RejectInboundCrossClusterSearchConnection'),
    ],
    ['a VPC endpoint is changed', 'none', recordOf('es_UpdateVpcEndpoint')],
  ),
];
