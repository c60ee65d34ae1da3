import { gzipSync } from 'node:zlib';
import {
  chainsIn,
  compared,
  contentHash,
  isBackfill,
  placeOf,
  readDigest,
  readPublicKeys,
  signatureProblem,
} from '../../../core/digest';
import { digestingTrail, newKeys, sha256, type DeliveredDigest } from '../../support/digests';

const RECORD = { eventSource: 's3.amazonaws.com', eventName: 'PutObject', eventID: 'a' };
const read = ({ body }: DeliveredDigest) => readDigest(body);

describe('a digest', () => {
  test('is read to the log files it lists and the digest before it', () => {
    const trail = digestingTrail();
    const first = trail.digest();
    const logFile = trail.logFile(RECORD);
    const second = trail.digest();
    expect(read(second)).toEqual({
      account: '111122223333',
      region: 'eu-west-1',
      trail: 'a_trail',
      homeRegion: 'us-east-1',
      start: '2026-11-20T09:00:00Z',
      end: '2026-11-20T10:00:00Z',
      bucket: 'trail-bucket',
      key: second.key,
      fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
      hash: sha256(JSON.stringify(second.content)),
      previous: {
        bucket: 'trail-bucket',
        key: first.key,
        hash: sha256(JSON.stringify(first.content)),
        signature: first.metadata.signature,
      },
      logFiles: [{ bucket: 'trail-bucket', key: logFile.key, hash: sha256(JSON.stringify({ Records: [RECORD] })) }],
    });
    expect(read(first)).not.toHaveProperty('previous');
    expect(readDigest(Buffer.from(JSON.stringify(second.content)))).toEqual(read(second));
  });

  test.each([
    ['another type of member', { logFiles: 'none' }, 'digest has logFiles "none", allowed: a list'],
    ['no list', { logFiles: undefined }, 'digest has logFiles missing, allowed: a list'],
    ['a log file that is none', { logFiles: [null] }, 'digest has logFiles[0] null, allowed: an object'],
    [
      'a log file without a hash',
      { logFiles: [{ s3Bucket: 'b', s3Object: 'k', hashAlgorithm: 'SHA-256' }] },
      'digest has logFiles[0].hashValue missing, allowed: a SHA-256 in hex',
    ],
    [
      'a weaker hash',
      { logFiles: [{ s3Bucket: 'b', s3Object: 'k', hashValue: 'aa', hashAlgorithm: 'MD5' }] },
      'digest has logFiles[0].hashAlgorithm "MD5", allowed: SHA-256',
    ],
    ['half a link', { previousDigestS3Object: 'k' }, 'digest has previousDigestHashAlgorithm null, allowed: SHA-256'],
    [
      'a day that no calendar has',
      { digestStartTime: '2026-13-40T08:00:00Z' },
      'digest has digestStartTime "2026-13-40T08:00:00Z", allowed: a time as 2026-11-20T14:00:00Z',
    ],
    [
      'a time that is none',
      { digestEndTime: 'soon' },
      'digest has digestEndTime "soon", allowed: a time as 2026-11-20T14:00:00Z',
    ],
    [
      'an end before its beginning',
      { digestEndTime: '2026-11-20T07:00:00Z' },
      'digest has digestEndTime "2026-11-20T07:00:00Z", allowed: a time after digestStartTime 2026-11-20T08:00:00Z',
    ],
    [
      'a place that is none',
      { digestS3Object: '../../etc/passwd' },
      'digest has digestS3Object "../../etc/passwd", allowed: the key of a digest of CloudTrail',
    ],
    [
      'another signature',
      { digestSignatureAlgorithm: 'none' },
      'digest has digestSignatureAlgorithm "none", allowed: SHA256withRSA',
    ],
  ])('with %s is refused', (_, changes, message) => {
    const digest = digestingTrail().digest(changes);
    expect(() => read(digest)).toThrow(message);
  });

  test.each([
    ['no JSON', 'x', 'digest is not JSON'],
    ['a list', '[]', 'digest is no JSON object: got a list'],
    ['a log file', '{"Records":[]}', 'digest has digestS3Object missing, allowed: a text'],
  ])('is not %s', (_, text, message) => {
    expect(() => readDigest(gzipSync(text))).toThrow(message);
  });

  test('that inflates without end is refused before it is parsed', () => {
    expect(() => readDigest(gzipSync(Buffer.alloc(65 * 1024 * 1024, ' ')))).toThrow(
      'digest inflates beyond 67108864 bytes',
    );
  });

  test('is known by its key, whatever the trail is called', () => {
    const name = '111122223333_CloudTrail-Digest_ap-south-1_my_trail_eu-west-1_20261120T090000Z';
    const place = { account: '111122223333', region: 'ap-south-1', trail: 'my_trail', homeRegion: 'eu-west-1' };
    expect(placeOf(`o-abc/AWSLogs/o-abc/111122223333/CloudTrail-Digest/ap-south-1/2026/11/20/${name}.json.gz`)).toEqual(
      place,
    );
    expect(placeOf(`${name}_backfill.json.gz`)).toEqual(place);
    expect(placeOf(name.replace('-Digest', ''))).toBeUndefined();
    expect(isBackfill({ key: `${name}_backfill.json.gz` })).toBe(true);
    expect(isBackfill({ key: `${name}.json.gz` })).toBe(false);
  });
});

