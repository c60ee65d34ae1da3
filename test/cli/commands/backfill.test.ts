import { readFileSync, writeFileSync } from 'node:fs';
import { logFilesIn } from '../../../core/notification';
import { backfillWith, type BackfillEffects } from '../../../cli/commands/backfill';
import { runCommand } from '../../../cli/program';
import type { List } from '../../../cli/sources/s3-keys';
import { toldBy, type Told } from '../../support/console';
import { temporaryFolder } from '../../support/log-files';

const { at } = temporaryFolder();

const QUEUE = 'https://sqs.eu-west-1.amazonaws.com/111122223333/Queue';
const TODAY = Date.parse('2026-11-29T12:00:00Z');

/** `count` log files on each of these days, in two regions. */
function keysOf(days: readonly string[], count: number): readonly string[] {
  return ['eu-west-1', 'us-east-1'].flatMap((region) =>
    days.flatMap((day) => {
      const folder = `AWSLogs/111122223333/CloudTrail/${region}/${day.replaceAll('-', '/')}/`;
      return Array.from({ length: count }, (_, number) => `${folder}${String(number).padStart(6, '0')}.json.gz`);
    }),
  );
}

/** A bucket of these keys, 1,000 to a page, as S3 lists. */
function listOf(keys: readonly string[]): List {
  const folders = new Map<string, string[]>();
  for (const key of keys) {
    const folder = key.slice(0, key.lastIndexOf('/') + 1);
    const inIt = folders.get(folder);
    if (inIt) inIt.push(key);
    else folders.set(folder, [key]);
  }
  return async ({ prefix, isFlat, token }) => {
    if (!isFlat) {
      const deeper = [...folders.keys()].filter((folder) => folder.startsWith(prefix));
      const names = deeper.map((folder) => folder.slice(0, folder.indexOf('/', prefix.length) + 1));
      return { objects: [], folders: [...new Set(names)], nextToken: undefined };
    }
    const start = Number(token ?? 0);
    const all = folders.get(prefix) ?? [];
    const page = all.slice(start, start + 1000).map((key) => ({ key, size: 1000 }));
    return { objects: page, folders: [], nextToken: start + 1000 < all.length ? String(start + 1000) : undefined };
  };
}

interface World extends BackfillEffects {
  readonly announced: string[];
  readonly clock: () => number;
  /** The last message. */
  readonly last: () => string;
}

/** A bucket, a queue that takes messages at once, and a clock that only waiting moves. */
function worldOf(keys: readonly string[], refuse: (request: number) => readonly number[] | Error = () => []): World {
  const announced: string[] = [];
  let [clock, requests, last] = [0, 0, ''];
  const world: World = {
    announced,
    clock: () => clock,
    last: () => last,
    now: () => clock,
    pause: async (milliseconds) => {
      clock += milliseconds;
    },
    today: () => TODAY,
    bucketOf: async () => ({ list: listOf(keys), get: async () => new Uint8Array() }),
    queueAt: async () => async (bodies) => {
      requests += 1;
      const refused = refuse(requests);
      if (refused instanceof Error) throw refused;
      expect(bodies.length).toBeLessThanOrEqual(10);
      for (const [place, body] of bodies.entries()) {
        if (refused.includes(place)) continue;
        announced.push(...(JSON.parse(body) as { readonly s3ObjectKey: readonly string[] }).s3ObjectKey);
        last = body;
      }
      return refused;
    },
  };
  return world;
}

const run = (world: BackfillEffects, ...args: readonly string[]): Promise<Told> =>
  toldBy((console) => runCommand(backfillWith(world), args, console, 'es-config-monitor backfill'));

let files = 0;
const stateFile = (): string => at(`backfill-${(files += 1)}.json`);
const asked = (file: string, ...more: readonly string[]): readonly string[] => [
  '--queue',
  QUEUE,
  '--since',
  '2026-11-20',
  '--until',
  '2026-11-24',
  '--resume',
  file,
  ...more,
  's3://my-trail-bucket',
];

