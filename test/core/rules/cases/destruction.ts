import { recordOf } from '../../../support/records';
import { casesOf, type RuleCase } from './rule-case';

const PAUSE = 'requestParameters/automatedSnapshotPauseOptions/enabled';

export const destructionCases: readonly RuleCase[] = [
  ...casesOf(
    'domain-deleted',
    ['a domain is deleted', 'CRITICAL', recordOf('es_DeleteDomain')],
    ['a domain is deleted through the 2015 API', 'CRITICAL', recordOf('es_DeleteElasticsearchDomain')],
    ['a domain that does not exist', 'HIGH', recordOf('es_DeleteElasticsearchDomain_missing')],
    ['a denied deletion', 'HIGH', recordOf('es_DeleteDomain_denied')],
    ['a domain is created', 'none', recordOf('es_CreateDomain_hardened')],
    ['a domain is described', 'none', recordOf('es_DescribeDomain')],
  ),
  ...casesOf(
    'index-deleted',
    ['an index is deleted', 'HIGH', recordOf('es_DeleteIndex')],
    ['an index is created', 'none', recordOf('es_CreateIndex')],
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
