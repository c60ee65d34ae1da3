import { buildSync } from 'esbuild';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { BroadcastChannel } from 'node:worker_threads';
import { filesUnder, type Source } from '../../../cli/sources/paths';
import { WATCHED_CALLS } from '../../../core/base/watched-calls';
import { readInTurn, threadsWorth, type SourceRead } from '../../../cli/sources/reading';
import type { Input } from '../../../core/export';
import { readInThreads } from '../../../cli/sources/threads';
import { recordNamed } from '../../support/golden';
import { temporaryFolder } from '../../support/log-files';
import { ROOT } from '../../support/root';

const { at, file, logFile } = temporaryFolder();

/** The command line as JavaScript, whose threads read. */
function builtProgram(): string {
  const outfile = at('program.cjs');
  buildSync({
    entryPoints: ['bin/es-config-monitor.ts'],
    absWorkingDir: ROOT,
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    target: 'node20',
    external: ['@aws-sdk/*'],
    outfile,
    logLevel: 'error',
  });
  return outfile;
}

async function all(reading: AsyncIterable<SourceRead>) {
  const told: unknown[] = [];
  for await (const { source, input, error } of reading)
    told.push([source.name, input, (error as Error | undefined)?.message]);
  return told;
}

test('threads read what one thread reads, in the same order, and each error with its file', async () => {
  for (let number = 0; number < 100; number++) {
    logFile(`logs/${String(number).padStart(3, '0')}.json.gz`, {
      ...recordNamed('tags-added'),
      eventID: `id-${number}`,
    });
  }
  file('logs/050.json.gz', 'damaged');
  file('logs/060.json', '[{"a":1}]');
  file('logs/070.json', '{"logFiles":[],"digestS3Bucket":"trail"}');
  file('logs/080.json', '{"Records":[]}\n{"Records":[{"eventVersion":');
  file('logs/090.json', '{"Records":[]}');
  const { sources: each } = filesUnder([at('logs')], []);
  // As many that there are some left when the threads have started.
  const sources = Array.from({ length: 40 }, () => each).flat();
  const inThreads = await all(readInThreads(sources, WATCHED_CALLS, builtProgram(), 2));
  expect(inThreads).toEqual(await all(readInTurn(sources, WATCHED_CALLS)));
  expect(inThreads).toHaveLength(40 * 104);
}, 60_000);

test('files that are inflated at once are told in their order, the large before the small', async () => {
  const noise = randomBytes(1_000_000).toString('base64');
  for (let number = 0; number < 6; number++) {
    const others = number % 2 === 0 ? [{ eventSource: 's3.amazonaws.com', noise }] : [];
    logFile(`mixed/${number}.json.gz`, ...others, { ...recordNamed('tags-added'), eventID: `id-${number}` });
  }
  const { sources } = filesUnder([at('mixed')], []);
  const told = (await all(readInTurn(sources, WATCHED_CALLS))) as readonly (readonly [string, Input])[];
  expect(told.map(([name, { records }]) => [name, records.map(({ eventID }) => eventID)])).toEqual(
    [0, 1, 2, 3, 4, 5].map((number) => [at(`mixed/${number}.json.gz`), [`id-${number}`]]),
  );
});

test('of files on many cores no more are in memory than Node.js inflates at once, and two that are ready', async () => {
  for (let number = 0; number < 20; number++) logFile(`many/${number}.json`, recordNamed('tags-added'));
  const { sources } = filesUnder([at('many')], []);
  let begun = 0;
  const counted = sources.map(({ read, ...source }) => ({ ...source, read: () => ((begun += 1), read()) }));
  const ahead: number[] = [];
  let told = 0;
  for await (const { error } of readInTurn(counted, WATCHED_CALLS, undefined, 64)) {
    expect(error).toBeUndefined();
    ahead.push(begun - told);
    told += 1;
  }
  expect(Math.max(...ahead)).toBe(6);
  expect(told).toBe(20);
});

