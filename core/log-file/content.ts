import { EVENT_SOURCE } from '../base/event-source';
import { isObject } from '../base/members';

/** A record of the service's configuration API, as CloudTrail wrote it; nothing but its event source is checked. */
export type EsRecord = { readonly [field: string]: unknown };

/** What a log file says, as far as we are concerned. */
export interface LogFileContent {
  /** `records` for a log file. The others are CloudTrail's too, hold no configuration call and are skipped. */
  readonly kind: 'records' | 'digest' | 'aggregated';
  /** The file's es.amazonaws.com records, in the file's order. */
  readonly records: readonly EsRecord[];
  /** Size of the file's JSON in bytes, uncompressed. */
  readonly rawBytes: number;
}

export function isEsRecord(value: unknown): value is EsRecord {
  return isObject(value) && value['eventSource'] === EVENT_SOURCE;
}

/**
 * Parses a whole log file: the plain reading, which every shortcut must agree with. A byte order mark is ignored.
 * @throws Error when the text is not JSON, or is neither a log file nor a digest nor an aggregated file
 */
export function parseContent(json: Buffer): LogFileContent {
  const document = parseJson(json.toString('utf8').replace(/^\uFEFF/, ''));
  const rawBytes = json.length;
  if (isObject(document) && Array.isArray(document['Records'])) {
    return { kind: 'records', records: document['Records'].filter(isEsRecord), rawBytes };
  }
  if (isDigest(document)) return { kind: 'digest', records: [], rawBytes };
  // Aggregated files are bare arrays of data events. A bare array with one of our records is a mangled copy.
  if (Array.isArray(document) && !document.some(isEsRecord)) return { kind: 'aggregated', records: [], rawBytes };
  throw new Error(`log file has no Records list: got ${shapeOf(document)}, allowed: {"Records": [...]}`);
}

/** @throws Error when `text` is not JSON */
export function parseJson(text: string): unknown {
  const parsed = attempt(text);
  if ('fault' in parsed) throw new Error(`log file is not JSON: ${parsed.fault}`);
  return parsed.value;
}

/** The parser quotes what stands around the fault, which may be a secret: neither that nor the parser's error is told. */
function attempt(text: string): { readonly value: unknown } | { readonly fault: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { fault: error.message.replace(/, (\.\.\.)?".*$/su, '') };
  }
}

function isDigest(document: unknown): boolean {
  return isObject(document) && Array.isArray(document['logFiles']) && 'digestS3Bucket' in document;
}

function shapeOf(document: unknown): string {
  if (Array.isArray(document)) return `a list of ${document.length} without an object around it`;
  if (!isObject(document)) return document === null ? 'null' : `a ${typeof document}`;
  if ('Records' in document)
    return `Records of type ${document['Records'] === null ? 'null' : typeof document['Records']}`;
  const keys = Object.keys(document);
  return keys.length === 0 ? '{}' : `an object with ${keys.slice(0, 5).join(', ').slice(0, 200)}`;
}
