import { chainNameOf, isTimely, newsSpans, toChainNews, type ChainNews, type HeardChain } from '../../../core/digest';
import { chainOfName } from '../../../core/digest/chain';

const HOUR = 3600_000;
const QUARTER = HOUR / 4;
const NOW = Date.parse('2026-11-29T12:00:00Z');
const text = (time: number): string => new Date(time).toISOString();

const keyOf = (account: string, region: string, end = '', organization = 'o-a1b2c3d4e5/'): string =>
  `AWSLogs/${organization}${account}/CloudTrail-Digest/${region}/2026/11/29/${account}_CloudTrail-Digest_${region}_a_trail_us-east-1_20261129T120000Z${end}.json.gz`;
const nameOf = (account: string, region: string): string =>
  chainNameOf({ bucket: 'trail-bucket', key: keyOf(account, region) });

const heardAt = (time: number, account = '111122223333', region = 'eu-west-1'): HeardChain => ({
  name: nameOf(account, region),
  heard: text(time),
});

/** What each of the looks, every quarter of an hour, says of a chain that is heard no more; hours after it was heard. */
function toldHours(hours: number, every = QUARTER): readonly number[] {
  const chain = heardAt(NOW);
  const told: number[] = [];
  for (let at = NOW + every; at <= NOW + hours * HOUR; at += every) {
    if (toChainNews([chain], newsSpans(text(at - every), at)).silent.length > 0) told.push((at - NOW) / HOUR);
  }
  return told;
}

test('a name of a chain says what it was made of', () => {
  expect(chainOfName(nameOf('111122223333', 'eu-west-1'))).toEqual({
    account: '111122223333',
    region: 'eu-west-1',
    trail: 'a_trail',
    place: 'trail-bucket/AWSLogs/o-a1b2c3d4e5',
  });
  expect(chainOfName(chainNameOf({ bucket: 'b', key: `a/b/${keyOf('1'.repeat(12), 'x', '', '')}` })).place).toBe(
    'b/a/b/AWSLogs',
  );
});

describe('a chain that is heard no more', () => {
  test('is told after three hours, again after a day and a week, and then no more', () => {
    expect(toldHours(24 * 40)).toEqual([3.25, 24.25, 168.25]);
  });

  test('is told as often where looks are rare: once for what was passed between two', () => {
    expect(toldHours(24 * 40, 2 * 24 * HOUR)).toEqual([48, 192]);
  });

  test('is not told as long as digests come, two hours and fifty-nine minutes apart', () => {
    const news = toChainNews([heardAt(NOW - 3 * HOUR + 60_000)], newsSpans(text(NOW - QUARTER), NOW));
    expect(news).toEqual({ silent: [], again: [] });
  });

  test.each([undefined, 'never', '', text(NOW + HOUR)])('is told where the last look was %j', (last) => {
    const chains = [heardAt(NOW - 4 * HOUR), heardAt(NOW - 300 * 24 * HOUR, '444455556666')];
    expect(toChainNews(chains, newsSpans(last, NOW)).silent.map(({ account }) => account)).toEqual([
      '111122223333',
      '444455556666',
    ]);
  });

  test('is told with the others of its account, by region, since the first of them', () => {
    const at = NOW - 3 * HOUR - 60_000;
    const chains = [
      heardAt(at, '444455556666'),
      heardAt(at, '111122223333', 'us-east-1'),
      heardAt(at - 60_000),
      heardAt(at),
    ];
    const place = { trail: 'a_trail', place: 'trail-bucket/AWSLogs/o-a1b2c3d4e5' };
    expect(toChainNews(chains, newsSpans(text(NOW - QUARTER), NOW)).silent).toEqual([
      { ...place, account: '111122223333', regions: ['eu-west-1', 'us-east-1'], since: text(at - 60_000) },
      { ...place, account: '444455556666', regions: ['eu-west-1'], since: text(at) },
    ]);
  });
});

describe('a chain that is heard again', () => {
  const again = { ...heardAt(NOW - 120_000), again: text(NOW - 120_000) };
  const at = (look: number): ChainNews => toChainNews([again], newsSpans(text(look - QUARTER), look));

  test('is told once', () => {
    expect(at(NOW)).toMatchObject({ silent: [], again: [{ account: '111122223333', since: text(NOW - 120_000) }] });
    expect(at(NOW + QUARTER)).toEqual({ silent: [], again: [] });
  });

  test('is told by the next look where it was written during this one, or by a clock that is behind', () => {
    expect(at(NOW - 100_000).again).toEqual([]);
    expect(at(NOW - 100_000 + QUARTER).again).toHaveLength(1);
  });

  test('and falls silent once more is told as silent', () => {
    expect(at(NOW + 3 * HOUR)).toMatchObject({ silent: [{ account: '111122223333' }], again: [] });
    const [dayBefore, later] = [text(NOW - 24 * HOUR), NOW + 4 * HOUR];
    expect(toChainNews([again], newsSpans(dayBefore, later))).toMatchObject({ silent: [{}], again: [] });
  });
});

describe('a digest', () => {
  const key = keyOf('111122223333', 'eu-west-1');

  test('shows that its chain is logged now, up to three hours after its end', () => {
    expect(isTimely({ key, end: '2026-11-29T11:00:00Z' }, NOW)).toBe(true);
    expect(isTimely({ key, end: '2026-11-29T09:00:01Z' }, NOW)).toBe(true);
    expect(isTimely({ key, end: '2026-11-29T09:00:00Z' }, NOW)).toBe(false);
  });

  test('of late log files shows nothing', () => {
    const backfill = keyOf('111122223333', 'eu-west-1', '_backfill');
    expect(isTimely({ key: backfill, end: '2026-11-29T11:00:00Z' }, NOW)).toBe(false);
  });
});
