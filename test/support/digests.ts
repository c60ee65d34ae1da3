import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { gzipSync } from 'node:zlib';

/** A file as CloudTrail delivers it. */
export interface DeliveredFile {
  readonly bucket: string;
  readonly key: string;
  readonly body: Buffer;
}

export interface DeliveredDigest extends DeliveredFile {
  /** That of the object in S3. */
  readonly metadata: { readonly signature: string; readonly 'signature-algorithm': string };
  readonly content: Readonly<Record<string, unknown>>;
}

/** A trail with validation of log files, under a key pair of its own. */
export interface DigestingTrail {
  /** A log file delivered in the hour that goes on. */
  readonly logFile: (...records: readonly unknown[]) => DeliveredFile;
  /** Ends the hour: its digest. @param changes what the digest says otherwise, signed all the same */
  readonly digest: (changes?: Readonly<Record<string, unknown>>) => DeliveredDigest;
  /** A digest for log files that came too late for that of their hour. */
  readonly backfill: (...files: readonly DeliveredFile[]) => DeliveredDigest;
  /** Logging is stopped, and started so many hours later. */
  readonly restart: (hours: number) => void;
  /** What `aws cloudtrail list-public-keys` answers. */
  readonly publicKeys: Readonly<Record<string, unknown>>;
}

export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

export interface TrailPlace {
  readonly account?: string;
  readonly region?: string;
  readonly name?: string;
  readonly bucket?: string;
  /** In front of `AWSLogs/`. */
  readonly prefix?: string;
  /** The beginning of its first hour, in milliseconds since 1970. */
  readonly from?: number;
  /** @default - all trails have the same, which takes its time to make */
  readonly keys?: KeyPair;
}

type KeyPair = ReturnType<typeof newKeys>;

export const newKeys = () => generateKeyPairSync('rsa', { modulusLength: 2048 });

const KEYS = newKeys();

const AN_HOUR = 3600_000;

export function digestingTrail(place: TrailPlace = {}): DigestingTrail {
  const {
    account = '111122223333',
    region = 'eu-west-1',
    name = 'a_trail',
    bucket = 'trail-bucket',
    prefix = '',
  } = place;
  const keys = place.keys ?? KEYS;
  const der = keys.publicKey.export({ type: 'pkcs1', format: 'der' });
  const fingerprint = createHash('md5').update(der).digest('hex');
  const folder = (kind: string, at: number): string =>
    `${prefix}AWSLogs/${account}/${kind}/${region}/${new Date(at).toISOString().slice(0, 10).replaceAll('-', '/')}/`;
  const written = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z/, 'Z');
  const compact = (at: number): string => written(at).replace(/[-:]/g, '');
  let hour = place.from ?? Date.parse('2026-11-20T08:00:00Z');
  let files: DeliveredFile[] = [];
  let count = 0;
  const previous: Record<'hourly' | 'backfill', DeliveredDigest | undefined> = {
    hourly: undefined,
    backfill: undefined,
  };

  function deliver(
    kind: keyof typeof previous,
    listed: readonly DeliveredFile[],
    changes: Readonly<Record<string, unknown>> = {},
  ): DeliveredDigest {
    const end = hour + AN_HOUR;
    const suffix = kind === 'backfill' ? '_backfill' : '';
    const key = `${folder('CloudTrail-Digest', end)}${account}_CloudTrail-Digest_${region}_${name}_us-east-1_${compact(end)}${suffix}.json.gz`;
    const before = previous[kind];
    const content: Record<string, unknown> = {
      awsAccountId: account,
      digestStartTime: written(hour),
      digestEndTime: written(end),
      digestS3Bucket: bucket,
      digestS3Object: key,
      digestPublicKeyFingerprint: fingerprint,
      digestSignatureAlgorithm: 'SHA256withRSA',
      newestEventTime: listed.length === 0 ? null : written(end - 600_000),
      oldestEventTime: listed.length === 0 ? null : written(hour + 60_000),
      previousDigestS3Bucket: before?.bucket ?? null,
      previousDigestS3Object: before?.key ?? null,
      previousDigestHashValue: before ? sha256(JSON.stringify(before.content)) : null,
      previousDigestHashAlgorithm: before ? 'SHA-256' : null,
      previousDigestSignature: before?.metadata.signature ?? null,
      logFiles: listed.map((file) => ({
        s3Bucket: file.bucket,
        s3Object: file.key,
        hashValue: sha256(contents.get(file.key) ?? ''),
        hashAlgorithm: 'SHA-256',
        newestEventTime: written(end - 600_000),
        oldestEventTime: written(hour + 60_000),
      })),
      ...changes,
    };
    const json = JSON.stringify(content);
    const text = [
      content['digestEndTime'],
      `${String(content['digestS3Bucket'])}/${String(content['digestS3Object'])}`,
      sha256(json),
      content['previousDigestSignature'] ?? 'null',
    ].join('\n');
    const signature = sign('RSA-SHA256', Buffer.from(text), keys.privateKey).toString('hex');
    const metadata = { signature, 'signature-algorithm': 'SHA256withRSA' };
    const delivered = { bucket, key, body: gzipSync(json), metadata, content };
    previous[kind] = delivered;
    return delivered;
  }

  const contents = new Map<string, string>();

  return {
    publicKeys: {
      PublicKeyList: [
        { Value: der.toString('base64'), Fingerprint: fingerprint, ValidityStartTime: '2026-11-01T00:00:00Z' },
      ],
    },
    logFile: (...records) => {
      count += 1;
      const at = hour + 300_000 * files.length + 300_000;
      const unique = `x${String(count).padStart(15, '0')}`;
      const key = `${folder('CloudTrail', at)}${account}_CloudTrail_${region}_${compact(at).slice(0, 13)}Z_${unique}.json.gz`;
      const json = JSON.stringify({ Records: records });
      contents.set(key, json);
      const file = { bucket, key, body: gzipSync(json) };
      files.push(file);
      return file;
    },
    digest: (changes) => {
      const delivered = deliver('hourly', files, changes);
      files = [];
      hour += AN_HOUR;
      return delivered;
    },
    backfill: (...late) => deliver('backfill', late),
    restart: (hours) => {
      files = [];
      hour += hours * AN_HOUR;
      previous.hourly = undefined;
    },
  };
}
