import { gzipSync } from 'node:zlib';
import type { Deviation, Digest } from '../../../core/digest';
import { logFilesIn } from '../../../core/notification';
import { follow, type DigestEffects } from '../../../lambda/digests';
import { digestingTrail, sha256, type DeliveredFile } from '../../support/digests';

const NOW = Date.parse('2026-11-20T20:00:00Z');

/** A bucket of files; what was told and sent. */
function world(now = NOW) {
  const objects = new Map<string, Uint8Array>();
  const hashes = new Map<string, string>();
  const chains = new Map<string, string>();
  const told: Deviation[] = [];
  const sent: string[] = [];
  const read: string[] = [];
  const effects: DigestEffects = {
    read: async ({ bucket, key }) => {
      read.push(`${bucket}/${key}`);
      return objects.get(`${bucket}/${key}`);
    },
    known: {
      since: async (chain, { start }: Digest) => {
        if (!chains.has(chain)) chains.set(chain, start);
        return chains.get(chain) ?? start;
      },
      hashOf: async ({ bucket, key }) => hashes.get(`${bucket}/${key}`),
      keep: async ({ bucket, key, hash }) => void hashes.set(`${bucket}/${key}`, hash),
    },
    send: async (messages) => void sent.push(...messages),
    tell: async (deviation) => void told.push(deviation),
    now: () => now,
  };
  const put = (...files: readonly DeliveredFile[]): void => {
    for (const { bucket, key, body } of files) objects.set(`${bucket}/${key}`, body);
  };
  return { put, told, sent, read, follow: ({ bucket, key }: DeliveredFile) => follow({ bucket, key }, effects) };
}

test('sends what a digest lists, ten to a message, as it is read again from the queue', async () => {
  const trail = digestingTrail();
  const logFiles = Array.from({ length: 11 }, () => trail.logFile());
  const digest = trail.digest();
  const { put, follow, sent, told } = world();
  put(digest);
  expect(await follow(digest)).toEqual({ logFiles: 11, elsewhere: 0, deviations: [] });
  const announced = sent.map((message) => logFilesIn(message).logFiles);
  expect(announced.map(({ length }) => length)).toEqual([10, 1]);
  expect(announced.flat()).toEqual(
    logFiles.map(({ bucket, key }) => ({
      bucket,
      key,
      listed: {
        hash: sha256('{"Records":[]}'),
        digest: { bucket: digest.bucket, key: digest.key, end: '2026-11-20T09:00:00Z' },
      },
    })),
  );
  expect(told).toEqual([]);
});

test('reads no other bucket, whatever a digest names, and tells', async () => {
  const named = { s3Object: 'AWSLogs/x', hashValue: 'ab'.repeat(32), hashAlgorithm: 'SHA-256' };
  const logFiles = ['other-bucket', 'trail-bucket'].map((s3Bucket) => ({ ...named, s3Bucket }));
  const digest = digestingTrail().digest({ logFiles });
  const { put, follow, sent, read, told } = world();
  put(digest);
  expect(await follow(digest)).toEqual({ logFiles: 1, elsewhere: 1, deviations: ['chain-elsewhere'] });
  expect(sent.join()).not.toContain('other-bucket');
  expect(read).toEqual([`trail-bucket/${digest.key}`]);
  expect(told[0]?.object).toBe('s3://other-bucket/AWSLogs/x');
});

test('sends nothing that is no log file to be read: a message about one is skipped', () => {
  const message = {
    digest: { bucket: 'b', key: 'k', end: 'e' },
    listed: [{ bucket: 'b', key: 'secret.txt', hash: 'x' }],
  };
  expect(logFilesIn(message)).toEqual({
    logFiles: [],
    skipped: [{ bucket: 'b', key: 'secret.txt', why: 'not-a-log-file' }],
  });
  expect(() => logFilesIn({ ...message, listed: [{ bucket: 'b' }] })).toThrow('unknown shape');
});

test('refuses a digest that lies elsewhere than it says, is none, or is gone', async () => {
  const digest = digestingTrail().digest();
  const { put, follow, sent } = world();
  await expect(follow(digest)).rejects.toThrow('is not there any more');
  put({ ...digest, key: 'copy' });
  await expect(follow({ ...digest, key: 'copy' })).rejects.toThrow(
    'digest says that it lies at s3://trail-bucket/AWSLogs',
  );
  put({ ...digest, body: gzipSync('{"Records":[]}') });
  await expect(follow(digest)).rejects.toThrow('digestS3Object');
  expect(sent).toEqual([]);
});

test('looks for the digest before only since the first that was followed, and no further back than it keeps them', async () => {
  const trail = digestingTrail();
  const [unknown, first, withheld, last] = [trail.digest(), trail.digest(), trail.digest(), trail.digest()];
  const { put, follow, sent, read, told } = world();
  put(first, withheld, last);
  await follow(first);
  expect(read).not.toContain(`trail-bucket/${unknown.key}`);
  await follow(last);
  expect(sent.map((message) => logFilesIn(message).skipped)).toEqual([
    [{ bucket: 'trail-bucket', key: withheld.key, why: 'digest' }],
  ]);
  expect(told).toEqual([]);

  const later = world(NOW + 40 * 24 * 3600_000);
  later.put(first, last);
  await later.follow(first);
  await later.follow(last);
  expect(later.told).toEqual([]);
});

test('tells of a digest before that is gone, altered, or of none where there was one', async () => {
  const trail = digestingTrail();
  const [first, second, third] = [trail.digest(), trail.digest(), trail.digest()];
  const gone = world();
  gone.put(first, third);
  await gone.follow(first);
  expect((await gone.follow(third)).deviations).toEqual(['digest-missing']);
  expect(gone.told).toMatchObject([
    { object: `s3://trail-bucket/${second.key}`, unprovedBefore: '2026-11-20T10:00:00Z', time: '2026-11-20T11:00:00Z' },
  ]);

  for (const body of [gzipSync(JSON.stringify({ ...second.content, logFiles: [], x: 1 })), Buffer.from('x')]) {
    const altered = world();
    altered.put(first, { ...second, body }, third);
    await altered.follow(first);
    expect((await altered.follow(third)).deviations).toEqual(['digest-altered']);
  }

  trail.restart(2);
  const anew = trail.digest();
  const restarted = world();
  restarted.put(first, anew);
  await restarted.follow(first);
  expect((await restarted.follow(anew)).deviations).toEqual(['chain-began-anew']);
});
