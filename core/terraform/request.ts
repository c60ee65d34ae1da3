import { isAbsent, isObject, listOf, memberOf, textOf } from '../base/members';
import type { Kind, Request } from '../declared';
import type { Attributes } from './changes';

/** Names of the provider that differ from the API's by more than letter case and underscores. */
const RENAMED: Readonly<Record<string, string>> = {
  encrypt_at_rest: 'EncryptionAtRestOptions',
  node_to_node_encryption: 'NodeToNodeEncryptionOptions',
  cloudwatch_log_group_arn: 'CloudWatchLogsLogGroupArn',
  data_source: 'DataSources',
  app_config: 'AppConfigs',
  package_id: 'PackageID',
};

/** Blocks of which there may be several. */
const SEVERAL: ReadonlySet<string> = new Set(['data_source', 'app_config', 'maintenance_schedule', 'node_options']);

/** What of a resource is no part of a request. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'arn',
  'id',
  'dashboard_endpoint',
  'dashboard_endpoint_v2',
  'domain_id',
  'domain_endpoint_v2_hosted_zone_id',
  'endpoint',
  'endpoint_v2',
  'kibana_endpoint',
  'region',
  'tags',
  'tags_all',
  'timeouts',
]);

/** The request that a resource stands for, under the names of the API. */
export function requestOf(kind: Kind, attributes: Attributes): Request {
  const members = Object.entries(attributes).flatMap(([name, value]): [string, unknown][] => {
    if (LEFT_OUT.has(name)) return [];
    if (name === 'log_publishing_options') return [['LogPublishingOptions', logsOf(value)]];
    if (name === 'advanced_options') return isAbsent(value) ? [] : [['AdvancedOptions', value]];
    const read = valueOf(name, value);
    return read === undefined ? [] : [[named(name), read]];
  });
  const request = Object.fromEntries(members);
  return kind === 'outbound-connection' ? { ...request, ...sidesOf(request) } : request;
}

const named = (name: string): string =>
  RENAMED[name] ??
  name
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** A block is a list of one; `null` and empty lists are what is not there. */
function valueOf(name: string, value: unknown): unknown {
  if (isAbsent(value)) return undefined;
  if (Array.isArray(value)) {
    const items = value as readonly unknown[];
    if (items.length === 0) return undefined;
    if (!items.some(isObject)) return items.filter((item) => !isAbsent(item));
    return SEVERAL.has(name) ? items.map((item) => valueOf('', item)) : valueOf('', items[0]);
  }
  if (!isObject(value)) return value;
  const members = Object.entries(value).flatMap(([inner, member]): [string, unknown][] => {
    const read = valueOf(inner, member);
    return read === undefined ? [] : [[named(inner), read]];
  });
  return Object.fromEntries(members);
}

/** One block for each kind of log; of CloudFormation's provider the kinds are names. */
function logsOf(blocks: unknown): unknown {
  if (isObject(blocks))
    return Object.fromEntries(Object.entries(blocks).map(([type, log]) => [type, valueOf('', log)]));
  const logs = listOf(blocks).flatMap((block): [string, unknown][] => {
    const type = textOf(memberOf(block, 'log_type'));
    if (type === undefined) return [];
    const enabled = memberOf(block, 'enabled');
    const group = memberOf(block, 'cloudwatch_log_group_arn');
    return [[type, { Enabled: enabled ?? true, ...(!isAbsent(group) && { CloudWatchLogsLogGroupArn: group }) }]];
  });
  return Object.fromEntries(logs);
}

/** The two sides of a connection, each inside a block of the API's. */
const sidesOf = (request: Request): Request =>
  Object.fromEntries(
    ['LocalDomainInfo', 'RemoteDomainInfo'].map((side) => [side, { AWSDomainInformation: request[side] ?? {} }]),
  );