const DAYS = ['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24'];

test('100,000 log files, killed half-way: each is announced, and only the request under way twice', async () => {
  const keys = keysOf(DAYS, 10_000);
  const file = stateFile();
  const killed = worldOf(keys, (request) => (request === 5_003 ? new Error('killed') : []));
  const first = await run(killed, ...asked(file, '--rate', '1000'));
  expect(first).toMatchObject({
    code: 2,
    err: expect.stringContaining('50020 log files were announced; the same command goes on') as string,
  });

  const resumed = worldOf(keys);
  const second = await run(resumed, ...asked(file, '--rate', '1000'));
  expect(second).toMatchObject({ code: 0, out: '100000 log files announced, of 2026-11-20 to 2026-11-24\n' });
  expect(killed.announced.length + resumed.announced.length).toBe(100_000);
  expect(new Set([...killed.announced, ...resumed.announced]).size).toBe(100_000);
  expect([...killed.announced, ...resumed.announced]).toEqual(keys);
});

test('it goes on the next day with the days that were asked for at first, and begins anew once it is done', async () => {
  const keys = keysOf([...DAYS, '2026-11-28', '2026-11-29', '2026-11-30'], 10);
  const file = stateFile();
  const words = ['--queue', QUEUE, '--since', '7d', '--resume', file, 's3://my-trail-bucket'];
  const killed = worldOf(keys, (request) => (request === 4 ? new Error('killed') : []));
  expect(await run(killed, ...words)).toMatchObject({ code: 2 });

  const tomorrow = { today: () => TODAY + 24 * 3600_000 };
  const resumed = worldOf(keys);
  expect(await run({ ...resumed, ...tomorrow }, ...words)).toMatchObject({
    code: 0,
    out: '100 log files announced, of 2026-11-22 to 2026-11-29\n',
  });
  const wanted = keysOf(['2026-11-22', '2026-11-23', '2026-11-24', '2026-11-28', '2026-11-29'], 10);
  expect([...killed.announced, ...resumed.announced]).toEqual(wanted);

  const anew = worldOf(keys);
  expect(await run({ ...anew, ...tomorrow }, ...words)).toMatchObject({
    code: 0,
    out: '100 log files announced, of 2026-11-23 to 2026-11-30\n',
  });
});

test('a message announces its log file to the function', async () => {
  const keys = keysOf(DAYS, 1);
  const world = worldOf(keys);
  await run(world, ...asked(stateFile()));
  expect(logFilesIn(world.last())).toEqual({
    logFiles: [{ bucket: 'my-trail-bucket', key: keys.at(-1) }],
    skipped: [],
  });
});

test('the rate is held, and waiting for the queue does not raise it', async () => {
  const keys = keysOf(DAYS, 100);
  const steady = worldOf(keys);
  await run(steady, ...asked(stateFile(), '--rate', '50'));
  expect(steady.announced).toHaveLength(1000);
  expect(steady.clock()).toBe((990 / 50) * 1000);
  const refusing = worldOf(keys, (request) => (request % 7 === 0 ? [0, 3] : []));
  await run(refusing, ...asked(stateFile(), '--rate', '50'));
  expect([...refusing.announced].sort()).toEqual([...keys].sort());
  expect(refusing.clock()).toBeGreaterThanOrEqual(steady.clock());
});

test('only the days, accounts and regions asked for are announced', async () => {
  const keys = keysOf(['2026-11-19', ...DAYS, '2026-11-25'], 2);
  const all = worldOf(keys);
  await run(all, ...asked(stateFile()));
  expect(all.announced).toEqual(keysOf(DAYS, 2));
  const region = worldOf(keys);
  await run(region, ...asked(stateFile(), '--region', 'us-east-1'));
  expect(region.announced).toEqual(keysOf(DAYS, 2).filter((key) => key.includes('us-east-1')));
});

