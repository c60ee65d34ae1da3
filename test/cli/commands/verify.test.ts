import { gzipSync } from 'node:zlib';
import { verifyCommand, verifyWith } from '../../../cli/commands/verify';
import { runCommand } from '../../../cli/program';
import type { List } from '../../../cli/sources/s3-keys';
import { readPublicKeys } from '../../../core/digest';
import { toldBy, type Told } from '../../support/console';
import {
  digestingTrail,
  newKeys,
  type DeliveredDigest,
  type DeliveredFile,
  type DigestingTrail,
} from '../../support/digests';
import { temporaryFolder } from '../../support/log-files';

const { at, file } = temporaryFolder();

const RECORD = { eventSource: 's3.amazonaws.com', eventName: 'PutObject', eventID: 'a' };

/** Three hours of a trail, with a log file in each, then its digest. */
function threeHours(trail = digestingTrail()) {
  const hours = [1, 2, 3].map((number) => ({
    logFile: trail.logFile({ ...RECORD, eventID: String(number) }),
    digest: trail.digest(),
  }));
  return { trail, hours, files: hours.flatMap(({ logFile, digest }): DeliveredFile[] => [logFile, digest]) };
}

const without = (files: readonly DeliveredFile[], one: DeliveredFile | undefined): readonly DeliveredFile[] =>
  files.filter(({ key }) => key !== one?.key);

const replaced = (
  files: readonly DeliveredFile[],
  one: DeliveredFile | undefined,
  body: Buffer,
): readonly DeliveredFile[] => files.map((each) => (each.key === one?.key ? { ...each, body } : each));

/** As `aws s3 sync` leaves them. */
function saved(files: readonly DeliveredFile[]): void {
  for (const { key, body } of files) file(key, body);
}

const verify = (...args: readonly string[]): Promise<Told> =>
  toldBy((console) => runCommand(verifyCommand, [...args], console, 'verify'));

const SPAN = 'from 2026-11-20T08:00:00Z to 2026-11-20T11:00:00Z';