describe('the signature of a digest', () => {
  const trail = digestingTrail();
  const first = trail.digest();
  const second = trail.digest();
  const keys = readPublicKeys(trail.publicKeys);

  test('is that of CloudTrail over what it says, its place and the signature before it', () => {
    expect(signatureProblem(read(first), first.metadata.signature, keys)).toBeUndefined();
    expect(signatureProblem(read(second), second.metadata.signature, keys)).toBeUndefined();
  });

  test.each([
    ['another content', { hash: sha256('x') }],
    ['another place', { bucket: 'copies' }],
    ['another time', { end: '2026-11-20T10:00:01Z' }],
    ['no digest before it', { previous: undefined }],
  ])('is not that over %s', (_, changes) => {
    const { previous, ...digest } = { ...read(second), ...changes };
    const forged = { ...digest, ...(previous && { previous }) };
    expect(signatureProblem(forged, second.metadata.signature, keys)).toBe(
      'its signature is not that of CloudTrail over what it says',
    );
  });

  test.each(['', 'abc', 'zz', 'ab'.repeat(256)])('is not %j', (signature) => {
    expect(signatureProblem(read(second), signature, keys)).toBe(
      'its signature is not that of CloudTrail over what it says',
    );
  });

  test('needs the key of its region', () => {
    const others = readPublicKeys(digestingTrail({ keys: newKeys() }).publicKeys);
    expect(signatureProblem(read(second), second.metadata.signature, others)).toMatch(
      /^no public key has its fingerprint/,
    );
  });
});

/** The example of the CloudTrail User Guide, "Custom implementations of log file integrity validation": a key in each form. */
const PUBLISHED = {
  publicKeyList: [
    {
      Value:
        'MIIBCgKCAQEAn11L2YZ9h7onug2ILi1MWyHiMRsTQjfWE+pHVRLk1QjfWhirG+lpOa8NrwQ/r7Ah5bNL6HepznOU9XTDSfmmnP97mqyc7z/upfZdS/AHhYcGaz7n6Wc/RRBU6VmiPCrAUojuSk6/GjvA8iOPFsYDuBtviXarvuLPlrT9kAd4Lb+rFfR5peEgBEkhlzc5HuWO7S0y+KunqxX6jQBnXGMtxmPBPP0FylgWGNdFtks/4YSKcgqwH0YDcawP9GGGDAeCIqPWIXDLG1jOjRRzWfCmD0iJUkz8vTsn4hq/5ZxRFE7UBAUiVcGbdnDdvVfhF9C3dQiDq3k7adQIziLT0cShgQIDAQAB',
      Fingerprint: '8eba5db5bea9b640d1c96a77256fe7f2',
    },
    {
      Value:
        'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAqlzPJbvZJ42UdcmLfPUqXYNfOs6I8lCfao/tOs8CmzPOEdtLWugB9xoIUz78qVHdKIqxbaG4jWHfJBiOSSFBM0lt8cdVo4TnRa7oG9io5pysS6DJhBBAeXsicufsiFJR+wrUNh8RSLxL4k6G1+BhLX20tJkZ/erT97tDGBujAelqseGg3vPZbTx9SMfOLN65PdLFudLP7Gat0Z9p5jw/rjpclKfo9Bfc3heeBxWGKwBBOKnFAaN9V57pOaosCvPKmHd9bg7jsQkI9Xp22IzGLsTFJZYVA3KiTAElDMu80iFXPHEq9hKNbt9e4URFam+1utKVEiLkR2disdCmPTK0VQIDAQAB',
      Fingerprint: '31e8b5433410dfb61a9dc45cc65b22ff',
    },
  ],
};