test('a queue that keeps refusing ends it, and what was announced stays done', async () => {
  const keys = keysOf(DAYS, 4);
  const file = stateFile();
  const told = await run(
    worldOf(keys, (request) => (request > 2 ? [0] : [])),
    ...asked(file),
  );
  expect(told).toMatchObject({
    code: 2,
    err: expect.stringContaining('the queue did not take 1 of 10 messages') as string,
  });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ announced: 20, lastKey: keys[19] });
});

test('a key that is there no more makes it begin anew rather than leave anything out', async () => {
  const keys = keysOf(DAYS, 4);
  const file = stateFile();
  await run(
    worldOf(keys, (request) => (request === 3 ? new Error('killed') : [])),
    ...asked(file),
  );
  const without = keys.filter((_, place) => place !== 19);
  const resumed = worldOf(without);
  await run(resumed, ...asked(file));
  expect(resumed.announced).toEqual(without);
});

test('--dry-run counts and announces nothing', async () => {
  const world = worldOf(keysOf(DAYS, 100));
  expect(await run(world, ...asked(stateFile(), '--dry-run'))).toMatchObject({
    code: 0,
    out: '1000 log files of 2026-11-20 to 2026-11-24, 1.0 MiB: 100 requests to the queue, 50 seconds at 20 a second; nothing was announced\n',
  });
  expect(world.announced).toEqual([]);
});

test('days without a log file are no success', async () => {
  expect(await run(worldOf([]), ...asked(stateFile()))).toMatchObject({
    code: 2,
    err: expect.stringContaining('has no log file of 2026-11-20 to 2026-11-24') as string,
  });
});

describe('what cannot be is refused', () => {
  const refusal = async (...args: readonly string[]): Promise<string> =>
    run(worldOf(keysOf(DAYS, 1)), ...args).then(
      () => 'nothing was refused',
      (error: Error) => error.message,
    );

  test('a range without a beginning', async () => {
    expect(await refusal('--queue', QUEUE, 's3://my-trail-bucket')).toMatch(/--since must be given, such as 30d/);
  });

  test('a range that ends before it begins', async () => {
    const args = ['--queue', QUEUE, '--since', '2026-11-20', '--until', '2026-11-19', 's3://my-trail-bucket'];
    expect(await refusal(...args)).toBe('--since 2026-11-20 is after --until 2026-11-19');
  });

  test.each([
    'arn:aws:sqs:eu-west-1:111122223333:Queue',
    'http://sqs.eu-west-1.amazonaws.com/111122223333/Queue',
    'Queue',
  ])('the queue %s', async (queue) => {
    expect(await refusal('--queue', queue, '--since', '30d', 's3://my-trail-bucket')).toMatch(
      /^--queue is .*allowed: the URL of a queue/,
    );
  });

  test('no queue', async () =>
    expect(await refusal('--since', '30d', 's3://my-trail-bucket')).toMatch(/--queue must be given/));
  test('no bucket', async () =>
    expect(await refusal('--queue', QUEUE, '--since', '30d', 'folder/')).toMatch(/s3:\/\/BUCKET/));

  test('to go on with another backfill', async () => {
    const file = stateFile();
    await run(
      worldOf(keysOf(DAYS, 4), (request) => (request === 2 ? new Error('killed') : [])),
      ...asked(file),
    );
    const other = [
      '--queue',
      QUEUE,
      '--since',
      '2026-11-21',
      '--until',
      '2026-11-24',
      '--resume',
      file,
      's3://my-trail-bucket',
    ];
    expect(await refusal(...other)).toMatch(/is of another backfill: its first "2026-11-20", not "2026-11-21"/);
  });

  test.each(['', 'null', '{"announced":1}', '[1]'])('to go on by a file that holds %j', async (text) => {
    const file = stateFile();
    writeFileSync(file, text);
    expect(await refusal(...asked(file))).toMatch(/is no file of a backfill/);
  });
});
