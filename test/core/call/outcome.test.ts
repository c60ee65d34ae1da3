import { EVENT_NAMES, isDeletionOfNothing, operationOf } from '../../../core/call';

const NOT_FOUND = 'ResourceNotFoundException';

test('what is deleted without being there is a deletion of nothing, whatever deletes it', () => {
  const operations = new Set(EVENT_NAMES.map((name) => operationOf(name) ?? 'AddTags'));
  const deleting = [...operations].filter((operation) =>
    isDeletionOfNothing({ operation, outcome: 'failed', errorCode: NOT_FOUND }),
  );
  expect(deleting.toSorted()).toEqual([
    'DeleteApplication',
    'DeleteDataSource',
    'DeleteDirectQueryDataSource',
    'DeleteDomain',
    'DeleteElasticsearchServiceRole',
    'DeleteInboundConnection',
    'DeleteIndex',
    'DeleteOutboundConnection',
    'DeletePackage',
    'DeleteVpcEndpoint',
    'DeregisterCapability',
    'DetachDataSource',
    'DissociatePackage',
    'DissociatePackages',
    'RemoveReplicationPeer',
    'RemoveTags',
    'RevokeVpcEndpointAccess',
  ]);
});

describe('no deletion of nothing is', () => {
  test.each([
    ['one that succeeded', { operation: 'DeleteDomain', outcome: 'succeeded' }],
    ['one that was denied', { operation: 'DeleteDomain', outcome: 'denied', errorCode: 'AccessDeniedException' }],
    ['one that was refused', { operation: 'DeleteDomain', outcome: 'failed', errorCode: 'ValidationException' }],
    [
      'one that found something of a like name',
      { operation: 'DeleteDomain', outcome: 'failed', errorCode: 'ResourceNotFoundInTime' },
    ],
    ['one without a code', { operation: 'DeleteDomain', outcome: 'failed' }],
    ['an update of nothing', { operation: 'UpdateDomainConfig', outcome: 'failed', errorCode: NOT_FOUND }],
    ['a deletion that no catalogue knows', { outcome: 'failed', errorCode: NOT_FOUND }],
  ] as const)('%s', (_, call) => {
    expect(isDeletionOfNothing(call)).toBe(false);
  });
});