describe('a folder', () => {
  test('is proved whole, as far as hashes and links tell', async () => {
    saved(threeHours().files);
    expect(await verify(at('AWSLogs'))).toEqual({
      code: 0,
      err: '',
      out: [
        `111122223333 eu-west-1 a_trail: 3 of 3 log files read, chain of 3 digests unbroken ${SPAN}`,
        'Signatures were not checked: hashes and links alone do not show that the digests are CloudTrail\u2019s.',
        `3 of 3 log files read, chain unbroken ${SPAN}`,
        '',
      ].join('\n'),
    });
  });

  test('is the same one compressed anew or not at all', async () => {
    const { hours, files } = threeHours();
    const anew = gzipSync(JSON.stringify({ Records: [{ ...RECORD, eventID: '1' }] }), { level: 1 });
    saved(replaced(without(files, hours[1]?.logFile), hours[0]?.logFile, anew));
    file(hours[1]?.logFile.key.replace(/\.gz$/, '') ?? '', JSON.stringify({ Records: [{ ...RECORD, eventID: '2' }] }));
    expect(await verify(at('AWSLogs'))).toMatchObject({ code: 0, err: '' });
  });

  test('has its signatures checked with public keys, where they are in the next digest or were saved', async () => {
    const { hours, files, trail } = threeHours();
    saved(files);
    const keys = file('keys.json', JSON.stringify(trail.publicKeys));
    expect((await verify('--public-keys', keys, at('AWSLogs'))).out).toContain(
      '2 of 3 signatures verified; that of 1 is recorded nowhere here, as of ',
    );
    const last = hours[2]?.digest;
    file(`${last?.key ?? ''}.metadata.json`, JSON.stringify({ ContentLength: 1, Metadata: last?.metadata }));
    const told = await verify('--public-keys', keys, at('AWSLogs'));
    expect(told).toMatchObject({ code: 0, err: '' });
    expect(told.out).toContain('\n3 of 3 signatures verified\n');
  });

  test('of digests that somebody else signed is not proved', async () => {
    const { files, trail } = threeHours();
    saved(files);
    const others = { ...(digestingTrail({ keys: newKeys() }).publicKeys['PublicKeyList'] as object[])[0] };
    const fingerprint = (trail.publicKeys['PublicKeyList'] as { Fingerprint: string }[])[0]?.Fingerprint;
    const keys = file('keys.json', JSON.stringify({ PublicKeyList: [{ ...others, Fingerprint: fingerprint }] }));
    const told = await verify('--public-keys', keys, at('AWSLogs'));
    expect(told.code).toBe(1);
    expect(told.out.match(/FORGED/g)).toHaveLength(2);
  });

  test('misses a log file that was deleted', async () => {
    const { hours, files } = threeHours();
    saved(without(files, hours[1]?.logFile));
    const told = await verify(at('AWSLogs'));
    expect(told.code).toBe(1);
    expect(told.out).toContain(`2 of 3 log files read, chain of 3 digests unbroken ${SPAN}\n  MISSING  log file`);
    expect(told.out.replace(/\s+/g, '')).toContain(`s3://trail-bucket/${hours[1]?.logFile.key ?? ''}`);
  });

  test.each([
    ['other records', gzipSync('{"Records":[]}')],
    ['a second member behind it', Buffer.concat([gzipSync('{"Records":[]}'), gzipSync(' ')])],
    ['no gzip data any more', gzipSync('{"Records":[]}').subarray(0, 20)],
    ['nothing', Buffer.alloc(0)],
  ])('has a log file that was altered to hold %s', async (_, body) => {
    const { hours, files } = threeHours();
    saved(replaced(files, hours[1]?.logFile, body));
    const told = await verify(at('AWSLogs'));
    expect(told.code).toBe(1);
    expect(told.out).toMatch(/: 2 of 3 log files read,.*\n {2}ALTERED {2}log file/);
  });

  test('has a log file that no digest lists', async () => {
    const { hours, files } = threeHours();
    saved(files);
    const key = (hours[0]?.logFile.key ?? '').replace(/_x0+1\./, '_forged.');
    file(key, gzipSync('{"Records":[]}'));
    const told = await verify(at('AWSLogs'));
    expect(told.code).toBe(1);
    expect(told.out).toMatch(/UNLISTED log file/);
  });

  test('may have log files that the next digest is to list', async () => {
    const { trail, files } = threeHours();
    saved([...files, trail.logFile(RECORD)]);
    expect(await verify(at('AWSLogs'))).toMatchObject({ code: 0 });
  });

  test('misses a digest that was deleted, and says of which time nothing is proved', async () => {
    const { hours, files } = threeHours();
    saved(without(files, hours[1]?.digest));
    const told = await verify(at('AWSLogs'));
    expect(told.code).toBe(1);
    expect(told.out).toContain(`2 of 2 log files read, chain of 2 digests broken ${SPAN}`);
    expect(told.out.replace(/\s+/g, ' ')).toContain(
      'is not there: nothing is proved of log files delivered from 2026-11-20T09:00:00Z to 2026-11-20T10:00:00Z',
    );
  });

  test('misses the newest digests where others go on, or where it was to be proved until later', async () => {
    const { hours, files } = threeHours();
    const other = digestingTrail({ region: 'us-east-1' });
    saved([...files, ...Array.from({ length: 6 }, () => other.digest())]);
    const told = await verify(at('AWSLogs'));
    expect(told.code).toBe(1);
    expect(told.out).toContain('  ENDED    no digest after 2026-11-20T11:00:00Z');
    expect((await verify('--region', 'eu-west-1', at('AWSLogs'))).code).toBe(0);
    expect((await verify('--region', 'eu-west-1', '--to', '2026-11-21', at('AWSLogs'))).code).toBe(1);
    expect((await verify('--region', 'eu-west-1', '--to', '2026-11-20T11:30Z', at('AWSLogs'))).code).toBe(0);
    expect(hours).toHaveLength(3);
  });

  test('misses the first digest of the time that was asked about', async () => {
    const { hours, files } = threeHours();
    saved(without(files, hours[0]?.digest));
    expect((await verify('--from', '2026-11-20T08:30Z', at('AWSLogs'))).out).toContain('before 2026-11-20T09:00:00Z');
    expect((await verify('--from', '2026-11-20T08:30Z', at('AWSLogs'))).code).toBe(1);
    expect((await verify('--from', '2026-11-20T09:30Z', at('AWSLogs'))).code).toBe(0);
  });

  test('is proved with the log files of backfill digests', async () => {
    const trail = digestingTrail();
    const late = trail.logFile(RECORD);
    const empty = trail.digest({ logFiles: [] });
    const files = [late, empty, trail.backfill(late), trail.digest()];
    saved(files);
    const told = await verify(at('AWSLogs'));
    expect(told.code).toBe(0);
    expect(told.out).toContain('1 of 1 log file read, 2 chains unbroken from');
    saved([{ ...late, body: gzipSync('{}') }]);
    expect((await verify(at('AWSLogs'))).code).toBe(1);
  });

  test('where logging was stopped and started again is proved but for the time between', async () => {
    const trail = digestingTrail();
    const before = [trail.digest(), trail.digest()];
    trail.restart(5);
    saved([...before, trail.digest()]);
    const told = await verify(at('AWSLogs'));
    expect(told.code).toBe(0);
    expect(told.out).toContain('chain of 3 digests begun anew from 2026-11-20T08:00:00Z to 2026-11-20T16:00:00Z');
    expect(told.out.replace(/\s+/g, ' ')).toContain(
      'ANEW logging or validation was stopped and started again: nothing is proved of log files delivered from 2026-11-20T10:00:00Z to 2026-11-20T15:00:00Z',
    );
  });

  test('of many accounts and regions has a chain for each', async () => {
    const places = [{}, { region: 'us-east-1' }, { account: '444455556666' }];
    saved(places.flatMap((place) => threeHours(digestingTrail(place)).files));
    const told = await verify('--format', 'json', at('AWSLogs'));
    expect(told.code).toBe(0);
    const { chains } = JSON.parse(told.out) as { chains: readonly Record<string, unknown>[] };
    expect(chains.map(({ account, region, state, log_files }) => [account, region, state, log_files])).toEqual([
      ['111122223333', 'eu-west-1', 'unbroken', { listed: 3, read: 3 }],
      ['111122223333', 'us-east-1', 'unbroken', { listed: 3, read: 3 }],
      ['444455556666', 'eu-west-1', 'unbroken', { listed: 3, read: 3 }],
    ]);
    expect((await verify('--account', '444455556666', at('AWSLogs'))).out).toContain(
      '3 of 3 log files read, chain unbroken',
    );
  });

  test('without digests proves nothing', async () => {
    saved([digestingTrail().logFile(RECORD)]);
    const told = await verify(at('AWSLogs'));
    expect(told.code).toBe(2);
    expect(told.out).toContain('No digest was found: nothing can be said.');
  });

  test('with a digest that cannot be read says so', async () => {
    const { hours, files } = threeHours();
    saved(replaced(files, hours[1]?.digest, gzipSync('{"Records":[]}')));
    const told = await verify(at('AWSLogs'));
    expect(told.code).toBe(2);
    expect(told.err).toContain('digest has digestS3Object missing, allowed: a text');
  });

  test('is all that is read, whatever a digest names', async () => {
    const trail = digestingTrail();
    const outside = file('outside.json', '{"Records":[]}');
    const named = { s3Bucket: 'trail-bucket', hashValue: 'ab'.repeat(32), hashAlgorithm: 'SHA-256' };
    const logFiles = ['../outside.json', '/etc/passwd', outside].map((s3Object) => ({ ...named, s3Object }));
    saved([trail.digest({ logFiles })]);
    const told = await verify(at('AWSLogs'));
    expect(told).toMatchObject({ code: 1, err: '' });
    expect(told.out.match(/MISSING/g)).toHaveLength(3);
  });

  test('shows names that were written by strangers harmlessly', async () => {
    const trail = digestingTrail();
    const named = {
      s3Bucket: 'b',
      s3Object: 'a\u001b[2J\nFORGED',
      hashValue: 'ab'.repeat(32),
      hashAlgorithm: 'SHA-256',
    };
    saved([trail.digest({ logFiles: [named] })]);
    const told = await verify(at('AWSLogs'));
    expect(told.out).not.toContain('\u001b');
    expect(told.out).not.toMatch(/^FORGED/m);
  });
});

