import { Agent, get } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { bounded } from '../core/base/bounded';
import { readRecords } from '../core/log-file';
import { plainSearch } from '../core/log-file/plain-search';
import { selectRecords } from '../core/log-file/select';
import { simdSearch } from '../core/log-file/simd-search';
import { median } from './measure';
import { peakMemory } from './peak';

/** What fetching objects from the stand-in for S3 took. */
export interface Transport {
  readonly milliseconds: number;
  /** Of the whole process, in MB. */
  readonly peak: number;
}

const FOLDER = 'AWSLogs/123456789012/CloudTrail/eu-west-1/2026/11/24';
const keysOf = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${FOLDER}/${name}-${index}.json.gz`);

/** The whole function, by way of the SDK: all objects in one invocation, or one after the other. */
async function handle(keys: readonly string[], atOnce: boolean): Promise<void> {
  const { handler } = await import('../lambda/index.js');
  if (atOnce) await handler({ s3Bucket: 'logs', s3ObjectKey: keys });
  else for (const key of keys) await handler({ s3Bucket: 'logs', s3ObjectKey: [key] });
}

async function handleRepeatedly(atOnce: boolean): Promise<number> {
  await handle(keysOf('mixed', 100), true);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) times.push(await timed(() => handle(keysOf('mixed', 100), atOnce)));
  return median(times);
}

const ROUNDS = Number(process.argv[3]);

const agent = new Agent({ keepAlive: true });

function fetched(key: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    get(`${process.env['AWS_ENDPOINT_URL_S3']}/logs/${key}`, { agent }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => resolve(Buffer.concat(pieces)));
      response.on('error', reject);
    }).on('error', reject);
  });
}

const NO_OTHERS = {};

/** Inflating as zlib's thread pool does: several files in memory at a time. */
async function readOffThread(gzip: Buffer): Promise<void> {
  const json = await promisify(gunzip)(gzip, { chunkSize: gzip.readUInt32LE(gzip.length - 4) + 1 });
  selectRecords(json, simdSearch(NO_OTHERS) ?? plainSearch(NO_OTHERS));
}

async function readAll(read: (gzip: Buffer) => Promise<unknown>): Promise<number> {
  const inFlight = bounded(16, Infinity);
  return timed(() => Promise.all(keysOf('large', 24).map((key) => inFlight(1, async () => read(await fetched(key))))));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const MODES: Readonly<Record<string, () => Promise<number>>> = {
  'all at once': () => handleRepeatedly(true),
  'one at a time': () => handleRepeatedly(false),
  'inflating in turn': () => readAll(readRecords),
  'inflating at once': () => readAll(readOffThread),
};

async function main(mode: string): Promise<void> {
  const work = MODES[mode];
  if (!work) throw new Error(`mode is ${mode}, allowed: ${Object.keys(MODES).join(', ')}`);
  const answer: Transport = { milliseconds: await work(), peak: peakMemory() };
  // The function writes its log to the standard output.
  process.stderr.write(`\nanswer ${JSON.stringify(answer)}\n`);
  process.exit();
}

void main(process.argv[2] ?? '');