test.each([
  ['500 files of 100 KB', 500, 100_000, 64, 3],
  ['10 files of 1.1 MB', 10, 1_100_000, 64, 0],
  ['11 files of 1.1 MB', 11, 1_100_000, 64, 1],
  ['11 files of 1.1 MB on one core', 11, 1_100_000, 1, 0],
  ['5,000 files of 4 KB, which also cost something each', 5_000, 4_000, 64, 1],
  ['4,000 files of 4 KB', 4_000, 4_000, 64, 0],
  ['100,000 files of 4 KB', 100_000, 4_000, 64, 20],
  ['one file of 50 MB', 1, 50_000_000, 64, 0],
  ['two files of 50 MB', 2, 50_000_000, 64, 1],
])(
  'threads are started where they save time and memory holds what they read: %s',
  (_, count, bytes, cores, threads) => {
    const name = at('sparse.json.gz');
    file('sparse.json.gz', '');
    truncateSync(name, bytes);
    const source = { name, file: name, isNamed: false, read: () => Promise.resolve(Buffer.of()) };
    expect(
      threadsWorth(
        Array.from({ length: count }, () => source),
        cores,
      ),
    ).toBe(threads);
  },
);

test('a large file among very many small ones keeps no thread from them', () => {
  const sourceOf = (name: string, bytes: number): Source => {
    file(name, '');
    truncateSync(at(name), bytes);
    return { name, file: at(name), isNamed: false, read: () => Buffer.of() };
  };
  const small = sourceOf('small.json.gz', 20_000);
  const sources = [sourceOf('large.json.gz', 70_000), ...Array.from({ length: 99_999 }, () => small)];
  expect(threadsWorth(sources, 64)).toBeGreaterThanOrEqual(46);
});

test.each([
  ['large', 1, 1_000_000],
  ['full of calls', 3_000, 0],
])(
  'threads read no further than memory should hold while nothing is told: files that are %s',
  async (_, calls, noise) => {
    const others = [{ eventSource: 's3.amazonaws.com', noise: randomBytes(noise).toString('base64') }];
    const written = logFile(
      'ahead.json.gz',
      ...others,
      ...Array.from({ length: calls }, () => recordNamed('tags-added')),
    );
    const sources = Array.from({ length: 60 }, (_, number): Source => {
      const name = at(`ahead-${number}.json.gz`);
      copyFileSync(written, name);
      return { name, file: name, isNamed: false, read: () => Buffer.of() };
    });
    const reading = readInThreads(sources, WATCHED_CALLS, builtProgram(), 2);
    await reading.next();
    // Long enough to read all of them, were there no bound.
    await sleep(2000);
    for (const { name } of sources) rmSync(name);
    const told = (await all(reading)) as readonly (readonly [string, unknown, string | undefined])[];
    const wereRead = told.filter(([, , error]) => error === undefined);
    // Eight, and one that each of three was about to read.
    expect(wereRead.length).toBeLessThanOrEqual(11);
    expect(told).toHaveLength(59);
  },
  60_000,
);

test.each([
  ['throws', `throw new Error('it does not live')`, 'it does not live'],
  ['ends', 'process.exit(3)', 'a thread that reads files ended with 3'],
])('a thread that %s before it told of a file is an error, and no silence', async (_, end, why) => {
  logFile('logs/a.json', recordNamed('tags-added'));
  writeFileSync(
    at('dead.cjs'),
    `const { BroadcastChannel, workerData } = require('node:worker_threads');
     Atomics.add(new Int32Array(workerData.shared), 0, 1);
     new BroadcastChannel('it took a file').postMessage('');
     ${end};`,
  );
  const { sources: each } = filesUnder([at('logs')], []);
  const sources = Array.from({ length: 4 }, () => each).flat();
  const took = new BroadcastChannel('it took a file');
  const hasTaken = once(took, 'message');
  const reading = readInThreads(sources, WATCHED_CALLS, at('dead.cjs'), 1);
  await reading.next();
  // The thread takes a file of those that are left.
  await hasTaken;
  took.close();
  await expect(all(reading)).rejects.toThrow(why);
});
