import { hoursOf } from '../../../cli/verify/delivered';
import { verified } from '../../../cli/verify/verified';
import type { Digest } from '../../../core/digest';

/** More than a call takes arguments. */
const MANY = 150_000;

test('as many chains as a large organization has are held to the newest of all', () => {
  const digests = Array.from({ length: MANY }, (_, at) => {
    const account = String(100_000_000_000 + at);
    const key = `AWSLogs/${account}/CloudTrail-Digest/x/${account}_CloudTrail-Digest_x_t_x_20261120T090000Z.json.gz`;
    const end = at === 0 ? '2026-11-20T05:00:00Z' : '2026-11-20T09:00:00Z';
    const digest = { account, region: 'x', trail: 't', bucket: 'b', key, hash: 'h', start: end, end, logFiles: [] };
    return { digest: digest as unknown as Digest, name: key, isMoved: false };
  });
  const { chains } = verified({ digests, seenOf: () => [], names: [], unread: [] });
  expect(chains.filter(({ endsEarly }) => endsEarly).map(({ chain }) => chain.account)).toEqual(['100000000000']);
});

test('as many digests as it writes are of the hours from the first to the last', () => {
  const hour = { start: '2026-11-20T08:00:00Z', end: '2026-11-20T09:00:00Z' };
  const digests = [...Array.from({ length: MANY }, () => hour), { ...hour, start: '2026-11-19T23:00:00Z' }];
  expect(hoursOf(digests)).toEqual({ from: '2026-11-19T23:00:00Z', to: '2026-11-20T09:00:00Z' });
});
