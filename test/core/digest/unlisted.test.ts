import { unlistedIn, type Chain, type Digest } from '../../../core/digest';

const HOUR = 3600_000;
const START = Date.parse('2026-11-20T00:00:00Z');
const time = (hours: number): string => new Date(START + hours * HOUR).toISOString().replace('.000', '');

/** A chain of so many hours, without some of them. */
const chainOf = (account: string, region: string, hours: number, without: readonly number[] = []): Chain =>
  ({
    account,
    region,
    trail: 'a_trail',
    homeRegion: 'us-east-1',
    isBackfill: false,
    breaks: [],
    digests: Array.from({ length: hours }, (_, at) => at)
      .filter((at) => !without.includes(at))
      .map((at) => ({ start: time(at), end: time(at + 1) }) as Digest),
  }) as unknown as Chain;

const nameAt = (hours: number, account = '111122223333', region = 'eu-west-1'): string =>
  `${account}_CloudTrail_${region}_${time(hours).slice(0, 16).replace(/[-:]/g, '')}Z_abc.json.gz`;

const chain = chainOf('111122223333', 'eu-west-1', 6, [3]);

test.each([
  ['in the first hour', 0, true],
  ['at the end of an hour, which is in the next', 1, true],
  ['in the middle', 1.5, true],
  ['in an hour after which a digest is missing', 2.5, false],
  ['in the missing hour', 3.5, false],
  ['in the last hour, whose successor is to come', 5.5, false],
  ['before the first', -0.5, false],
  ['after the last', 9, false],
])('a log file %s', (_, hours, isUnlisted) => {
  expect(unlistedIn([nameAt(hours)], [chain])).toEqual(isUnlisted ? [nameAt(hours)] : []);
});

test('is asked of the chains of its account and region alone, and of all of these', () => {
  const other = chainOf('111122223333', 'eu-west-1', 2);
  expect(unlistedIn([nameAt(0.5, '444455556666'), nameAt(0.5, '111122223333', 'us-east-1')], [chain])).toEqual([]);
  expect(unlistedIn([nameAt(0.5)], [chainOf('111122223333', 'eu-west-1', 6, [0]), other])).toHaveLength(1);
  expect(unlistedIn([nameAt(0.5)], [{ ...chain, isBackfill: true }])).toEqual([]);
});

test('of a large organization asks each chain once whose it is, and not once for each log file', () => {
  const accounts = Array.from({ length: 200 }, (_, at) => String(100_000_000_000 + at));
  let asked = 0;
  const chains = accounts.map((account) =>
    Object.defineProperty({ ...chainOf(account, 'eu-west-1', 3) }, 'account', {
      get: () => {
        asked += 1;
        return account;
      },
    }),
  );
  expect(
    unlistedIn(
      accounts.map((account) => nameAt(0.5, account)),
      chains,
    ),
  ).toHaveLength(200);
  expect(asked).toBe(200);
});