describe('public keys', () => {
  test('are read as CloudTrail publishes them', () => {
    const keys = readPublicKeys(PUBLISHED);
    expect([...keys.keys()]).toEqual(['8eba5db5bea9b640d1c96a77256fe7f2', '31e8b5433410dfb61a9dc45cc65b22ff']);
    expect([...keys.values()].map((key) => key.asymmetricKeyDetails?.modulusLength)).toEqual([2048, 2048]);
  });

  test('of several regions may be in one list', () => {
    expect(readPublicKeys([PUBLISHED, digestingTrail().publicKeys]).size).toBe(3);
  });

  test.each([
    [{}, 'no public key in it'],
    ['x', 'no public key in it'],
    [{ PublicKeyList: [] }, 'no public key in it'],
    [{ PublicKeyList: [{ Fingerprint: 'ab', Value: 'aGVsbG8=' }] }, 'public key ab is no RSA key in DER'],
  ])('are not in %j', (answer, message) => {
    expect(() => readPublicKeys(answer)).toThrow(message);
  });
});

describe('the chain of digests', () => {
  const hours = (count: number, trail = digestingTrail()): readonly DeliveredDigest[] =>
    Array.from({ length: count }, () => trail.digest());
  const breaksIn = (digests: readonly DeliveredDigest[]) =>
    chainsIn(digests.map(read)).flatMap(({ breaks }) => breaks.map(({ kind, gap }) => [kind, ...(gap ? [gap] : [])]));

  test('is unbroken where each is tied to the one before, in whichever order they are read', () => {
    const digests = hours(4);
    const [chain, ...others] = chainsIn([...digests.toReversed(), ...digests].map(read));
    expect(others).toEqual([]);
    expect(chain?.digests.map(({ key }) => key)).toEqual(digests.map(({ key }) => key));
    expect(chain?.breaks).toEqual([]);
    expect(chain).not.toHaveProperty('before');
  });

  test('that was read from its middle on says which digest is before it', () => {
    const [first, ...others] = hours(3);
    const [chain] = chainsIn(others.map(read));
    expect(chain?.before?.key).toBe(first?.key);
    expect(chain?.breaks).toEqual([]);
  });

  test('misses a digest that was deleted', () => {
    expect(breaksIn(hours(4).toSpliced(1, 1))).toEqual([
      ['missing', { from: '2026-11-20T09:00:00Z', to: '2026-11-20T10:00:00Z' }],
    ]);
  });

  test('knows a digest that was altered, and not one that was compressed anew', () => {
    const digests = hours(3);
    const [, second] = digests;
    const written = (content: unknown) => ({
      ...(second as DeliveredDigest),
      body: gzipSync(JSON.stringify(content), { level: 1 }),
    });
    expect(breaksIn(digests.with(1, written({ ...second?.content, logFiles: [] })))).toEqual([]);
    expect(breaksIn(digests.with(1, written({ ...second?.content, newestEventTime: 'x' })))).toEqual([['altered']]);
  });

  test('that begins anew tells of no tampering, and of the time that nothing is known of', () => {
    const trail = digestingTrail();
    const before = hours(2, trail);
    trail.restart(5);
    expect(breaksIn([...before, ...hours(2, trail)])).toEqual([
      ['began-anew', { from: '2026-11-20T10:00:00Z', to: '2026-11-20T15:00:00Z' }],
    ]);
  });

  test('has no place for a digest that CloudTrail did not tie into it', () => {
    const digests = hours(3);
    const forger = digestingTrail({ from: Date.parse('2026-11-20T08:30:00Z') });
    expect(breaksIn([...digests, forger.digest()])).toEqual([
      ['began-anew', { from: '2026-11-20T09:00:00Z', to: '2026-11-20T08:30:00Z' }],
      ['loose'],
    ]);
  });

  test('names each digest once that nobody knows of, however many are tied to the same one', () => {
    const digests = hours(2);
    const [first] = digests;
    const forged = [10, 20, 30].map((minutes) =>
      digestingTrail({ from: Date.parse('2026-11-20T08:00:00Z') + minutes * 60_000 }).digest({
        previousDigestS3Bucket: first?.bucket,
        previousDigestS3Object: first?.key,
        previousDigestHashValue: sha256(JSON.stringify(first?.content)),
        previousDigestHashAlgorithm: 'SHA-256',
        previousDigestSignature: first?.metadata.signature,
      }),
    );
    expect(breaksIn([...digests, ...forged])).toEqual([['loose'], ['loose'], ['loose']]);
  });

  test('is not tied to itself or to what comes later', () => {
    const [first, second, third] = hours(3);
    const link = (to: DeliveredDigest | undefined) => ({
      previousDigestS3Bucket: to?.bucket,
      previousDigestS3Object: to?.key,
      previousDigestHashValue: sha256(JSON.stringify(to?.content)),
    });
    const tied = { ...second, body: Buffer.from(JSON.stringify({ ...second?.content, ...link(third) })) };
    expect(breaksIn([first, tied, third].filter((one) => one !== undefined) as DeliveredDigest[])).toEqual([
      ['missing', { from: '2026-11-20T09:00:00Z', to: '2026-11-20T09:00:00Z' }],
      ['altered'],
    ]);
  });

  test('of backfill digests is another one, and gaps in it say nothing', () => {
    const trail = digestingTrail();
    const late = trail.logFile(RECORD);
    const hourly = [trail.digest({ logFiles: [] }), trail.digest()];
    const chains = chainsIn([...hourly, trail.backfill(late)].map(read));
    expect(chains.map(({ isBackfill: is, digests, breaks }) => [is, digests.length, breaks.length])).toEqual([
      [false, 2, 0],
      [true, 1, 0],
    ]);
  });

  test('is one for each account, region and trail, and for each folder', () => {
    const places = [{}, { region: 'us-east-1' }, { account: '444455556666' }, { name: 'other' }, { prefix: 'o-x/' }];
    const digests = places.flatMap((place) => hours(2, digestingTrail(place)));
    expect(chainsIn(digests.map(read)).map(({ digests, breaks }) => [digests.length, breaks.length])).toEqual(
      places.map(() => [2, 0]),
    );
  });
});

