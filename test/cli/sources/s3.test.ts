import { appendFileSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Console } from '../../../cli/console';
import { scanCommand } from '../../../cli/commands/scan';
import { runCommand } from '../../../cli/program';
import { sourcesOf } from '../../../cli/sources';
import { logFilesInBucket, s3BucketOf, type Bucket, type S3Options } from '../../../cli/sources/s3';
import { logObjectsUnder, type List, type Wanted } from '../../../cli/sources/s3-keys';
import { toldBy } from '../../support/console';
import { recordNamed } from '../../support/golden';
import { temporaryFolder } from '../../support/log-files';

const { at } = temporaryFolder();

const PUBLIC = recordNamed('policy-opened-to-everyone');
const TAGS = recordNamed('tags-added');
const LOG_FILE = gzipSync(JSON.stringify({ Records: [TAGS] }));

const keyOf = (account: string, region: string, day: string, name = 'a', above = 'AWSLogs/'): string =>
  `${above}${account}/CloudTrail/${region}/${day.replaceAll('-', '/')}/${account}_CloudTrail_${region}_${name}.json.gz`;

const KEYS = [
  ...['111122223333', '444455556666'].flatMap((account) =>
    ['eu-west-1', 'us-east-1'].flatMap((region) =>
      ['2026-11-19', '2026-11-20', '2026-11-21'].map((day) => keyOf(account, region, day)),
    ),
  ),
  'AWSLogs/111122223333/CloudTrail-Digest/eu-west-1/2026/11/20/digest.json.gz',
  'AWSLogs/111122223333/Config/eu-west-1/2026/11/20/config.json.gz',
  'AWSLogs/111122223333/',
  'other/notes.txt',
];

/** A bucket that has `keys`, two to a page. */
function bucketOf(keys: readonly string[], contents: (key: string) => Uint8Array = () => LOG_FILE) {
  const listed: string[] = [];
  const read: string[] = [];
  const list: List = async ({ prefix, isFlat, token }) => {
    listed.push(prefix);
    const under = keys.filter((key) => key.startsWith(prefix)).toSorted();
    const rest = (key: string): string => key.slice(prefix.length);
    const isDeeper = (key: string): boolean => !isFlat && rest(key).includes('/');
    const all = [...new Set(under.map((key) => (isDeeper(key) ? `${prefix}${rest(key).split('/')[0] ?? ''}/` : key)))];
    const start = Number(token ?? 0);
    const page = all.slice(start, start + 2);
    return {
      objects: page.filter((key) => !isFolder(key, keys)).map((key) => ({ key, size: 100 })),
      folders: page.filter((key) => isFolder(key, keys)),
      nextToken: start + 2 < all.length ? String(start + 2) : undefined,
    };
  };
  const get: Bucket['get'] = async (key) => {
    read.push(key);
    return contents(key);
  };
  return { listed, read, bucket: { list, get } };
}

const isFolder = (key: string, keys: readonly string[]): boolean =>
  key.endsWith('/') && keys.some((each) => each !== key && each.startsWith(key));

const ALL: Wanted = { days: undefined, accounts: [], regions: [] };

async function keysUnder(prefix: string, wanted: Partial<Wanted> = {}, keys: readonly string[] = KEYS) {
  const { bucket, listed } = bucketOf(keys);
  const found: string[] = [];
  for await (const { key } of logObjectsUnder(prefix, { ...ALL, ...wanted }, bucket.list)) found.push(key);
  return { found, listed: [...new Set(listed)] };
}

