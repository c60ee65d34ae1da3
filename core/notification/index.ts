/* What invoked the function, read to the log files it announces and the records it brings. */

import { isObject, memberOf, textOf } from '../base/members';
import { isRecordEvent, recordIn } from './record-event';
import { listedIn, type Listing } from './listed';
import { decodeKey, kindOf, type ObjectKind } from './object-key';

export { toListedMessages, type DigestRef, type Listing } from './listed';
export { kindOf } from './object-key';
export { DEFAULT_PREFIX, LOG_FILE_SUFFIX } from './log-file-keys';
export { RECORD_DETAIL_TYPE, RECORD_EVENT_SOURCES } from './record-event';

/** Where a log file lies. */
export interface LogFileRef {
  readonly bucket: string;
  /** As the object is called: not URL-encoded. */
  readonly key: string;
  /** Size of the object as it lies there, in bytes. */
  readonly size?: number;
  /** The version announced; absent for a bucket without versions, and where a trail announces. */
  readonly versionId?: string;
  /** The bucket's region; absent where a trail announces. */
  readonly region?: string;
  /** Set where a digest lists it: it is read, whether it was before or not, and held to that. */
  readonly listed?: Listing;
}

/** What a notification announces and no log file is to be read for. */
export interface Skipped {
  readonly bucket?: string;
  readonly key?: string;
  /** That of a digest, as `LogFileRef` has it. */
  readonly versionId?: string;
  /** `test-event`: sent when notifications are set up. `not-created`: the object was deleted, tagged, restored … */
  readonly why: 'test-event' | 'not-created' | Exclude<ObjectKind, 'log-file'>;
}

/** Everything a notification announces, in its order: each object is in one of the first two. */
export interface Notified {
  readonly logFiles: readonly LogFileRef[];
  readonly skipped: readonly Skipped[];
  /** Records that came as events, minutes before the log file that holds them. @default - none */
  readonly records?: readonly object[];
}

/**
 * What `notification` tells of: S3's own message, S3's event on EventBridge, CloudTrail's, which is a record, or the message a
 * trail sends to its topic, bare or wrapped by SNS, SQS or both. Told by shape, not by configuration. A text is read as JSON.
 * @throws Error when any part of it has another shape: what cannot be read may have announced a log file
 */
export function logFilesIn(notification: unknown): Notified {
  const announced = announcedIn(notification, []);
  const records = announced.flatMap((one) => ('record' in one ? [one.record] : []));
  return {
    logFiles: announced.flatMap((one) => ('why' in one || 'record' in one ? [] : [one])),
    skipped: announced.flatMap((one) => ('why' in one ? [one] : [])),
    ...(records.length > 0 && { records }),
  };
}

type AnnouncedObject = LogFileRef | Skipped;
type Announced = AnnouncedObject | { readonly record: object };

/** Names of what a message was unwrapped from, outermost first. */
type Wrappings = readonly string[];

/** Two are usual: SQS around SNS. */
const MOST_WRAPPINGS = 4;

/** What a trail sends to its topic when the topic is set. It is not JSON. */
const TRAIL_TEST_MESSAGE = 'CloudTrail validation message.';

function announcedIn(message: unknown, from: Wrappings): readonly Announced[] {
  if (typeof message === 'string') return announcedInText(message, from);
  if (!isObject(message)) throw unknownShape(message, from);
  if (Array.isArray(message['Records'])) return message['Records'].flatMap((record) => announcedInRecord(record, from));
  if (message['source'] === 'aws.s3') return [announcedByEventBridge(message, from)];
  if (isRecordEvent(message)) {
    const record = recordIn(message);
    if (record === undefined) throw unknownShape(message['detail'], [...from, 'an EventBridge event']);
    return [{ record }];
  }
  if ('s3ObjectKey' in message) return announcedByTrail(message, from);
  const listed = listedIn(message);
  if (listed)
    return listed.map(({ bucket, key, listed: as }) => announcedByDigest(toAnnounced(true, from, { bucket, key }), as));
  if (message['Event'] === 's3:TestEvent') {
    const bucket = message['Bucket'];
    return [{ ...(isText(bucket) && { bucket }), why: 'test-event' }];
  }
  if (typeof message['Message'] === 'string') return announcedByTopic(message, message['Message'], from);
  throw unknownShape(message, from);
}

function announcedInText(text: string, from: Wrappings): readonly Announced[] {
  if (text.trim() === TRAIL_TEST_MESSAGE) return [{ why: 'test-event' }];
  if (from.length > MOST_WRAPPINGS) throw new Error(`notification is wrapped more than ${MOST_WRAPPINGS} times`);
  const message = parse(text, from);
  return announcedIn(message, typeof message === 'string' ? [...from, 'a JSON text'] : from);
}

