import { expectedOfOwners } from '../../../core/state/owners';

const PREFIX = 'arn:aws:sns:eu-west-1:111122223333:EsConfigMonitor-owner-';
const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:undelivered';

test('of owners it is wanted that each has a topic that is heard, and its subscribers, confirmed and without a filter', () => {
  const subscribers = { search: ['search@example.com'], 'the shop': [] };
  const [topic, subscription, ...others] = expectedOfOwners({
    owners: { topicPrefix: PREFIX, deadLetterQueue: QUEUE, subscribers },
  });
  expect(topic).toEqual({
    kind: 'topic',
    name: expect.stringMatching(/:EsConfigMonitor-owner-search-[0-9a-f]{8}$/) as string,
    must: { policy: null, isHeard: true },
  });
  expect(subscription).toEqual({
    kind: 'subscription',
    name: `${topic?.name} email search@example.com`,
    must: {
      topicArn: topic?.name,
      protocol: 'email',
      endpoint: 'search@example.com',
      isConfirmed: true,
      filterPolicy: null,
      isRaw: false,
      deadLetterQueue: QUEUE,
    },
  });
  expect(others).toMatchObject([
    { kind: 'topic', name: expect.stringMatching(/-owner-the-shop-[0-9a-f]{8}$/) as string },
  ]);
});

test('where nobody owns anything, nothing is wanted', () => {
  expect(expectedOfOwners({})).toEqual([]);
});
