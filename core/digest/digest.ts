import { createHash } from 'node:crypto';
import { isAbsent, isObject, textOf } from '../base/members';
import { plain } from '../base/plain-text';
import { inflate } from '../log-file';
import { placeOf, type DigestPlace } from './place';

/** A digest file: the log files CloudTrail delivered for one trail, account and region in about an hour. */
export interface Digest extends DigestPlace {
  /** From when to when the log files were delivered, as CloudTrail writes times: `2026-11-20T14:00:00Z`. */
  readonly start: string;
  readonly end: string;
  /** Where CloudTrail put it. It proves nothing anywhere else. */
  readonly bucket: string;
  readonly key: string;
  /** Which public key its signature is checked with. */
  readonly fingerprint: string;
  /** SHA-256 of its content, in hex: what the next digest and the signature hold it to. */
  readonly hash: string;
  /** The digest before it. @default - the chain begins with this one */
  readonly previous?: DigestLink;
  readonly logFiles: readonly ListedLogFile[];
}

/** What a digest says of the one before it. */
export interface DigestLink {
  readonly bucket: string;
  readonly key: string;
  /** SHA-256 of its content, in hex. */
  readonly hash: string;
  /** In hex. */
  readonly signature: string;
}

/** A log file that was delivered. */
export interface ListedLogFile {
  readonly bucket: string;
  readonly key: string;
  /** SHA-256 of its content, not of its compressed bytes, in hex. */
  readonly hash: string;
}

/** A digest of an hour with ten thousand log files has 5 MB; what is larger was made to exhaust its reader. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Log files that come too late for the digest of their hour are in one of these, which have a chain of their own. */
export const isBackfill = ({ key }: Pick<Digest, 'key'>): boolean => /_backfill\.json(?:\.gz)?$/.test(key);

/**
 * Reads a digest file, plain or gzip.
 * @throws Error for what is none, or says less than it has to: every hash in SHA-256, every place and time
 */
export function readDigest(bytes: Uint8Array): Digest {
  const json = inflate(bytes, MOST_BYTES);
  if (json === undefined) throw new Error(`digest inflates beyond ${MOST_BYTES} bytes`);
  const read = readerOf(parsed(json));
  const key = read.text('digestS3Object');
  const place = placeOf(key);
  if (place === undefined) throw wrong('digestS3Object', key, 'the key of a digest of CloudTrail');
  const [start, end] = [read.time('digestStartTime'), read.time('digestEndTime')];
  if (Date.parse(start) > Date.parse(end)) throw wrong('digestEndTime', end, `a time after digestStartTime ${start}`);
  read.exactly('digestSignatureAlgorithm', 'SHA256withRSA');
  const previous = previousIn(read);
  return {
    ...place,
    start,
    end,
    bucket: read.text('digestS3Bucket'),
    key,
    fingerprint: read.text('digestPublicKeyFingerprint'),
    hash: createHash('sha256').update(json).digest('hex'),
    ...(previous && { previous }),
    logFiles: read.objects('logFiles').map(listedIn),
  };
}

function listedIn(logFile: Reader): ListedLogFile {
  logFile.exactly('hashAlgorithm', 'SHA-256');
  return { bucket: logFile.text('s3Bucket'), key: logFile.text('s3Object'), hash: logFile.hash('hashValue') };
}

/** In the first digest of a chain all of it is null. */
function previousIn(read: Reader): DigestLink | undefined {
  const names = ['S3Bucket', 'S3Object', 'HashValue', 'Signature'].map((name) => `previousDigest${name}`);
  if (names.every((name) => isAbsent(read.value(name)))) return undefined;
  read.exactly('previousDigestHashAlgorithm', 'SHA-256');
  return {
    bucket: read.text('previousDigestS3Bucket'),
    key: read.text('previousDigestS3Object'),
    hash: read.hash('previousDigestHashValue'),
    signature: read.text('previousDigestSignature'),
  };
}

function parsed(json: Buffer): object {
  let value: unknown;
  try {
    value = JSON.parse(json.toString('utf8'));
  } catch (cause) {
    throw new Error('digest is not JSON', { cause });
  }
  if (!isObject(value))
    throw new Error(`digest is no JSON object: got ${Array.isArray(value) ? 'a list' : typeof value}`);
  return value;
}

interface Reader {
  readonly value: (name: string) => unknown;
  readonly text: (name: string) => string;
  readonly exactly: (name: string, allowed: string) => void;
  readonly time: (name: string) => string;
  readonly hash: (name: string) => string;
  readonly objects: (name: string) => readonly Reader[];
}

/** Reads members by their exact names, as they are signed. @param at what the object is called, in front of them */
function readerOf(object: object, at = ''): Reader {
  const value = (name: string): unknown =>
    Object.hasOwn(object, name) ? (object as Readonly<Record<string, unknown>>)[name] : undefined;
  const text = (name: string, pattern = /./s, allowed = 'a text'): string => {
    const found = textOf(value(name));
    if (found === undefined || !pattern.test(found)) throw wrong(at + name, value(name), allowed);
    return found;
  };
  return {
    value,
    text: (name) => text(name),
    exactly: (name, allowed) => {
      if (value(name) !== allowed) throw wrong(at + name, value(name), allowed);
    },
    time: (name) => {
      const allowed = 'a time as 2026-11-20T14:00:00Z';
      const found = text(name, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/, allowed);
      if (Number.isNaN(Date.parse(found))) throw wrong(at + name, found, allowed);
      return found;
    },
    hash: (name) => text(name, /^[0-9a-f]{64}$/i, 'a SHA-256 in hex').toLowerCase(),
    objects: (name) => {
      const list = value(name);
      if (!Array.isArray(list)) throw wrong(at + name, list, 'a list');
      return list.map((item: unknown, index) => {
        if (!isObject(item)) throw wrong(`${at}${name}[${index}]`, item, 'an object');
        return readerOf(item, `${at}${name}[${index}].`);
      });
    },
  };
}

const wrong = (name: string, value: unknown, allowed: string): Error =>
  new Error(`digest has ${name} ${plain(JSON.stringify(value) ?? 'missing', 120)}, allowed: ${allowed}`);
