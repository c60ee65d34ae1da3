import { EVENT_NAMES, operationOf, toCall } from '../../../core/call';
import { REHEARSED_BY } from '../../../core/call/rehearsal';
import { asRecorded, MODELLED_OPERATIONS } from '../../support/models';
import { recordOf, type Changes } from '../../support/records';

const isRehearsal = (fixture: string, changes: Changes = {}): boolean | undefined =>
  toCall(recordOf(fixture, changes))?.isRehearsal;

test('the table is that of the models: which operations have the member that asks for a rehearsal', () => {
  const modelled = MODELLED_OPERATIONS.flatMap(({ eventName, members }) =>
    members
      .filter(({ path }) => /dryRun$|checkOnly|validateOnly|simulate|preview/i.test(path))
      .map(({ path, type }) => `${operationOf(eventName)} ${asRecorded(path)}: ${type}`),
  );
  const ours = [...REHEARSED_BY].map(([operation, flag]) => `${operation} ${flag}: boolean`);
  expect(ours.toSorted()).toEqual([...new Set(modelled)].sort());
});

const HTTPS_OFF = 'es_UpdateDomainConfig_https_off';
const DRY_RUN = 'requestParameters/dryRun';
const MODE = 'requestParameters/dryRunMode';

describe('a rehearsal is', () => {
  test.each([
    ['a dry run of an update', HTTPS_OFF, { [DRY_RUN]: true }],
    ['one that CloudTrail wrote as text', HTTPS_OFF, { [DRY_RUN]: 'true' }],
    ['one with a mode', HTTPS_OFF, { [DRY_RUN]: true, [MODE]: 'Verbose' }],
    ['one through the 2015 API', 'es_UpdateElasticsearchDomainConfig_https_off', { [DRY_RUN]: true }],
    ['a dry run of a cancellation', 'es_CancelDomainConfigChange_dry_run', {}],
    ['a dry run of replication', 'es_AddReplicationPeer', { [DRY_RUN]: true }],
    ['a check before an upgrade', 'es_UpgradeDomain_check_only', {}],
    [
      'a check before an upgrade through the 2015 API',
      'es_UpgradeElasticsearchDomain',
      { 'requestParameters/performCheckOnly': 'true' },
    ],
  ] as const)('%s', (_, fixture, changes) => {
    expect(isRehearsal(fixture, changes)).toBe(true);
  });
});

describe('no rehearsal is', () => {
  test.each([
    ['an update', HTTPS_OFF, {}],
    ['one that says it is meant', HTTPS_OFF, { [DRY_RUN]: false }],
    ['one that says so in text', HTTPS_OFF, { [DRY_RUN]: 'false' }],
    ['one whose flag is no flag', HTTPS_OFF, { [DRY_RUN]: 1 }],
    ['a mode of dry runs alone', HTTPS_OFF, { [MODE]: 'Basic' }],
    ['a mode of dry runs with the flag off', HTTPS_OFF, { [DRY_RUN]: false, [MODE]: 'Basic' }],
    ['the flag of upgrades on an update', HTTPS_OFF, { 'requestParameters/performCheckOnly': true }],
    ['the flag of updates on an upgrade', 'es_UpgradeDomain', { [DRY_RUN]: true }],
    ['a flag on a deletion', 'es_DeleteDomain', { [DRY_RUN]: true }],
    ['a flag on a deletion through the 2015 API', 'es_DeleteElasticsearchDomain', { [DRY_RUN]: true }],
    ['a flag on a creation', 'es_CreateDomain_public', { [DRY_RUN]: true }],
    ['a flag inside a block', HTTPS_OFF, { 'requestParameters/domainEndpointOptions/dryRun': true }],
    ['a flag on a call that no catalogue knows', 'es_ShareDomain', { [DRY_RUN]: true }],
    ['a flag on an update that no catalogue knows', HTTPS_OFF, { eventName: 'UpdateDomainConfigV2', [DRY_RUN]: true }],
  ] as const)('%s', (_, fixture, changes) => {
    expect(isRehearsal(fixture, changes)).toBe(false);
  });

  test('a call of any operation without a flag in its model, whatever flags it has', () => {
    const rehearsed = EVENT_NAMES.filter((eventName) => {
      const requestParameters = { domainName: 'logs', dryRun: true, performCheckOnly: true, dryRunMode: 'Basic' };
      return toCall({ eventSource: 'es.amazonaws.com', eventName, requestParameters })?.isRehearsal;
    });
    expect(new Set(rehearsed.map((name) => operationOf(name)))).toEqual(new Set(REHEARSED_BY.keys()));
  });
});