type Tampering = (files: readonly DeliveredFile[], made: ReturnType<typeof threeHours>) => readonly DeliveredFile[];

const TAMPERINGS: readonly (readonly [what: string, tampering: Tampering, label: string])[] = [
  ['a log file is gone', (files, { hours }) => without(files, hours[1]?.logFile), 'MISSING'],
  [
    'a log file was written over',
    (files, { hours }) => replaced(files, hours[1]?.logFile, gzipSync('{"Records":[]}')),
    'ALTERED',
  ],
  ['a digest is gone', (files, { hours }) => without(files, hours[1]?.digest), 'BROKEN'],
  [
    'the newest digests are gone',
    (files, { hours }) => without(without(files, hours[2]?.digest), hours[1]?.digest),
    'ENDED',
  ],
  [
    'a digest was written over',
    (files, { hours }) =>
      replaced(files, hours[1]?.digest, gzipSync(JSON.stringify({ ...hours[1]?.digest.content, logFiles: [] }))),
    'FORGED',
  ],
];

interface BucketOptions {
  readonly args?: readonly string[];
  readonly trail?: DigestingTrail;
  /** Hears what is read, and of which region keys are asked for. */
  readonly asked?: string[];
  readonly now?: number;
  /** A key that may not be read. */
  readonly refused?: string;
}

