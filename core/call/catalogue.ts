/**
 * Every operation of the configuration API of Amazon Elasticsearch Service / Amazon OpenSearch Service, in both of its
 * generations (2015-01-01 and 2021-01-01). CloudTrail records the name that was called, under the same event source.
 *
 * Source: the API models of botocore and of the two SDK clients. A test holds this file against extracts of them, and
 * `npm run catalogue:check` against the newest.
 */

/** Calls that change something, under their current names. */
const CHANGES = [
  'AcceptInboundConnection',
  'AddDataSource',
  'AddDirectQueryDataSource',
  'AddReplicationPeer',
  'AddTags',
  'AssociatePackage',
  'AssociatePackages',
  'AttachDataSource',
  'AuthorizeVpcEndpointAccess',
  'CancelDomainConfigChange',
  'CancelServiceSoftwareUpdate',
  'CreateApplication',
  'CreateDomain',
  'CreateIndex',
  'CreateOutboundConnection',
  'CreatePackage',
  'CreateVpcEndpoint',
  'DeleteApplication',
  'DeleteDataSource',
  'DeleteDirectQueryDataSource',
  'DeleteDomain',
  'DeleteInboundConnection',
  'DeleteIndex',
  'DeleteOutboundConnection',
  'DeletePackage',
  'DeleteVpcEndpoint',
  'DeregisterCapability',
  'DetachDataSource',
  'DissociatePackage',
  'DissociatePackages',
  'FailoverReplication',
  'PurchaseReservedInstanceOffering',
  'PutDefaultApplicationSetting',
  'RegisterCapability',
  'RejectInboundConnection',
  'RemoveReplicationPeer',
  'RemoveTags',
  'RevokeVpcEndpointAccess',
  'RollbackServiceSoftwareUpdate',
  'StartDomainMaintenance',
  'StartMigration',
  'StartServiceSoftwareUpdate',
  'SwitchoverReplication',
  'UpdateApplication',
  'UpdateClone',
  'UpdateDataSource',
  'UpdateDirectQueryDataSource',
  'UpdateDomainConfig',
  'UpdateIndex',
  'UpdatePackage',
  'UpdatePackageScope',
  'UpdateScheduledAction',
  'UpdateVpcEndpoint',
  'UpgradeDomain',
  // Legacy only: the service-linked role is deleted through IAM today.
  'DeleteElasticsearchServiceRole',
] as const;

/**
 * Calls that read, under their current names. `InsightFeedback` is a thumb up or down, and `CompareDomainConfiguration`
 * tells where two domains differ: neither changes a configuration.
 */
const READS = [
  'CompareDomainConfiguration',
  'DescribeDataSourceAttachment',
  'DescribeDomain',
  'DescribeDomainAutoTunes',
  'DescribeDomainChangeProgress',
  'DescribeDomainConfig',
  'DescribeDomainHealth',
  'DescribeDomainNodes',
  'DescribeDomainReplication',
  'DescribeDomains',
  'DescribeDryRunProgress',
  'DescribeInboundConnections',
  'DescribeInsightDetails',
  'DescribeInstanceTypeLimits',
  'DescribeOutboundConnections',
  'DescribePackages',
  'DescribeReservedInstanceOfferings',
  'DescribeReservedInstances',
  'DescribeVpcEndpoints',
  'GetApplication',
  'GetCapability',
  'GetCompatibleVersions',
  'GetDataSource',
  'GetDefaultApplicationSetting',
  'GetDirectQueryDataSource',
  'GetDomainMaintenanceStatus',
  'GetIndex',
  'GetMigration',
  'GetPackageVersionHistory',
  'GetUpgradeHistory',
  'GetUpgradeStatus',
  'InsightFeedback',
  'ListApplications',
  'ListDataSourceAttachments',
  'ListDataSources',
  'ListDirectQueryDataSources',
  'ListDomainMaintenances',
  'ListDomainNames',
  'ListDomainsForPackage',
  'ListInsights',
  'ListInstanceTypeDetails',
  'ListMigrations',
  'ListPackagesForDomain',
  'ListScheduledActions',
  'ListTags',
  'ListVersions',
  'ListVpcEndpointAccess',
  'ListVpcEndpoints',
  'ListVpcEndpointsForDomain',
] as const;

/** Names of the 2015 API that the 2021 API renamed, with their current names. */
const RENAMED = {
  AcceptInboundCrossClusterSearchConnection: 'AcceptInboundConnection',
  CancelElasticsearchServiceSoftwareUpdate: 'CancelServiceSoftwareUpdate',
  CreateElasticsearchDomain: 'CreateDomain',
  CreateOutboundCrossClusterSearchConnection: 'CreateOutboundConnection',
  DeleteElasticsearchDomain: 'DeleteDomain',
  DeleteInboundCrossClusterSearchConnection: 'DeleteInboundConnection',
  DeleteOutboundCrossClusterSearchConnection: 'DeleteOutboundConnection',
  DescribeElasticsearchDomain: 'DescribeDomain',
  DescribeElasticsearchDomainConfig: 'DescribeDomainConfig',
  DescribeElasticsearchDomains: 'DescribeDomains',
  DescribeElasticsearchInstanceTypeLimits: 'DescribeInstanceTypeLimits',
  DescribeInboundCrossClusterSearchConnections: 'DescribeInboundConnections',
  DescribeOutboundCrossClusterSearchConnections: 'DescribeOutboundConnections',
  DescribeReservedElasticsearchInstanceOfferings: 'DescribeReservedInstanceOfferings',
  DescribeReservedElasticsearchInstances: 'DescribeReservedInstances',
  GetCompatibleElasticsearchVersions: 'GetCompatibleVersions',
  ListElasticsearchInstanceTypes: 'ListInstanceTypeDetails',
  ListElasticsearchVersions: 'ListVersions',
  PurchaseReservedElasticsearchInstanceOffering: 'PurchaseReservedInstanceOffering',
  RejectInboundCrossClusterSearchConnection: 'RejectInboundConnection',
  StartElasticsearchServiceSoftwareUpdate: 'StartServiceSoftwareUpdate',
  UpdateElasticsearchDomainConfig: 'UpdateDomainConfig',
  UpgradeElasticsearchDomain: 'UpgradeDomain',
} as const;

/** The current name of an operation: what rules are written against. */
export type Operation = (typeof CHANGES)[number] | (typeof READS)[number];

/** The name of an operation of either generation: what CloudTrail records as `eventName`. */
export type EventName = Operation | keyof typeof RENAMED;

/** `change` alters a configuration or its data; `read` alters nothing. */
export type Access = 'change' | 'read';

const CURRENT_NAMES: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ...[...CHANGES, ...READS].map((name) => [name, name] as const),
  ...Object.entries(RENAMED),
]);

const CHANGING: ReadonlySet<string> = new Set(CHANGES);

/** All names of both generations, sorted. */
export const EVENT_NAMES: readonly EventName[] = [...CURRENT_NAMES.keys()].sort() as EventName[];

/** The operation behind a recorded event name of either generation, `undefined` for a name in neither. */
export function operationOf(eventName: string): Operation | undefined {
  return CURRENT_NAMES.get(eventName);
}

export function accessOf(operation: Operation): Access {
  return CHANGING.has(operation) ? 'change' : 'read';
}