describe('log files are found', () => {
  const LOG_KEYS = KEYS.filter((key) => key.includes('/CloudTrail/'));

  test.each(['', 'AWSLogs', 'AWSLogs/'])('under %j, without digests and what other services write', async (prefix) => {
    expect((await keysUnder(prefix)).found.toSorted()).toEqual(LOG_KEYS.toSorted());
  });

  test('of the days, accounts and regions that are asked for, and nothing else is listed', async () => {
    const { found, listed } = await keysUnder('AWSLogs/', {
      days: { first: '2026-11-20', last: '2026-11-21' },
      accounts: ['111122223333'],
      regions: ['eu-west-1'],
    });
    expect(found).toEqual(['2026-11-20', '2026-11-21'].map((day) => keyOf('111122223333', 'eu-west-1', day)));
    expect(listed).toEqual([
      'AWSLogs/',
      'AWSLogs/111122223333/',
      'AWSLogs/111122223333/CloudTrail/',
      'AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/20/',
      'AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/21/',
    ]);
  });

  test.each([
    ['an organization', 'AWSLogs/o-abc123/'],
    ['Control Tower', 'o-abc123/AWSLogs/o-abc123/'],
    ['a trail with a prefix', 'our/trail/AWSLogs/'],
  ])('of %s', async (_, above) => {
    const keys = ['2026-11-20', '2026-11-21'].map((day) => keyOf('111122223333', 'eu-west-1', day, 'a', above));
    expect((await keysUnder('', { days: { first: '2026-11-20', last: '2026-11-20' } }, keys)).found).toEqual(
      keys.slice(0, 1),
    );
  });

  test.each([
    ['a region', 'AWSLogs/111122223333/CloudTrail/eu-west-1/', 3],
    ['a month', 'AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11', 3],
    ['a day', 'AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/20/', 1],
  ])('under the prefix of %s', async (_, prefix, count) => {
    expect((await keysUnder(prefix)).found).toHaveLength(count);
    expect((await keysUnder(prefix, { days: { first: '2026-11-20', last: '2026-11-20' } })).found).toHaveLength(1);
  });

  test('in another layout, where everything is listed', async () => {
    const keys = ['copies/a.json.gz', 'copies/deep/b.json', 'copies/c.txt'];
    expect((await keysUnder('copies', {}, keys)).found).toEqual(['copies/a.json.gz', 'copies/deep/b.json']);
  });
});

describe('a bucket is read', () => {
  const OPTIONS: S3Options = { ...ALL, resume: undefined };
  const find = async (options: Partial<S3Options>, console: Console, keys: readonly string[] = KEYS) => {
    const fake = bucketOf(keys);
    return {
      ...fake,
      found: await logFilesInBucket('s3://trail/AWSLogs', { ...OPTIONS, ...options }, console, async () => fake.bucket),
    };
  };

  test('after it is said what that costs', async () => {
    const { err } = await toldBy(async (console) => {
      const { read } = await find({}, console);
      expect(read).toEqual([]);
      return 0;
    });
    expect(err).toMatch(
      /^s3:\/\/trail\/AWSLogs: 12 log files to read, 0\.0 MiB; \d+ LIST and 12 GET requests cost about 0\.\d{4} USD; and out of AWS up to 0\.0000 USD more/,
    );
  });

  test('once, where a file keeps what was read: also one that was cut short', async () => {
    await toldBy(async (console) => {
      const resume = at('read.jsonl');
      const first = await find({ resume }, console);
      for (const source of first.found.sources.slice(0, 5)) await source.read();
      appendFileSync(resume, '{"object":"s3://trail/AWSL');
      const second = await find({ resume }, console);
      const bytes = await Promise.all(second.found.sources.map(async (source) => source.read()));
      expect(second.read).toHaveLength(7);
      expect(JSON.parse(Buffer.from(bytes[0] ?? []).toString())).toEqual({ Records: [TAGS] });
      return 0;
    });
  });

  test('never from a file that is something else', async () => {
    await toldBy(async (console) => {
      const resume = at('other.jsonl');
      appendFileSync(resume, '{"a":1}\n{}\n');
      await expect(find({ resume }, console)).rejects.toThrow('is no file of read log files, in line 1');
      expect(readFileSync(resume, 'utf8')).toBe('{"a":1}\n{}\n');
      return 0;
    });
  });

  test('as many as a large organization writes', async () => {
    const objects = Array.from({ length: 150_000 }, (_, number) => ({
      key: keyOf('111122223333', 'eu-west-1', '2026-11-20', String(number)),
      size: 100,
    }));
    const list: List = async () => ({ objects, folders: [], nextToken: undefined });
    const options = { ...ALL, include: [], resume: undefined };
    let count = 0;
    await toldBy(async (console) => {
      const bucket = async (): Promise<Bucket> => ({ list, get: async () => LOG_FILE });
      count = (
        await sourcesOf(['s3://my-trail-bucket/AWSLogs/111122223333/CloudTrail/eu-west-1/'], options, console, bucket)
      ).sources.length;
      return 0;
    });
    expect(count).toBe(150_000);
  });

  test('by an address that is one', async () => {
    await toldBy(async (console) => {
      const none = async () => bucketOf([]).bucket;
      await expect(logFilesInBucket('s3://', OPTIONS, console, none)).rejects.toThrow(
        'is no address of a bucket; allowed: s3://BUCKET/PREFIX',
      );
      const { unreadable } = await logFilesInBucket('s3://trail', OPTIONS, console, none);
      expect(unreadable).toEqual([{ name: 's3://trail', error: new Error('there is no log file of those asked for') }]);
      return 0;
    });
  });
});