describe('a bucket', () => {
  const NOW = Date.parse('2026-11-20T11:30:00Z');

  function verifyBucket(
    files: readonly (DeliveredFile | DeliveredDigest)[],
    { args = [], trail = digestingTrail(), asked = [], now = NOW, refused = '' }: BucketOptions = {},
  ): Promise<Told> {
    const list: List = async ({ prefix, isFlat }) => {
      const under = files.map(({ key }) => key).filter((key) => key.startsWith(prefix));
      const rest = (key: string): string => key.slice(prefix.length);
      const folders = under
        .filter((key) => rest(key).includes('/'))
        .map((key) => `${prefix}${rest(key).split('/')[0] ?? ''}/`);
      return {
        objects: under.filter((key) => isFlat || !rest(key).includes('/')).map((key) => ({ key, size: 1 })),
        folders: isFlat ? [] : [...new Set(folders)],
        nextToken: undefined,
      };
    };
    const read = async (key: string) => {
      asked.push(key);
      const found = files.find((one) => one.key === key);
      if (key === refused) throw Object.assign(new Error('Access Denied'), { name: 'AccessDenied' });
      if (!found) throw Object.assign(new Error('no such key'), { name: 'NoSuchKey' });
      return { bytes: found.body, metadata: 'metadata' in found ? { ...found.metadata } : {} };
    };
    const verifyIt = verifyWith({
      bucketOf: async () => ({ list, read, get: async (key) => (await read(key)).bytes }),
      publicKeysOf: async (region, from, to) => {
        asked.push(`keys of ${region} from ${from.toISOString()} to ${to.toISOString()}`);
        return readPublicKeys(trail.publicKeys);
      },
      now: () => now,
    });
    return toldBy((console) => runCommand(verifyIt, [...args, 's3://trail-bucket/'], console, 'verify'));
  }

  test('is proved whole, signatures included, with the keys of its region', async () => {
    const asked: string[] = [];
    const told = await verifyBucket(threeHours().files, { asked });
    expect(told.code).toBe(0);
    expect(told.out).toContain(`\n3 of 3 signatures verified\n3 of 3 log files read, chain unbroken ${SPAN}\n`);
    expect(told.err).toMatch(/^s3:\/\/trail-bucket\/: 6 objects to read/);
    expect(asked).toContain('keys of eu-west-1 from 2026-11-20T08:00:00.000Z to 2026-11-20T13:00:00.000Z');
  });

  test.each(TAMPERINGS)('is not proved where %s', async (_, change, label) => {
    const made = threeHours();
    const told = await verifyBucket(change(made.files, made));
    expect(told.code).toBe(1);
    expect(told.out).toContain(`  ${label}`);
  });

  test('is not proved by a digest that was copied to another place', async () => {
    const { files, hours } = threeHours();
    const copy = hours[0]?.digest;
    const key = (copy?.key ?? '').replace('2026/11/20', '2026/11/19');
    const told = await verifyBucket([...files, { ...(copy as DeliveredDigest), key }]);
    expect(told.code).toBe(1);
    expect(told.out).toContain('  MOVED');
  });

  test('is not said to miss what may not be read', async () => {
    const { files, hours } = threeHours();
    const told = await verifyBucket(files, { refused: hours[1]?.logFile.key ?? '' });
    expect(told.code).toBe(2);
    expect(told.err).toContain('Access Denied');
    expect(told.out).toContain('2 of 3 log files read, chain unbroken');
    expect(told.out).not.toContain('MISSING');
  });

  test('is the only one that is read, whatever a digest names', async () => {
    const trail = digestingTrail();
    const logFile = {
      s3Bucket: 'other-bucket',
      s3Object: 'secret',
      hashValue: 'ab'.repeat(32),
      hashAlgorithm: 'SHA-256',
    };
    const asked: string[] = [];
    const told = await verifyBucket([trail.digest({ logFiles: [logFile] })], {
      asked,
      now: Date.parse('2026-11-20T09:30:00Z'),
    });
    expect(told.code).toBe(2);
    expect(told.err).toContain('s3://other-bucket/secret: lies in another bucket than trail-bucket, and is not read');
    expect(told.out).not.toContain('MISSING');
    expect(asked).not.toContain('secret');
  });

  test('has digests whose signatures are in their metadata', async () => {
    const { files } = threeHours();
    const told = await verifyBucket(files.map(({ bucket, key, body }) => ({ bucket, key, body })));
    expect(told.code).toBe(2);
    expect(told.err).toContain('has no signature in its metadata');
  });

  test('is asked about the days, accounts and regions that are wanted, and about no others', async () => {
    const asked: string[] = [];
    const { files } = threeHours();
    const later = threeHours(digestingTrail({ from: Date.parse('2026-11-22T08:00:00Z') }));
    const told = await verifyBucket([...files, ...later.files], {
      args: ['--from', '2026-11-22', '--region', 'eu-west-1'],
      asked,
      now: Date.parse('2026-11-22T12:00:00Z'),
    });
    expect(told.code).toBe(0);
    expect(asked.some((key) => key.includes('2026/11/20'))).toBe(false);
  });
});

test.each([
  [['s3://Not A Bucket/'], /is no address of a bucket/],
  [['--from', '2026-11-21', '--to', '2026-11-20', 'x'], /--from is after --to/],
  [['--public-keys', 'nowhere.json', 'x'], /--public-keys "nowhere.json" cannot be read/],
  [[], /no PATH given/],
])('refuses %j', async (args, message) => {
  await expect(verify(...args)).rejects.toThrow(message);
});