/** An entry of `Records`: S3's own, or what Lambda makes of a message of a queue or a topic. */
function announcedInRecord(record: unknown, from: Wrappings): readonly Announced[] {
  if (isObject(memberOf(record, 's3'))) return [announcedByS3(record, from)];
  const body = memberOf(record, 'body');
  if (typeof body === 'string') return announcedIn(body, [...from, 'an SQS message']);
  const envelope = memberOf(record, 'Sns');
  if (isObject(envelope)) return announcedIn(envelope, from);
  throw unknownShape(record, [...from, 'an entry of Records']);
}

function announcedByTopic(envelope: object, message: string, from: Wrappings): readonly Announced[] {
  if (memberOf(envelope, 'SubscribeURL') === undefined) return announcedIn(message, [...from, 'an SNS message']);
  // A topic of another account asks the queue first, and sends nothing until somebody follows the link.
  const topic = quote(String(memberOf(envelope, 'TopicArn')));
  throw new Error(`notification is no announcement: the SNS subscription to topic ${topic} waits to be confirmed`);
}

function announcedByS3(record: unknown, from: Wrappings): Announced {
  const version = textOf(memberOf(record, 'eventVersion')) ?? '2';
  if (version.split('.')[0] !== '2') throw new Error(`S3 event has version ${quote(version)}, allowed: 2.x`);
  const object = memberOf(record, 's3', 'object');
  const key = memberOf(object, 'key');
  // Without a name it may be a creation.
  const eventName = textOf(memberOf(record, 'eventName')) ?? 'ObjectCreated';
  return toAnnounced(/^(s3:)?ObjectCreated\b/.test(eventName), from, {
    bucket: memberOf(record, 's3', 'bucket', 'name'),
    key: isText(key) ? decodeKey(key) : key,
    size: memberOf(object, 'size'),
    versionId: memberOf(object, 'versionId'),
    region: memberOf(record, 'awsRegion'),
  });
}

function announcedByEventBridge(event: object, from: Wrappings): Announced {
  const type = memberOf(event, 'detail-type');
  if (!isText(type) || !type.startsWith('Object ')) throw unknownShape(event, [...from, 'an EventBridge event']);
  const object = memberOf(event, 'detail', 'object');
  return toAnnounced(type === 'Object Created', from, {
    bucket: memberOf(event, 'detail', 'bucket', 'name'),
    key: memberOf(object, 'key'),
    size: memberOf(object, 'size'),
    versionId: memberOf(object, 'version-id'),
    region: memberOf(event, 'region'),
  });
}

function announcedByTrail(message: object, from: Wrappings): readonly Announced[] {
  const bucket = memberOf(message, 's3Bucket');
  const keys = memberOf(message, 's3ObjectKey');
  return (Array.isArray(keys) ? keys : [keys]).map((key: unknown) => toAnnounced(true, from, { bucket, key }));
}

const announcedByDigest = (announced: AnnouncedObject, listed: Listing): Announced =>
  'why' in announced ? announced : { ...announced, listed };

function toAnnounced(
  isCreated: boolean,
  from: Wrappings,
  object: { [Member in keyof Omit<LogFileRef, 'listed'>]: unknown },
): AnnouncedObject {
  const { bucket, key, size, versionId, region } = object;
  if (!isText(bucket) || !isText(key)) {
    throw new Error(`notification names no object: got bucket ${quote(bucket)}, key ${quote(key)}${placeOf(from)}`);
  }
  if (!isCreated) return { bucket, key, why: 'not-created' };
  const kind = kindOf(key);
  if (kind !== 'log-file')
    return { bucket, key, why: kind, ...(kind === 'digest' && isText(versionId) && { versionId }) };
  return {
    bucket,
    key,
    ...(isSize(size) && { size }),
    ...(isText(versionId) && { versionId }),
    ...(isText(region) && { region }),
  };
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

function parse(text: string, from: Wrappings): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`notification is not JSON: got ${quote(text)}${placeOf(from)}`, { cause });
  }
}

function unknownShape(value: unknown, from: Wrappings): Error {
  const got = isObject(value) ? `an object with ${quote(Object.keys(value))}` : quote(value);
  return new Error(
    `notification has an unknown shape: got ${got}${placeOf(from)}, ` +
      'allowed: an S3 event, an EventBridge event of S3 or of an API call, or s3Bucket with s3ObjectKey, bare or in SNS or SQS messages',
  );
}

const placeOf = (from: Wrappings): string => (from.length === 0 ? '' : ` in ${from.toReversed().join(' in ')}`);

/** The beginning of a value written by strangers, on one line. */
function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