describe('log files', () => {
  const listed = ['a', 'b', 'c'].map((key) => ({ bucket: 'trail-bucket', key, hash: sha256(key) }));
  const [a, b, c] = listed;

  test('are intact, missing or altered', () => {
    const seen = { a: [{ name: 'a', hash: sha256('a') }], b: [{ name: 'b', hash: sha256('x') }] };
    expect(compared(listed, ({ key }) => seen[key as 'a'] ?? [])).toEqual({
      intact: [a],
      missing: [c],
      altered: [{ listed: b, seen: { name: 'b', hash: sha256('x') } }],
    });
  });

  test('are told altered where one of two copies is', () => {
    const seen = ['a', 'x'].map((content) => ({ name: content, hash: sha256(content) }));
    expect(compared(a ? [a] : [], () => seen)).toEqual({
      intact: [a],
      missing: [],
      altered: [{ listed: a, seen: { name: 'x', hash: sha256('x') } }],
    });
  });

  test('are hashed uncompressed', async () => {
    const json = JSON.stringify({ Records: [RECORD] });
    expect(await contentHash(gzipSync(json))).toBe(sha256(json));
    expect(await contentHash(gzipSync(json, { level: 1 }))).toBe(sha256(json));
    expect(await contentHash(Buffer.from(json))).toBe(sha256(json));
    await expect(contentHash(gzipSync(json).subarray(0, 30))).rejects.toThrow('cut short');
  });
});