describe('through S3 itself', () => {
  const before = { ...process.env };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    const key = decodeURIComponent(url.pathname.replace(/^\/trail\/?/, ''));
    if (url.searchParams.get('list-type') === '2') {
      const prefix = url.searchParams.get('prefix') ?? '';
      const second = url.searchParams.get('continuation-token') !== null;
      const keys = ['a', 'b', 'c'].map((name) => keyOf('111122223333', 'eu-west-1', '2026-11-20', name));
      const page = url.searchParams.get('delimiter') === '/' ? [] : second ? keys.slice(2) : keys.slice(0, 2);
      const folder = keys[0]?.startsWith(prefix) ? `${prefix}${keys[0].slice(prefix.length).split('/')[0] ?? ''}/` : '';
      response.setHeader('content-type', 'application/xml');
      response.end(
        `<?xml version="1.0"?><ListBucketResult><Name>trail</Name>${page.map((each) => `<Contents><Key>${each}</Key><Size>${LOG_FILE.length}</Size></Contents>`).join('')}${
          page.length === 0 ? `<CommonPrefixes><Prefix>${folder}</Prefix></CommonPrefixes>` : ''
        }${page.length === 2 ? '<IsTruncated>true</IsTruncated><NextContinuationToken>2</NextContinuationToken>' : '<IsTruncated>false</IsTruncated>'}</ListBucketResult>`,
      );
      return;
    }
    if (key.endsWith('_c.json.gz')) {
      response.writeHead(403, { 'content-type': 'application/xml' });
      response.end('<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>');
      return;
    }
    response.end(key.endsWith('_a.json.gz') ? gzipSync(JSON.stringify({ Records: [PUBLIC] })) : LOG_FILE);
  });

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'x',
      AWS_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    });
  });
  afterAll(() => {
    server.close();
    process.env = { ...before };
  });

  test('pages are followed, files are read, and one that may not be read keeps no other from it', async () => {
    const { code, out, err } = await toldBy((console) =>
      runCommand(
        scanCommand,
        ['--from', '2026-11-20', '--to', '2026-11-20', '--format', 'json', 's3://trail/'],
        console,
        'scan',
      ),
    );
    expect(err).toContain('Access Denied');
    expect(out.trimEnd().split('\n')).toHaveLength(2);
    expect(code).toBe(2);
  }, 30_000);

  test('the client of a bucket that is not there says so', async () => {
    process.env['AWS_ENDPOINT_URL_S3'] = 'http://127.0.0.1:9';
    const bucket = await s3BucketOf('trail');
    await expect(bucket.get('x')).rejects.toThrow();
  }, 30_000);
});
